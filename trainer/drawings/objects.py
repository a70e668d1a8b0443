"""Props and still lifes. Every prop stands on (x, y) and is `size` high."""

from collections.abc import Callable

import numpy as np

from .abstract import backdrop, heart, star
from .colors import Color, Palette, darker, lighter, mixed
from .curves import Points, box, ellipse, mirrored, placed, points, ribbon, smooth
from .flora import draw_flower_head, draw_leaf, draw_stem_flower
from .shading import PLAIN, Tone
from .sheet import Patch, Sheet

SHINY = Tone(gleam=1.0)


def _turned(sheet: Sheet, x: float, y: float, size: float, profile: list[tuple[float, float]], color: Color) -> Patch:
    """A turned vessel: its right-hand profile from foot to lip, heights upwards as shares of `size`."""
    half = smooth([(px, -py) for px, py in profile], per=5)
    base = smooth([(-profile[0][0], -profile[0][1]), (0, 0.02), profile[0]], per=4)
    outline = np.concatenate([half, mirrored(half), base])
    return sheet.form(placed(outline, (x, y), size), color, tone=SHINY)


def draw_mug(sheet: Sheet, x: float, y: float, size: float, color: Color, other: Color) -> None:
    """A mug with a handle, something in it and a motif on it."""
    ring = ellipse(x + 0.42 * size, y - 0.5 * size, 0.24 * size, 0.26 * size)
    sheet.form(ring, color)
    sheet.form(ellipse(x + 0.42 * size, y - 0.5 * size, 0.13 * size, 0.15 * size), lighter(other, 0.7), tone=PLAIN)
    body = np.concatenate(
        [
            smooth([(0.4, -0.95), (0.4, -0.3), (0.33, 0)]),
            smooth([(0.33, 0), (0, 0.06), (-0.33, 0)]),
            smooth([(-0.33, 0), (-0.4, -0.3), (-0.4, -0.95)]),
        ]
    )
    cup = sheet.form(placed(body, (x, y), size), color, tone=SHINY)
    sheet.form(placed(heart(0, -0.42, 0.32), (x, y), size), other, clip=cup, line=0.8)
    sheet.form(placed(ellipse(0, -0.95, 0.4, 0.09), (x, y), size), lighter(color, 0.3))
    sheet.form(placed(ellipse(0, -0.93, 0.34, 0.06), (x, y), size), (112, 72, 50), line=0.7)
    for dx in (-0.1, 0.1):
        steam = [(dx, -1.08), (dx + 0.06, -1.2), (dx - 0.03, -1.32), (dx + 0.04, -1.46)]
        sheet.line(placed(smooth(steam), (x, y), size), 0.6, (0.5, 0.6))


def draw_bottle(sheet: Sheet, x: float, y: float, size: float, color: Color, other: Color) -> None:
    """A flask with liquid and a cork."""
    sheet.form(placed(box(-0.07, -1.06, 0.14, 0.14), (x, y), size), (190, 146, 100))
    glass = _turned(
        sheet,
        x,
        y,
        size,
        [(0.26, 0.0), (0.38, 0.16), (0.34, 0.42), (0.12, 0.6), (0.1, 0.94)],
        lighter(color, 0.65),
    )
    level = smooth([(-0.5, -0.38), (-0.15, -0.35), (0.15, -0.41), (0.5, -0.38)])
    liquid = np.concatenate([level, [(0.5, 0.1), (-0.5, 0.1)]])
    sheet.form(placed(liquid, (x, y), size), color, clip=glass, tone=Tone(end=darker(color, 0.3)))
    for bx, by, r in ((-0.1, -0.2, 0.04), (0.12, -0.27, 0.03), (0.04, -0.12, 0.025)):
        sheet.form(placed(ellipse(bx, by, r, r), (x, y), size), lighter(color, 0.6), clip=glass, line=0.6)
    sheet.form(placed(box(-0.14, -0.98, 0.28, 0.06), (x, y), size), lighter(other, 0.3), line=0.8)


def draw_vase(sheet: Sheet, x: float, y: float, size: float, color: Color, other: Color) -> None:
    """A vase with a painted band."""
    vase = _turned(sheet, x, y, size, [(0.2, 0.0), (0.38, 0.35), (0.34, 0.62), (0.14, 0.85), (0.22, 1.0)], color)
    band = [(-0.6, -0.5), (0, -0.45), (0.6, -0.5), (0.6, -0.34), (0, -0.28), (-0.6, -0.34)]
    sheet.form(placed(points(band), (x, y), size), other, clip=vase, line=0.8)
    sheet.form(placed(ellipse(0, -1.0, 0.22, 0.05), (x, y), size), darker(color, 0.35))


