"""Colours as people enter them: hexadecimal text, and hue, saturation and value.

Hue, saturation and value are floats in [0, 1]; `Color` is (r, g, b), each 0..255.
"""

from __future__ import annotations

import colorsys
import re

from linepaint.document.palette import Color

Hsv = tuple[float, float, float]

_HEX = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")


def to_hex(color: Color) -> str:
    """`#rrggbb` in lower case."""
    return "#{:02x}{:02x}{:02x}".format(*color)


def from_hex(text: str) -> Color | None:
    """The colour that `text` writes as rrggbb or rgb, with or without #; None when it writes none."""
    match = _HEX.fullmatch(text.strip())
    if match is None:
        return None
    digits = match.group(1)
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return (int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16))


def from_hsv(hsv: Hsv) -> Color:
    """The nearest 8-bit colour."""
    red, green, blue = colorsys.hsv_to_rgb(*hsv)
    return (round(red * 255), round(green * 255), round(blue * 255))


def to_hsv(color: Color) -> Hsv:
    """Hue, saturation and value; a grey has hue 0, black has saturation 0."""
    red, green, blue = color
    return colorsys.rgb_to_hsv(red / 255, green / 255, blue / 255)


def hsv_shown(color: Color, before: Hsv) -> Hsv:
    """What a wheel should show for `color`, having shown `before`.

    A grey has no hue and black no saturation: the wheel keeps those it had, and does not jump. A colour
    that is just `before` in 8 bits leaves the wheel where it is, or dragging would shiver by rounding.
    """
    if from_hsv(before) == color:
        return before
    hue, saturation, value = to_hsv(color)
    if value == 0.0:
        return (before[0], before[1], 0.0)
    if saturation == 0.0:
        return (before[0], 0.0, value)
    return (hue, saturation, value)


def is_light(color: Color) -> bool:
    """Whether dark marks show better on `color` than light ones (relative luminance, Rec. 709 weights)."""
    red, green, blue = color
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 140
