"""What a document tells those who watch it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from linepaint.document.geometry import Rect


class ChangeKind(StrEnum):
    """The part of the document that changed."""

    LINES = "lines"
    HINTS = "hints"
    COLOR = "color"
    PAPER = "paper"
    LAYERS = "layers"
    """Visibility, opacity or name of a layer."""
    PALETTE = "palette"
    """The palette or the recent colours."""
    SETTINGS = "settings"
    """Checkpoint or seed."""
    MODE = "mode"
    """What the source layer is, and with it its name, the checkpoint and whether there is a colour layer."""


@dataclass(frozen=True)
class Change:
    """One change: what, and where. Without a rectangle it is everywhere, or nowhere on the picture."""

    kind: ChangeKind
    rect: Rect | None = None
