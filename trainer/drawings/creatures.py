"""Animals and small monsters, whole, facing us or to one side."""

from collections.abc import Callable

import numpy as np

from .beasteyes import Place, draw_beast_eye
from .colors import Color, Palette, darker, lighter, mixed
from .curves import ellipse, mirrored, placed, points, ribbon, smooth
from .flora import draw_grass
from .grounds import draw_ground
from .monsters import draw_dragon, draw_slime
from .scenery import draw_hill, draw_sky
from .shading import PLAIN, Tone
from .sheet import Sheet


def _muzzle(sheet: Sheet, place: Place, y: float, width: float) -> None:
    at, size = place[:2], place[2]
    nose = points([(-0.03, y), (0.03, y), (0, y + 0.03)])
    sheet.form(placed(smooth(nose, closed=True), at, size), (236, 140, 140), line=0.8, tone=PLAIN)
    sheet.line(placed(smooth([(-width, y + 0.05), (-width * 0.5, y + 0.075), (0, y + 0.035)]), at, size), 0.8)
    sheet.line(placed(smooth([(width, y + 0.05), (width * 0.5, y + 0.075), (0, y + 0.035)]), at, size), 0.8)


def draw_cat(sheet: Sheet, place: Place, fur: Color, other: Color, iris: Color) -> None:
    """A sitting cat with patches."""
    rng = sheet.rng
    x, y, size = place
    at = (x, y)
    tail = ribbon(
        [(0.24, -0.08), (0.5, -0.12), (0.56, -0.35), (0.46, -0.52), (0.5, -0.62)],
        [0.06, 0.065, 0.06, 0.05, 0.045],
        round_end=True,
    )
    patch = sheet.form(placed(tail, at, size), fur)
    sheet.form(placed(ellipse(0.5, -0.62, 0.12, 0.12), at, size), other, clip=patch, line=0.7)
    body = np.concatenate(
        [
            smooth([(0, -0.6), (0.17, -0.52), (0.29, -0.22), (0.26, 0)]),
            mirrored(smooth([(0, -0.6), (0.17, -0.52), (0.29, -0.22), (0.26, 0)])),
        ]
    )
    torso = sheet.form(placed(body, at, size), fur)
    sheet.form(placed(ellipse(0, -0.3, 0.13, 0.22), at, size), lighter(fur, 0.65), clip=torso, line=0.7)
    for s in (-1.0, 1.0):
        sheet.form(placed(ellipse(s * 0.2, -0.05, 0.12, 0.07), at, size), fur)
        leg = ribbon([(s * 0.08, -0.32), (s * 0.085, -0.15), (s * 0.08, -0.02)], [0.06, 0.055, 0.055])
        sheet.form(placed(leg, at, size), fur, rooted=True)
        sheet.form(placed(ellipse(s * 0.085, -0.025, 0.07, 0.045), at, size), lighter(fur, 0.65))
        ear = np.concatenate(
            [
                smooth([(s * 0.08, -0.92), (s * 0.18, -1.0), (s * 0.27, -1.06)]),
                smooth([(s * 0.27, -1.06), (s * 0.31, -0.95), (s * 0.3, -0.76)]),
            ]
        )
        sheet.form(placed(ear, at, size), fur)
        sheet.form(
            placed(points([(s * 0.15, -0.93), (s * 0.25, -1.0), (s * 0.27, -0.85)]), at, size),
            (242, 176, 170),
            line=0.7,
        )
    head = sheet.form(
        placed(
            smooth(
                [
                    (0, -0.96),
                    (0.2, -0.92),
                    (0.34, -0.74),
                    (0.3, -0.58),
                    (0.14, -0.48),
                    (0, -0.46),
                    (-0.14, -0.48),
                    (-0.3, -0.58),
                    (-0.34, -0.74),
                    (-0.2, -0.92),
                ],
                closed=True,
            ),
            at,
            size,
        ),
        fur,
    )
    if rng.uniform() < 0.6:
        for sx in (-0.08, 0.0, 0.08):
            stripe = ribbon([(sx, -1.0), (sx * 0.9, -0.9), (sx * 0.7, -0.84)], [0.025, 0.022, 0.0])
            sheet.form(placed(stripe, at, size), other, clip=head, line=0.6)
    else:
        sheet.form(placed(ellipse(0.2, -0.82, 0.17, 0.18), at, size), other, clip=head, line=0.7)
    sheet.form(placed(ellipse(0, -0.56, 0.13, 0.09), at, size), lighter(fur, 0.65), line=0.5, clip=head)
    for s in (-1.0, 1.0):
        draw_beast_eye(sheet, place, s * 0.15, -0.7, 0.05, iris)
        for k in (-0.02, 0.02):
            sheet.line(placed([(s * 0.18, -0.58 + k), (s * 0.42, -0.6 + 2.5 * k)], at, size), 0.5, (0.0, 0.8))
    _muzzle(sheet, place, -0.62, 0.08)
    collar = ribbon([(-0.17, -0.47), (0, -0.43), (0.17, -0.47)], [0.025] * 3)
    sheet.form(placed(collar, at, size), mixed(other, (210, 60, 70), 0.6))
    sheet.form(placed(ellipse(0, -0.4, 0.035, 0.035), at, size), (246, 206, 84))


