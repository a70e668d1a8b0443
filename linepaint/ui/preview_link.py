"""Ties the live preview to what shows it: the preview panel, the status bar, the canvas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from linepaint.ui.canvas.canvas import Canvas
from linepaint.ui.panels.preview_panel import PreviewPanel
from linepaint.ui.preview.controller import PreviewController
from linepaint.ui.preview.engine_port import DeviceLike
from linepaint.ui.preview.status import Phase, PreviewStatus
from linepaint.ui.settings import DEVICE, Settings
from linepaint.ui.status_bar import StatusBar

if TYPE_CHECKING:
    from linepaint.engine.catalog import CheckpointInfo

READY_TEXT: Final = "Up to date"


def status_sentence(status: PreviewStatus) -> str:
    """What the preview panel says of the preview."""
    if status.phase is Phase.EMPTY:
        return "Waiting for a drawing"
    if status.phase is Phase.FAILED:
        return status.message
    if status.is_busy:
        return f"{status.doing or 'Colouring'}…"
    parts = [READY_TEXT]
    if status.device_label:
        parts.append(status.device_label)
    if status.seconds is not None:
        parts.append(f"{status.seconds:.2f} s")
    sentence = " · ".join(parts)
    return f"{sentence}\n{status.message}" if status.message else sentence


class PreviewLink(QObject):
    """Passes on what the preview says, and the device that the artist chooses."""

    def __init__(
        self,
        preview: PreviewController,
        panel: PreviewPanel,
        bar: StatusBar,
        canvas: Canvas,
        settings: Settings,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._preview = preview
        self._panel = panel
        self._bar = bar
        self._settings = settings
        self._is_running = False
        self._when_settled: list[Callable[[], None]] = []
        preview.statusChanged.connect(self._show_status)
        preview.busyChanged.connect(self._on_busy)
        preview.failed.connect(bar.show_sentence)
        preview.noticed.connect(bar.show_sentence)
        preview.devicesFound.connect(self._on_devices)
        preview.checkpointsFound.connect(self._on_checkpoints)
        preview.pyramidReady.connect(canvas.set_color_pyramid)
        panel.deviceChosen.connect(self._on_device_chosen)
        panel.show_device(preview.device)

    def start(self) -> None:
        """Start the preview; for when the window has been painted."""
        self._is_running = True
        self._preview.start()

    def stop(self) -> None:
        """End the preview, giving up what it is doing."""
        self._is_running = False
        self._when_settled.clear()
        self._preview.stop()

    def when_settled(self, then: Callable[[], None]) -> None:
        """Call `then` once the colour is as fine as it gets, or failed; at once when nothing is under way."""
        if self._preview.is_busy and self._is_running:
            self._bar.show_sentence("Finishing the colour first…")
            self._when_settled.append(then)
            self._preview.finish_now()
        else:
            then()

    def _on_busy(self, is_busy: bool) -> None:
        if not is_busy:
            waiting, self._when_settled = self._when_settled, []
            for then in waiting:
                then()

    def _show_status(self, status: PreviewStatus) -> None:
        self._panel.show_status(status_sentence(status), status.is_busy)
        self._bar.mark.set_busy(status.is_busy)
        self._bar.device.setText(status.device_label)

    def _on_devices(self, devices: Sequence[DeviceLike]) -> None:
        self._panel.show_devices([(device.key, device.label) for device in devices])

    def _on_checkpoints(self, infos: Sequence[CheckpointInfo]) -> None:
        self._panel.show_shipped([(info.name, info.mode) for info in infos])

    def _on_device_chosen(self, key: str) -> None:
        self._settings.set(DEVICE, key)
        self._preview.set_device(key)
