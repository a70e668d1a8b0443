"""The page of licences in About: all that linepaint is made of on the left, the chosen part's licence on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFont, QFontDatabase, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from linepaint.credits import Notice, notices
from linepaint.ui.dialogs.shortcuts_dialog import matches
from linepaint.ui.jobs import JobRunner

COLUMNS: Final = ("Part", "Version", "Licence")
WIDTHS_PX: Final = (150, 76, 150)
RULE: Final = "\n\n" + "─" * 72 + "\n\n"
NO_TEXT: Final = "This part came without the text of its licence."
_KEYS_OF_THE_LIST: Final = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class CreditsPage(QWidget):
    """Lists the parts once it is first shown; `load` finds them, on another thread."""

    def __init__(self, load: Callable[[], list[Notice]] = notices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._load = load
        self._jobs: JobRunner | None = None
        self._items: list[QTreeWidgetItem] = []
        self.list = QTreeWidget()
        self.search = SearchField(self.list)
        self.search.setPlaceholderText("Search parts and licences")
        self.search.setAccessibleName("Search parts and licences")
        self.search.setClearButtonEnabled(True)
        self.list.setAccessibleName("Parts")
        self.list.setColumnCount(len(COLUMNS))
        self.list.setHeaderLabels(list(COLUMNS))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAlternatingRowColors(True)
        self.list.setAllColumnsShowFocus(True)
        header = self.list.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate(WIDTHS_PX):
            header.resizeSection(column, width)
        self.title = QLabel()
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.title.setWordWrap(True)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.about = QLabel()
        self.about.setProperty("faint", True)
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.about.setWordWrap(True)
        self.about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("Text of the licence")
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setUndoRedoEnabled(False)
        # Licences are laid out for a typewriter, about 78 letters in a line.
        self.text.setFont(_small_fixed_font())
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.state = QLabel("Reading the licences…")
        self.state.setProperty("faint", True)
        self._lay_out()
        self.search.textChanged.connect(self._filter)
        self.list.currentItemChanged.connect(self._on_current)

    def show_notices(self, found: Sequence[Notice]) -> None:
        """Fill the list; the first part is chosen."""
        self.list.clear()
        self._items = []
        for notice in sorted(found, key=lambda each: (each.kind != "program", each.name.casefold())):
            item = QTreeWidgetItem([notice.name, notice.version, notice.licence])
            item.setData(0, Qt.ItemDataRole.UserRole, notice)
            item.setToolTip(0, notice.name)
            item.setToolTip(2, notice.licence)
            self._items.append(item)
        self.list.addTopLevelItems(self._items)
        self._filter(self.search.text())
        if not self._items:
            self._say("No part could be found; install linepaint with pip or with its installer to see them.")

    def showEvent(self, event: QShowEvent) -> None:
        """Start reading when the page is seen for the first time."""
        super().showEvent(event)
        if self._jobs is None:
            self._jobs = JobRunner(self, threads=1)
            self._jobs.start("Reading the licences…", lambda _report: self._load(), self.show_notices, self._say)

    def _lay_out(self) -> None:
        left, right = QWidget(), QWidget()
        rows = QVBoxLayout(left)
        rows.setContentsMargins(0, 0, 6, 0)
        rows.setSpacing(8)
        rows.addWidget(self.search)
        rows.addWidget(self.list, 1)
        rows.addWidget(self.state)
        rows = QVBoxLayout(right)
        rows.setContentsMargins(6, 0, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(self.title)
        rows.addWidget(self.about)
        rows.addSpacing(4)
        rows.addWidget(self.text, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([400, 580])
        splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(splitter)

    def _filter(self, words: str) -> None:
        shown = []
        for item in self._items:
            is_shown = matches(words, item.text(0), item.text(1), item.text(2))
            item.setHidden(not is_shown)
            if is_shown:
                shown.append(item)
        total = len(self._items)
        self._say(f"{len(shown)} of {total} parts" if words.strip() else f"{total} parts")
        current = self.list.currentItem()
        if current is None or current.isHidden():
            self.list.setCurrentIndex(self.list.indexFromItem(shown[0]) if shown else QModelIndex())

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        if item is None:
            self.title.clear()
            self.about.clear()
            self.text.clear()
            return
        notice: Notice = item.data(0, Qt.ItemDataRole.UserRole)
        self.title.setText(" ".join(part for part in (notice.name, notice.version) if part))
        self.about.setText("\n".join(part for part in (notice.licence, notice.origin, notice.note) if part))
        self.text.setPlainText(RULE.join(notice.texts) or NO_TEXT)

    def _say(self, sentence: str) -> None:
        self.state.setText(sentence)


class SearchField(QLineEdit):
    """A field whose arrow keys move through a list."""

    def __init__(self, through: QTreeWidget) -> None:
        super().__init__()
        self._through = through

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the keys that move through a list on to it."""
        if event.key() in _KEYS_OF_THE_LIST:
            self._through.event(event)
        else:
            super().keyPressEvent(event)


def _small_fixed_font() -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(max(7.0, QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF() - 1))
    return font
