"""Landscapes and streets: skies, mountains, hills, water and what stands on them."""

import numpy as np

from .abstract import backdrop
from .buildings import draw_car, draw_facade, draw_hedge, draw_house, draw_lamp_post, draw_tower
from .colors import Color, Palette, darker, lighter, mixed
from .curves import Points, box, ellipse, points, smooth
from .flora import draw_bush, draw_conifer, draw_grass, draw_stem_flower, draw_tree
from .grounds import draw_cloud
from .shading import PLAIN, Tone
from .sheet import Sheet


def draw_sky(sheet: Sheet, palette: Palette, horizon: float) -> None:
    """A graded sky with sun or moon and clouds, down to `horizon`."""
    rng = sheet.rng
    edge = box(-0.05, -0.05, sheet.width + 0.1, horizon + 0.1)
    sheet.form(edge, palette.sky[0], line=0, steady=True, tone=Tone(end=palette.sky[1]))
    night = sum(palette.sky[0]) < 260
    if rng.uniform() < 0.6:
        x, y, r = (
            rng.uniform(0.1, 0.9) * sheet.width,
            rng.uniform(0.08, 0.5) * horizon,
            rng.uniform(0.04, 0.11),
        )
        sun = sheet.form(ellipse(x, y, r, r), (250, 244, 210) if night else (255, 236, 150), tone=PLAIN)
        if night:
            sheet.paint_over(
                sun,
                ellipse(x + r * 0.5, y - r * 0.1, r * 0.9, r * 0.9),
                mixed(palette.sky[0], (250, 244, 210), 0.5),
                0.6,
            )
    cloud: Color = (252, 252, 255) if not night else lighter(palette.sky[0], 0.35)
    for _ in range(int(rng.integers(0, 5))):
        draw_cloud(
            sheet,
            rng.uniform(0, sheet.width),
            rng.uniform(0.1, 0.85) * horizon,
            rng.uniform(0.07, 0.22),
            cloud,
        )


def _ridge(rng: np.random.Generator, width: float, level: float, height: float, peaks: int, sharp: bool) -> Points:
    x = np.linspace(-0.1, width + 0.1, 2 * peaks + 1) + rng.normal(0, 0.03, 2 * peaks + 1)
    y = level - np.where(np.arange(2 * peaks + 1) % 2 == 1, height, height * 0.25) * rng.uniform(
        0.6, 1.2, 2 * peaks + 1
    )
    line = np.stack([x, y], axis=1)
    if not sharp:
        return smooth(line)
    dense = np.stack(
        [np.interp(np.linspace(0, 1, 6 * peaks), np.linspace(0, 1, len(x)), line[:, i]) for i in (0, 1)],
        axis=1,
    )
    return dense + rng.normal(0, height * 0.035, dense.shape)


def draw_mountains(sheet: Sheet, palette: Palette, level: float, height: float | None = None) -> None:
    """A far range, its peaks snowy now and then; `height` is drawn at random when not given."""
    rng = sheet.rng
    height = rng.uniform(0.12, 0.32) if height is None else height
    peaks = int(rng.integers(2, 5))
    ridge = _ridge(rng, sheet.width, level, height, peaks, sharp=rng.uniform() < 0.7)
    color = mixed(mixed(palette.stone, palette.leaf_other, 0.3), palette.sky[1], 0.35)
    floor = [(sheet.width + 0.2, level + 0.1), (-0.2, level + 0.1)]
    patch = sheet.form(np.concatenate([ridge, points(floor)]), color)
    if rng.uniform() < 0.5:
        snow_line = level - height * 0.72
        xs = np.linspace(-0.1, sheet.width + 0.1, 40)
        jag = snow_line + np.where(np.arange(40) % 2 == 0, 0.02, -0.012) * rng.uniform(0.3, 1.4, 40)
        cap = np.concatenate([np.stack([xs, jag], axis=1), points([(sheet.width + 0.2, -0.2), (-0.2, -0.2)])])
        sheet.form(cap, (246, 248, 252), line=0.6, clip=patch)
    for _ in range(peaks * 2):
        x, y = rng.uniform(0, sheet.width), level - height * rng.uniform(0.1, 0.7)
        sheet.line(points([(x, y), (x + 0.015, y + 0.03), (x + 0.012, y + 0.07)]), 0.5, clip=patch)


