"""Ties suggestions to what shows them: asks when the colour has settled or the pen rests, and shows the answers."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer

from linepaint.document.changes import Change, ChangeKind
from linepaint.document.mode import DocumentMode
from linepaint.document.palette import Color
from linepaint.ui.action_set import NOT_FOR_GRAY
from linepaint.ui.canvas.canvas import Canvas
from linepaint.ui.editor import Editor
from linepaint.ui.panels.suggestion_panel import COUNT, LINES_ONLY, NO_DRAWING, NOT_YET, SuggestionPanel
from linepaint.ui.preview.controller import PreviewController
from linepaint.ui.preview.status import Phase
from linepaint.ui.preview.suggestions import SuggestionKind, SuggestionResult

PLACES: Final = 5
"""So many places are marked at most: more would be a rash, not a hint."""

REST_MS: Final = 120
"""The pen rests over a region once it has not moved for this long."""

WAITING: Final = "The best places for hints appear once the colour is ready."
SETTLED: Final = "No place stands out: another hint would change little."


class SuggestionLink(QObject):
    """Marks the best places for hints while that is wanted, and fills the panel of suggested colours."""

    def __init__(
        self,
        editor: Editor,
        preview: PreviewController,
        canvas: Canvas,
        panel: SuggestionPanel,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._preview = preview
        self._canvas = canvas
        self._panel = panel
        self._marks_places = False
        self._has_told = True
        """Whether the artist was told what came of the last switching on."""
        self._point: tuple[int, int] | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._ask_colors)
        canvas.cursorMoved.connect(self._on_pointer)
        preview.busyChanged.connect(self._on_busy)
        preview.suggested.connect(self._show)
        editor.documentReplaced.connect(self._forget)
        editor.changed.connect(self._on_change)
        self._forget()

    def mark_places(self, wanted: bool) -> None:
        """Show or hide the marks of the best places for hints."""
        self._marks_places = wanted
        self._has_told = not wanted
        self._canvas.mark_places(())
        if wanted:
            self._ask_places()
            if not self._is_settled:
                self._editor.message.emit(WAITING)

    @property
    def _is_settled(self) -> bool:
        return self._preview.status.phase is Phase.READY

    @property
    def _is_for_lines(self) -> bool:
        return self._editor.document.mode is DocumentMode.LINEART

    def _ask_places(self) -> None:
        if self._marks_places and self._is_settled and self._is_for_lines:
            self._preview.suggest_places(PLACES)

    def _ask_colors(self) -> None:
        # A hidden panel asks for nothing; with the pen down the colour comes first, and asks when it is there.
        is_wanted = self._panel.isVisible() and self._is_for_lines
        if self._point is not None and is_wanted and self._is_settled:
            self._preview.suggest_colors(self._point, COUNT)

    def _on_pointer(self, x: int, y: int, color: Color | None) -> None:
        if color is not None and (x, y) != self._point:
            self._point = x, y
            self._rest.start()

    def _on_busy(self, is_busy: bool) -> None:
        if not is_busy:
            self._ask_places()
            self._ask_colors()

    def _forget(self) -> None:
        self._rest.stop()
        self._point = None
        self._canvas.mark_places(())
        self._panel.enable(self._is_for_lines, NOT_FOR_GRAY)
        if not self._is_for_lines:
            self._panel.show_nothing(LINES_ONLY)
        else:
            self._panel.show_nothing(NO_DRAWING if self._editor.document.is_null else NOT_YET)

    def _on_change(self, change: Change) -> None:
        if change.kind is ChangeKind.MODE:
            self._forget()

    def _show(self, result: SuggestionResult) -> None:
        if result.request.kind is SuggestionKind.COLORS:
            if result.failure:
                self._panel.show_nothing(result.failure)
            else:
                self._panel.show_colors(result.colors)
        elif self._marks_places:
            self._canvas.mark_places([(x + 0.5, y + 0.5) for x, y, _gain in result.places])
            sentence = result.failure or ("" if result.places else SETTLED)
            if sentence and not self._has_told:
                self._editor.message.emit(sentence)
            self._has_told = True
