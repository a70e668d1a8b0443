"""Pictures of nothing in particular: overlapping shapes, bands and cells. They teach regions, not things."""

import numpy as np

from .colors import Color, Palette, any_color, lighter
from .curves import Points, blob, box, ellipse, placed, points, ribbon, scalloped, smooth
from .shading import PLAIN, Tone
from .sheet import Sheet


def _color(rng: np.random.Generator, palette: Palette) -> Color:
    return any_color(rng) if rng.uniform() < 0.35 else palette.cloth[int(rng.integers(len(palette.cloth)))]


def star(x: float, y: float, radius: float, tips: int, depth: float, tilt: float) -> Points:
    """A star with `tips` points; `depth` is the share of the radius that its inner corners lie at."""
    angle = np.linspace(0, 2 * np.pi, 2 * tips, endpoint=False) + np.deg2rad(tilt)
    reach = np.where(np.arange(2 * tips) % 2 == 0, radius, radius * depth)
    return np.stack([x + reach * np.cos(angle), y + reach * np.sin(angle)], axis=1)


def heart(x: float, y: float, size: float, tilt: float = 0.0) -> Points:
    """A heart about `size` wide."""
    t = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    curve = np.stack(
        [16 * np.sin(t) ** 3, -(13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t))],
        axis=1,
    )
    return placed(curve / 34, (x, y), size, tilt)


def random_shape(rng: np.random.Generator, x: float, y: float, size: float) -> Points:
    """Any one of the simple closed forms, about `size` across."""
    tilt = rng.uniform(0, 360)
    half = size / 2
    match int(rng.integers(9)):
        case 0:
            return ellipse(x, y, half, half * rng.uniform(0.5, 1), tilt)
        case 1:
            w, h = size, size * rng.uniform(0.3, 1)
            return placed(box(-w / 2, -h / 2, w, h, rng.choice([0, 0.15]) * size), (x, y), 1, rng.choice([0, tilt]))
        case 2:
            return star(x, y, half, int(rng.integers(4, 9)), rng.uniform(0.4, 0.75), tilt)
        case 3:
            return heart(x, y, size, rng.uniform(-30, 30))
        case 4:
            sides = int(rng.integers(3, 8))
            return star(x, y, half, sides, float(np.cos(np.pi / sides)), tilt)
        case 5:
            return scalloped(ellipse(x, y, half * 0.8, half * 0.6), int(rng.integers(6, 14)), size * 0.09, rng)
        case 6:
            spine = placed([(-0.5, 0), (-0.15, rng.uniform(-0.4, 0.4)), (0.2, rng.uniform(-0.4, 0.4)), (0.5, 0)])
            return ribbon(placed(spine, (x, y), size * 1.5, tilt), [0.0, size * 0.16, size * 0.12, 0.0])
        case _:
            return blob(rng, x, y, half, half * rng.uniform(0.5, 1), int(rng.integers(5, 10)), 0.25)


def draw_shapes(sheet: Sheet, palette: Palette) -> None:
    """Overlapping simple shapes, some with shapes inside them, on bare or coloured paper."""
    rng = sheet.rng
    if rng.uniform() < 0.4:
        backdrop(sheet, palette.backdrop)
    for _ in range(int(rng.integers(4, 22))):
        x, y = rng.uniform(0, sheet.width), rng.uniform(0, sheet.height)
        size = float(np.exp(rng.uniform(np.log(0.06), np.log(0.55))))
        patch = sheet.form(random_shape(rng, x, y, size), _color(rng, palette), tone=Tone(gleam=rng.choice([0, 0.7])))
        if rng.uniform() < 0.3 and not patch.is_empty:
            for _ in range(int(rng.integers(1, 4))):
                px, py = x + rng.normal(0, size * 0.2), y + rng.normal(0, size * 0.2)
                sheet.form(random_shape(rng, px, py, size * rng.uniform(0.2, 0.5)), _color(rng, palette), clip=patch)


def backdrop(sheet: Sheet, color: Color, end: Color | None = None) -> None:
    """Colour the whole paper, evenly or as a gradient from top to bottom, with no outline."""
    edge = box(-0.05, -0.05, sheet.width + 0.1, sheet.height + 0.1)
    sheet.form(edge, color, line=0, steady=True, tone=PLAIN if end is None else Tone(end=end))


