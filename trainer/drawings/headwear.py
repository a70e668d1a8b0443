"""Hats, bands, ears and horns."""

import numpy as np

from .colors import Color, darker, lighter, mixed
from .curves import ellipse, points, ribbon, smooth
from .head import Head
from .shading import Tone
from .sheet import Sheet


def draw_headwear_behind(sheet: Sheet, head: Head, kind: str, color: Color) -> None:
    """The part of a hat that lies behind the head."""
    if kind in ("witch", "straw"):
        wide = 0.98 if kind == "witch" else 0.85
        hue = color if kind == "witch" else (232, 200, 130)
        sheet.form(head.put(ellipse(0, -0.3, wide, 0.2)), darker(hue, 0.25))


def draw_headwear(sheet: Sheet, head: Head, kind: str, color: Color, accent: Color, hair: Color) -> None:
    """What is worn over the hair."""
    rng = sheet.rng
    if kind == "band":
        outer = smooth([(-0.5, -0.1), (-0.44, -0.38), (0, -0.6), (0.44, -0.38), (0.5, -0.1)])
        inner = smooth([(0.455, -0.08), (0.4, -0.33), (0, -0.52), (-0.4, -0.33), (-0.455, -0.08)])
        sheet.form(head.put(np.concatenate([outer, inner])), accent)
    elif kind == "witch":
        cone = [
            (-0.52, -0.33),
            (-0.32, -0.75),
            (-0.12, -1.1),
            (0.2, -1.32),
            (0.12, -1.05),
            (0.3, -0.78),
            (0.52, -0.33),
        ]
        body = np.concatenate([smooth(cone), smooth([(0.52, -0.33), (0, -0.2), (-0.52, -0.33)])])
        patch = sheet.form(head.put(body), color, tone=Tone(gleam=0.4))
        band = np.concatenate(
            [
                smooth([(-0.53, -0.34), (0, -0.2), (0.53, -0.34)]),
                smooth([(0.48, -0.5), (0, -0.36), (-0.48, -0.5)]),
            ]
        )
        sheet.form(head.put(band), accent, clip=patch)
        for path in (
            [(-0.1, -0.95), (0.02, -0.93), (0.1, -0.98)],
            [(-0.2, -0.8), (-0.05, -0.74), (0.05, -0.75)],
        ):
            sheet.line(head.put(smooth(path)), 0.6, clip=patch)
        brim = np.concatenate(
            [
                smooth([(-0.98, -0.3), (-0.5, -0.36), (0, -0.26), (0.5, -0.36), (0.98, -0.3)]),
                smooth([(0.98, -0.3), (0.55, -0.2), (0, -0.14), (-0.55, -0.2), (-0.98, -0.3)]),
            ]
        )
        sheet.form(head.put(brim), color)
    elif kind == "straw":
        straw = (238, 208, 140)
        dome = smooth([(-0.5, -0.34), (-0.45, -0.66), (0, -0.82), (0.45, -0.66), (0.5, -0.34)])
        patch = sheet.form(head.put(np.concatenate([dome, smooth([(0.5, -0.34), (0, -0.24), (-0.5, -0.34)])])), straw)
        sash = [(-0.55, -0.5), (0, -0.4), (0.55, -0.5), (0.55, -0.32), (0, -0.22), (-0.55, -0.32)]
        sheet.form(head.put(points(sash)), accent, clip=patch)
        straw_brim = [
            (-0.86, -0.28),
            (-0.5, -0.34),
            (0, -0.25),
            (0.5, -0.34),
            (0.86, -0.28),
            (0.5, -0.16),
            (0, -0.11),
            (-0.5, -0.16),
        ]
        rim = sheet.form(head.put(smooth(straw_brim, closed=True)), straw)
        for x in np.linspace(-0.7, 0.7, 9).tolist():
            sheet.line(head.put([(x * 0.85, -0.3), (x, -0.17)]), 0.4, clip=rim)
    elif kind == "cap":
        dome = smooth([(-0.51, -0.22), (-0.45, -0.56), (0, -0.72), (0.45, -0.56), (0.51, -0.22)])
        edge = np.concatenate([dome, smooth([(0.51, -0.22), (0, -0.28), (-0.51, -0.22)])])
        patch = sheet.form(head.put(edge), color, tone=Tone(gleam=0.4))
        panel = smooth([(-0.18, -0.24), (-0.14, -0.55), (0, -0.74), (0.14, -0.55), (0.18, -0.24)])
        sheet.form(head.put(panel), lighter(accent, 0.3), clip=patch)
        sheet.form(head.put(ellipse(0, -0.71, 0.045, 0.03)), accent)
        s = 1.0 if head.turn >= 0 else -1.0
        visor = [(-s * 0.42, -0.27), (0, -0.34), (s * 0.45, -0.29), (s * 0.62, -0.14), (s * 0.1, -0.16)]
        sheet.form(head.put(smooth(visor, closed=True)), darker(color, 0.15))
    elif kind == "cat ears":
        for side in (-1.0, 1.0):
            ear = [(side * 0.16, -0.52), (side * 0.36, -0.84), (side * 0.47, -0.36)]
            edge = np.concatenate(
                [
                    smooth([ear[0], (side * 0.22, -0.72), ear[1]]),
                    smooth([ear[1], (side * 0.46, -0.6), ear[2]]),
                ]
            )
            sheet.form(head.put(edge), hair)
            inside = [(side * 0.24, -0.54), (side * 0.355, -0.74), (side * 0.41, -0.45)]
            sheet.form(head.put(points(inside)), mixed(hair, (240, 170, 170), 0.7), line=0.7)
    elif kind == "horns":
        for side in (-1.0, 1.0):
            spine = [(side * 0.26, -0.5), (side * 0.42, -0.68), (side * 0.4, -0.86), (side * 0.3, -0.96)]
            horn = sheet.form(head.put(ribbon(spine, [0.075, 0.06, 0.035, 0.0])), (226, 214, 190))
            for x, y in ((0.33, -0.58), (0.41, -0.68), (0.415, -0.78)):
                sheet.line(head.put([(side * (x - 0.06), y), (side * (x + 0.06), y - 0.03)]), 0.5, clip=horn)
    elif kind == "flower":
        draw_blossom(sheet, head, 0.36 - head.turn * 0.1, -0.34, 0.13, accent)
    elif kind == "clips":
        side = 1.0 if rng.uniform() < 0.5 else -1.0
        for i in range(2):
            clip = [(side * 0.28, -0.2 + 0.07 * i), (side * 0.42, -0.14 + 0.07 * i)]
            sheet.form(head.put(ribbon(clip, [0.02, 0.02])), accent, line=0.8)
    if kind in ("witch", "straw") and rng.uniform() < 0.4:
        draw_blossom(sheet, head, -0.32, -0.4, 0.09, lighter(accent, 0.4))


def draw_blossom(sheet: Sheet, head: Head, x: float, y: float, size: float, color: Color) -> None:
    """A five-petalled flower in the hair, head units."""
    for i in range(5):
        angle = np.deg2rad(72 * i + 18)
        px, py = x + np.cos(angle) * size * 0.6, y + np.sin(angle) * size * 0.6
        sheet.form(head.put(ellipse(px, py, size * 0.5, size * 0.36, tilt=72 * i + 18)), color)
    sheet.form(head.put(ellipse(x, y, size * 0.24, size * 0.24)), (248, 214, 92))