def draw_fruit(sheet: Sheet, x: float, y: float, size: float, color: Color, other: Color) -> None:
    """An apple or a pear with a leaf."""
    if sheet.rng.uniform() < 0.5:
        half = [(0, -0.86), (0.25, -0.97), (0.5, -0.75), (0.48, -0.35), (0.28, -0.03), (0, -0.05)]
    else:
        half = [(0, -1.0), (0.17, -0.93), (0.22, -0.65), (0.42, -0.35), (0.32, -0.04), (0, 0.0)]
    edge = np.concatenate([smooth(half), mirrored(smooth(half))])
    sheet.form(placed(edge, (x, y), size), color, tone=SHINY)
    sheet.line(
        placed(smooth([(0.0, -0.84), (0.02, -1.0), (0.08, -1.12)]), (x, y), size),
        1.3,
        (0.0, 0.1),
        color=(90, 60, 40),
    )
    draw_leaf(sheet, x + 0.03 * size, y - size, 0.32 * size, -25, mixed(other, (96, 160, 80), 0.8), veins=False)


def draw_books(sheet: Sheet, x: float, y: float, size: float, color: Color, other: Color) -> None:
    """A stack of three books."""
    level = y
    for hue in (color, other, mixed(color, other, 0.5)):
        wide, tall = size * sheet.rng.uniform(0.95, 1.25), size * sheet.rng.uniform(0.2, 0.3)
        left = x - wide / 2 + sheet.rng.normal(0, 0.06) * size
        sheet.form(box(left, level - tall, wide, tall, tall * 0.2), hue)
        pages = box(left + wide * 0.03, level - tall * 0.85, wide * 0.985, tall * 0.7)
        inside = sheet.form(pages, (246, 238, 216), line=0.8)
        for k in (0.3, 0.55):
            sheet.line([(left, level - tall * k), (left + wide * 1.1, level - tall * k)], 0.4, clip=inside)
        sheet.form(box(left, level - tall, wide * 0.12, tall), lighter(hue, 0.15), line=0.8)
        level -= tall


def draw_candle(sheet: Sheet, x: float, y: float, size: float, color: Color, other: Color) -> None:
    """A burning candle in a dish."""
    sheet.form(placed(ellipse(0, -0.03, 0.34, 0.08), (x, y), size), other, tone=SHINY)
    sheet.form(placed(box(-0.12, -0.66, 0.24, 0.62), (x, y), size), lighter(color, 0.5))
    drip = [
        (-0.13, -0.66),
        (0.13, -0.66),
        (0.13, -0.5),
        (0.09, -0.42),
        (0.05, -0.56),
        (-0.02, -0.54),
        (-0.06, -0.38),
        (-0.1, -0.5),
    ]
    sheet.form(placed(smooth(drip, closed=True), (x, y), size), lighter(color, 0.7))
    sheet.line(placed([(0, -0.66), (0.01, -0.74)], (x, y), size), 1.0, (0, 0))
    flame = np.concatenate(
        [smooth([(0, -0.7), (0.1, -0.8), (0.0, -1.05)]), smooth([(0.0, -1.05), (-0.1, -0.8), (0, -0.7)])]
    )
    sheet.form(placed(flame, (x, y), size), (255, 190, 70), tone=PLAIN)
    sheet.form(placed(ellipse(0, -0.77, 0.04, 0.07), (x, y), size), (255, 240, 180), tone=PLAIN, line=0.5)


def draw_teapot(sheet: Sheet, x: float, y: float, size: float, color: Color, other: Color) -> None:
    """A round teapot."""
    spout = ribbon([(0.35, -0.3), (0.6, -0.42), (0.66, -0.66), (0.78, -0.74)], [0.12, 0.08, 0.055, 0.05])
    sheet.form(placed(spout, (x, y), size), color)
    handle = ellipse(-0.5, -0.45, 0.24, 0.27)
    sheet.form(placed(handle, (x, y), size), other)
    sheet.form(placed(ellipse(-0.48, -0.45, 0.15, 0.18), (x, y), size), lighter(other, 0.75), tone=PLAIN)
    sheet.form(placed(ellipse(0, -0.4, 0.5, 0.42), (x, y), size), color, tone=SHINY)
    draw_flower_head(sheet, x - 0.02 * size, y - 0.38 * size, 0.16 * size, other, (246, 206, 84), 5, 0)
    sheet.form(placed(ellipse(0, -0.78, 0.26, 0.08), (x, y), size), lighter(color, 0.2))
    sheet.form(placed(ellipse(0, -0.9, 0.07, 0.07), (x, y), size), other)


