"""Screens of other pixel ratios: each in a process of its own, for Qt reads the ratio once, at its start."""

import os
import subprocess
import sys

import pytest

CHILD = """
import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication
from linepaint.document.document import Document
from linepaint.ui.canvas.canvas import Canvas
from linepaint.ui.editor import Editor

app = QApplication([])
editor = Editor()
document = Document.from_scan(np.full((300, 400), 255, np.uint8))
editor.set_document(document)
editor.set_foreground((255, 0, 0))
editor.set_brush_size(9)
document.hints.opacity = 1.0
canvas = Canvas(editor)
canvas.resize(500, 400)
canvas.show()
canvas.zoom_to(1.0)
ratio = canvas.devicePixelRatioF()
assert ratio == float({ratio!r}), ratio
pen = QPointingDevice("pen", 1, QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen,
                      QInputDevice.Capability.Position | QInputDevice.Capability.Pressure, 1, 3)
touch = QPointF(233.4, 187.8)
for kind, button in ((QEvent.Type.TabletPress, Qt.MouseButton.LeftButton),
                     (QEvent.Type.TabletRelease, Qt.MouseButton.NoButton)):
    event = QTabletEvent(kind, pen, touch, canvas.mapToGlobal(touch), 1.0, 0.0, 0.0, 0.0, 0.0, 0.0,
                         Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, button)
    QApplication.sendEvent(canvas, event)
while not canvas.is_settled:
    app.processEvents()
editor.set_tool("hand")
image = canvas.grab().toImage()
width, height = image.width(), image.height()
pixels = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())[:, :width * 4]
blue = pixels.reshape(height, width, 4)[..., 0]
red = pixels.reshape(height, width, 4)[..., 2]
ys, xs = np.nonzero((red == 255) & (blue == 0))
dot = ((xs.min() + xs.max() + 1) / 2, (ys.min() + ys.max() + 1) / 2)
print(width, height, *dot, xs.max() + 1 - xs.min())
"""


@pytest.mark.parametrize("ratio", ["1.0", "1.25", "1.5", "2.0"])
def test_a_dot_is_seen_exactly_under_the_pen(ratio: str) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": ratio}
    child = subprocess.run(
        [sys.executable, "-c", CHILD.format(ratio=ratio)], env=environment, capture_output=True, text=True
    )
    assert child.returncode == 0, child.stderr
    width, height, x, y, across = (float(word) for word in child.stdout.split())
    assert (width, height) == (500 * float(ratio), 400 * float(ratio))
    # In pixels of the screen, where the pen was and a brush of 9 document pixels at 100 %.
    assert (x, y) == pytest.approx((233.4 * float(ratio), 187.8 * float(ratio)), abs=1.0)
    assert across == pytest.approx(9, abs=1.5)
