"""Small monsters: a dragon, a drop of jelly, a woolly thing with one eye."""

import numpy as np

from .beasteyes import Place, draw_beast_eye
from .colors import Color, darker, lighter, mixed
from .curves import ellipse, mirrored, placed, points, ribbon, scalloped, smooth
from .shading import PLAIN, Tone
from .sheet import Sheet


def draw_dragon(sheet: Sheet, place: Place, fur: Color, other: Color, iris: Color) -> None:
    """A small sitting dragon with wings."""
    x, y, size = place
    at = (x, y)
    for s in (-1.0, 1.0):
        wing = np.concatenate(
            [
                smooth([(s * 0.12, -0.5), (s * 0.38, -0.85), (s * 0.7, -0.9)]),
                smooth([(s * 0.7, -0.9), (s * 0.6, -0.7), (s * 0.66, -0.55)]),
                smooth([(s * 0.66, -0.55), (s * 0.5, -0.54), (s * 0.48, -0.38)]),
                smooth([(s * 0.48, -0.38), (s * 0.34, -0.42), (s * 0.14, -0.3)]),
            ]
        )
        skin = sheet.form(placed(wing, at, size), other)
        for end in ((0.66, -0.55), (0.48, -0.38)):
            sheet.line(
                placed(
                    smooth(
                        [
                            (s * 0.36, -0.82),
                            (s * (0.36 + end[0]) / 2 + s * 0.03, (end[1] - 0.82) / 2),
                            (s * end[0], end[1]),
                        ]
                    ),
                    at,
                    size,
                ),
                0.7,
                (0, 0.3),
                clip=skin,
            )
    tail = ribbon([(0.15, -0.1), (0.4, -0.04), (0.58, -0.14), (0.6, -0.3)], [0.11, 0.08, 0.05, 0.02])
    sheet.form(placed(tail, at, size), fur)
    sheet.form(placed(points([(0.54, -0.28), (0.6, -0.44), (0.68, -0.3), (0.6, -0.26)]), at, size), other)
    body = smooth(
        [(0, -0.58), (0.17, -0.45), (0.26, -0.18), (0.2, 0), (-0.2, 0), (-0.26, -0.18), (-0.17, -0.45)],
        closed=True,
    )
    torso = sheet.form(placed(body, at, size), fur)
    belly = sheet.form(
        placed(ellipse(0, -0.2, 0.15, 0.26), at, size),
        lighter(mixed(fur, (250, 230, 160), 0.5), 0.4),
        clip=torso,
        line=0.8,
    )
    for k in range(5):
        sheet.line(
            placed(smooth([(-0.2, -0.4 + 0.09 * k), (0, -0.37 + 0.09 * k), (0.2, -0.4 + 0.09 * k)]), at, size),
            0.6,
            (0, 0),
            clip=belly,
        )
    for s in (-1.0, 1.0):
        sheet.form(placed(ellipse(s * 0.21, -0.07, 0.13, 0.1), at, size), fur)
        for toe in (-0.05, 0.0, 0.05):
            sheet.form(placed(ellipse(s * 0.25 + toe, 0.0, 0.025, 0.03), at, size), (250, 244, 230), line=0.7)
        arm = ribbon([(s * 0.13, -0.45), (s * 0.19, -0.34), (s * 0.1, -0.26)], [0.05, 0.05, 0.045], round_end=True)
        sheet.form(placed(arm, at, size), fur, rooted=True, tone=Tone(size=0.5))
        horn = ribbon([(s * 0.12, -0.9), (s * 0.2, -1.02), (s * 0.19, -1.14)], [0.045, 0.035, 0.0])
        sheet.form(placed(horn, at, size), (244, 226, 180))
        sheet.form(
            placed(
                smooth([(s * 0.22, -0.86), (s * 0.42, -0.94), (s * 0.36, -0.78), (s * 0.24, -0.74)], closed=True),
                at,
                size,
            ),
            other,
        )
    for row in (-1.0, 1.0, 0.0):
        spike = np.concatenate(
            [
                smooth([(0.07 * row - 0.05, -0.9), (0.075 * row - 0.04, -1.0), (0.085 * row, -1.1)]),
                smooth([(0.085 * row, -1.1), (0.075 * row + 0.04, -1.0), (0.07 * row + 0.05, -0.9)]),
            ]
        )
        sheet.form(placed(spike, at, size), other)
    head = smooth(
        [
            (0, -0.98),
            (0.2, -0.93),
            (0.3, -0.75),
            (0.25, -0.6),
            (0.15, -0.5),
            (-0.15, -0.5),
            (-0.25, -0.6),
            (-0.3, -0.75),
            (-0.2, -0.93),
        ],
        closed=True,
    )
    face = sheet.form(placed(head, at, size), fur)
    sheet.form(placed(ellipse(0, -0.54, 0.2, 0.11), at, size), lighter(fur, 0.35), clip=face, line=0.7)
    for s in (-1.0, 1.0):
        draw_beast_eye(sheet, place, s * 0.15, -0.75, 0.06, iris)
        lid = smooth([(s * 0.065, -0.79), (s * 0.14, -0.845), (s * 0.235, -0.8)])
        sheet.line(placed(lid, at, size), 1.5, (0.2, 0.4))
        sheet.form(
            placed(ellipse(s * 0.22, -0.64, 0.04, 0.024), at, size),
            mixed(fur, (246, 130, 120), 0.6),
            line=0,
            tone=PLAIN,
        )
        sheet.spot(placed(ellipse(s * 0.04, -0.61, 0.012, 0.015), at, size))
    smile = [(-0.14, -0.575), (-0.07, -0.545), (0, -0.55), (0.07, -0.545), (0.14, -0.575)]
    sheet.line(placed(smooth(smile), at, size), 0.9)
    fang = points([(0.075, -0.545), (0.105, -0.552), (0.095, -0.51)])
    sheet.form(placed(fang, at, size), (255, 255, 255), line=0.6, tone=PLAIN)


