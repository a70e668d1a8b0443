"""OpenCV beside PySide6: its own Qt must not get in the way."""

import os
import subprocess
import sys

import pytest

CODE = (
    "from linepaint.imaging.opencv import cv2; import os;"
    "print(os.environ.get('QT_QPA_PLATFORM_PLUGIN_PATH'), os.environ.get('QT_QPA_FONTDIR'))"
)


@pytest.mark.parametrize(("fonts", "expected"), [(None, "None None"), ("/my/fonts", "None /my/fonts")])
def test_importing_leaves_qts_environment_as_it_was(fonts, expected):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("QT_QPA")}
    if fonts is not None:
        environment["QT_QPA_FONTDIR"] = fonts
    answer = subprocess.run([sys.executable, "-c", CODE], env=environment, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == expected
