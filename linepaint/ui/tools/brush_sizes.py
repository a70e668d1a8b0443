"""The sizes a brush can take, diameters in document pixels, and the steps that `[` and `]` make."""

from __future__ import annotations

from typing import Final

MIN_BRUSH_PX: Final = 1.0
MAX_BRUSH_PX: Final = 1000.0

_STEP: Final = 1.2
_DOCUMENT_PARTS: Final = 60.0
_SMALLEST_FIRST_PX: Final = 6.0


def next_size(size_px: float) -> float:
    """The next larger step: about a fifth more, at least one whole pixel."""
    return min(MAX_BRUSH_PX, max(float(round(size_px)) + 1.0, float(round(size_px * _STEP))))


def previous_size(size_px: float) -> float:
    """The next smaller step: about a fifth less, at least one whole pixel."""
    return max(MIN_BRUSH_PX, min(float(round(size_px)) - 1.0, float(round(size_px / _STEP))))


def size_for_document(width: int, height: int) -> float:
    """A first brush size that suits a document of this size: a sixtieth of its shorter side."""
    size_px = round(min(width, height) / _DOCUMENT_PARTS)
    return float(min(max(size_px, _SMALLEST_FIRST_PX), MAX_BRUSH_PX))
