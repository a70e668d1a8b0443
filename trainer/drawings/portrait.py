"""Portraits: a head and bust, sometimes two, before a simple ground."""

from .bust import GARMENTS, draw_bust, draw_neck
from .character import Character, draw_behind, draw_head, random_character
from .colors import Color, Palette
from .grounds import draw_ground
from .head import Head
from .sheet import Sheet


def draw_person(
    sheet: Sheet, head: Head, person: Character, cloth: tuple[Color, ...], garment: str, broad: float
) -> None:
    """One person from the waist up, back to front."""
    draw_behind(sheet, head, person)
    draw_neck(sheet, head, person.skin)
    draw_bust(sheet, head, person.skin, cloth, garment, broad)
    draw_head(sheet, head, person)


def draw_portrait(sheet: Sheet, palette: Palette) -> None:
    """Somebody looking at us, large on the sheet."""
    rng = sheet.rng
    draw_ground(sheet, palette)
    size = rng.uniform(0.4, 0.58)
    head = Head(
        x=sheet.width / 2 + rng.normal(0, 0.05),
        y=min(0.42 + rng.normal(0, 0.03), 0.5) * sheet.height,
        size=size,
        tilt=rng.normal(0, 6),
        turn=float(rng.choice([0.0, rng.uniform(-1, 1)])),
        jaw=rng.uniform(0.0, 0.9),
        eye_level=rng.uniform(0.07, 0.15),
    )
    shuffled = tuple(palette.cloth[i] for i in rng.permutation(len(palette.cloth)))
    garment = GARMENTS[int(rng.integers(len(GARMENTS)))]
    draw_person(sheet, head, random_character(rng, palette), shuffled, garment, rng.uniform())
