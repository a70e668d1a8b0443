"""About: version, licence, and what each shipped checkpoint was trained on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from linepaint import __version__
from linepaint.ui.icons import app_icon


@dataclass(frozen=True)
class CheckpointOrigin:
    """What is told of one checkpoint."""

    name: str
    licence: str
    data: str


def described_data(data: Sequence[Mapping[str, object]]) -> str:
    """The sources of a checkpoint's data in words; the entries are those of its header."""
    parts = []
    for entry in data:
        details = [str(entry["licence"])] if entry.get("licence") else []
        if entry.get("pictures"):
            details.insert(0, f"{entry['pictures']} pictures")
        source = str(entry.get("source") or "a source that is not named")
        parts.append(f"{source} ({', '.join(details)})" if details else source)
    return "; ".join(parts)


def about_html(origins: Sequence[CheckpointOrigin]) -> str:
    """The text below the heading."""
    parts = [
        "<p>Colour a line drawing by dabbing hints on it: offline, live under the pen, your lines untouched.</p>",
        "<p><b>Licence.</b> linepaint is free software under the GNU General Public License, "
        "version 3 or later. It comes without any warranty.</p>",
        "<p><b>Network.</b> The application opens no network connection. Your drawings stay on this machine.</p>",
        "<p><b>What the checkpoints were trained on</b></p>",
    ]
    if not origins:
        parts.append("<p>No checkpoint is installed; reinstall linepaint to get them.</p>")
    for origin in origins:
        parts.append(
            f"<p><b>{escape(origin.name)}</b> (licence: {escape(origin.licence or 'not stated')})<br>"
            f"{escape(origin.data or 'Its data was not stated.')}</p>"
        )
    parts.append(
        "<p><b>Made with</b> PySide6 (LGPL), PyTorch (BSD), OpenCV (Apache 2.0), NumPy (BSD), "
        "psd-tools (MIT), and the Material Design Icons (Apache 2.0) through QtAwesome (MIT).</p>"
    )
    return "".join(parts)


class AboutDialog(QDialog):
    """Shows it."""

    def __init__(self, origins: Sequence[CheckpointOrigin], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About linepaint")
        mark = QLabel()
        mark.setPixmap(app_icon().pixmap(64, 64))
        heading = QLabel("linepaint")
        heading.setProperty("heading", True)
        version = QLabel(f"Version {__version__}")
        version.setProperty("faint", True)
        self.text = QTextBrowser()
        self.text.setHtml(about_html(origins))
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        names = QVBoxLayout()
        names.addStretch()
        names.addWidget(heading)
        names.addWidget(version)
        names.addStretch()
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(names, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 12)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.text, 1)
        column.addWidget(buttons)
        self.resize(520, 480)
