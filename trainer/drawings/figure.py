"""Whole figures: one or more people, standing, in front of a ground."""

import numpy as np

from .body import ARMS, LEGS, Body, Joint, posed_body
from .character import Character, draw_behind, draw_head, random_character
from .colors import Color, Palette, lighter, mixed
from .curves import ellipse, placed, points, ribbon, smooth
from .dress import Outfit, draw_arm, draw_bottom, draw_cape, draw_legs, draw_top, random_outfit
from .grounds import draw_ground
from .head import Head
from .shading import Tone
from .sheet import Sheet

HELD = ("none", "none", "none", "staff", "balloon", "umbrella", "flowers", "sword")


def draw_whole_person(
    sheet: Sheet, body: Body, person: Character, outfit: Outfit, turn: float, tilt: float, held: str = "none"
) -> None:
    """One person from head to foot, back to front."""
    head = Head(body.head[0], body.head[1], body.head_size, tilt=tilt, turn=turn, jaw=0.25, eye_level=0.12)
    own_weight = sheet.look.pen.weight
    sheet.set_weight(max(0.75, own_weight * min(1.0, (body.head_size / 0.3) ** 0.4)))
    if outfit.cape:
        draw_cape(sheet, body, outfit.trim)
    draw_behind(sheet, head, person)
    draw_legs(sheet, body, outfit, person.skin)
    draw_bottom(sheet, body, outfit)
    draw_top(sheet, body, outfit, person.skin)
    for index in (0, 1):
        if index == 1 and held != "none":
            draw_held(sheet, body, held, body.arms[1][2], person.accent, person.hat)
        draw_arm(sheet, body, outfit, person.skin, index)
    draw_head(sheet, head, person)
    sheet.set_weight(own_weight)


def draw_held(sheet: Sheet, body: Body, kind: str, hand: Joint, color: Color, other: Color) -> None:
    """What the right hand holds."""
    x, y = hand
    h = body.head_size
    if kind == "staff":
        sheet.form(
            ribbon(
                [(x + 0.1 * h, y - 1.9 * h), (x, y), (x - 0.06 * h, y + 1.7 * h)],
                [0.05 * h, 0.045 * h, 0.04 * h],
            ),
            (142, 100, 66),
        )
        sheet.form(ellipse(x + 0.1 * h, y - 2.05 * h, 0.2 * h, 0.22 * h), color, tone=Tone(gleam=1.0))
    elif kind == "balloon":
        sheet.line(smooth([(x, y), (x + 0.1 * h, y - 0.8 * h), (x + 0.3 * h, y - 1.6 * h)]), 0.6, (0, 0))
        sheet.form(ellipse(x + 0.35 * h, y - 2.1 * h, 0.42 * h, 0.52 * h, 8), color, tone=Tone(gleam=1.0))
    elif kind == "umbrella":
        top = (x - 0.1 * h, y - 1.5 * h)
        handle = [(top[0], top[1] - 0.8 * h), (x, y + 0.3 * h)]
        sheet.form(ribbon(handle, [0.03 * h, 0.03 * h]), (110, 80, 60))
        ribs = np.linspace(-1.0, 1.0, 6)
        for i in range(5):
            a, b = float(ribs[i]), float(ribs[i + 1])
            gore = np.concatenate(
                [
                    smooth([(b, 0), ((a + b) / 2, -0.1), (a, 0)]),
                    smooth([(a, 0), (a * 0.8, -0.5), (0, -0.8)]),
                    smooth([(0, -0.8), (b * 0.8, -0.5), (b, 0)]),
                ]
            )
            sheet.form(placed(gore, top, 1.15 * h), color if i % 2 else other)
    elif kind == "flowers":
        for i in range(7):
            angle = np.deg2rad(-150 + 20 * i)
            fx, fy = x + np.cos(angle) * 0.45 * h, y + np.sin(angle) * 0.5 * h
            sheet.line([(x, y), (fx, fy)], 0.7, (0, 0), color=(60, 110, 60))
            for petal in range(5):
                t = np.deg2rad(72 * petal)
                sheet.form(
                    ellipse(fx + np.cos(t) * 0.07 * h, fy + np.sin(t) * 0.07 * h, 0.06 * h, 0.06 * h),
                    color if i % 2 else other,
                    line=0.6,
                )
            sheet.form(ellipse(fx, fy, 0.045 * h, 0.045 * h), (248, 214, 92), line=0.6)
        wrap = points([(x - 0.3 * h, y - 0.2 * h), (x + 0.3 * h, y - 0.2 * h), (x, y + 0.45 * h)])
        sheet.form(wrap, lighter(other, 0.6))
    elif kind == "sword":
        tip = (x + 0.5 * h, y - 1.9 * h)
        way = np.array(tip) - (x, y)
        angle = float(np.rad2deg(np.arctan2(way[1], way[0])))
        blade = points([(0.2, -0.07), (1.75, -0.06), (1.95, 0.0), (1.75, 0.06), (0.2, 0.07)])
        patch = sheet.form(placed(blade, (x, y), h, angle), (206, 214, 226), tone=Tone(gleam=1.0))
        sheet.line(placed([(0.2, 0.0), (1.85, 0.0)], (x, y), h, angle), 0.6, clip=patch)
        sheet.form(
            placed(points([(0.15, -0.26), (0.24, -0.26), (0.24, 0.26), (0.15, 0.26)]), (x, y), h, angle),
            mixed(color, (240, 200, 90), 0.6),
        )
        sheet.form(
            placed(points([(-0.25, -0.04), (0.15, -0.04), (0.15, 0.04), (-0.25, 0.04)]), (x, y), h, angle),
            other,
        )