def draw_hill(sheet: Sheet, level: float, swell: float, color: Color) -> Points:
    """A rolling hill across the sheet; returns its skyline."""
    rng = sheet.rng
    x = np.linspace(-0.1, sheet.width + 0.1, 5)
    skyline = smooth(np.stack([x, level + rng.normal(0, swell, 5)], axis=1))
    floor = points([(sheet.width + 0.2, sheet.height + 0.2), (-0.2, sheet.height + 0.2)])
    sheet.form(np.concatenate([skyline, floor]), color, tone=Tone(end=mixed(color, (255, 240, 150), 0.2)))
    return skyline


def height_at(skyline: Points, x: float) -> float:
    """The y of a skyline at x."""
    return float(np.interp(x, skyline[:, 0], skyline[:, 1]))


def draw_path(sheet: Sheet, x: float, y: float, end_x: float, color: Color) -> None:
    """A path that winds from (x, y) to the foot of the sheet, widening."""
    low = sheet.height + 0.05
    bend = sheet.rng.uniform(-0.2, 0.2)
    left = smooth([(x - 0.012, y), ((x + end_x) / 2 + bend - 0.05, (y + low) / 2), (end_x - 0.16, low)])
    right = smooth([(end_x + 0.16, low), ((x + end_x) / 2 + bend + 0.06, (y + low) / 2), (x + 0.012, y)])
    sheet.form(np.concatenate([left, right]), color)


def draw_water(sheet: Sheet, level: float, color: Color, palette: Palette) -> None:
    """Still water from `level` down, with ripples."""
    rng = sheet.rng
    edge = box(-0.05, level, sheet.width + 0.1, sheet.height - level + 0.1)
    patch = sheet.form(edge, mixed(color, palette.sky[1], 0.3), tone=Tone(end=darker(color, 0.2)))
    for _ in range(int(rng.integers(8, 20))):
        x, y = rng.uniform(0, sheet.width), rng.uniform(level + 0.02, sheet.height)
        size = 0.03 + 0.12 * (y - level)
        sheet.line(
            smooth(
                [
                    (x - size, y),
                    (x - size * 0.3, y - size * 0.1),
                    (x + size * 0.3, y + size * 0.06),
                    (x + size, y),
                ]
            ),
            0.6,
            (0.4, 0.4),
            clip=patch,
        )


def draw_fence(sheet: Sheet, y: float, height: float, color: Color) -> None:
    """A picket fence across the sheet."""
    for rail in (0.35, 0.75):
        sheet.form(box(-0.05, y - height * rail, sheet.width + 0.1, height * 0.1), color, line=0.8)
    count = int(sheet.width / (height * 0.45)) + 1
    for i in range(count):
        x = i * height * 0.45
        w = height * 0.2
        sheet.form(
            points(
                [
                    (x, y),
                    (x, y - height * 0.85),
                    (x + w / 2, y - height),
                    (x + w, y - height * 0.85),
                    (x + w, y),
                ]
            ),
            color,
            line=0.8,
        )