def draw_rabbit(sheet: Sheet, place: Place, fur: Color, other: Color, iris: Color) -> None:
    """A round rabbit."""
    x, y, size = place
    at = (x, y)
    for s in (-1.0, 1.0):
        bent = sheet.rng.uniform() < 0.25
        tip = (s * 0.36, -1.0) if bent else (s * 0.2, -1.3)
        ear = ribbon([(s * 0.1, -0.78), (s * 0.17, -1.05), tip], [0.07, 0.095, 0.07], round_end=True)
        inner = ribbon(
            [(s * 0.11, -0.8), (s * 0.165, -1.02), ((tip[0] + s * 0.16) / 2, (tip[1] - 1.04) / 2)],
            [0.03, 0.05, 0.04],
            round_end=True,
        )
        sheet.form(placed(ear, at, size), fur)
        sheet.form(placed(inner, at, size), (244, 180, 184), line=0.7)
    sheet.form(placed(ellipse(0.3, -0.12, 0.1, 0.1), at, size), lighter(fur, 0.6))
    sheet.form(placed(ellipse(0, -0.24, 0.3, 0.27), at, size), fur)
    sheet.form(placed(ellipse(0, -0.2, 0.18, 0.18), at, size), lighter(fur, 0.55), line=0.7)
    for s in (-1.0, 1.0):
        sheet.form(placed(ellipse(s * 0.17, -0.03, 0.14, 0.06), at, size), lighter(fur, 0.3))
    sheet.form(placed(ellipse(0, -0.64, 0.32, 0.26), at, size), fur)
    for s in (-1.0, 1.0):
        sheet.form(placed(ellipse(s * 0.12, -0.3, 0.065, 0.1, s * -25), at, size), fur)
        draw_beast_eye(sheet, place, s * 0.14, -0.66, 0.045)
        sheet.form(placed(ellipse(s * 0.21, -0.56, 0.05, 0.03), at, size), (246, 170, 170), line=0, tone=PLAIN)
    _muzzle(sheet, place, -0.6, 0.06)
    bow = mixed(other, iris, 0.3)
    for s in (-1.0, 1.0):
        sheet.form(placed(points([(0, -0.42), (s * 0.15, -0.49), (s * 0.15, -0.35)]), at, size), bow)
    sheet.form(placed(ellipse(0, -0.42, 0.035, 0.035), at, size), bow)


def draw_bird(sheet: Sheet, place: Place, fur: Color, other: Color, iris: Color) -> None:
    """A plump bird in profile on two thin legs."""
    x, y, size = place
    at = (x, y)
    for lx in (-0.06, 0.1):
        sheet.line(placed([(lx, -0.25), (lx + 0.01, -0.02)], at, size), 1.2, (0, 0))
        for toe in (-0.08, 0.0, 0.08):
            sheet.line(placed([(lx + 0.01, -0.03), (lx + toe + 0.01, 0.0)], at, size), 0.9, (0, 0.3))
    for i in range(3):
        feather = ribbon(
            [(-0.28, -0.42), (-0.5, -0.38 + 0.06 * i), (-0.72, -0.46 + 0.11 * i)],
            [0.05, 0.06, 0.04],
            round_end=True,
        )
        sheet.form(placed(feather, at, size), darker(other, 0.1 * i))
    beak = points([(0.38, -0.78), (0.6, -0.71), (0.38, -0.65)])
    sheet.form(placed(beak, at, size), (244, 178, 70))
    sheet.line(placed([(0.38, -0.71), (0.58, -0.71)], at, size), 0.6)
    body = smooth(
        [
            (0.1, -1.0),
            (0.34, -0.9),
            (0.42, -0.7),
            (0.38, -0.45),
            (0.2, -0.22),
            (-0.1, -0.2),
            (-0.34, -0.38),
            (-0.22, -0.6),
            (-0.1, -0.85),
        ],
        closed=True,
    )
    torso = sheet.form(placed(body, at, size), fur)
    belly = smooth([(0.42, -0.62), (0.25, -0.5), (0.1, -0.3), (-0.1, -0.15), (0.3, -0.1), (0.6, -0.4)], closed=True)
    sheet.form(placed(belly, at, size), lighter(fur, 0.65), clip=torso, line=0.7)
    wing = smooth(
        [(0.08, -0.62), (0.14, -0.46), (-0.02, -0.33), (-0.3, -0.34), (-0.48, -0.42), (-0.2, -0.6)],
        closed=True,
    )
    plume = sheet.form(placed(wing, at, size), other)
    for k in range(3):
        sheet.line(
            placed(
                smooth([(0.02 - 0.1 * k, -0.56), (-0.04 - 0.1 * k, -0.44), (-0.16 - 0.1 * k, -0.38)]),
                at,
                size,
            ),
            0.7,
            clip=plume,
        )
    for k in range(3):
        crest = ribbon([(0.12, -0.96), (0.06 - 0.06 * k, -1.06), (0.02 - 0.1 * k, -1.14 + 0.04 * k)], [0.03, 0.03, 0.0])
        sheet.form(placed(crest, at, size), other)
    draw_beast_eye(sheet, place, 0.22, -0.78, 0.045, iris if sheet.rng.uniform() < 0.5 else None)