def draw_lamp(sheet: Sheet, x: float, y: float, size: float, color: Color, other: Color) -> None:
    """A table lamp."""
    _turned(sheet, x, y, size * 0.6, [(0.26, 0.0), (0.2, 0.08), (0.1, 0.3), (0.16, 0.6), (0.05, 0.95)], other)
    shade = points([(-0.22, -1.0), (0.22, -1.0), (0.42, -0.5), (-0.42, -0.5)])
    patch = sheet.form(placed(shade, (x, y), size), color, tone=Tone(end=lighter(color, 0.6)))
    for t in (-0.5, 0.0, 0.5):
        sheet.line(placed([(t * 0.44, -1.0), (t * 0.84, -0.5)], (x, y), size), 0.5, clip=patch)


def draw_cake(sheet: Sheet, x: float, y: float, size: float, color: Color, other: Color) -> None:
    """An iced cake with cherries."""
    sheet.form(placed(ellipse(0, -0.02, 0.62, 0.1), (x, y), size), (236, 236, 240), tone=SHINY)
    side = np.concatenate(
        [
            smooth([(0.48, -0.6), (0.48, -0.08)]),
            smooth([(0.48, -0.08), (0, 0.02), (-0.48, -0.08)]),
            points([(-0.48, -0.6)]),
        ]
    )
    cake = sheet.form(placed(side, (x, y), size), mixed(color, (240, 210, 160), 0.6))
    filling = points([(-0.6, -0.34), (0.6, -0.34), (0.6, -0.25), (0, -0.19), (-0.6, -0.25)])
    sheet.form(placed(filling, (x, y), size), lighter(other, 0.5), clip=cake, line=0.6)
    drips = [
        (0.49, -0.62),
        (0.49, -0.44),
        (0.4, -0.36),
        (0.32, -0.48),
        (0.22, -0.42),
        (0.12, -0.3),
        (0.02, -0.42),
        (-0.1, -0.4),
        (-0.2, -0.28),
        (-0.3, -0.42),
        (-0.42, -0.38),
        (-0.49, -0.5),
        (-0.49, -0.62),
    ]
    sheet.form(
        placed(np.concatenate([smooth(drips), ellipse(0, -0.62, 0.49, 0.12, start=180, end=360)]), (x, y), size),
        color,
        tone=SHINY,
    )
    for cx in (-0.3, 0.0, 0.3):
        sheet.form(placed(ellipse(cx, -0.74, 0.09, 0.09), (x, y), size), (206, 50, 62), tone=SHINY)


def draw_gem(sheet: Sheet, x: float, y: float, size: float, color: Color, other: Color) -> None:
    """A cut stone, each facet a region of its own."""
    facets = [
        ([(-0.5, -0.65), (-0.25, -0.95), (-0.15, -0.65)], 0.25),
        ([(-0.25, -0.95), (0.25, -0.95), (0.15, -0.65), (-0.15, -0.65)], 0.5),
        ([(0.25, -0.95), (0.5, -0.65), (0.15, -0.65)], -0.1),
        ([(-0.5, -0.65), (-0.15, -0.65), (0, 0)], 0.05),
        ([(-0.15, -0.65), (0.15, -0.65), (0, 0)], 0.3),
        ([(0.15, -0.65), (0.5, -0.65), (0, 0)], -0.25),
    ]
    for edge, light in facets:
        shade = lighter(color, light) if light > 0 else darker(color, -light)
        sheet.form(placed(points(edge), (x, y), size), shade, tone=PLAIN)