def _bands(sheet: Sheet, palette: Palette) -> None:
    rng = sheet.rng
    backdrop(sheet, _color(rng, palette), _color(rng, palette) if rng.uniform() < 0.5 else None)
    count = int(rng.integers(4, 11))
    for i in range(count):
        level = (i + rng.uniform(0.2, 0.8)) / count * sheet.height
        knots = np.linspace(-0.1, sheet.width + 0.1, int(rng.integers(4, 8)))
        edge = smooth(np.stack([knots, level + rng.normal(0, 0.06, len(knots))], axis=1))
        floor = [(sheet.width + 0.2, sheet.height + 0.2), (-0.2, sheet.height + 0.2)]
        sheet.form(np.concatenate([edge, points(floor)]), _color(rng, palette))


def _rosette(sheet: Sheet, palette: Palette) -> None:
    rng = sheet.rng
    if rng.uniform() < 0.6:
        backdrop(sheet, palette.backdrop)
    x, y = sheet.width / 2, sheet.height / 2
    radius = 0.48
    while radius > 0.05:
        petals = int(rng.choice([6, 8, 10, 12]))
        color, inner = _color(rng, palette), _color(rng, palette)
        kind = int(rng.integers(3))
        for i in range(petals):
            turn = 360.0 * i / petals
            if kind == 0:
                form = smooth([(0.3, 0), (0.6, -0.2), (1, 0), (0.6, 0.2)], closed=True)
            elif kind == 1:
                form = ellipse(0.75, 0, 0.22, 0.16)
            else:
                form = points([(0.4, -0.15), (1, 0), (0.4, 0.15)])
            sheet.form(placed(form, (x, y), radius, turn), color if i % 2 == 0 else inner)
        radius *= rng.uniform(0.55, 0.8)
        sheet.form(ellipse(x, y, radius, radius), _color(rng, palette))


def _cells(sheet: Sheet, palette: Palette) -> None:
    """A quilt of bent quadrilaterals: regions that touch everywhere and shade nowhere."""
    rng = sheet.rng
    across, down = int(rng.integers(3, 8)), int(rng.integers(3, 8))
    x = np.linspace(-0.05, sheet.width + 0.05, across + 1)
    y = np.linspace(-0.05, sheet.height + 0.05, down + 1)
    grid = np.stack(np.meshgrid(x, y), axis=-1)
    grid[1:-1, 1:-1] += rng.normal(0, 0.22 / max(across, down), grid[1:-1, 1:-1].shape)
    tone = Tone() if rng.uniform() < 0.5 else PLAIN
    for row in range(down):
        for column in range(across):
            cell = points([grid[row, column], grid[row, column + 1], grid[row + 1, column + 1], grid[row + 1, column]])
            patch = sheet.form(cell, _color(rng, palette), tone=tone, steady=True)
            if rng.uniform() < 0.35 and not patch.is_empty:
                cx, cy = cell.mean(axis=0)
                size = 0.6 / max(across, down)
                sheet.form(random_shape(rng, float(cx), float(cy), size), _color(rng, palette), clip=patch)


def _flow(sheet: Sheet, palette: Palette) -> None:
    """Long tapering locks that sweep together, as hair and drapery do."""
    rng = sheet.rng
    root = (rng.uniform(0, sheet.width), -0.1)
    if rng.uniform() < 0.7:
        backdrop(sheet, palette.backdrop, lighter(palette.backdrop, 0.6))
    base = _color(rng, palette)
    for _ in range(int(rng.integers(8, 22))):
        spread = rng.uniform(-0.7, 0.7)
        spine = [
            root,
            (root[0] + spread * 0.5, 0.3 * sheet.height),
            (root[0] + spread + rng.normal(0, 0.1), 0.65 * sheet.height),
            (root[0] + spread * 1.2 + rng.normal(0, 0.25), sheet.height * rng.uniform(0.75, 1.1)),
        ]
        wide = rng.uniform(0.02, 0.1)
        color = base if rng.uniform() < 0.8 else _color(rng, palette)
        patch = sheet.form(ribbon(spine, [wide * 0.6, wide, wide * 0.8, 0.0]), color)
        if not patch.is_empty and rng.uniform() < 0.6:
            sheet.line(smooth([(a + wide * 0.2, b) for a, b in spine]), 0.6, (0.3, 0.5), clip=patch)


def draw_abstract(sheet: Sheet, palette: Palette) -> None:
    """Bands, a rosette, a quilt or flowing locks."""
    (_bands, _rosette, _cells, _flow)[int(sheet.rng.integers(4))](sheet, palette)
