"""Eyes and brows, from a dot to a large drawn iris with gleams."""

from dataclasses import dataclass

import numpy as np

from .colors import Color, darker, lighter, mixed
from .curves import Points, ellipse, points, smooth
from .head import Head, shadow_color
from .shading import PLAIN, Tone
from .sheet import Sheet


@dataclass(frozen=True)
class EyeStyle:
    """Shape of both eyes, in head units; `slant` lifts the outer corners; `lash` is the lid's thickness.

    `kind` is drawn, dot, closed, happy or cartoon.
    """

    kind: str
    width: float
    height: float
    slant: float
    lash: float
    iris: float
    lower_lash: bool
    crease: bool
    gleams: int
    gaze: float
    inked_pupil: bool


def random_eye_style(rng: np.random.Generator) -> EyeStyle:
    """Mostly drawn eyes of many sizes."""
    kind = str(rng.choice(["drawn", "dot", "closed", "happy", "cartoon"], p=[0.78, 0.06, 0.05, 0.05, 0.06]))
    large = rng.uniform()
    return EyeStyle(
        kind=kind,
        width=0.085 + 0.045 * large,
        height=0.05 + 0.075 * large * rng.uniform(0.75, 1.15),
        slant=rng.uniform(-0.25, 0.5),
        lash=rng.uniform(0.012, 0.034),
        iris=rng.uniform(0.56, 0.72),
        lower_lash=bool(rng.uniform() < 0.7),
        crease=bool(rng.uniform() < 0.6),
        gleams=int(rng.integers(1, 4)),
        gaze=rng.uniform(-0.25, 0.25),
        inked_pupil=bool(rng.uniform() < 0.6),
    )


def draw_eyes(sheet: Sheet, head: Head, style: EyeStyle, iris: Color, hair: Color) -> None:
    """Both eyes with their brows."""
    mood = float(sheet.rng.normal(0, 0.5))
    for side in (-1.0, 1.0):
        _draw_eye(sheet, head, style, side, iris)
        _draw_brow(sheet, head, style, side, hair, mood)