def random_person_at(sheet: Sheet, palette: Palette, x: float, floor: float, height: float, heads: float) -> None:
    """Somebody drawn at random, standing at (x, floor)."""
    rng = sheet.rng
    names = list(ARMS)
    arms = (names[int(rng.integers(len(names)))], names[int(rng.integers(len(names)))])
    legs = list(LEGS)[int(rng.integers(len(LEGS)))]
    held = HELD[int(rng.integers(len(HELD)))]
    if held != "none":
        arms = (
            arms[0],
            "front" if held in ("flowers", "staff") else str(rng.choice(["spread", "away", "wave"])),
        )
    body = posed_body(x, floor, height, heads, arms, legs, rng.uniform(), rng.uniform(-1, 1))
    outfit = random_outfit(rng, tuple(palette.cloth[i] for i in rng.permutation(len(palette.cloth))))
    turn = float(rng.choice([0.0, rng.uniform(-1, 1)]))
    draw_whole_person(sheet, body, random_character(rng, palette), outfit, turn, rng.normal(0, 4), held)


def draw_figure(sheet: Sheet, palette: Palette) -> None:
    """One figure, or a few beside each other where the sheet is wide."""
    rng = sheet.rng
    draw_ground(sheet, palette)
    heads = float(
        rng.choice([rng.uniform(2.4, 3.2), rng.uniform(3.6, 4.8), rng.uniform(5.0, 6.2)], p=[0.45, 0.3, 0.25])
    )
    count = max(1, round(sheet.width * rng.uniform(0.7, 1.6)))
    height = rng.uniform(0.8, 0.9) * sheet.height if sheet.height < 1.5 else 1.2
    close_up = rng.uniform() < 0.3 and heads > 3.5
    if close_up:
        height *= 1.5
    for i in range(count):
        x = sheet.width * (i + 0.5) / count + rng.normal(0, 0.02)
        top = max(0.12, (sheet.height - height) * 0.75)
        floor = top + height if not close_up else 0.17 * sheet.height + height
        random_person_at(sheet, palette, x, floor, height * rng.uniform(0.92, 1.0), heads)
