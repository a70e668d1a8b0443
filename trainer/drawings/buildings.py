"""Houses, towers and shop fronts, standing on (x, y) in elevation, some with a side wall."""

import numpy as np

from .colors import Color, Palette, darker, lighter, mixed
from .curves import box, ellipse, points, scalloped, smooth
from .shading import PLAIN, Tone
from .sheet import Patch, Sheet


def draw_window(
    sheet: Sheet, x: float, y: float, w: float, h: float, frame: Color, glass: Color, arched: bool = False
) -> None:
    """A window with bars, its top left corner at (x, y)."""
    edge = box(x, y, w, h)
    if arched:
        edge = np.concatenate(
            [ellipse(x + w / 2, y, w / 2, w / 2, start=180, end=360), points([(x + w, y + h), (x, y + h)])]
        )
    sheet.form(edge, frame, line=0.9)
    inset = min(w, h) * 0.13
    pane = sheet.form(
        box(x + inset, y + inset * 0.6, w - 2 * inset, h - inset * 1.6),
        glass,
        line=0.6,
        tone=Tone(end=lighter(glass, 0.5)),
    )
    if not sheet.shows(w, 9):
        return
    gleam = points([(x + w * 0.25, y + h), (x + w * 0.45, y + h), (x + w * 0.85, y), (x + w * 0.65, y)])
    sheet.paint_over(pane, gleam, lighter(glass, 0.7), 0.7)
    sheet.line([(x + w / 2, y), (x + w / 2, y + h)], 0.7, (0, 0), clip=pane)
    sheet.line([(x, y + h * 0.5), (x + w, y + h * 0.5)], 0.7, (0, 0), clip=pane)
    sheet.form(box(x - w * 0.1, y + h, w * 1.2, h * 0.08), frame, line=0.7)


def draw_door(sheet: Sheet, x: float, y: float, w: float, h: float, color: Color) -> None:
    """A door whose foot is centred on (x, y)."""
    edge = np.concatenate(
        [
            ellipse(x, y - h + w / 2, w / 2, w / 2, start=180, end=360),
            points([(x + w / 2, y), (x - w / 2, y)]),
        ]
    )
    if sheet.rng.uniform() < 0.5:
        edge = box(x - w / 2, y - h, w, h)
    door = sheet.form(edge, color)
    for share in (-0.2, 0.12):
        sheet.line([(x + share * w, y - h), (x + share * w, y)], 0.5, (0, 0), clip=door)
    sheet.form(ellipse(x + w * 0.32, y - h * 0.45, w * 0.06, w * 0.06), (232, 196, 84), line=0.7)


def _tiles(sheet: Sheet, roof: Patch, low: tuple[float, float], high: tuple[float, float], rows: int) -> None:
    (x0, y1), (x1, y0) = low, high
    for i in range(1, rows):
        y = y0 + (y1 - y0) * i / rows
        sheet.line([(x0, y), ((x0 + x1) / 2, y + sheet.rng.normal(0, 0.002)), (x1, y)], 0.5, (0, 0), clip=roof)
        count = 9 if sheet.shows(abs(y1 - y0) / rows, 4) else 0
        for k in range(count):
            x = x0 + (x1 - x0) * (k + (0.5 if i % 2 else 0.0)) / count
            sheet.line([(x, y), (x, y + (y1 - y0) / rows)], 0.4, (0, 0.2), clip=roof)


