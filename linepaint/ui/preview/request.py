"""A preview request: one frozen value that holds everything the picture depends on.

It is taken on the GUI thread and computed elsewhere. Two equal requests lead to the same picture, so the
second one needs no work.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace

from linepaint.document.document import Document
from linepaint.document.layers import LineLayer
from linepaint.document.mode import DocumentMode
from linepaint.document.tiles import TiledImage

AUTO_DEVICE = "auto"


@dataclass(frozen=True, eq=False)
class PreviewRequest:
    """What to colour, with what, and how finely."""

    document_number: int
    """Which open document, counted up each time another one is opened."""
    lines: LineLayer
    """A snapshot; levels are applied by whoever first asks for `lines.lines`: not on the GUI thread."""
    hints: TiledImage
    """A snapshot [H, W, 4]."""
    checkpoint: str
    """Name of a shipped checkpoint, or a path."""
    device: str
    """Key of a device, or "auto"."""
    seed: int
    draft: bool
    """True for the quick picture that is shown while the pen moves."""
    attempt: int = 0
    """Counted up when the artist asks again, so that what failed before is tried once more."""
    mode: DocumentMode = DocumentMode.LINEART
    """What `lines` holds: line art or a gray picture."""

    @classmethod
    def of(cls, document: Document, *, number: int, device: str, draft: bool, attempt: int = 0) -> PreviewRequest:
        """The request for `document` as it is now. Call it on the thread that paints."""
        return cls(
            document_number=number,
            lines=document.lines.snapshot(),
            hints=document.hints.pixels.snapshot(),
            checkpoint=document.checkpoint,
            device=device,
            seed=document.seed,
            draft=draft,
            attempt=attempt,
            mode=document.mode,
        )

    def shows(self, lines: LineLayer) -> bool:
        """True when this is the request's source, so that what was learnt from it still holds."""
        return self.lines.scan is lines.scan and self.lines.levels == lines.levels

    @property
    def settings(self) -> Hashable:
        """All but lines, hints and fineness: a picture made for other settings must not be shown."""
        return self.document_number, self.mode, self.checkpoint, self.device, self.seed, self.attempt

    def as_draft(self, draft: bool) -> PreviewRequest:
        """The same inputs, coloured quickly or finely."""
        return self if draft == self.draft else replace(self, draft=draft)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PreviewRequest):
            return NotImplemented
        return (
            self.draft == other.draft
            and self.settings == other.settings
            and self.shows(other.lines)
            and self.hints.shape == other.hints.shape
            and not self.hints.changed_tiles(other.hints)
        )

    def __hash__(self) -> int:
        return hash((self.settings, self.draft))
