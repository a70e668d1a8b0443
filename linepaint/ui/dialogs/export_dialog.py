"""Export: where to, in which format, and what of the drawing goes into the picture."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from linepaint.document.mode import DocumentMode
from linepaint.files.exporting import ExportOptions
from linepaint.ui.dialogs.file_dialogs import ask_export_path
from linepaint.ui.dialogs.questions import ask_about_replacing
from linepaint.ui.settings import (
    EXPORT_FOLDER,
    EXPORT_HINTS,
    EXPORT_LINES,
    EXPORT_QUALITY,
    EXPORT_SUFFIX,
    EXPORT_TRANSPARENT,
    Settings,
)


@dataclass(frozen=True)
class ExportFormat:
    """One format and what it can hold."""

    suffix: str
    name: str
    has_quality: bool
    has_transparency: bool
    is_layered: bool = False


FORMATS: Final = (
    ExportFormat(".png", "PNG", has_quality=False, has_transparency=True),
    ExportFormat(".jpg", "JPEG", has_quality=True, has_transparency=False),
    ExportFormat(".webp", "WebP", has_quality=True, has_transparency=True),
    ExportFormat(".psd", "Photoshop (PSD), layered", False, False, is_layered=True),
)
_ALIASES: Final = {".jpeg": ".jpg"}


def format_of(path: Path) -> ExportFormat | None:
    """The format that the name's suffix stands for; None when it stands for none."""
    suffix = _ALIASES.get(path.suffix.lower(), path.suffix.lower())
    return next((entry for entry in FORMATS if entry.suffix == suffix), None)


def with_format(path: Path, export_format: ExportFormat) -> Path:
    """`path` under the suffix of this format; the suffix of another format is replaced, any other kept."""
    present = format_of(path)
    if present is export_format:
        return path
    if present is None:
        return path.with_name(path.name + export_format.suffix)
    return path.with_suffix(export_format.suffix)


