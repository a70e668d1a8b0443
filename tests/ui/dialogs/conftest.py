"""An editor with a grey gradient open, and settings of its own."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from linepaint.document.document import Document
from linepaint.ui.editor import Editor
from linepaint.ui.settings import Settings


@pytest.fixture
def editor(qapp: QApplication) -> Editor:
    editor = Editor()
    row = np.arange(256, dtype=np.uint8)
    editor.set_document(Document.from_scan(np.tile(row, (32, 1))))
    return editor


@pytest.fixture
def settings(tmp_path: Path, qapp: QApplication) -> Settings:
    return Settings(tmp_path / "settings.ini")