def draw_landscape(sheet: Sheet, palette: Palette) -> None:
    """Sky, distance, hills, and a house, a tower, trees or water in front."""
    rng = sheet.rng
    w, h = sheet.width, sheet.height
    horizon = h * rng.uniform(0.38, 0.62)
    draw_sky(sheet, palette, horizon + 0.1)
    if rng.uniform() < 0.65:
        draw_mountains(sheet, palette, horizon + 0.04)
    watery = rng.uniform() < 0.3
    if watery:
        draw_water(sheet, horizon, mixed(palette.sky[0], (70, 140, 180), 0.5), palette)
    far = mixed(palette.leaf_other, palette.sky[1], 0.3)
    skyline = np.array([[-0.1, horizon + 0.1], [w + 0.1, horizon + 0.1]])
    if not watery:
        skyline = draw_hill(sheet, horizon + 0.03, 0.03, far)
        for x in np.sort(rng.uniform(0, w, int(rng.integers(0, 8)))).tolist():
            conifer = rng.uniform() < 0.5
            (draw_conifer if conifer else draw_tree)(
                sheet, x, height_at(skyline, x) + 0.02, rng.uniform(0.08, 0.16), far, palette.wood
            )
    level = h * rng.uniform(0.66, 0.76)
    near = draw_hill(sheet, level, 0.035, palette.leaf)
    home = rng.uniform(0.25, 0.75) * w
    feature = int(rng.integers(3))
    if feature in (0, 1):
        base = height_at(near, home) + 0.06
        if rng.uniform() < 0.6:
            draw_path(sheet, home - 0.05, base, rng.uniform(0.2, 0.8) * w, lighter(palette.wood, 0.45))
        if feature == 0:
            draw_house(sheet, home, base, rng.uniform(0.36, 0.55), palette)
        else:
            draw_tower(sheet, home, base, rng.uniform(0.4, 0.6), palette)
    for x in np.sort(rng.uniform(0, w, int(rng.integers(1, 5)))).tolist():
        if feature in (0, 1) and abs(x - home) < 0.28:
            continue
        y = height_at(near, x) + rng.uniform(0.03, 0.12)
        (draw_conifer if rng.uniform() < 0.35 else draw_tree)(
            sheet, x, y, rng.uniform(0.25, 0.55), palette.leaf_other, palette.wood
        )
    if rng.uniform() < 0.25:
        draw_fence(sheet, h * 0.93, 0.12, lighter(palette.wood, 0.4))
    for _ in range(int(rng.integers(1, 4))):
        berries = palette.flower[0] if rng.uniform() < 0.4 else None
        draw_bush(
            sheet,
            rng.uniform(0, w),
            h * rng.uniform(0.88, 1.02),
            rng.uniform(0.06, 0.13),
            palette.leaf_other,
            berries,
        )
    if rng.uniform() < 0.5:
        for _ in range(int(rng.integers(2, 6))):
            draw_stem_flower(sheet, rng.uniform(0, w), h * 1.02, rng.uniform(0.12, 0.22), palette)
    for _ in range(int(rng.integers(2, 7))):
        draw_grass(sheet, rng.uniform(0, w), h * rng.uniform(0.86, 1.01), rng.uniform(0.03, 0.07), palette.leaf_other)


def draw_town(sheet: Sheet, palette: Palette) -> None:
    """A street of house fronts with pavement, lamps, trees and a car."""
    rng = sheet.rng
    w, h = sheet.width, sheet.height
    street = h * rng.uniform(0.76, 0.86)
    if rng.uniform() < 0.85:
        draw_sky(sheet, palette, street)
    else:
        backdrop(sheet, palette.backdrop)
    x = -rng.uniform(0, 0.12)
    while x < w:
        width = rng.uniform(0.18, 0.36)
        height = min(rng.uniform(0.35, 0.72), street - 0.05)
        draw_facade(sheet, x, street, width, height, palette)
        x += width + (rng.uniform(0.02, 0.12) if rng.uniform() < 0.25 else 0.0)
    sheet.form(box(-0.05, street, w + 0.1, 0.05), lighter(palette.stone, 0.3), tone=PLAIN)
    sheet.form(box(-0.05, street + 0.05, w + 0.1, h), mixed(palette.stone, (110, 110, 122), 0.5), tone=PLAIN)
    for i in range(int(w / 0.2) + 2):
        sheet.form(box(i * 0.2 - 0.05, (street + 0.05 + h) / 2, 0.1, 0.018), (246, 244, 236), line=0.6, tone=PLAIN)
    for x in rng.uniform(0.05, 0.95, int(rng.integers(0, 3))).tolist():
        draw_tree(sheet, x * w, street + 0.03, rng.uniform(0.3, 0.45), palette.leaf, palette.wood)
    for x in rng.uniform(0.05, 0.95, int(rng.integers(0, 3))).tolist():
        draw_lamp_post(sheet, x * w, street + 0.04, rng.uniform(0.3, 0.42), darker(palette.cloth[5], 0.5))
    if rng.uniform() < 0.35:
        draw_hedge(sheet, rng.uniform(0, 0.6) * w, street + 0.045, rng.uniform(0.2, 0.5), 0.07, palette.leaf_other)
    if rng.uniform() < 0.6:
        draw_car(sheet, rng.uniform(0.2, 0.8) * w, street + 0.11, rng.uniform(0.24, 0.36), palette.cloth[3])
