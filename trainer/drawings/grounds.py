"""Grounds behind a figure: bare paper, plain, a soft gradient, a disc, stripes, dots or petals."""

import numpy as np

from .abstract import backdrop, heart, star
from .colors import Palette, lighter, mixed
from .curves import Points, blob, ellipse, points, scalloped, smooth
from .shading import PLAIN, Tone
from .sheet import Sheet


def draw_ground(sheet: Sheet, palette: Palette) -> None:
    """Any of the grounds; bare paper for one drawing in five."""
    rng = sheet.rng
    kind = int(rng.choice(7, p=[0.2, 0.16, 0.26, 0.1, 0.08, 0.1, 0.1]))
    color = palette.backdrop
    if kind == 0:
        return
    if kind in (1, 2):
        end = mixed(lighter(color, 0.5), palette.cloth[5], 0.3) if kind == 2 else None
        backdrop(sheet, color, end)
    elif kind == 3:
        if rng.uniform() < 0.5:
            backdrop(sheet, lighter(color, 0.6))
        radius = rng.uniform(0.36, 0.48)
        sheet.form(ellipse(sheet.width / 2, sheet.height * 0.48, radius, radius), color, tone=PLAIN)
    elif kind == 4:
        backdrop(sheet, color)
        _stripes(sheet, lighter(color, 0.4))
    elif kind == 5:
        backdrop(sheet, color, lighter(color, 0.5))
        for _ in range(int(rng.integers(8, 24))):
            x, y, size = rng.uniform(0, sheet.width), rng.uniform(0, sheet.height), rng.uniform(0.02, 0.06)
            sheet.form(_confetti(rng, x, y, size), palette.flower[int(rng.integers(3))], line=0.7, tone=PLAIN)
    else:
        backdrop(sheet, palette.sky[0], palette.sky[1])
        for _ in range(int(rng.integers(2, 5))):
            draw_cloud(
                sheet,
                rng.uniform(0, sheet.width),
                rng.uniform(0.05, 0.6) * sheet.height,
                rng.uniform(0.1, 0.25),
            )


def _confetti(rng: np.random.Generator, x: float, y: float, size: float) -> Points:
    match int(rng.integers(4)):
        case 0:
            return star(x, y, size, 5, 0.45, rng.uniform(0, 72))
        case 1:
            return heart(x, y, size * 1.6, rng.uniform(-40, 40))
        case 2:
            return ellipse(x, y, size * 0.8, size * 0.45, rng.uniform(0, 180))
        case _:
            return blob(rng, x, y, size * 0.7, size * 0.7)


def _stripes(sheet: Sheet, color: tuple[int, int, int]) -> None:
    count = int(sheet.rng.integers(4, 9))
    slope = sheet.rng.uniform(-0.4, 0.4)
    step = (sheet.width + 0.4) / count
    for i in range(count):
        x = -0.2 + i * step
        band = [
            (x, -0.1),
            (x + step / 2, -0.1),
            (x + step / 2 + slope, sheet.height + 0.1),
            (x + slope, sheet.height + 0.1),
        ]
        sheet.form(points(band), color, line=0.6, tone=PLAIN, steady=True)


def draw_cloud(sheet: Sheet, x: float, y: float, size: float, color: tuple[int, int, int] = (252, 252, 255)) -> None:
    """A heaped cloud `size` half as wide."""
    base = smooth(
        [
            (x - size, y),
            (x - size * 0.5, y - size * 0.35),
            (x, y - size * 0.5),
            (x + size * 0.6, y - size * 0.3),
            (x + size, y),
        ]
    )
    edge = np.concatenate([scalloped(np.concatenate([base, [(x, y + 0.001)]]), 9, size * 0.16, sheet.rng)])
    patch = sheet.form(edge, color, tone=Tone(size=0.8))
    curl = ellipse(x - size * 0.1, y - size * 0.15, size * 0.3, size * 0.2, start=200, end=330)
    sheet.line(curl, 0.6, clip=patch)