def draw_chest(sheet: Sheet, x: float, y: float, size: float, color: Color, other: Color) -> None:
    """A wooden chest with metal bands."""
    wood, metal = mixed(color, (150, 104, 68), 0.75), mixed(other, (220, 186, 96), 0.7)
    body = sheet.form(placed(box(-0.62, -0.5, 1.24, 0.5), (x, y), size), wood)
    for k in (0.17, 0.33):
        sheet.line(placed([(-0.62, -k), (0.62, -k)], (x, y), size), 0.6, (0, 0), clip=body)
    lid = np.concatenate([ellipse(0, -0.5, 0.66, 0.42, start=180, end=360), points([(0.66, -0.46), (-0.66, -0.46)])])
    top = sheet.form(placed(lid, (x, y), size), lighter(wood, 0.1))
    for bx in (-0.46, 0.36):
        sheet.form(placed(box(bx, -0.5, 0.1, 0.5), (x, y), size), metal, clip=body, line=0.8)
        sheet.form(placed(box(bx, -1.0, 0.1, 0.54), (x, y), size), metal, clip=top, line=0.8)
    sheet.form(placed(box(-0.1, -0.58, 0.2, 0.22, 0.04), (x, y), size), metal)
    sheet.spot(placed(ellipse(0, -0.48, 0.03, 0.045), (x, y), size))


def draw_plant_pot(sheet: Sheet, x: float, y: float, size: float, color: Color, other: Color) -> None:
    """A pot plant."""
    green = mixed(other, (96, 160, 84), 0.75)
    for angle in np.linspace(-160, -20, 7).tolist():
        draw_leaf(sheet, x, y - 0.4 * size, size * sheet.rng.uniform(0.4, 0.6), angle, green, veins=False)
    sheet.form(placed(points([(-0.26, -0.42), (0.26, -0.42), (0.2, 0), (-0.2, 0)]), (x, y), size), color)
    sheet.form(placed(box(-0.3, -0.48, 0.6, 0.12), (x, y), size), lighter(color, 0.15))


def draw_plush(sheet: Sheet, x: float, y: float, size: float, color: Color, other: Color) -> None:
    """A sitting toy bear."""
    for s in (-1.0, 1.0):
        sheet.form(placed(ellipse(s * 0.26, -0.95, 0.13, 0.13), (x, y), size), color)
        sheet.form(placed(ellipse(s * 0.26, -0.95, 0.07, 0.07), (x, y), size), lighter(color, 0.5), line=0.7)
        sheet.form(placed(ellipse(s * 0.34, -0.36, 0.12, 0.2, s * -35), (x, y), size), color)
    sheet.form(placed(ellipse(0, -0.27, 0.3, 0.3), (x, y), size), color)
    sheet.form(placed(ellipse(0, -0.24, 0.18, 0.2), (x, y), size), lighter(color, 0.5), line=0.7)
    for s in (-1.0, 1.0):
        sheet.form(placed(ellipse(s * 0.26, -0.1, 0.16, 0.13), (x, y), size), color)
        sheet.form(placed(ellipse(s * 0.28, -0.09, 0.08, 0.07), (x, y), size), lighter(other, 0.4), line=0.7)
    sheet.form(placed(ellipse(0, -0.76, 0.34, 0.28), (x, y), size), color)
    sheet.form(placed(ellipse(0, -0.68, 0.14, 0.11), (x, y), size), lighter(color, 0.5), line=0.8)
    for s in (-1.0, 1.0):
        sheet.spot(placed(ellipse(s * 0.14, -0.8, 0.028, 0.035), (x, y), size))
        bow = [(0, -0.5), (s * 0.18, -0.58), (s * 0.18, -0.42)]
        sheet.form(placed(points(bow), (x, y), size), other, line=0.8)
    sheet.spot(placed(ellipse(0, -0.72, 0.035, 0.025), (x, y), size))
    sheet.line(placed(smooth([(-0.05, -0.65), (0, -0.63), (0.05, -0.65)]), (x, y), size), 0.7)


PROPS: tuple[Callable[[Sheet, float, float, float, Color, Color], None], ...] = (
    draw_mug,
    draw_bottle,
    draw_vase,
    draw_fruit,
    draw_books,
    draw_candle,
    draw_teapot,
    draw_lamp,
    draw_cake,
    draw_gem,
    draw_chest,
    draw_plant_pot,
    draw_plush,
)


