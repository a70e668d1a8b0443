"""Wheel and touchpad: how their events change the view."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QWheelEvent

from linepaint.ui.canvas.view_transform import ViewTransform

ZOOM_PER_NOTCH: Final = 1.25
NOTCH: Final = 120.0
"""What a wheel reports for one notch, eighths of a degree."""


def after_wheel(view: ViewTransform, event: QWheelEvent) -> ViewTransform:
    """A wheel zooms about the cursor; two fingers on a touchpad pan, and zoom with Ctrl."""
    zooms = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    if event.device().type() == QInputDevice.DeviceType.TouchPad and not zooms:
        pixels = event.pixelDelta()
        if pixels.isNull():
            pixels = event.angleDelta() / 2
        return view.panned(pixels.x(), pixels.y())
    # With Alt held, Qt reports the wheel as turned sideways.
    delta = event.angleDelta().y() or event.angleDelta().x()
    here = event.position()
    return view.zoomed_about(here.x(), here.y(), view.zoom * ZOOM_PER_NOTCH ** (delta / NOTCH))


def after_gesture(view: ViewTransform, event: QNativeGestureEvent) -> ViewTransform:
    """Pinching zooms, turning two fingers rotates, both about where the fingers are."""
    here = event.position()
    match event.gestureType():
        case Qt.NativeGestureType.ZoomNativeGesture:
            return view.zoomed_about(here.x(), here.y(), view.zoom * max(1.0 + event.value(), 0.1))
        case Qt.NativeGestureType.RotateNativeGesture:
            return view.rotated_about(here.x(), here.y(), event.value())
        case Qt.NativeGestureType.SmartZoomNativeGesture:
            return view.fitted()
        case Qt.NativeGestureType.PanNativeGesture:
            return view.panned(event.delta().x(), event.delta().y())
        case _:
            return view
