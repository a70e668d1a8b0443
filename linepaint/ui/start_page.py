"""What the window shows while nothing is open: how to begin, the samples, and the files opened last."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from linepaint.ui.icons import app_icon

_RECENT_SHOWN = 5
_SAMPLES_SHOWN = 8


class StartPage(QWidget):
    """A card in the middle. `sampleChosen(Path)` and `recentChosen(Path)` say what was clicked."""

    sampleChosen = Signal(object)
    recentChosen = Signal(object)

    def __init__(
        self,
        open_action: QAction,
        paste_action: QAction,
        samples: Sequence[Path],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        card = QFrame()
        card.setProperty("card", True)
        card.setMinimumWidth(440)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(32, 28, 32, 28)
        inside.setSpacing(10)
        inside.addLayout(_heading())
        inside.addSpacing(8)
        open_button = QPushButton(open_action.icon(), "Open a picture…")
        open_button.setDefault(True)
        open_button.clicked.connect(open_action.trigger)
        paste_button = QPushButton(paste_action.icon(), "Paste from the clipboard")
        paste_button.clicked.connect(paste_action.trigger)
        for button in (open_button, paste_button):
            button.setProperty("large", True)
            inside.addWidget(button)
        drop = QLabel("or drop a picture here: line art, gray or colour\nPNG, JPEG, WebP, TIFF, BMP, PSD or OpenRaster")
        drop.setProperty("faint", True)
        drop.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        inside.addWidget(drop)
        if samples:
            links = QVBoxLayout()
            links.setSpacing(0)
            inside.addLayout(links)
            links.addWidget(_section("Try a sample"))
            for sample in samples[:_SAMPLES_SHOWN]:
                links.addWidget(_link(sample, sample_title(sample), self.sampleChosen))
        inside.addLayout(self._recent)
        column = QVBoxLayout(self)
        column.addStretch()
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()

    def show_recent(self, paths: Sequence[Path]) -> None:
        """List the files opened last."""
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        if paths:
            self._recent.addWidget(_section("Recent"))
        for path in paths[:_RECENT_SHOWN]:
            self._recent.addWidget(_link(path, path.name, self.recentChosen))


def sample_title(path: Path) -> str:
    """A sample's file name as a title: "two_figures.ora" is "Two figures"."""
    words = path.stem.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]


def _heading() -> QHBoxLayout:
    mark = QLabel()
    mark.setPixmap(app_icon().pixmap(48, 48))
    title = QLabel("linepaint")
    title.setProperty("heading", True)
    subtitle = QLabel("Dab colours on line art or a gray picture and watch it fill.")
    subtitle.setProperty("faint", True)
    names = QVBoxLayout()
    names.setSpacing(2)
    names.addWidget(title)
    names.addWidget(subtitle)
    row = QHBoxLayout()
    row.setSpacing(14)
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(names, 1)
    return row


def _section(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("section", True)
    return label


def _link(path: Path, text: str, chosen: SignalInstance) -> QPushButton:
    button = QPushButton(text.replace("&", "&&"))
    button.setProperty("link", True)
    button.setFlat(True)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setToolTip(str(path))
    button.clicked.connect(lambda: chosen.emit(path))
    return button
