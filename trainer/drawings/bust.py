"""Neck, shoulders and upper clothing of a portrait, in head units below the head."""

import numpy as np

from .colors import Color, darker, lighter, mixed
from .curves import mirrored, placed, points, ribbon, smooth
from .hair import draw_bow
from .head import Head, shadow_color
from .shading import Tone
from .sheet import Patch, Sheet

GARMENTS = ("sailor", "shirt", "hoodie", "tee", "turtleneck", "kimono", "dress", "cloak", "jacket")


def draw_neck(sheet: Sheet, head: Head, skin: Color) -> Patch:
    """The neck with the head's shadow on it."""
    x = head.turn * 0.03
    half = [(x + 0.14, 0.3), (x + 0.13, 0.6), (x + 0.19, 0.73), (x + 0.29, 0.8), (x + 0.28, 1.15)]
    neck = sheet.form(head.put(np.concatenate([smooth(half), mirrored(smooth(half), x)])), skin, tone=Tone(strength=0))
    chin = smooth([(x - 0.3, 0.3), (x - 0.16, 0.55), (x + 0.02, 0.63), (x + 0.16, 0.53), (x + 0.3, 0.3)])
    if sheet.look.shading != "flat":
        sheet.paint_over(neck, head.put(chin), shadow_color(sheet, skin))
    for side in (-1.0, 1.0):
        bone = [(x + side * 0.05, 0.8), (x + side * 0.16, 0.765), (x + side * 0.3, 0.77)]
        sheet.line(head.put(smooth(bone)), 0.6, (0.3, 0.6), clip=neck)
    return neck


def draw_bust(sheet: Sheet, head: Head, skin: Color, cloth: tuple[Color, ...], garment: str, broad: float) -> None:
    """Shoulders, arms and garment down to `y` = 2.6 head units; `broad` 0..1 widens the shoulders."""
    rng = sheet.rng
    wide = 0.62 + 0.24 * broad
    main, second, third = cloth[0], cloth[1], cloth[2]
    lean = head.turn * 0.04
    body = Head(head.x + lean * head.size, head.y, head.size, head.tilt * 0.3)
    if garment == "cloak":
        wide += 0.12
    arm_color = skin if garment == "dress" else main
    for side in (-1.0, 1.0):
        spine = [
            (side * (wide - 0.1), 0.95),
            (side * (wide + 0.02), 1.4),
            (side * (wide + 0.03), 1.9),
            (side * wide, 2.6),
        ]
        arm = sheet.form(body.put(ribbon(spine, [0.14, 0.155, 0.145, 0.14])), arm_color)
        if garment != "dress":
            for y in (1.25, 1.5, 1.85):
                fold = [
                    (side * (wide + 0.16), y + rng.uniform(-0.05, 0.05)),
                    (side * (wide + 0.02), y + 0.09),
                    (side * (wide - 0.05), y + 0.08),
                ]
                sheet.line(body.put(smooth(fold)), 0.65, (0.05, 0.7), clip=arm)
    low_neck = garment == "dress"
    top = 0.98 if low_neck else 0.7
    half = [
        (0.16 if not low_neck else 0.0, top if not low_neck else 1.12),
        (0.3 if not low_neck else 0.26, 0.76 if not low_neck else 1.02),
        (wide * 0.78, 0.8 if not low_neck else 0.93),
        (wide + 0.02, 0.93) if not low_neck else (wide * 0.72, 1.08),
        (wide * 0.86, 1.32),
        (wide * 0.72, 1.9),
        (wide * 0.8, 2.6),
    ]
    collar_dip = {
        "tee": 0.86,
        "shirt": 0.95,
        "jacket": 1.05,
        "sailor": 1.08,
        "kimono": 1.1,
        "hoodie": 0.85,
    }.get(garment, 0.8)
    outline = np.concatenate([smooth(half), mirrored(smooth(half))])
    if not low_neck:
        dip = smooth(
            [
                (-0.16, 0.7),
                (-0.1, (0.7 + collar_dip) / 2 + 0.04),
                (0, collar_dip),
                (0.1, (0.7 + collar_dip) / 2 + 0.04),
                (0.16, 0.7),
            ]
        )
        outline = np.concatenate([outline, dip])
    else:
        for side in (-1.0, 1.0):
            strap = [(side * 0.3, 0.76), (side * 0.33, 0.9), (side * 0.34, 1.06)]
            sheet.form(body.put(ribbon(strap, [0.03, 0.03, 0.03])), second)
    torso = sheet.form(body.put(outline), main)
    if rng.uniform() < 0.3 and garment in ("tee", "turtleneck", "hoodie", "dress"):
        for i in range(5):
            y = 1.15 + 0.26 * i
            band = [(-1.2, y), (0, y + 0.05), (1.2, y), (1.2, y + 0.12), (0, y + 0.17), (-1.2, y + 0.12)]
            sheet.form(body.put(points(band)), second, clip=torso, line=0.6)
    for side in (-1.0, 1.0):
        fold = [(side * wide * 0.84, 1.3), (side * wide * 0.55, 1.45), (side * wide * 0.3, 1.5)]
        sheet.line(body.put(smooth(fold)), 0.7, (0.0, 0.7), clip=torso)
        fold = [(side * wide * 0.75, 1.95), (side * wide * 0.4, 2.0), (side * wide * 0.2, 1.9)]
        sheet.line(body.put(smooth(fold)), 0.6, (0.0, 0.7), clip=torso)
    _draw_details(sheet, body, garment, torso, main, second, third)


