"""Plants: trees, bushes, grass, flowers, leaves, mushrooms and cacti. Every one stands on (x, y)."""

import numpy as np

from .colors import Color, Palette, darker, lighter, mixed
from .curves import Points, at_fraction, ellipse, normals, placed, points, ribbon, scalloped, smooth
from .shading import PLAIN, Tone
from .sheet import Sheet


def draw_tree(sheet: Sheet, x: float, y: float, height: float, leaf: Color, wood: Color) -> None:
    """A broad-leaved tree of a few lobed masses."""
    rng = sheet.rng
    lean = rng.normal(0, 0.05) * height
    trunk_half = height * rng.uniform(0.035, 0.055)
    crown_y = y - height * 0.62
    spine = [(x, y), (x + lean * 0.3, y - height * 0.25), (x + lean, crown_y)]
    trunk = np.concatenate(
        [
            smooth(
                [
                    (x - trunk_half * 2.2, y),
                    (x - trunk_half, y - height * 0.1),
                    (x + lean - trunk_half * 0.7, crown_y),
                ]
            ),
            smooth(
                [
                    (x + lean + trunk_half * 0.7, crown_y),
                    (x + trunk_half, y - height * 0.1),
                    (x + trunk_half * 2.2, y),
                ]
            ),
        ]
    )
    bark = sheet.form(trunk, wood)
    for share in (-0.4, 0.3):
        grain = [(px + share * trunk_half, py) for px, py in spine]
        sheet.line(smooth(grain)[4:-3], 0.5, (0.4, 0.4), clip=bark)
    for side in (-1.0, 1.0):
        branch = [
            (x + lean * 0.5, y - height * 0.4),
            (x + side * height * 0.1, y - height * 0.5),
            (x + side * height * 0.2, y - height * 0.6),
        ]
        sheet.form(ribbon(branch, [trunk_half * 0.6, trunk_half * 0.4, trunk_half * 0.15]), wood, rooted=True)
    masses = [
        (-0.19, 0.02, 0.19),
        (0.2, 0.0, 0.18),
        (0.0, -0.17, 0.23),
        (-0.08, 0.05, 0.17),
        (0.12, 0.08, 0.14),
    ]
    for mx, my, r in masses[: int(rng.integers(3, 6))]:
        cx, cy = x + lean + mx * height, crown_y + my * height
        size = r * height * rng.uniform(0.9, 1.15)
        lobes = scalloped(ellipse(cx, cy, size, size * 0.85), int(rng.integers(8, 13)), size * 0.16, rng)
        mass = sheet.form(lobes, leaf, tone=Tone(size=1.2))
        for _ in range(3 if sheet.shows(size, 14) else 1):
            px, py = cx + rng.normal(0, 0.4) * size, cy + rng.normal(0, 0.3) * size
            sheet.line(ellipse(px, py, size * 0.16, size * 0.1, start=190, end=350), 0.55, (0.3, 0.3), clip=mass)


def draw_conifer(sheet: Sheet, x: float, y: float, height: float, leaf: Color, wood: Color) -> None:
    """A fir of hanging tiers."""
    rng = sheet.rng
    sheet.form(ribbon([(x, y), (x, y - height * 0.3)], [height * 0.035, height * 0.03]), wood)
    tiers = int(rng.integers(3, 6))
    for i in range(tiers):
        low = y - height * (0.12 + 0.7 * i / tiers)
        high = (
            min(y - height * (0.12 + 0.7 * (i + 1.7) / tiers), y - height * 0.9)
            if i == tiers - 1
            else y - height * (0.12 + 0.7 * (i + 1.7) / tiers)
        )
        wide = height * 0.26 * (1 - 0.7 * i / tiers)
        teeth = 5
        xs = np.linspace(x + wide, x - wide, 2 * teeth + 1)
        ys = low + np.where(np.arange(2 * teeth + 1) % 2 == 0, 0.02, -0.025) * height
        hem = np.stack([xs, ys], axis=1)
        left = smooth([(x - wide, ys[-1]), (x - wide * 0.4, (low + high) / 2 + 0.02 * height), (x, high)])
        right = smooth([(x, high), (x + wide * 0.4, (low + high) / 2 + 0.02 * height), (x + wide, ys[0])])
        sheet.form(np.concatenate([left, right, hem]), leaf)