class ExportDialog(QDialog):
    """Asks; `exportWanted(Path, ExportOptions)` is sent when the answer is complete."""

    exportWanted = Signal(object, object)

    def __init__(
        self,
        suggested_stem: Path,
        size: tuple[int, int],
        settings: Settings,
        parent: QWidget | None = None,
        *,
        mode: DocumentMode = DocumentMode.LINEART,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export Picture")
        # The colour of a gray picture is the whole picture: no lines over it, and no bare paper around it.
        self._is_drawn = mode is DocumentMode.LINEART
        self._settings = settings
        self._confirmed: Path | None = None
        folder = settings.get(EXPORT_FOLDER) or str(suggested_stem.parent)
        first = Path(folder) / (suggested_stem.name + settings.get(EXPORT_SUFFIX))
        self.path_field = QLineEdit(str(first))
        self.path_field.setMinimumWidth(320)
        self.path_field.setAccessibleName("File")
        self.browse_button = QPushButton("Browse…")
        self.format_box = QComboBox()
        for entry in FORMATS:
            self.format_box.addItem(entry.name, entry.suffix)
        self.lines_box = QCheckBox("Line art")
        self.hints_box = QCheckBox("Hints")
        self.transparent_box = QCheckBox("Transparent paper")
        self.transparent_box.setToolTip(
            "White around the figure becomes transparent, white inside it stays.\n"
            "Paint the background with a white hint to cut the figure out."
            if self._is_drawn
            else "A gray picture covers the whole page, so there is no paper to leave out."
        )
        self.quality_slider = QSlider(Qt.Orientation.Horizontal)
        self.quality_number = QSpinBox()
        for control in (self.quality_slider, self.quality_number):
            control.setRange(1, 100)
            control.setAccessibleName("Quality")
        self.quality_slider.valueChanged.connect(self.quality_number.setValue)
        self.quality_number.valueChanged.connect(self.quality_slider.setValue)
        self._note = QLabel()
        self._note.setProperty("faint", True)
        self._note.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.export_button = self.buttons.addButton("Export", QDialogButtonBox.ButtonRole.AcceptRole)
        self._lay_out(size)

        self.lines_box.setChecked(settings.get(EXPORT_LINES) or not self._is_drawn)
        self.hints_box.setChecked(settings.get(EXPORT_HINTS))
        self.transparent_box.setChecked(settings.get(EXPORT_TRANSPARENT) and self._is_drawn)
        self.quality_number.setValue(settings.get(EXPORT_QUALITY))
        self.browse_button.clicked.connect(self._browse)
        self.format_box.activated.connect(self._on_format)
        self.path_field.textChanged.connect(lambda _text: self._show())
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        self._show()

    def _lay_out(self, size: tuple[int, int]) -> None:
        file_row = QHBoxLayout()
        file_row.addWidget(self.path_field, 1)
        file_row.addWidget(self.browse_button)
        shown = QVBoxLayout()
        for box in (self.lines_box, self.hints_box, self.transparent_box):
            shown.addWidget(box)
        self.lines_box.setVisible(self._is_drawn)
        quality_row = QHBoxLayout()
        quality_row.addWidget(self.quality_slider, 1)
        quality_row.addWidget(self.quality_number)
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(10)
        form.addRow("File", file_row)
        form.addRow("Format", self.format_box)
        form.addRow("Show", shown)
        form.addRow("Quality", quality_row)
        form.addRow("Size", QLabel(f"{size[0]} × {size[1]} pixels"))
        form.addRow("", self._note)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addLayout(form)
        column.addStretch()
        column.addWidget(self.buttons)

    @property
    def path(self) -> Path:
        """The file asked for."""
        return Path(self.path_field.text().strip()).expanduser()

    @property
    def options(self) -> ExportOptions:
        """What goes into the picture."""
        chosen = format_of(self.path)
        return ExportOptions(
            lines=self.lines_box.isChecked(),
            hints=self.hints_box.isChecked(),
            transparent_paper=(self.transparent_box.isChecked() and chosen is not None and chosen.has_transparency),
            quality=self.quality_number.value(),
        )

    def _show(self) -> None:
        chosen = format_of(self.path)
        self.export_button.setEnabled(chosen is not None)
        if chosen is None:
            self._note.setText("End the name in .png, .jpg, .webp or .psd.")
            return
        self.format_box.setCurrentIndex(FORMATS.index(chosen))
        self.quality_slider.setEnabled(chosen.has_quality)
        self.quality_number.setEnabled(chosen.has_quality)
        self.transparent_box.setEnabled(chosen.has_transparency and self._is_drawn)
        self.lines_box.setEnabled(not chosen.is_layered)
        self.hints_box.setEnabled(not chosen.is_layered)
        if chosen.is_layered:
            layers = "line art (multiply), hints, colour" if self._is_drawn else "hints, colour, gray picture"
            self._note.setText(f"Every layer is written: {layers}, paper.")
        elif not chosen.has_transparency and self._is_drawn:
            self._note.setText(f"{chosen.name} has no transparency; the paper is filled with its colour.")
        else:
            self._note.setText(f"Written at the {'drawing' if self._is_drawn else 'picture'}'s full size.")

    def _on_format(self, index: int) -> None:
        self.path_field.setText(str(with_format(self.path, FORMATS[index])))

    def _browse(self) -> None:
        path = ask_export_path(self, self.path)
        if path is not None:
            chosen = format_of(path) or FORMATS[self.format_box.currentIndex()]
            # The system's dialog has asked already, unless the name became another one since.
            self._confirmed = path
            self.path_field.setText(str(with_format(path, chosen)))

    def _on_accepted(self) -> None:
        path = self.path
        if path.exists() and path != self._confirmed:
            ask_about_replacing(self, path.name, self._export)
        else:
            self._export()

    def _export(self) -> None:
        chosen = format_of(self.path)
        assert chosen is not None, "the button is disabled otherwise"
        self._settings.set(EXPORT_FOLDER, str(self.path.parent))
        self._settings.set(EXPORT_SUFFIX, chosen.suffix)
        self._settings.set(EXPORT_HINTS, self.hints_box.isChecked())
        if self._is_drawn:
            self._settings.set(EXPORT_LINES, self.lines_box.isChecked())
            self._settings.set(EXPORT_TRANSPARENT, self.transparent_box.isChecked())
        self._settings.set(EXPORT_QUALITY, self.quality_number.value())
        self.accept()
        self.exportWanted.emit(self.path, self.options)