def _draw_details(
    sheet: Sheet, body: Head, garment: str, torso: Patch, main: Color, second: Color, third: Color
) -> None:
    rng = sheet.rng
    sides = (-1.0, 1.0)
    if garment == "sailor":
        for s in sides:
            flap = [
                (s * 0.16, 0.66),
                (s * 0.42, 0.8),
                (s * 0.5, 1.0),
                (s * 0.3, 1.06),
                (0.0, 1.22),
                (s * 0.08, 0.95),
            ]
            patch = sheet.form(body.put(points(flap)), second)
            stripe = [(s * 0.2, 0.62), (s * 0.38, 0.8), (s * 0.44, 0.97), (s * 0.26, 1.02), (0.0, 1.14)]
            sheet.line(body.put(points(stripe)), 0.6, clip=patch)
        draw_bow(sheet, body, 0.0, 1.22, 0.22, third)
    elif garment in ("shirt", "jacket"):
        sheet.line(body.put([(0, 1.0), (0.01, 1.8), (0, 2.6)]), 0.8, (0, 0), clip=torso)
        if garment == "jacket":
            inner = points([(-0.16, 0.6), (0.16, 0.6), (0.02, 1.7)])
            inside = sheet.form(body.put(inner), lighter(second, 0.5), clip=torso)
            tie = [(-0.03, 0.9), (0.03, 0.9), (0.06, 1.4), (0, 1.55), (-0.06, 1.4)]
            sheet.form(body.put(points(tie)), third, clip=inside)
            for s in sides:
                lapel = [
                    (s * 0.15, 0.64),
                    (s * 0.3, 0.85),
                    (s * 0.34, 1.05),
                    (s * 0.24, 1.08),
                    (0.0, 1.72),
                    (s * 0.1, 1.0),
                ]
                sheet.form(body.put(points(lapel)), darker(main, 0.1))
        else:
            for y in (1.25, 1.6, 1.95):
                sheet.form(
                    body.put(placed(smooth([(1, 0), (0, 1), (-1, 0), (0, -1)], True) * 0.028, (0.0, y))),
                    third,
                )
            if rng.uniform() < 0.6:
                tie = [
                    (-0.05, 0.96),
                    (0.05, 0.96),
                    (0.035, 1.04),
                    (0.1, 1.6),
                    (0, 1.74),
                    (-0.1, 1.6),
                    (-0.035, 1.04),
                ]
                sheet.form(body.put(points(tie)), third)
            for s in sides:
                flap = [(s * 0.02, 0.95), (s * 0.16, 0.66), (s * 0.3, 0.78), (s * 0.22, 1.04)]
                sheet.form(body.put(points(flap)), lighter(main, 0.35))
    elif garment == "hoodie":
        for s in sides:
            hood = [
                (s * 0.02, 0.95),
                (s * 0.18, 0.6),
                (s * 0.42, 0.66),
                (s * 0.5, 0.84),
                (s * 0.3, 1.02),
                (s * 0.1, 1.08),
            ]
            sheet.form(body.put(smooth(hood, True)), darker(main, 0.08))
        for s in sides:
            sheet.line(body.put(smooth([(s * 0.09, 1.0), (s * 0.11, 1.25), (s * 0.085, 1.45)])), 1.3, (0, 0.1))
    elif garment == "turtleneck":
        neck = [(-0.17, 0.58), (0, 0.63), (0.17, 0.58), (0.2, 0.8), (0, 0.88), (-0.2, 0.8)]
        patch = sheet.form(body.put(smooth(neck, True)), lighter(main, 0.12))
        for x in (-0.1, -0.03, 0.04, 0.11):
            sheet.line(body.put([(x, 0.6), (x * 1.1, 0.86)]), 0.5, clip=patch)
    elif garment == "kimono":
        for s in (-1.0, 1.0):
            band = [(s * 0.17, 0.6), (s * 0.3, 0.76), (-s * 0.2, 1.75), (-s * 0.34, 1.7), (s * 0.05, 1.05)]
            sheet.form(body.put(points(band)), lighter(second, 0.3), clip=None)
        obi = points([(-1.0, 1.72), (1.0, 1.72), (1.0, 2.2), (-1.0, 2.2)])
        sheet.form(body.put(obi), third, clip=torso)
    elif garment == "tee":
        ring = smooth([(-0.19, 0.7), (-0.11, 0.88), (0, 0.93), (0.11, 0.88), (0.19, 0.7)])
        sheet.line(body.put(ring), 0.7, (0, 0), clip=torso)
    elif garment == "dress":
        trim = smooth([(-0.5, 0.95), (-0.25, 1.03), (0, 1.13), (0.25, 1.03), (0.5, 0.95)])
        lower = np.add(trim[::-1], (0, 0.09))
        sheet.form(body.put(np.concatenate([trim, lower])), lighter(second, 0.4), clip=torso)
        draw_bow(sheet, body, 0.0, 1.2, 0.12, third)
    elif garment == "cloak":
        for s in sides:
            cape = [
                (s * 0.05, 0.72),
                (s * 0.4, 0.74),
                (s * 0.82, 1.0),
                (s * 1.0, 2.7),
                (s * 0.25, 2.7),
                (s * 0.22, 1.4),
            ]
            patch = sheet.form(body.put(smooth(cape, True)), second)
            for x in (0.45, 0.65, 0.82):
                sheet.line(body.put(smooth([(s * x * 0.6, 1.0), (s * x, 1.6), (s * x * 1.05, 2.6)])), 0.6, clip=patch)
        sheet.form(
            body.put(smooth([(0.08, 0.82), (0, 0.9), (-0.08, 0.82), (0, 0.74)], True)),
            mixed(third, (250, 210, 90), 0.5),
        )