def draw_bush(sheet: Sheet, x: float, y: float, size: float, leaf: Color, berries: Color | None = None) -> None:
    """A lobed bush `size` half as wide."""
    rng = sheet.rng
    dome = np.concatenate(
        [ellipse(x, y, size, size * 0.75, start=180, end=360), [(x + size, y + 0.01), (x - size, y + 0.01)]]
    )
    patch = sheet.form(scalloped(dome, 11, size * 0.13, rng), leaf)
    for _ in range(4):
        px, py = x + rng.normal(0, 0.4) * size, y - rng.uniform(0.15, 0.6) * size
        sheet.line(ellipse(px, py, size * 0.15, size * 0.1, start=190, end=350), 0.5, clip=patch)
    if berries is not None:
        for _ in range(6):
            px, py = x + rng.normal(0, 0.4) * size, y - rng.uniform(0.1, 0.6) * size
            sheet.form(ellipse(px, py, size * 0.08, size * 0.08), berries, line=0.7, clip=patch)


def draw_grass(sheet: Sheet, x: float, y: float, size: float, color: Color, blades: int = 5) -> None:
    """A tuft of blades."""
    for i in range(blades):
        lean = (i / max(blades - 1, 1) - 0.5) * size * 1.4 + sheet.rng.normal(0, 0.1) * size
        spine = [
            (x + lean * 0.25, y),
            (x + lean * 0.5, y - size * 0.55),
            (x + lean, y - size * sheet.rng.uniform(0.8, 1.1)),
        ]
        sheet.form(ribbon(spine, [size * 0.09, size * 0.07, 0.0], per=4), color, line=0.6, tone=PLAIN)


def draw_leaf(sheet: Sheet, x: float, y: float, size: float, angle: float, color: Color, veins: bool = True) -> None:
    """A pointed leaf that grows from (x, y) in the direction `angle` (degrees, 0 to the right)."""
    edge = np.concatenate(
        [
            smooth([(0, 0), (0.3, -0.24), (0.7, -0.2), (1, 0)], per=5),
            smooth([(1, 0), (0.7, 0.2), (0.3, 0.24), (0, 0)], per=5),
        ]
    )
    patch = sheet.form(placed(edge, (x, y), size, angle), color)
    sheet.line(placed(smooth([(0, 0), (0.5, -0.02), (0.95, 0)]), (x, y), size, angle), 0.6, (0, 0.6), clip=patch)
    if veins and sheet.shows(size, 20):
        for t in (0.25, 0.45, 0.65):
            for side in (-1.0, 1.0):
                sheet.line(placed([(t, 0), (t + 0.14, side * 0.15)], (x, y), size, angle), 0.4, (0, 0.6), clip=patch)


def _petal(kind: int) -> Points:
    if kind == 0:
        return smooth([(0.1, 0), (0.5, -0.3), (0.95, -0.15), (1, 0), (0.95, 0.15), (0.5, 0.3)], closed=True)
    if kind == 1:
        return np.concatenate([smooth([(0.1, 0), (0.5, -0.22), (1, 0)]), smooth([(1, 0), (0.5, 0.22), (0.1, 0)])])
    notched = [(0.1, 0), (0.55, -0.34), (0.95, -0.22), (0.86, 0), (0.95, 0.22), (0.55, 0.34)]
    return smooth(notched, closed=True)


def draw_flower_head(
    sheet: Sheet, x: float, y: float, size: float, color: Color, heart: Color, petals: int, kind: int
) -> None:
    """An open flower seen from the front."""
    turn = sheet.rng.uniform(0, 360)
    petal = _petal(kind)
    rows = 2 if petals > 7 and sheet.rng.uniform() < 0.5 and sheet.shows(size, 40) else 1
    for row in range(rows):
        scale = size * (1 - 0.3 * row)
        shade = color if row else (darker(color, 0.12) if rows == 2 else color)
        for i in range(petals):
            angle = turn + 360 * i / petals + row * 180 / petals
            patch = sheet.form(placed(petal, (x, y), scale, angle), shade)
            if sheet.shows(size, 14):
                sheet.line(placed([(0.3, 0.0), (0.7, 0.02)], (x, y), scale, angle), 0.5, (0.3, 0.6), clip=patch)
    disc = sheet.form(ellipse(x, y, size * 0.28, size * 0.28), heart)
    if sheet.shows(size, 18):
        for i in range(6):
            t = np.deg2rad(60 * i)
            sheet.spot(
                ellipse(x + np.cos(t) * size * 0.14, y + np.sin(t) * size * 0.14, size * 0.025, size * 0.025),
                clip=disc,
            )


