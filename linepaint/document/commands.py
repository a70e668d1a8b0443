"""Edits that can be undone. Applying does the work; what is remembered is the old value or the old tiles."""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Generic, Protocol, TypeVar

from linepaint.document.arrays import Pixels
from linepaint.document.changes import Change, ChangeKind
from linepaint.document.document import Document
from linepaint.document.geometry import Rect
from linepaint.document.layers import LayerKind, Levels
from linepaint.document.mode import DEFAULT_CHECKPOINTS, SOURCE_NAMES, DocumentMode
from linepaint.document.palette import Color, Palette
from linepaint.document.runs import PackedTile, packed, unpacked
from linepaint.document.tiles import TiledImage, TileKey

Value = TypeVar("Value")


class Command(Protocol):
    """One edit. It changes the document and says what changed; the history tells those who watch."""

    @property
    def text(self) -> str:
        """What was done, for the menu: "Undo: {text}"."""

    @property
    def nbytes(self) -> int:
        """Memory that keeping this command costs."""

    @property
    def changes_nothing(self) -> bool:
        """True when, once applied, it left the document as it was; the history then does not keep it."""

    def apply(self, document: Document) -> Change:
        """Do it, or do it again."""

    def revert(self, document: Document) -> Change:
        """Take it back. Only after `apply`."""

    def merged_with(self, earlier: Command) -> Command | None:
        """One command for `earlier` and then this one, both already applied; None to keep them apart."""


# --- hints --------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class PaintHints:
    """Hint tiles replaced by others: a whole stroke, or any other edit of hints."""

    text: str
    before: Mapping[TileKey, PackedTile | None]
    after: Mapping[TileKey, PackedTile | None]
    """Both: (row, column) -> tile, None where blank. The same keys."""
    rect: Rect
    """Covers everything that differs."""

    @classmethod
    def between(cls, text: str, before: TiledImage, after: TiledImage, rect: Rect | None = None) -> PaintHints:
        """The edit that leads from one picture to the other; `rect` where the painter knows it better."""
        keys = before.changed_tiles(after)
        return cls(
            text,
            before=_packed_tiles(before, keys),
            after=_packed_tiles(after, keys),
            rect=before.tiles_rect(keys) if rect is None else rect,
        )

    @property
    def nbytes(self) -> int:
        """Memory of the old and the new tiles."""
        tiles = (*self.before.values(), *self.after.values())
        return sum(tile.nbytes for tile in tiles if tile is not None)

    @property
    def changes_nothing(self) -> bool:
        """True when no tile was touched."""
        return not self.before

    def apply(self, document: Document) -> Change:
        """Put the new tiles in."""
        document.hints.pixels.put_tiles(_unpacked_tiles(self.after))
        return Change(ChangeKind.HINTS, self.rect)

    def revert(self, document: Document) -> Change:
        """Put the old tiles back."""
        document.hints.pixels.put_tiles(_unpacked_tiles(self.before))
        return Change(ChangeKind.HINTS, self.rect)

    def merged_with(self, earlier: Command) -> Command | None:
        """Never: every stroke is undone by itself."""
        return None


class _HintReplacement(ABC):
    """All hints replaced by others; the tiles that differ are found when it is first applied."""

    text: str

    def __init__(self) -> None:
        self._edit: PaintHints | None = None

    @abstractmethod
    def wanted(self, document: Document) -> TiledImage:
        """The hints as they shall be."""

    @property
    def nbytes(self) -> int:
        """Memory of the tiles that differ."""
        return 0 if self._edit is None else self._edit.nbytes

    @property
    def changes_nothing(self) -> bool:
        """True when the hints were these already."""
        return self._edit is not None and self._edit.changes_nothing

    def apply(self, document: Document) -> Change:
        """Replace the hints; ValueError when the sizes differ."""
        if self._edit is None:
            self._edit = PaintHints.between(self.text, document.hints.pixels, self.wanted(document))
        return self._edit.apply(document)

    def revert(self, document: Document) -> Change:
        """Bring the old hints back."""
        assert self._edit is not None, "revert comes after apply"
        return self._edit.revert(document)

    def merged_with(self, earlier: Command) -> Command | None:
        """Never."""
        return None


class ReplaceHints(_HintReplacement):
    """All hints replaced by other ones of the same size."""

    def __init__(self, pixels: TiledImage, text: str = "Replace hints") -> None:
        super().__init__()
        self.text = text
        self._pixels = pixels.snapshot()

    def wanted(self, document: Document) -> TiledImage:
        """The hints given."""
        return self._pixels


class ClearHints(_HintReplacement):
    """All hints taken away."""

    text = "Clear hints"

    def wanted(self, document: Document) -> TiledImage:
        """No hints."""
        return TiledImage(*document.hints.pixels.shape)


def _packed_tiles(image: TiledImage, keys: Iterable[TileKey]) -> dict[TileKey, PackedTile | None]:
    tiles = {key: image.tile(*key) for key in keys}
    return {key: None if tile is None else packed(tile) for key, tile in tiles.items()}


def _unpacked_tiles(tiles: Mapping[TileKey, PackedTile | None]) -> dict[TileKey, Pixels | None]:
    return {key: None if tile is None else unpacked(tile) for key, tile in tiles.items()}


# --- values -------------------------------------------------------------------------------------


