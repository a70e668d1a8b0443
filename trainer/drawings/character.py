"""A person's looks from the neck up, drawn in two goes: behind the body, and in front of it."""

from dataclasses import dataclass

import numpy as np

from .colors import Color, Palette, lighter
from .curves import ellipse
from .eyes import EyeStyle, draw_eyes, random_eye_style
from .hair import (
    HairStyle,
    draw_back_hair,
    draw_bow,
    draw_braid,
    draw_curls,
    draw_front_hair,
    draw_tail_ties,
    random_hair_style,
)
from .head import Head, draw_blush, draw_face, draw_glasses, draw_nose_and_mouth
from .headwear import draw_headwear, draw_headwear_behind
from .sheet import Sheet

EXPRESSIONS = ("smile", "smile", "open", "small", "line", "grin", "sad", "cat")
HEADWEAR = (
    "none",
    "none",
    "none",
    "none",
    "bow",
    "band",
    "witch",
    "cap",
    "straw",
    "cat ears",
    "horns",
    "flower",
    "clips",
)


@dataclass(frozen=True)
class Character:
    """What makes one person: the same wherever they are drawn in a picture."""

    skin: Color
    hair: Color
    iris: Color
    accent: Color
    hat: Color
    hair_style: HairStyle
    eye_style: EyeStyle
    expression: str
    headwear: str
    curls: bool
    glasses: bool
    blush: bool
    earrings: bool
    brows_show: bool = True


def random_character(rng: np.random.Generator, palette: Palette) -> Character:
    """Somebody in the colours of the palette."""
    return Character(
        skin=palette.skin,
        hair=palette.hair,
        iris=palette.eye,
        accent=palette.cloth[3],
        hat=palette.cloth[4],
        hair_style=random_hair_style(rng),
        eye_style=random_eye_style(rng),
        expression=EXPRESSIONS[int(rng.integers(len(EXPRESSIONS)))],
        headwear=HEADWEAR[int(rng.integers(len(HEADWEAR)))],
        curls=bool(rng.uniform() < 0.08),
        glasses=bool(rng.uniform() < 0.12),
        blush=bool(rng.uniform() < 0.65),
        earrings=bool(rng.uniform() < 0.25),
        brows_show=bool(rng.uniform() < 0.5),
    )


def draw_behind(sheet: Sheet, head: Head, person: Character) -> None:
    """Hair and hat brim behind the body."""
    draw_headwear_behind(sheet, head, person.headwear, person.hat)
    if person.curls:
        draw_curls(sheet, head, person.hair)
    else:
        draw_back_hair(sheet, head, person.hair_style, person.hair)


def draw_head(sheet: Sheet, head: Head, person: Character) -> None:
    """Face, features, fringe and whatever is worn on the head."""
    face = draw_face(sheet, head, person.skin)
    if person.blush:
        draw_blush(sheet, head, face, person.skin)
    draw_nose_and_mouth(sheet, head, face, person.skin, person.expression)
    if person.brows_show:
        draw_front_hair(sheet, head, face, person.skin, person.hair_style, person.hair)
    draw_eyes(sheet, head, person.eye_style, person.iris, person.hair)
    if not person.brows_show:
        draw_front_hair(sheet, head, face, person.skin, person.hair_style, person.hair)
    if person.glasses:
        draw_glasses(sheet, head)
    if person.earrings and person.hair_style.side_locks < 0.3:
        for side in (-1.0, 1.0):
            if side * head.turn <= 0.45:
                x = head.across(side * 0.42, 0.1)
                sheet.form(head.put(ellipse(x, 0.25, 0.022, 0.03)), lighter(person.accent, 0.2), line=0.8)
    draw_tail_ties(sheet, head, person.hair_style, person.accent)
    if person.hair_style.tied == "braid":
        draw_braid(sheet, head, -1.0 if head.turn > 0 else 1.0, person.hair, person.accent)
    if person.headwear == "bow":
        draw_bow(sheet, head, 0.12 + head.turn * 0.1, -0.56, 0.2, person.accent)
    else:
        draw_headwear(sheet, head, person.headwear, person.hat, person.accent, person.hair)
