"""Pictures as they come from the clipboard or a drag: QImage to array, and the files a drag holds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage


def picture_from_image(image: QImage) -> NDArray[np.uint8]:
    """uint8 [H, W, 4], straight RGBA, memory of its own."""
    rgba = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(rgba.constBits(), np.uint8).reshape(rgba.height(), rgba.bytesPerLine())
    return rows[:, : rgba.width() * 4].reshape(rgba.height(), rgba.width(), 4).copy()


def local_files(mime: QMimeData | None) -> tuple[Path, ...]:
    """The files on this machine that `mime` names, in their order."""
    if mime is None or not mime.hasUrls():
        return ()
    return tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())


def image_in(mime: QMimeData | None) -> QImage | None:
    """The picture that `mime` holds, if any."""
    if mime is None or not mime.hasImage():
        return None
    image = mime.imageData()
    return image if isinstance(image, QImage) and not image.isNull() else None