def draw_house(sheet: Sheet, x: float, y: float, size: float, palette: Palette) -> None:
    """A small house with a gable front and a roof that runs back to one side; `size` is about its height."""
    rng = sheet.rng
    wall = lighter(mixed(palette.cloth[0], (240, 226, 200), 0.6), rng.uniform(0, 0.4))
    roof_color, door = palette.cloth[1], palette.cloth[2]
    s = size
    gable = s * 0.42
    back = float(rng.choice([-1.0, 1.0])) * s * rng.uniform(0.35, 0.6)
    left, right = x - gable / 2, x + gable / 2
    eave, ridge = y - s * 0.42, y - s * 0.85
    near = right if back > 0 else left
    rise = s * 0.04
    side = points([(near, y), (near + back, y - rise), (near + back, eave - rise), (near, eave)])
    sheet.form(side, darker(wall, 0.14))
    front = points([(left, y), (left, eave), (x, ridge), (right, eave), (right, y)])
    face = sheet.form(front, wall)
    if rng.uniform() < 0.4:
        for i in range(1, 6):
            sheet.line([(left, y - i * s * 0.08), (right, y - i * s * 0.08)], 0.4, (0, 0), clip=face)
    over = s * 0.05
    sign = 1.0 if back > 0 else -1.0
    chimney_x = near + back * 0.6 - sign * gable * 0.3
    sheet.form(box(chimney_x - s * 0.04, ridge - s * 0.12, s * 0.08, s * 0.25), palette.stone)
    sheet.form(box(chimney_x - s * 0.05, ridge - s * 0.14, s * 0.1, s * 0.035), darker(palette.stone, 0.1))
    slope = points(
        [
            (x, ridge - over * 0.4),
            (x + back, ridge - rise - over * 0.4),
            (near + back + sign * over, eave - rise + over),
            (near + sign * over * 1.4, eave + over * 1.3),
        ]
    )
    roof = sheet.form(slope, roof_color)
    xs = slope[:, 0]
    _tiles(sheet, roof, (float(xs.min()), eave + over), (float(xs.max()), ridge), 6)
    far = left if back > 0 else right
    barge = [
        (x, ridge - over * 0.4),
        (far - sign * over * 1.4, eave + over * 1.3),
        (far - sign * over * 0.6, eave + over * 1.7),
        (x, ridge + over),
        (near + sign * over * 0.6, eave + over * 1.7),
        (near + sign * over * 1.4, eave + over * 1.3),
    ]
    sheet.form(points(barge), darker(roof_color, 0.15), tone=PLAIN)
    glass = (150, 196, 224)
    trim = lighter(palette.wood, 0.5)
    draw_door(sheet, x - gable * 0.2, y, s * 0.12, s * 0.26, door)
    draw_window(sheet, x + gable * 0.1, y - s * 0.27, s * 0.12, s * 0.13, trim, glass)
    draw_window(sheet, x - s * 0.05, y - s * 0.56, s * 0.1, s * 0.1, trim, glass, arched=rng.uniform() < 0.5)
    for share in (0.25, 0.62):
        wx = near + back * share
        draw_window(
            sheet,
            wx - (0 if back > 0 else s * 0.1),
            y - s * 0.28 - rise * share,
            s * 0.1,
            s * 0.12,
            trim,
            glass,
        )