def draw_tulip(sheet: Sheet, x: float, y: float, size: float, color: Color) -> None:
    """A tulip's cup, its foot at (x, y)."""
    for side in (-1.0, 1.0):
        outer = [(0, 0), (side * 0.5, -0.35), (side * 0.42, -1.0), (side * 0.1, -0.5)]
        sheet.form(placed(smooth(outer, closed=True), (x, y), size), darker(color, 0.1))
    sheet.form(placed(smooth([(0, 0), (0.36, -0.4), (0, -1.05), (-0.36, -0.4)], closed=True), (x, y), size), color)


def draw_stem_flower(sheet: Sheet, x: float, y: float, height: float, palette: Palette) -> None:
    """A flower on a stem with leaves, standing on (x, y)."""
    rng = sheet.rng
    lean = rng.normal(0, 0.15) * height
    spine = smooth([(x, y), (x + lean * 0.2, y - height * 0.5), (x + lean, y - height)])
    sheet.form(
        ribbon([(x, y), (x + lean * 0.2, y - height * 0.5), (x + lean, y - height)], [height * 0.018] * 3),
        palette.leaf,
    )
    for share in rng.uniform(0.15, 0.6, 2).tolist():
        px, py = at_fraction(spine, share)
        draw_leaf(
            sheet,
            px,
            py,
            height * rng.uniform(0.22, 0.36),
            float(rng.choice([-35, 215])) + rng.normal(0, 15),
            palette.leaf,
        )
    color = palette.flower[int(rng.integers(3))]
    if rng.uniform() < 0.25:
        draw_tulip(sheet, x + lean, y - height * 0.95, height * 0.28, color)
    else:
        petals, kind = int(rng.integers(5, 13 if sheet.shows(height, 200) else 8)), int(rng.integers(3))
        if petals > 8:
            kind = 1
        draw_flower_head(
            sheet, x + lean, y - height, height * rng.uniform(0.17, 0.26), color, (246, 206, 84), petals, kind
        )


def draw_mushroom(sheet: Sheet, x: float, y: float, size: float, cap: Color) -> None:
    """A spotted mushroom `size` high."""
    stem = smooth([(-0.2, 0), (-0.13, -0.35), (-0.16, -0.6), (0.16, -0.6), (0.13, -0.35), (0.2, 0)], closed=False)
    sheet.form(placed(stem, (x, y), size), (240, 230, 208))
    under = placed(ellipse(0, -0.55, 0.48, 0.1), (x, y), size)
    sheet.form(under, (222, 206, 180))
    dome = np.concatenate(
        [
            smooth([(-0.55, -0.52), (-0.42, -0.85), (0, -1.05), (0.42, -0.85), (0.55, -0.52)]),
            smooth([(0.55, -0.52), (0, -0.42), (-0.55, -0.52)]),
        ]
    )
    patch = sheet.form(placed(dome, (x, y), size), cap, tone=Tone(gleam=0.5))
    for sx, sy, r in ((-0.28, -0.68, 0.09), (0.02, -0.86, 0.1), (0.3, -0.65, 0.085), (0.03, -0.6, 0.06)):
        sheet.form(placed(ellipse(sx, sy, r, r * 0.8), (x, y), size), lighter(cap, 0.85), clip=patch, line=0.7)


def draw_cactus(sheet: Sheet, x: float, y: float, size: float, color: Color, flower: Color) -> None:
    """A column cactus with arms."""
    for side, level in ((-1.0, 0.45), (1.0, 0.6)):
        arm = [
            (x, y - size * level * 0.7),
            (x + side * size * 0.28, y - size * level * 0.75),
            (x + side * size * 0.3, y - size * (level + 0.25)),
        ]
        sheet.form(ribbon(arm, [size * 0.07, size * 0.08, size * 0.065]), color)
    body = np.concatenate(
        [
            ellipse(x, y - size * 0.85, size * 0.15, size * 0.15, start=180, end=360),
            [(x + size * 0.14, y), (x - size * 0.14, y)],
        ]
    )
    patch = sheet.form(body, color)
    for share in (-0.08, 0.0, 0.08):
        sheet.line(
            smooth(
                [
                    (x + share * size, y - size * 0.05),
                    (x + share * size * 1.1, y - size * 0.5),
                    (x + share * size, y - size * 0.95),
                ]
            ),
            0.5,
            clip=patch,
        )
    draw_flower_head(sheet, x, y - size, size * 0.1, flower, (246, 206, 84), 6, 1)