def draw_slime(sheet: Sheet, place: Place, fur: Color, other: Color, iris: Color) -> None:
    """A drop of jelly with a face, or a one-eyed woolly thing."""
    x, y, size = place
    at = (x, y)
    if sheet.rng.uniform() < 0.5:
        half = [(0, -0.85), (0.08, -0.66), (0.32, -0.45), (0.46, -0.18), (0.36, 0)]
        edge = np.concatenate([smooth(half), mirrored(smooth(half))])
        sheet.form(placed(edge, at, size), fur, tone=Tone(gleam=1.0, end=None))
        for s in (-1.0, 1.0):
            draw_beast_eye(sheet, place, s * 0.15, -0.28, 0.05)
            sheet.form(
                placed(ellipse(s * 0.26, -0.18, 0.05, 0.03), at, size),
                mixed(fur, (246, 120, 130), 0.6),
                line=0,
                tone=PLAIN,
            )
        sheet.line(placed(smooth([(-0.06, -0.18), (0, -0.14), (0.06, -0.18)]), at, size), 0.8)
        return
    for s in (-1.0, 1.0):
        sheet.form(placed(ribbon([(s * 0.14, -0.1), (s * 0.15, 0)], [0.04, 0.05]), at, size), darker(fur, 0.3))
        sheet.form(
            placed(ribbon([(s * 0.16, -0.72), (s * 0.24, -0.88), (s * 0.22, -0.98)], [0.05, 0.04, 0.0]), at, size),
            (244, 226, 180),
        )
    wool = scalloped(placed(ellipse(0, -0.42, 0.36, 0.34), at, size), 14, size * 0.06, sheet.rng)
    sheet.form(wool, fur)
    sheet.form(placed(ellipse(0, -0.48, 0.15, 0.15), at, size), (250, 250, 250), tone=PLAIN)
    draw_beast_eye(sheet, place, 0.0, -0.47, 0.07, iris)
    mouth = np.concatenate(
        [
            smooth([(-0.15, -0.26), (0, -0.23), (0.15, -0.26)]),
            smooth([(0.15, -0.26), (0, -0.12), (-0.15, -0.26)]),
        ]
    )
    inside = sheet.form(placed(mouth, at, size), (140, 50, 60), tone=PLAIN)
    for s in (-1.0, 1.0):
        sheet.form(
            placed(points([(s * 0.08, -0.27), (s * 0.04, -0.25), (s * 0.06, -0.19)]), at, size),
            (255, 255, 255),
            clip=inside,
            line=0.6,
        )
