"""Where things are on the colour wheel: a ring of hues around a square of saturation and value.

Widget coordinates, y downwards. Hue 0 (red) is at three o'clock and grows anticlockwise; in the square,
saturation grows to the right and value upwards.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto

_RING_PART = 0.15
_SQUARE_GAP_PX = 4.0


class WheelPart(Enum):
    """What lies under a point."""

    RING = auto()
    SQUARE = auto()
    NOTHING = auto()


@dataclass(frozen=True)
class WheelGeometry:
    """A wheel drawn as large as a widget of `width` × `height` allows."""

    width: float
    height: float

    @property
    def center(self) -> tuple[float, float]:
        """Middle of the widget."""
        return (self.width / 2, self.height / 2)

    @property
    def outer_radius(self) -> float:
        """Outside of the ring; a pixel is left for the outline."""
        return max(min(self.width, self.height) / 2 - 1.5, 8.0)

    @property
    def ring_width(self) -> float:
        """How broad the ring of hues is."""
        return max(self.outer_radius * 2 * _RING_PART / 2 * 1.4, 6.0)

    @property
    def inner_radius(self) -> float:
        """Inside of the ring."""
        return self.outer_radius - self.ring_width

    @property
    def square_side(self) -> float:
        """Side of the square, which fits within the ring."""
        return max((self.inner_radius - _SQUARE_GAP_PX) * math.sqrt(2), 4.0)

    @property
    def square_corner(self) -> tuple[float, float]:
        """Upper left corner of the square."""
        x, y = self.center
        return (x - self.square_side / 2, y - self.square_side / 2)

    def part_at(self, x: float, y: float) -> WheelPart:
        """What a press at (x, y) takes hold of."""
        left, top = self.square_corner
        if left <= x <= left + self.square_side and top <= y <= top + self.square_side:
            return WheelPart.SQUARE
        distance = math.hypot(x - self.center[0], y - self.center[1])
        if self.inner_radius - 2 <= distance <= self.outer_radius + 2:
            return WheelPart.RING
        return WheelPart.NOTHING

    def hue_at(self, x: float, y: float) -> float:
        """Hue [0, 1) in the direction of (x, y)."""
        angle = math.atan2(self.center[1] - y, x - self.center[0])
        return (angle / (2 * math.pi)) % 1.0

    def saturation_value_at(self, x: float, y: float) -> tuple[float, float]:
        """Saturation and value at (x, y), clamped to the square."""
        left, top = self.square_corner
        saturation = (x - left) / self.square_side
        value = 1.0 - (y - top) / self.square_side
        return (min(max(saturation, 0.0), 1.0), min(max(value, 0.0), 1.0))

    def hue_point(self, hue: float) -> tuple[float, float]:
        """Middle of the ring at this hue."""
        radius = (self.outer_radius + self.inner_radius) / 2
        angle = hue * 2 * math.pi
        return (self.center[0] + radius * math.cos(angle), self.center[1] - radius * math.sin(angle))

    def saturation_value_point(self, saturation: float, value: float) -> tuple[float, float]:
        """The point of the square that stands for this saturation and value."""
        left, top = self.square_corner
        return (left + saturation * self.square_side, top + (1.0 - value) * self.square_side)
