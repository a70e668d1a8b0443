"""What every tool is: something pressed, moved and released on the page, that can be called off halfway."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt

from linepaint.imaging.strokes import StrokePoint
from linepaint.ui.canvas.view_transform import ViewTransform


@dataclass(frozen=True)
class PenPosition:
    """Where the pen or mouse is: x, y in document pixels, widget_x, widget_y in the canvas's logical pixels.

    pressure is 0 … 1; a mouse always presses with 1.
    """

    x: float
    y: float
    widget_x: float
    widget_y: float
    pressure: float = 1.0

    @property
    def stroke_point(self) -> StrokePoint:
        """The same as a point of a stroke."""
        return StrokePoint(self.x, self.y, self.pressure)


class Tool(Protocol):
    """One drag is `press`, any number of `move`, and then either `release` or `cancel`."""

    cursor: Qt.CursorShape
    paints: bool
    """True for tools that leave marks as large as the brush: the canvas then shows its outline."""

    def press(self, position: PenPosition) -> None:
        """The pen goes down."""

    def move(self, position: PenPosition) -> None:
        """The pen moves while it is down; perhaps outside the page or even the window."""

    def release(self, position: PenPosition) -> None:
        """The pen comes up: keep what was done."""

    def cancel(self) -> None:
        """Put everything back as it was before `press`."""


class View(Protocol):
    """What tools may do to the canvas's view."""

    @property
    def view(self) -> ViewTransform:
        """How the page is seen now."""

    def set_view(self, view: ViewTransform) -> None:
        """See the page another way."""
