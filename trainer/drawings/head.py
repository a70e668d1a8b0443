"""The head as a frame: where it is, how it is turned, and the outline of its face and ears.

Head units: the origin is the middle of the head, the skull's top lies at y = -0.5 and the chin at y = 0.5.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .colors import Color, mixed
from .curves import Points, ellipse, placed, points, smooth
from .look import Shading
from .shading import Tone
from .sheet import Patch, Sheet


@dataclass(frozen=True)
class Head:
    """A head `size` units high at (x, y), leaning by `tilt` degrees; `turn` -1..1 looks to the left or right.

    `jaw` 0..1 goes from a pointed chin to a broad one, `eye_level` is the y of the eyes in head units.
    """

    x: float
    y: float
    size: float
    tilt: float = 0.0
    turn: float = 0.0
    jaw: float = 0.4
    eye_level: float = 0.1

    def put(self, values: ArrayLike) -> Points:
        """Points in head units as points on the sheet."""
        return placed(values, (self.x, self.y), self.size, self.tilt)

    def across(self, x: float, y: float) -> float:
        """Where something at `x` on a head seen from the front stands on this turned one."""
        far = x * self.turn > 0
        squeeze = 1 - abs(self.turn) * (0.22 if far else 0.03)
        return x * squeeze + self.turn * (0.055 + 0.04 * y)

    def outline(self) -> Points:
        """Outline of skull and face, in head units, clockwise from the top."""
        jaw = self.jaw
        right = [
            (0.0, -0.5),
            (0.24, -0.45),
            (0.38, -0.27),
            (0.415, -0.05),
            (0.39 + 0.01 * jaw, 0.13),
            (0.33 + 0.05 * jaw, 0.27),
            (0.18 + 0.1 * jaw, 0.41 + 0.02 * jaw),
            (0.045 + 0.07 * jaw, 0.497),
        ]
        left = [(-x, y) for x, y in right[:0:-1]]
        shifted = [(x + self.turn * max(0.0, y + 0.25) * 0.1, y) for x, y in [*right, *left]]
        return smooth(shifted, closed=True)


def shadow_color(sheet: Sheet, color: Color, strength: float = 1.0) -> Color:
    """The colour that a shadow takes on a form of this colour, in the look of the drawing."""
    tint = tuple(int(c * t / 150) for c, t in zip(color, sheet.look.shade_tint, strict=True))
    r, g, b = mixed(color, (tint[0], tint[1], tint[2]), 0.75)
    return mixed(color, (r, g, b), min(1.0, 1.6 * sheet.look.depth * strength))


def draw_face(sheet: Sheet, head: Head, skin: Color) -> Patch:
    """Ears and face without features."""
    for side in (-1.0, 1.0):
        if side * head.turn > 0.45:
            continue
        x = head.across(side * 0.41, 0.1)
        ear = sheet.form(head.put(ellipse(x, 0.1, 0.065, 0.11, tilt=side * 12)), skin)
        inner = [(x + side * 0.02, 0.04), (x + side * 0.025, 0.1), (x - side * 0.005, 0.15)]
        sheet.line(head.put(smooth(inner)), 0.6, clip=ear)
    soft = sheet.look.shading is Shading.SOFT
    return sheet.form(head.put(head.outline()), skin, tone=Tone(size=0.75, strength=0.7 if soft else 0.8))


def draw_nose_and_mouth(sheet: Sheet, head: Head, face: Patch, skin: Color, expression: str) -> None:
    """A nose of a stroke or two, and a mouth: `expression` is smile, open, small, line, grin, sad or cat."""
    rng = sheet.rng
    put, x0 = head.put, head.across(0.0, 0.3)
    lean = head.turn * 0.02
    nose_y = head.eye_level + 0.165
    kind = int(rng.integers(4))
    if kind == 0:
        sheet.line(
            put([(x0 + lean, nose_y - 0.03), (x0 + lean + 0.012, nose_y), (x0 + lean - 0.008, nose_y + 0.006)]),
            0.7,
        )
    elif kind == 1:
        side = 0.02 if head.turn >= 0 else -0.02
        sheet.line(
            put(
                smooth(
                    [
                        (x0 + side * 0.4, nose_y - 0.055),
                        (x0 + side * 1.4, nose_y - 0.008),
                        (x0 + side * 0.3, nose_y + 0.01),
                    ]
                )
            ),
            0.75,
        )
    elif kind == 2:
        sheet.line(put(smooth([(x0 - 0.025, nose_y), (x0, nose_y + 0.012), (x0 + 0.025, nose_y)])), 0.7)
    else:
        wedge = put([(x0 + lean, nose_y - 0.05), (x0 + lean + 0.02, nose_y), (x0 + lean - 0.012, nose_y + 0.004)])
        sheet.paint_over(face, wedge, shadow_color(sheet, skin))
        sheet.line(wedge[1:], 0.6)
    y = head.eye_level + 0.27
    w = rng.uniform(0.06, 0.11) * (1 - 0.15 * abs(head.turn))
    lip = mixed(skin, (180, 50, 60), 0.45)
    if expression in ("open", "grin"):
        tall = w * rng.uniform(0.6, 1.2)
        top = [(x0 - w, y - 0.012), (x0, y + 0.008), (x0 + w, y - 0.012)]
        low = [
            (x0 + w, y - 0.012),
            (x0 + w * 0.6, y + tall * 0.75),
            (x0, y + tall),
            (x0 - w * 0.6, y + tall * 0.75),
        ]
        mouth_edge = np.concatenate([smooth(top), smooth([*low, top[0]])])
        mouth = sheet.form(put(mouth_edge), (148, 52, 58), line=0.85, tone=Tone(strength=0), steady=True)
        if expression == "open":
            tongue = ellipse(x0, y + tall * 0.95, w * 0.6, tall * 0.42)
            sheet.form(put(tongue), (236, 130, 130), line=0.5, clip=mouth, tone=Tone(strength=0), steady=True)
        else:
            teeth = points(
                [(x0 - w, y - 0.03), (x0 + w, y - 0.03), (x0 + w, y + tall * 0.34), (x0 - w, y + tall * 0.34)]
            )
            sheet.form(put(teeth), (252, 250, 246), line=0.5, clip=mouth, tone=Tone(strength=0), steady=True)
        return
    if expression == "small":
        edge = ellipse(x0, y, 0.025, 0.03)
        sheet.form(put(edge), (170, 66, 70), line=0.8, tone=Tone(strength=0), steady=True)
        return
    curve = {
        "smile": [(-1, -0.018), (-0.4, 0.012), (0.4, 0.012), (1, -0.018)],
        "line": [(-0.7, 0.0), (0, 0.004), (0.7, -0.002)],
        "sad": [(-0.8, 0.014), (0, -0.012), (0.8, 0.014)],
        "cat": [(-1, -0.012), (-0.5, 0.016), (0, -0.008), (0.5, 0.016), (1, -0.012)],
    }[expression]
    path = [(x0 + a * w, y + b) for a, b in curve]
    if rng.uniform() < 0.25:
        lips = [(x0 + a * w * 0.75, y + b + 0.02 * (1 - a * a)) for a, b in curve]
        sheet.paint_over(face, put(np.concatenate([smooth(path), smooth(lips)[::-1]])), lip)
    sheet.line(put(smooth(path)), 0.9, (0.3, 0.3))
    if rng.uniform() < 0.5:
        sheet.line(put([(x0 - 0.03, y + 0.05), (x0, y + 0.054), (x0 + 0.03, y + 0.05)]), 0.5, (0.5, 0.5))


def draw_blush(sheet: Sheet, head: Head, face: Patch, skin: Color) -> None:
    """Warm cheeks: soft, or flat ovals, now and then with hatching."""
    rng = sheet.rng
    hatched = rng.uniform() < 0.25
    blur = 0.03 * head.size if rng.uniform() < 0.7 else 0.0
    for side in (-1.0, 1.0):
        x = head.across(side * 0.25, 0.2)
        y = head.eye_level + 0.15
        spot = head.put(ellipse(x, y, 0.08, 0.042))
        sheet.paint_over(face, spot, mixed(skin, (238, 90, 96), 0.4), 0.8, blur)
        if hatched:
            for i in range(3):
                a = x - 0.035 + i * 0.032
                sheet.line(head.put([(a + 0.012, y - 0.022), (a - 0.012, y + 0.022)]), 0.5, clip=face)


def draw_glasses(sheet: Sheet, head: Head) -> None:
    """Round or square spectacles, lines only."""
    rng = sheet.rng
    round_ones = rng.uniform() < 0.5
    y = head.eye_level + 0.01
    for side in (-1.0, 1.0):
        x = head.across(side * 0.2, 0.1)
        wide = 0.15 * (1 - 0.2 * max(0.0, side * head.turn))
        ring = ellipse(x, y, wide, 0.145) if round_ones else ellipse(x, y, wide, 0.11)
        sheet.line(head.put(np.concatenate([ring, ring[:2]])), 0.85, (0, 0))
        end = head.across(side * 0.42, 0.1)
        sheet.line(head.put([(x + side * wide, y - 0.02), (end, y - 0.03)]), 0.85, (0, 0.2))
    inner = [
        (head.across(-0.055, 0.1), y - 0.01),
        (head.across(0, 0.1), y - 0.03),
        (head.across(0.055, 0.1), y - 0.01),
    ]
    sheet.line(head.put(smooth(inner)), 0.85, (0, 0))