def draw_vine(sheet: Sheet, path: Points, size: float, leaf: Color) -> None:
    """A stem along a path with leaves at both sides."""
    sheet.form(ribbon(path[:: max(1, len(path) // 8)], [size * 0.05] * 2), darker(leaf, 0.2), line=0.8)
    count = max(4, int(len(path) / 5))
    side = normals(path)
    for i in range(1, count):
        index = int(i * len(path) / count)
        way = side[index] * (1 if i % 2 else -1)
        angle = float(np.rad2deg(np.arctan2(way[1], way[0]))) + sheet.rng.normal(0, 18)
        draw_leaf(
            sheet,
            float(path[index, 0]),
            float(path[index, 1]),
            size * sheet.rng.uniform(0.7, 1.1),
            angle,
            leaf,
            veins=size > 0.12,
        )


def draw_garden(sheet: Sheet, palette: Palette) -> None:
    """A sheet of plants: flowers in a row, a big blossom with leaves, a vine, mushrooms, or a cactus."""
    from .grounds import draw_ground

    rng = sheet.rng
    draw_ground(sheet, palette)
    w, h = sheet.width, sheet.height
    kind = int(rng.integers(5))
    if kind == 0:
        for x in np.sort(rng.uniform(0.1, 0.9, int(rng.integers(3, 8)))).tolist():
            draw_stem_flower(sheet, x * w, h * 1.02, h * rng.uniform(0.45, 0.85), palette)
        for x in np.linspace(0, w, 9).tolist():
            draw_grass(sheet, x + rng.normal(0, 0.02), h * 1.01, rng.uniform(0.07, 0.16), palette.leaf_other)
    elif kind == 1:
        for i in range(int(rng.integers(3, 7))):
            draw_leaf(sheet, w / 2, h / 2, rng.uniform(0.32, 0.48), 60 * i + rng.normal(0, 12), palette.leaf)
        for _ in range(int(rng.integers(2, 5))):
            x, y = w / 2 + rng.normal(0, 0.2), h / 2 + rng.normal(0, 0.2)
            draw_flower_head(
                sheet,
                x,
                y,
                rng.uniform(0.1, 0.17),
                palette.flower[1],
                (246, 206, 84),
                int(rng.integers(5, 9)),
                int(rng.integers(3)),
            )
        draw_flower_head(
            sheet,
            w / 2,
            h / 2,
            rng.uniform(0.2, 0.3),
            palette.flower[0],
            mixed(palette.flower[2], (246, 206, 84), 0.6),
            int(rng.integers(5, 14)),
            int(rng.integers(2)),
        )
    elif kind == 2:
        for _ in range(int(rng.integers(1, 4))):
            knots = [
                (rng.uniform(0, w), h * 1.05),
                (rng.uniform(0, w), h * 0.66),
                (rng.uniform(0, w), h * 0.33),
                (rng.uniform(0, w), -0.05),
            ]
            draw_vine(sheet, smooth(knots), rng.uniform(0.1, 0.2), palette.leaf)
        for _ in range(int(rng.integers(1, 5))):
            draw_flower_head(
                sheet,
                rng.uniform(0, w),
                rng.uniform(0, h),
                rng.uniform(0.06, 0.14),
                palette.flower[0],
                (246, 206, 84),
                5,
                2,
            )
    elif kind == 3:
        for x in np.linspace(0, w, 8).tolist():
            draw_grass(sheet, x, h * rng.uniform(0.85, 0.95), 0.1, palette.leaf_other)
        for x in rng.uniform(0.1, 0.9, int(rng.integers(2, 6))).tolist():
            draw_mushroom(
                sheet,
                x * w,
                h * rng.uniform(0.82, 0.98),
                rng.uniform(0.2, 0.5),
                palette.flower[int(rng.integers(3))],
            )
    else:
        pot = points(
            [
                (w / 2 - 0.2, h * 0.72),
                (w / 2 + 0.2, h * 0.72),
                (w / 2 + 0.15, h * 0.96),
                (w / 2 - 0.15, h * 0.96),
            ]
        )
        if rng.uniform() < 0.5:
            draw_cactus(sheet, w / 2, h * 0.74, 0.5 * h, palette.leaf, palette.flower[0])
        else:
            for angle in rng.uniform(-165, -15, 9).tolist():
                draw_leaf(sheet, w / 2, h * 0.74, rng.uniform(0.25, 0.45), angle, palette.leaf)
        sheet.form(pot, palette.cloth[0])
        rim = points(
            [
                (w / 2 - 0.23, h * 0.7),
                (w / 2 + 0.23, h * 0.7),
                (w / 2 + 0.22, h * 0.76),
                (w / 2 - 0.22, h * 0.76),
            ]
        )
        sheet.form(rim, lighter(palette.cloth[0], 0.15))
