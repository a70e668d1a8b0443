"""The open drawing: four layers of one size, a palette, and how it is coloured and looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from linepaint.document.arrays import Pixels, read_only, require_color
from linepaint.document.changes import Change, ChangeKind
from linepaint.document.geometry import Rect
from linepaint.document.layers import ColorLayer, HintLayer, Layer, LayerKind, LineLayer, PaperLayer
from linepaint.document.mode import DEFAULT_CHECKPOINTS, SOURCE_NAMES, DocumentMode
from linepaint.document.palette import DEFAULT_PALETTE, Color, Palette
from linepaint.document.tiles import TiledImage

RECENT_COLORS_KEPT = 16


@dataclass(frozen=True)
class ViewState:
    """How the drawing was last looked at, so that it reopens the same way."""

    zoom: float
    """Screen pixels per document pixel."""
    center_x: float
    """Document pixels at the middle of the view."""
    center_y: float
    rotation_degrees: float = 0.0
    mirrored: bool = False


class Document:
    """The picture as data. Edits come as commands through a `History`, which notifies those who subscribed.

    Not for use from two threads at once: a worker gets a `snapshot()`.
    """

    def __init__(
        self,
        lines: LineLayer,
        hints: HintLayer | None = None,
        color: ColorLayer | None = None,
        paper: PaperLayer | None = None,
        *,
        palette: Palette = DEFAULT_PALETTE,
        recent_colors: tuple[Color, ...] = (),
        checkpoint: str | None = None,
        seed: int = 0,
        view: ViewState | None = None,
        mode: DocumentMode = DocumentMode.LINEART,
    ) -> None:
        """Without a checkpoint, the mode's own is taken. ValueError when not all layers are of the source's size."""
        height, width = lines.scan.shape
        self.mode = mode
        """What the source layer is; see `SetMode`."""
        self.lines = lines
        """The source layer: line art or a gray picture, as `mode` says."""
        self.hints = hints if hints is not None else HintLayer(TiledImage(height, width, 4))
        self.color = color if color is not None else ColorLayer()
        self.paper = paper if paper is not None else PaperLayer()
        self.palette = palette
        self.recent_colors = recent_colors
        self.checkpoint = DEFAULT_CHECKPOINTS[mode] if checkpoint is None else checkpoint
        """Name of a shipped checkpoint, or the path of one."""
        self.seed = seed
        self.view = view
        self._callbacks: list[Callable[[Change], None]] = []
        if self.hints.pixels.shape != (height, width, 4):
            shape = list(self.hints.pixels.shape)
            raise ValueError(f"The hint layer has to be [{height}, {width}, 4] like the line art, not {shape}.")
        if self.color.pixels is not None:
            require_color(self.color.pixels, width, height)
            self.color.pixels = read_only(self.color.pixels)

    @classmethod
    def from_scan(cls, scan: Pixels) -> Document:
        """A new drawing over line art uint8 [H, W], which is taken over and write-protected."""
        return cls(LineLayer(scan))

    @classmethod
    def from_gray(cls, gray: Pixels) -> Document:
        """A new document over a gray picture uint8 [H, W], 255 = white, taken over and write-protected."""
        mode = DocumentMode.GRAYSCALE
        return cls(LineLayer(gray, name=SOURCE_NAMES[mode]), mode=mode)

    @classmethod
    def empty(cls) -> Document:
        """The null document, 0 × 0 pixels: stands where nothing is open, so that no one asks for None."""
        return cls.from_scan(np.zeros((0, 0), np.uint8))

    @property
    def width(self) -> int:
        """Pixels across."""
        return int(self.lines.scan.shape[1])

    @property
    def height(self) -> int:
        """Pixels down."""
        return int(self.lines.scan.shape[0])

    @property
    def size(self) -> tuple[int, int]:
        """(width, height)."""
        return self.width, self.height

    @property
    def bounds(self) -> Rect:
        """The whole drawing."""
        return Rect(0, 0, self.width, self.height)

    @property
    def is_null(self) -> bool:
        """True when there is nothing to look at."""
        return self.width == 0 or self.height == 0

    @property
    def layers(self) -> tuple[Layer, ...]:
        """All layers, top to bottom."""
        if self.mode is DocumentMode.GRAYSCALE:
            return self.hints, self.color, self.lines, self.paper
        return self.lines, self.hints, self.color, self.paper

    def layer(self, kind: LayerKind) -> Layer:
        """The layer of this kind."""
        return next(layer for layer in self.layers if layer.kind == kind)

    def set_color_pixels(self, pixels: Pixels | None) -> None:
        """Show a newly generated colour layer, uint8 [H, W, 3]; it is derived, so this is no edit to undo.

        The array is taken over and write-protected. ValueError when it does not fit the drawing.
        """
        if pixels is not None:
            require_color(pixels, self.width, self.height)
            pixels = read_only(pixels)
        self.color.pixels = pixels
        self.notify(Change(ChangeKind.COLOR, self.bounds))

    def remember_color(self, color: Color) -> None:
        """Put a colour that was used at the front of the recent ones; it stands there once."""
        others = tuple(recent for recent in self.recent_colors if recent != color)
        self.recent_colors = (color, *others)[:RECENT_COLORS_KEPT]
        self.notify(Change(ChangeKind.PALETTE))

    def snapshot(self) -> Document:
        """The drawing as it is now, sharing memory; a worker may read or save it while painting goes on.

        Take it on the thread that edits. Nobody is subscribed to it.
        """
        return Document(
            self.lines.snapshot(),
            self.hints.snapshot(),
            self.color.snapshot(),
            self.paper.snapshot(),
            palette=self.palette,
            recent_colors=self.recent_colors,
            checkpoint=self.checkpoint,
            seed=self.seed,
            view=self.view,
            mode=self.mode,
        )

    def subscribe(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        """Call back after every change, until the returned function is called (more than once is fine)."""

        def unsubscribe() -> None:
            if entry in self._callbacks:
                self._callbacks.remove(entry)

        def entry(change: Change) -> None:
            callback(change)

        self._callbacks.append(entry)
        return unsubscribe

    def notify(self, change: Change) -> None:
        """Tell all subscribers, in the order in which they came."""
        for callback in tuple(self._callbacks):
            callback(change)