def draw_window_wall(sheet: Sheet, palette: Palette, table: float) -> None:
    """A papered wall with a window or a picture on it."""
    rng = sheet.rng
    wall = lighter(palette.backdrop, 0.2)
    sheet.form(
        box(-0.05, -0.05, sheet.width + 0.1, table + 0.1),
        wall,
        line=0,
        steady=True,
        tone=Tone(end=lighter(wall, 0.35)),
    )
    kind = int(rng.integers(4))
    if kind == 0:
        for i in range(int(sheet.width / 0.12) + 1):
            sheet.form(box(i * 0.12, -0.05, 0.06, table + 0.1), lighter(wall, 0.45), line=0.5, tone=PLAIN)
    elif kind in (1, 2):
        x, y = rng.uniform(0.05, 0.4) * sheet.width, 0.07
        sheet.form(box(x, y, 0.46, 0.42), lighter(palette.wood, 0.4))
        pane = sheet.form(box(x + 0.03, y + 0.03, 0.4, 0.36), palette.sky[0], tone=Tone(end=palette.sky[1]), line=0.8)
        sheet.form(ellipse(x + 0.12, y + 0.42, 0.25, 0.12), palette.leaf, clip=pane, line=0.8)
        sheet.form(ellipse(x + 0.36, y + 0.42, 0.2, 0.16), palette.leaf_other, clip=pane, line=0.8)
        sheet.form(box(x + 0.215, y + 0.03, 0.03, 0.36), lighter(palette.wood, 0.4), line=0.8)
        if kind == 2:
            for side, left in ((-1.0, x - 0.06), (1.0, x + 0.52)):
                edge = [
                    (left, 0.04),
                    (left - side * 0.17, 0.04),
                    (left - side * 0.11, 0.3),
                    (left - side * 0.02, 0.56),
                    (left, 0.56),
                ]
                cloth = sheet.form(smooth(edge, closed=True, per=5), palette.cloth[1])
                for k in (0.04, 0.08):
                    sheet.line(smooth([(left - side * k, 0.06), (left - side * k * 0.6, 0.5)]), 0.6, clip=cloth)
            sheet.form(box(x - 0.12, 0.02, 0.7, 0.035, 0.015), palette.wood)


def draw_still_life(sheet: Sheet, palette: Palette) -> None:
    """Props on a table before a wall, or loose on the paper."""
    rng = sheet.rng
    cloth = palette.cloth
    if rng.uniform() < 0.65:
        table = sheet.height * rng.uniform(0.6, 0.75)
        draw_window_wall(sheet, palette, table)
        surface = palette.wood if rng.uniform() < 0.6 else lighter(cloth[0], 0.4)
        sheet.form(box(-0.05, table, sheet.width + 0.1, sheet.height), surface, tone=Tone(end=darker(surface, 0.25)))
        rows = ((table + 0.04, 0.5), (sheet.height * 0.94, 0.42))
        for y, size in rows[: int(rng.integers(1, 3))]:
            count = max(1, int(rng.integers(2, 5) * sheet.width))
            for i in range(count):
                x = sheet.width * (i + 0.5) / count + rng.normal(0, 0.03)
                a, b = rng.permutation(len(cloth))[:2]
                PROPS[int(rng.integers(len(PROPS)))](sheet, x, y, size * rng.uniform(0.55, 1.0), cloth[a], cloth[b])
        if rng.uniform() < 0.35:
            x = rng.uniform(0.2, 0.8) * sheet.width
            for _ in range(3):
                draw_stem_flower(sheet, x, sheet.height * 0.9 - 0.2, rng.uniform(0.25, 0.4), palette)
            draw_vase(sheet, x, sheet.height * 0.95, 0.3, cloth[2], cloth[3])
        return
    if rng.uniform() < 0.4:
        backdrop(sheet, palette.backdrop)
    count = int(rng.integers(1, 6))
    columns = 1 if count == 1 else 2
    tall = (count + columns - 1) // columns
    for i in range(count):
        x = sheet.width * (i % columns + 0.5) / columns
        size = (0.72 if count == 1 else 0.62 / max(tall, 2) * 1.4) * rng.uniform(0.75, 0.95)
        y = sheet.height * (i // columns + 0.5) / tall + size * 0.5
        a, b = rng.permutation(len(cloth))[:2]
        PROPS[int(rng.integers(len(PROPS)))](sheet, x, y, size, cloth[a], cloth[b])
    for _ in range(int(rng.integers(0, 6))):
        x, y, r = rng.uniform(0, sheet.width), rng.uniform(0, sheet.height), rng.uniform(0.015, 0.035)
        spark: Points = star(x, y, r, 4, 0.35, 0)
        sheet.form(spark, palette.flower[2], line=0.7, tone=PLAIN)
