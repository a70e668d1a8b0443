"""An editor with a small drawing open; panels are tried on it without a window."""

import numpy as np
import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from linepaint.document.document import Document
from linepaint.ui.editor import Editor


@pytest.fixture
def editor(qapp: QApplication) -> Editor:
    editor = Editor()
    editor.set_document(Document.from_scan(np.full((64, 64), 255, np.uint8)))
    return editor


@pytest.fixture
def action(qapp: QApplication) -> QAction:
    """Stands for actions that a panel only shows."""
    return QAction("Something")
