"""The one place that imports OpenCV; everyone else writes `from linepaint.imaging.opencv import cv2`.

opencv-python brings a Qt 5 of its own and, when imported, points Qt's environment at it. PySide6 in the
same process would then look for plugins and fonts in the wrong place, so the two variables go back to
what they were.
"""

from __future__ import annotations

import os

_QT_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")
_before_import = {name: os.environ.get(name) for name in _QT_VARIABLES}

import cv2  # noqa: E402  (the environment has to be remembered first)

for _name, _value in _before_import.items():
    if _value is None:
        os.environ.pop(_name, None)
    else:
        os.environ[_name] = _value

__all__ = ["cv2"]