def draw_fish(sheet: Sheet, place: Place, fur: Color, other: Color, iris: Color) -> None:
    """A finned fish swimming to the right, with bubbles."""
    x, y, size = place
    at = (x, y - 0.5 * size)
    tail = smooth([(-0.38, 0), (-0.62, -0.3), (-0.75, -0.24), (-0.62, 0.0), (-0.75, 0.24), (-0.62, 0.3)], closed=True)
    fin = sheet.form(placed(tail, at, size), other)
    for k in (-0.18, -0.08, 0.08, 0.18):
        sheet.line(placed([(-0.42, k * 0.3), (-0.68, k)], at, size), 0.6, clip=fin)
    for s, far in ((-1.0, -0.48), (1.0, 0.42)):
        edge = smooth([(0.15, s * 0.24), (0.0, far), (-0.25, far * 0.9), (-0.28, s * 0.1)], closed=True)
        top = sheet.form(placed(edge, at, size), other)
        for k in (-0.15, -0.05, 0.05):
            sheet.line(placed([(k + 0.05, s * 0.15), (k - 0.03, far)], at, size), 0.6, clip=top)
    body = smooth(
        [
            (0.55, 0.02),
            (0.35, -0.24),
            (0.0, -0.32),
            (-0.28, -0.16),
            (-0.44, 0),
            (-0.28, 0.16),
            (0.0, 0.32),
            (0.35, 0.26),
        ],
        closed=True,
    )
    torso = sheet.form(placed(body, at, size), fur, tone=Tone(gleam=0.8))
    for k in (0.05, -0.2):
        band = ribbon([(k, -0.4), (k + 0.05, 0), (k, 0.4)], [0.05, 0.055, 0.05])
        sheet.form(placed(band, at, size), lighter(other, 0.4), clip=torso, line=0.7)
    sheet.line(placed(smooth([(0.26, -0.22), (0.2, 0), (0.26, 0.22)]), at, size), 0.8, clip=torso)
    side = smooth([(0.12, 0.05), (-0.04, 0.02), (-0.1, 0.14), (0.0, 0.2)], closed=True)
    sheet.form(placed(side, at, size), other)
    eye: Place = (at[0], at[1], size)
    sheet.form(placed(ellipse(0.37, -0.06, 0.075, 0.075), at, size), (250, 250, 250), tone=PLAIN)
    draw_beast_eye(sheet, eye, 0.38, -0.06, 0.035)
    sheet.line(placed(smooth([(0.53, 0.06), (0.46, 0.1), (0.42, 0.08)]), at, size), 0.8)
    for bx, by, r in ((0.68, -0.15, 0.04), (0.75, -0.3, 0.055), (0.7, -0.45, 0.03)):
        sheet.form(placed(ellipse(bx, by, r, r), at, size), lighter(iris, 0.7), line=0.7)


CREATURES: tuple[Callable[[Sheet, Place, Color, Color, Color], None], ...] = (
    draw_cat,
    draw_rabbit,
    draw_bird,
    draw_fish,
    draw_dragon,
    draw_slime,
)


def draw_creature(sheet: Sheet, palette: Palette) -> None:
    """One creature large, or several small ones, on a ground or in a meadow."""
    rng = sheet.rng
    outdoors = rng.uniform() < 0.35
    if outdoors:
        draw_sky(sheet, palette, sheet.height * 0.7)
        draw_hill(sheet, sheet.height * 0.72, 0.03, palette.leaf)
    else:
        draw_ground(sheet, palette)
    count = max(1, int(rng.integers(1, 4) * sheet.width)) if rng.uniform() < 0.4 else 1
    size = 0.62 if count == 1 else 0.95 / (count + 0.6)
    furs = (palette.hair, *palette.cloth)
    for i in range(count):
        x = sheet.width * (i + 0.5) / count
        y = sheet.height * (0.88 if count == 1 else rng.uniform(0.7, 0.93))
        fur, other = furs[int(rng.integers(len(furs)))], palette.cloth[int(rng.integers(6))]
        CREATURES[int(rng.integers(len(CREATURES)))](
            sheet, (x, y, size * rng.uniform(0.85, 1.05)), fur, other, palette.eye
        )
    if outdoors:
        for _ in range(5):
            draw_grass(
                sheet,
                rng.uniform(0, sheet.width),
                sheet.height * rng.uniform(0.9, 1.0),
                0.06,
                palette.leaf_other,
            )
