"""The bar above the canvas that says how a picture was read, and offers the other ways to read it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from linepaint.imaging.picture_kind import PictureKind
from linepaint.ui.icons import icon

SENTENCES: Final = {
    PictureKind.LINES: "Opened as line art.",
    PictureKind.GRAY: "Opened as a gray picture: its tones stay, and colour is laid on them.",
    PictureKind.COLOR: "Opened as a colour picture: these lines were drawn from it.",
}
OFFERS: Final = {
    # The mnemonics keep clear of the menu bar's.
    PictureKind.LINES: ("Use as li&ne art", "Read this picture as a line drawing"),
    PictureKind.GRAY: ("Colour as &gray picture", "Keep the tones of this picture and lay colour on them"),
    PictureKind.COLOR: ("&Draw its lines", "Draw the lines of this picture, to colour them anew"),
}
DISMISS_KEY: Final = "Alt+X"
_ICON_PX: Final = 18
_STYLE: Final = """
#kindBar { background: palette(midlight); border: none; border-bottom: 1px solid palette(mid); }
#kindBar QPushButton { padding: 0 12px; }
"""


class KindBar(QFrame):
    """Hidden until it has something to tell. `readingWanted(PictureKind)` is another way, `dismissed()` the ×."""

    readingWanted = Signal(object)
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("kindBar")
        self.setStyleSheet(_STYLE)
        self.setAccessibleName("How this picture was opened")
        self._mark = QLabel()
        self._show_mark()
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.sentence.setMinimumWidth(120)
        self.offers: dict[PictureKind, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 8, 5)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self.sentence, 1)
        for kind, (text, tip) in OFFERS.items():
            button = QPushButton(text)
            button.setToolTip(tip)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, kind=kind: self.readingWanted.emit(kind))
            row.addWidget(button)
            self.offers[kind] = button
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("close"))
        self.close_button.setToolTip(f"Leave it so  ({DISMISS_KEY})")
        self.close_button.setAccessibleName("Leave it so")
        self.close_button.setShortcut(DISMISS_KEY)
        self.close_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.close_button.clicked.connect(self.dismissed)
        row.addWidget(self.close_button)
        self.hide()

    def tell(self, kind: PictureKind) -> None:
        """Say that a picture was read as this kind."""
        self.sentence.setText(SENTENCES[kind])
        for other, button in self.offers.items():
            button.setVisible(other is not kind)
        self.show()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the mark anew in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_mark()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts the bar away."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)

    def _show_mark(self) -> None:
        self._mark.setPixmap(icon("information-outline").pixmap(QSize(_ICON_PX, _ICON_PX)))
