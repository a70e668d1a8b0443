"""The status bar: messages and jobs on the left; pointer, size, zoom, device and busy mark on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from linepaint.document.palette import Color
from linepaint.ui.icons import icon
from linepaint.ui.jobs import Job, JobRunner
from linepaint.ui.panels.busy_mark import BusyMark
from linepaint.ui.panels.color_math import to_hex

MESSAGE_MS = 8000


def zoom_text(scale: float) -> str:
    """A zoom as the status bar writes it: whole per cent from 10 % on, one digit more below."""
    percent = scale * 100
    return f"{percent:.0f} %" if percent >= 9.95 else f"{percent:.1f} %"


class StatusBar(QStatusBar):
    """Shows what it is told; holds nothing else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown_job: Job | None = None
        self.job_label = QLabel()
        self.job_bar = QProgressBar()
        self.job_bar.setRange(0, 0)
        self.job_bar.setFixedWidth(140)
        self.job_bar.setMaximumHeight(self.fontMetrics().height())
        self.job_bar.setTextVisible(False)
        self.cancel_button = QToolButton()
        self.cancel_button.setIcon(icon("close"))
        self.cancel_button.setToolTip("Stop this")
        self.cancel_button.setAccessibleName("Stop this")
        self.cancel_button.clicked.connect(self._on_cancel)
        self.job = QWidget()
        row = QHBoxLayout(self.job)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.job_label)
        row.addWidget(self.job_bar)
        row.addWidget(self.cancel_button)
        self.job.hide()
        self.addWidget(self.job)

        self.position = _field(self, "Pointer position in picture pixels", "99999, 99999")
        self.color = _field(self, "Colour under the pointer", "▉ #mmmmmm")
        self.color.setTextFormat(Qt.TextFormat.RichText)
        self.drawing_size = _field(self, "Size of the drawing in pixels", "99999 × 99999 px")
        self.zoom = _field(self, "Zoom", "9999 %")
        self.device = _field(self, "What the colour is computed on", "CPU")
        self.mark = BusyMark()
        self.mark.setToolTip("Turns while the colour is being computed")
        self.addPermanentWidget(self.mark)
        spacer = QWidget()
        spacer.setFixedWidth(4)
        self.addPermanentWidget(spacer)

    def watch(self, runner: JobRunner) -> None:
        """Show the jobs of this runner once they take longer than half a second."""
        runner.slow.connect(self._show_job)
        runner.finished.connect(self._hide_job)

    def show_sentence(self, sentence: str) -> None:
        """Show one sentence for a while."""
        self.showMessage(sentence, MESSAGE_MS)

    def show_pointer(self, x: int | None, y: int | None, color: Color | None) -> None:
        """Where the pointer is, in document pixels, and the colour there; None off the canvas."""
        self.position.setText("" if x is None or y is None else f"{x}, {y}")
        if color is None:
            self.color.clear()
        else:
            self.color.setText(f'<span style="color:{QColor(*color).name()}">▉</span> {to_hex(color)}')

    def show_size(self, width: int, height: int) -> None:
        """The document's size; nothing for the null document."""
        self.drawing_size.setText(f"{width} × {height} px" if width and height else "")

    def show_zoom(self, scale: float | None) -> None:
        """Screen pixels per picture pixel; None while nothing is open."""
        self.zoom.setText("" if scale is None else zoom_text(scale))

    def _show_job(self, job: Job) -> None:
        if self._shown_job is not None:
            self._shown_job.progressed.disconnect(self._show_progress)
        self._shown_job = job
        self.clearMessage()
        self.job_label.setText(job.label)
        self.job_bar.setRange(0, 0)
        job.progressed.connect(self._show_progress)
        self.cancel_button.setVisible(job.can_cancel)
        self.job.show()

    def _show_progress(self, share: float) -> None:
        self.job_bar.setRange(0, 100)
        self.job_bar.setValue(round(share * 100))

    def _hide_job(self, job: Job) -> None:
        if job is self._shown_job:
            self._shown_job = None
            job.progressed.disconnect(self._show_progress)
            self.job.hide()

    def _on_cancel(self) -> None:
        if self._shown_job is not None:
            self._shown_job.cancel()


def _field(bar: QStatusBar, tip: str, widest: str) -> QLabel:
    field = QLabel()
    field.setToolTip(tip)
    field.setMinimumWidth(field.fontMetrics().horizontalAdvance(widest) + 6)
    field.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    bar.addPermanentWidget(field)
    return field