def _draw_eye(sheet: Sheet, head: Head, style: EyeStyle, side: float, iris_color: Color) -> None:
    far = max(0.0, side * head.turn)
    cx = head.across(side * 0.2, 0.1)
    cy = head.eye_level
    w, h = style.width * (1 - 0.25 * far), style.height

    def at(x: float, y: float) -> tuple[float, float]:
        """Eye units (x from the inner corner -1 to the outer 1, y up to down -1..1) as head units."""
        return cx + side * x * w, cy + y * h - style.slant * x * h * 0.3

    def curve(values: list[tuple[float, float]]) -> Points:
        return smooth([at(x, y) for x, y in values])

    if style.kind == "dot":
        sheet.spot(head.put(ellipse(cx, cy, 0.032, 0.048)))
        sheet.erase_ink(head.put(ellipse(cx + 0.01, cy - 0.018, 0.011, 0.013)))
        return
    if style.kind in ("closed", "happy"):
        bend = 1.0 if style.kind == "closed" else -1.0
        lid = [
            (-1.0, -0.1 * bend),
            (-0.5, 0.42 * bend),
            (0.1, 0.55 * bend),
            (0.65, 0.35 * bend),
            (1.05, -0.2 * bend),
        ]
        sheet.line(head.put(curve(lid)), 1.6, (0.3, 0.15))
        if style.kind == "closed":
            for x in (0.45, 0.75, 1.0):
                y = 0.45 - 0.5 * (x - 0.45)
                sheet.line(head.put([at(x, y), at(x + 0.16, y + 0.28)]), 0.8, (0, 0.6))
        return
    if style.kind == "cartoon":
        ball = sheet.form(head.put(ellipse(cx, cy, w * 0.95, h * 1.35)), (252, 252, 252), tone=PLAIN, steady=True)
        px = cx + style.gaze * w
        sheet.spot(head.put(ellipse(px, cy + h * 0.1, w * 0.4, h * 0.65)), clip=ball)
        sheet.erase_ink(head.put(ellipse(px + w * 0.12, cy - h * 0.15, w * 0.13, h * 0.2)), clip=ball)
        return

    upper = [(-1.0, 0.25), (-0.78, -0.35), (-0.3, -0.85), (0.25, -0.95), (0.72, -0.6), (1.0, 0.05)]
    lower = [(1.0, 0.05), (0.82, 0.62), (0.35, 0.95), (-0.25, 0.97), (-0.75, 0.7), (-1.0, 0.25)]
    white = sheet.form(
        head.put(np.concatenate([curve(upper), curve(lower)])),
        (250, 250, 252),
        line=0,
        tone=PLAIN,
        steady=True,
    )
    # Iris: darker above, brighter below, cut by the lids.
    ix, iy = at(style.gaze + 0.02, 0.02)
    rx, ry = w * style.iris, min(h * 1.04, w * 1.25)
    disc = sheet.form(
        head.put(ellipse(ix, iy, rx, ry)),
        darker(iris_color, 0.35),
        line=0.7,
        clip=white,
        steady=True,
        tone=Tone(end=lighter(iris_color, 0.35)),
    )
    sheet.paint_over(disc, head.put(ellipse(ix, iy + ry * 0.62, rx * 0.72, ry * 0.3)), lighter(iris_color, 0.55), 0.8)
    if style.inked_pupil:
        sheet.spot(head.put(ellipse(ix, iy + 0.02 * h, rx * 0.42, ry * 0.48)), clip=disc)
    else:
        dark = darker(iris_color, 0.75)
        sheet.form(head.put(ellipse(ix, iy, rx * 0.45, ry * 0.5)), dark, line=0.4, clip=disc, tone=PLAIN, steady=True)
    shade = [*[(x, y) for x, y in upper], (1.0, 0.35), (0.3, -0.42), (-0.35, -0.36), (-1.0, 0.5)]
    sheet.paint_over(white, head.put(points([at(x, y) for x, y in shade])), shadow_color(sheet, (225, 225, 235)), 0.5)
    gx = -0.3 if sheet.look.light[0] < 0 else 0.3
    for i in range(style.gleams):
        spot = [(gx, -0.42, 0.3), (-gx * 0.9, 0.42, 0.16), (-gx * 0.3, 0.62, 0.1)][i]
        x, y = ix + spot[0] * rx * 1.3, iy + spot[1] * ry
        bright = ellipse(x, y, rx * spot[2], ry * spot[2] * 1.1)
        sheet.form(
            head.put(bright),
            (255, 255, 255),
            line=0.35 if i == 0 else 0.0,
            clip=disc,
            tone=PLAIN,
            steady=True,
        )

    # The upper lid: a solid shape, heavier outwards, with a wing.
    t = style.lash / h
    inner = [(-1.06, 0.38), (-0.8, -0.32), (-0.3, -0.83), (0.25, -0.93), (0.72, -0.55), (1.02, 0.16)]
    outer = [
        (1.3, -0.12 - 0.4 * t),
        (0.85, -0.85 - 0.9 * t),
        (0.28, -0.98 - t),
        (-0.32, -0.88 - 0.75 * t),
        (-0.82, -0.4 - 0.2 * t),
    ]
    sheet.spot(
        head.put(np.concatenate([curve(inner), curve([(1.02, 0.16), outer[0]]), curve(outer), [at(-1.06, 0.38)]]))
    )
    if style.lower_lash:
        sheet.line(head.put(curve([(0.95, 0.35), (0.75, 0.72), (0.35, 0.98), (-0.15, 1.02)])), 0.65, (0.15, 0.7))
    else:
        sheet.line(head.put(curve([(0.5, 0.93), (0.1, 1.0), (-0.3, 0.98)])), 0.55, (0.4, 0.4))
    if style.crease:
        gap = 0.3 + t
        sheet.line(head.put(curve([(-0.5, -1.0 - gap), (0.15, -1.18 - gap), (0.8, -0.85 - gap)])), 0.5, (0.4, 0.4))


def _draw_brow(sheet: Sheet, head: Head, style: EyeStyle, side: float, hair: Color, mood: float) -> None:
    """`mood` below 0 is worried, above 0 is stern."""
    y = head.eye_level - max(style.height, 0.06) - 0.075
    raised = -0.018 * mood
    knots = [
        (head.across(side * 0.1, 0), y + 0.012 - raised),
        (head.across(side * 0.2, 0), y - 0.02 + raised * 0.2),
        (head.across(side * 0.31, 0), y + 0.005 + raised),
    ]
    spine = smooth(knots)
    if style.lash > 0.026:
        half = np.interp(np.linspace(0, 1, len(spine)), [0, 0.3, 1], [0.009, 0.013, 0.001])[:, None]
        edge = np.concatenate([spine - (0, 1) * half, (spine + (0, 1) * half)[::-1]])
        sheet.form(head.put(edge), mixed(hair, (40, 30, 40), 0.3), line=0.5, tone=PLAIN, steady=True)
    else:
        sheet.line(head.put(spine), 1.2, (0.15, 0.7))
