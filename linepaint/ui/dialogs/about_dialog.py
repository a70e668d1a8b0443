"""About: version and licence, what each shipped checkpoint was trained on, and whose work linepaint is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from linepaint import __version__
from linepaint.ui.dialogs.credits_page import CreditsPage
from linepaint.ui.icons import app_icon


@dataclass(frozen=True)
class CheckpointOrigin:
    """What is told of one checkpoint; `data` has a line for each source."""

    name: str
    licence: str
    data: str


def described_data(data: Sequence[Mapping[str, object]]) -> str:
    """The sources of a checkpoint's data in words, a line each; the entries are those of its header."""
    parts = []
    for entry in data:
        details = [str(entry["licence"])] if entry.get("licence") else []
        if entry.get("pictures"):
            details.insert(0, f"{entry['pictures']} pictures")
        source = str(entry.get("source") or "a source that is not named")
        parts.append(f"{source} ({', '.join(details)})" if details else source)
    return "\n".join(parts)


ABOUT_HTML: Final = (
    "<p>Colour a line drawing by dabbing hints on it: offline, live under the pen, your lines untouched.</p>"
    "<p><b>Licence.</b> linepaint is free software: you may run, study, share and change it under the GNU General "
    "Public License, version 3 or later. It comes without any warranty.</p>"
    "<p><b>Network.</b> The application opens no network connection. Your drawings stay on this machine.</p>"
    "<p><b>Made with</b> Qt and PySide6, PyTorch, OpenCV, NumPy, SciPy, Pillow, psd-tools and the Material Design "
    "Icons. The page <i>Licences</i> lists every part and its licence.</p>"
    "<p>Qt and PySide6 are used under the GNU Lesser General Public License, version 3. They are files of their own, "
    "which you may exchange for ones that you changed.</p>"
)


def checkpoints_html(origins: Sequence[CheckpointOrigin]) -> str:
    """What is told of the checkpoints."""
    if not origins:
        return "<p>No checkpoint is installed; reinstall linepaint to get them.</p>"
    parts = ["<p>What linepaint knows about colour it learned from these pictures.</p>"]
    for origin in origins:
        sources = origin.data.splitlines() or ["Its data was not stated."]
        listed = "".join(f"<li>{escape(source)}</li>" for source in sources)
        parts.append(
            f"<p><b>{escape(origin.name)}</b> (licence: {escape(origin.licence or 'not stated')})</p><ul>{listed}</ul>"
        )
    return "".join(parts)


class AboutDialog(QDialog):
    """Shows it, a tab each; the list of licences is read when its tab is first looked at."""

    def __init__(self, origins: Sequence[CheckpointOrigin], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About linepaint")
        self.text = _page(ABOUT_HTML, "About linepaint")
        self.checkpoints = _page(checkpoints_html(origins), "Checkpoints")
        self.credits = CreditsPage()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.text, "&About")
        self.tabs.addTab(self.checkpoints, "&Checkpoints")
        self.tabs.addTab(self.credits, "&Licences")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 12)
        column.setSpacing(12)
        column.addLayout(_heading())
        column.addWidget(self.tabs, 1)
        column.addWidget(buttons)
        self.resize(1020, 640)


def _heading() -> QHBoxLayout:
    mark = QLabel()
    mark.setPixmap(app_icon().pixmap(64, 64))
    heading = QLabel("linepaint")
    heading.setProperty("heading", True)
    version = QLabel(f"Version {__version__}")
    version.setProperty("faint", True)
    names = QVBoxLayout()
    names.addStretch()
    names.addWidget(heading)
    names.addWidget(version)
    names.addStretch()
    row = QHBoxLayout()
    row.setSpacing(16)
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(names, 1)
    return row


def _page(html: str, name: str) -> QTextBrowser:
    page = QTextBrowser()
    page.setAccessibleName(name)
    page.setHtml(html)
    page.setOpenLinks(False)
    page.setFrameShape(QTextBrowser.Shape.NoFrame)
    page.document().setDocumentMargin(14)
    return page
