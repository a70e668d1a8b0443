"""What tests of the application share: a small drawing, opened."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from linepaint.document.document import Document
from linepaint.ui.editor import Editor


@pytest.fixture
def drawing() -> Document:
    """A page of 120 × 90 pixels with a black frame, 4 pixels thick, 20 pixels from its edges."""
    scan = np.full((90, 120), 255, np.uint8)
    scan[20:70, 20:100] = 0
    scan[24:66, 24:96] = 255
    return Document.from_scan(scan)


@pytest.fixture
def editor(qapp: QApplication, drawing: Document) -> Editor:
    """An editor with the drawing opened in it."""
    editor = Editor()
    editor.set_document(drawing)
    return editor