def draw_facade(sheet: Sheet, x: float, y: float, width: float, height: float, palette: Palette) -> None:
    """A town house front, its left foot at (x, y)."""
    rng = sheet.rng
    wall = mixed(palette.cloth[int(rng.integers(6))], (236, 222, 200), rng.uniform(0.2, 0.6))
    trim = lighter(wall, 0.55)
    roof = palette.cloth[int(rng.integers(len(palette.cloth)))]
    kind = int(rng.integers(4))
    top = y - height
    w = width
    if kind == 0:
        sheet.form(points([(x - 0.04 * w, top), (x + w / 2, top - 0.5 * w), (x + 1.04 * w, top)]), roof)
    elif kind == 1:
        edge = points(
            [
                (x - 0.05 * w, top),
                (x + 0.12 * w, top - 0.35 * w),
                (x + 0.88 * w, top - 0.35 * w),
                (x + 1.05 * w, top),
            ]
        )
        patch = sheet.form(edge, roof)
        _tiles(sheet, patch, (x, top), (x + w, top - 0.35 * w), 4)
        draw_window(sheet, x + 0.38 * w, top - 0.3 * w, 0.24 * w, 0.22 * w, trim, (150, 196, 224))
    elif kind == 2:
        steps = [
            (x, top),
            (x, top - 0.12 * w),
            (x + 0.2 * w, top - 0.12 * w),
            (x + 0.2 * w, top - 0.26 * w),
            (x + 0.38 * w, top - 0.26 * w),
            (x + 0.38 * w, top - 0.38 * w),
            (x + 0.62 * w, top - 0.38 * w),
            (x + 0.62 * w, top - 0.26 * w),
            (x + 0.8 * w, top - 0.26 * w),
            (x + 0.8 * w, top - 0.12 * w),
            (x + w, top - 0.12 * w),
            (x + w, top),
        ]
        sheet.form(points(steps), roof)
    sheet.form(box(x, top, w, height), wall)
    sheet.form(box(x - 0.02 * w, top, 1.04 * w, 0.06 * w), trim, line=0.8)
    floors = max(1, int(height / (0.45 * w)) - 1)
    ground = 0.55 * w if height > 0.9 * w else 0.4 * height
    columns = 2 if w < 0.3 else 3
    cell = (height - ground - 0.1 * w) / max(floors, 1)
    glass = (150, 196, 224) if rng.uniform() < 0.75 else (250, 220, 130)
    arched = rng.uniform() < 0.3
    for row in range(floors):
        for column in range(columns):
            ww = w / columns * 0.5
            wx = x + w * (column + 0.5) / columns - ww / 2
            draw_window(sheet, wx, top + 0.12 * w + row * cell, ww, min(cell * 0.62, ww * 1.5), trim, glass, arched)
    if rng.uniform() < 0.6:
        sheet.form(
            box(x + 0.08 * w, y - ground * 0.72, 0.5 * w, ground * 0.5),
            (170, 204, 218),
            tone=Tone(end=(226, 238, 240)),
        )
        draw_door(sheet, x + 0.78 * w, y, 0.26 * w, ground * 0.72, palette.wood)
        _draw_awning(sheet, x, y - ground * 0.98, w, ground * 0.3, roof, trim)
    else:
        draw_door(sheet, x + 0.5 * w, y, 0.3 * w, ground * 0.75, palette.cloth[2])
        sheet.form(box(x + 0.3 * w, y - 0.04 * w, 0.4 * w, 0.05 * w), palette.stone, line=0.8)


def _draw_awning(sheet: Sheet, x: float, y: float, w: float, h: float, color: Color, other: Color) -> None:
    stripes = 6
    for i in range(stripes):
        a, b = x + w * i / stripes, x + w * (i + 1) / stripes
        edge = np.concatenate(
            [
                points([(a, y), (b, y), (b, y + h)]),
                ellipse((a + b) / 2, y + h, (b - a) / 2, h * 0.3, start=0, end=180),
                [(a, y + h)],
            ]
        )
        sheet.form(edge, color if i % 2 == 0 else other, line=0.8, steady=True)


def draw_tower(sheet: Sheet, x: float, y: float, size: float, palette: Palette) -> None:
    """A round castle tower with a pointed roof and a flag."""
    stone, roof = palette.stone, palette.cloth[1]
    w = size * 0.2
    body = sheet.form(
        points([(x - w, y), (x - w * 0.9, y - size * 0.62), (x + w * 0.9, y - size * 0.62), (x + w, y)]),
        stone,
    )
    for _ in range(8):
        bx, by = x + sheet.rng.uniform(-0.8, 0.6) * w, y - sheet.rng.uniform(0.02, 0.58) * size
        sheet.line(points([(bx, by), (bx + w * 0.3, by), (bx + w * 0.3, by + w * 0.16)]), 0.5, (0, 0), clip=body)
    sheet.form(box(x - w * 1.1, y - size * 0.68, w * 2.2, size * 0.08), lighter(stone, 0.15))
    cone = np.concatenate(
        [
            smooth([(x - w * 1.3, y - size * 0.67), (x - w * 0.4, y - size * 0.85), (x, y - size * 1.08)]),
            smooth([(x, y - size * 1.08), (x + w * 0.4, y - size * 0.85), (x + w * 1.3, y - size * 0.67)]),
        ]
    )
    sheet.form(cone, roof)
    sheet.line([(x, y - size * 1.06), (x, y - size * 1.2)], 0.9, (0, 0))
    flag = smooth(
        [
            (x, y - size * 1.2),
            (x + w * 0.6, y - size * 1.22),
            (x + w * 1.1, y - size * 1.17),
            (x + w * 0.6, y - size * 1.13),
            (x, y - size * 1.12),
        ],
        closed=True,
        per=4,
    )
    sheet.form(flag, palette.cloth[2])
    draw_window(
        sheet,
        x - w * 0.22,
        y - size * 0.45,
        w * 0.44,
        size * 0.12,
        darker(stone, 0.2),
        (250, 220, 130),
        arched=True,
    )


