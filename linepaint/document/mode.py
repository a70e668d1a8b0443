"""What a document is made on: line art, with its colour under the lines, or a gray picture that is to be coloured."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class DocumentMode(StrEnum):
    """What the source layer is. The values are those of the checkpoints that colour such a document."""

    LINEART = "lineart"
    """Ink on paper: multiplied over everything else, and the colour layer is what lies under the lines."""
    GRAYSCALE = "grayscale"
    """All tones of a picture: it lies over the paper alone, and the colour layer above is the whole picture."""


DEFAULT_CHECKPOINTS: Final = {DocumentMode.LINEART: "live", DocumentMode.GRAYSCALE: "grayscale"}
"""The shipped checkpoint that a new document of this mode is coloured with."""

SOURCE_NAMES: Final = {DocumentMode.LINEART: "Line art", DocumentMode.GRAYSCALE: "Gray picture"}
"""What the source layer of a document of this mode is called."""