class SetValue(ABC, Generic[Value]):
    """One value of the document set; the value found there is remembered."""

    text: str
    merges: ClassVar[bool] = False
    """True for what sliders and colour pickers drag: consecutive ones become one step."""
    nbytes: int = 256
    """Next to nothing, but counted, so that a history of them is bounded too."""

    before: Value
    """What stood there; known once applied."""

    def __init__(self, after: Value) -> None:
        self.after = after

    @abstractmethod
    def read(self, document: Document) -> Value:
        """The value as it stands."""

    @abstractmethod
    def write(self, document: Document, value: Value) -> Change:
        """Set the value and say what changed."""

    @property
    def changes_nothing(self) -> bool:
        """True when the value was this already."""
        return self.before == self.after

    def apply(self, document: Document) -> Change:
        """Set the new value."""
        self.before = self.read(document)
        return self.write(document, self.after)

    def revert(self, document: Document) -> Change:
        """Set the old value again."""
        return self.write(document, self.before)

    def merged_with(self, earlier: Command) -> Command | None:
        """One step from before `earlier` to what stands now, if both set the same dragged value."""
        if not self.merges or not isinstance(earlier, type(self)) or not self.has_target_of(earlier):
            return None
        merged = copy.copy(self)
        merged.before = earlier.before
        return merged

    def has_target_of(self, other: SetValue[Value]) -> bool:
        """True when both set the value of the same thing."""
        return True


class SetLevels(SetValue[Levels]):
    """The black and white point of the line art."""

    text = "Change levels"
    merges = True

    def read(self, document: Document) -> Levels:
        """The levels as they stand."""
        return document.lines.levels

    def write(self, document: Document, value: Levels) -> Change:
        """Set the levels."""
        document.lines.levels = value
        return Change(ChangeKind.LINES, document.bounds)


class SetLayerVisible(SetValue[bool]):
    """A layer shown or hidden."""

    def __init__(self, kind: LayerKind, visible: bool) -> None:
        super().__init__(visible)
        self.kind = kind
        self.text = "Show layer" if visible else "Hide layer"

    def read(self, document: Document) -> bool:
        """Whether the layer is shown."""
        return document.layer(self.kind).visible

    def write(self, document: Document, value: bool) -> Change:
        """Show or hide the layer."""
        document.layer(self.kind).visible = value
        return Change(ChangeKind.LAYERS, document.bounds)


class SetLayerOpacity(SetValue[float]):
    """The opacity of a layer, 0 … 1 (ValueError beyond)."""

    text = "Change opacity"
    merges = True

    def __init__(self, kind: LayerKind, opacity: float) -> None:
        if not 0.0 <= opacity <= 1.0:
            raise ValueError(f"Opacity has to be between 0 and 1, not {opacity}.")
        super().__init__(opacity)
        self.kind = kind

    def read(self, document: Document) -> float:
        """The opacity of the layer."""
        return document.layer(self.kind).opacity

    def write(self, document: Document, value: float) -> Change:
        """Set the opacity of the layer."""
        document.layer(self.kind).opacity = value
        return Change(ChangeKind.LAYERS, document.bounds)

    def has_target_of(self, other: SetValue[float]) -> bool:
        """True for the same layer."""
        return isinstance(other, SetLayerOpacity) and other.kind == self.kind


class SetPaperColor(SetValue[Color]):
    """The colour of the paper."""

    text = "Change paper colour"
    merges = True

    def read(self, document: Document) -> Color:
        """The paper's colour."""
        return document.paper.color

    def write(self, document: Document, value: Color) -> Change:
        """Set the paper's colour."""
        document.paper.color = value
        return Change(ChangeKind.PAPER, document.bounds)


class SetPalette(SetValue[Palette]):
    """The document's palette: a swatch added, moved or taken out, or another palette altogether."""

    def __init__(self, palette: Palette, text: str = "Change palette") -> None:
        super().__init__(palette)
        self.text = text

    def read(self, document: Document) -> Palette:
        """The palette."""
        return document.palette

    def write(self, document: Document, value: Palette) -> Change:
        """Set the palette."""
        document.palette = value
        return Change(ChangeKind.PALETTE)


class SetCheckpoint(SetValue[str]):
    """The checkpoint that colours this document: the name of a shipped one, or a path."""

    text = "Change checkpoint"

    def read(self, document: Document) -> str:
        """The checkpoint's name or path."""
        return document.checkpoint

    def write(self, document: Document, value: str) -> Change:
        """Set the checkpoint."""
        document.checkpoint = value
        return Change(ChangeKind.SETTINGS)


class SetSeed(SetValue[int]):
    """The seed of whatever chance the checkpoint uses."""

    text = "Change seed"
    merges = True

    def read(self, document: Document) -> int:
        """The seed."""
        return document.seed

    def write(self, document: Document, value: int) -> Change:
        """Set the seed."""
        document.seed = value
        return Change(ChangeKind.SETTINGS)


class SetMode(SetValue[tuple[DocumentMode, str, str]]):
    """What the source layer is, with the mode's own checkpoint and name of that layer.

    The colour layer goes, here and on undo: it was made for the other mode, and is derived from the rest.
    """

    def __init__(self, mode: DocumentMode) -> None:
        super().__init__((mode, DEFAULT_CHECKPOINTS[mode], SOURCE_NAMES[mode]))
        self.text = "Use as line art" if mode is DocumentMode.LINEART else "Colour as gray picture"

    @property
    def changes_nothing(self) -> bool:
        """True when the document was of this mode already."""
        return self.before[0] is self.after[0]

    def read(self, document: Document) -> tuple[DocumentMode, str, str]:
        """Mode, checkpoint and name of the source layer."""
        return document.mode, document.checkpoint, document.lines.name

    def write(self, document: Document, value: tuple[DocumentMode, str, str]) -> Change:
        """Set all three; nothing happens where the mode stays the same."""
        if value[0] is not document.mode:
            document.mode, document.checkpoint, document.lines.name = value
            document.color.pixels = None
        return Change(ChangeKind.MODE, document.bounds)