def draw_lamp_post(sheet: Sheet, x: float, y: float, height: float, color: Color) -> None:
    """A street lamp."""
    sheet.form(box(x - height * 0.012, y - height * 0.8, height * 0.024, height * 0.8), color, line=0.8)
    sheet.form(
        points(
            [
                (x - height * 0.06, y),
                (x - height * 0.02, y - height * 0.08),
                (x + height * 0.02, y - height * 0.08),
                (x + height * 0.06, y),
            ]
        ),
        color,
        line=0.8,
    )
    lamp = points(
        [
            (x - height * 0.03, y - height * 0.8),
            (x - height * 0.055, y - height * 0.92),
            (x + height * 0.055, y - height * 0.92),
            (x + height * 0.03, y - height * 0.8),
        ]
    )
    sheet.form(lamp, (254, 236, 160), tone=PLAIN)
    sheet.form(
        points([(x - height * 0.07, y - height * 0.92), (x, y - height), (x + height * 0.07, y - height * 0.92)]),
        color,
    )


def draw_car(sheet: Sheet, x: float, y: float, size: float, color: Color) -> None:
    """A small car seen from the side, `size` long, its wheels on y."""
    s = size
    cabin = smooth(
        [
            (x - s * 0.28, y - s * 0.24),
            (x - s * 0.2, y - s * 0.42),
            (x + s * 0.1, y - s * 0.43),
            (x + s * 0.26, y - s * 0.24),
        ]
    )
    sheet.form(cabin, lighter(color, 0.1))
    glass = points(
        [
            (x - s * 0.22, y - s * 0.25),
            (x - s * 0.16, y - s * 0.38),
            (x - s * 0.02, y - s * 0.39),
            (x - s * 0.02, y - s * 0.25),
        ]
    )
    sheet.form(glass, (176, 214, 230), line=0.7)
    sheet.form(
        points(
            [
                (x + s * 0.02, y - s * 0.25),
                (x + s * 0.02, y - s * 0.39),
                (x + s * 0.1, y - s * 0.38),
                (x + s * 0.2, y - s * 0.25),
            ]
        ),
        (176, 214, 230),
        line=0.7,
    )
    body = smooth(
        [
            (x - s * 0.48, y - s * 0.08),
            (x - s * 0.47, y - s * 0.24),
            (x - s * 0.2, y - s * 0.26),
            (x + s * 0.28, y - s * 0.25),
            (x + s * 0.48, y - s * 0.18),
            (x + s * 0.49, y - s * 0.07),
        ],
        closed=True,
    )
    shell = sheet.form(body, color, tone=Tone(gleam=0.8))
    sheet.line([(x, y - s * 0.25), (x + s * 0.01, y - s * 0.08)], 0.6, (0, 0), clip=shell)
    for wx in (-0.28, 0.28):
        sheet.form(ellipse(x + wx * s, y - s * 0.08, s * 0.1, s * 0.1), (60, 58, 66))
        sheet.form(ellipse(x + wx * s, y - s * 0.08, s * 0.05, s * 0.05), (200, 202, 208), line=0.7)


def draw_hedge(sheet: Sheet, x: float, y: float, width: float, height: float, color: Color) -> None:
    """A clipped hedge, its left foot at (x, y)."""
    sheet.form(
        scalloped(box(x, y - height, width, height), max(8, int(width / height * 5)), height * 0.14, sheet.rng),
        color,
    )
