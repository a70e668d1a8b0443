"""`linepaint --self-test`: loads, colours the sample and its gray picture, saves, reopens. Needs no screen."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from linepaint.batch import colored_document
from linepaint.document.document import Document
from linepaint.engine import Colorizer, EngineError
from linepaint.engine.catalog import Mode
from linepaint.files.opening import open_document
from linepaint.files.ora import write_ora
from linepaint.imaging.compositing import composite_document
from linepaint.imaging.flattening import as_gray

LEAST_COLORED = 0.1
"""Share of the page that must have got a colour other than paper white."""


def self_test(sample: Path) -> str:
    """Go once through everything that matters with a sample; what was found, in one line. Raises EngineError."""
    colorizer = Colorizer.load(device="cpu")
    document = colored_document(open_document(sample), colorizer)
    _reopened_unchanged(document, "The coloured sample")
    assert document.color.pixels is not None
    colored = float((np.ptp(document.color.pixels, axis=2) > 8).mean())
    if colored < LEAST_COLORED:
        raise EngineError(f"The sample was hardly coloured ({colored:.0%} of the page).")

    gray = as_gray(composite_document(document, with_hints=False))
    gray_document = Document.from_gray(gray)
    gray_colorizer = Colorizer.load(gray_document.checkpoint, device="cpu", mode=Mode(gray_document.mode))
    _reopened_unchanged(colored_document(gray_document, gray_colorizer), "The coloured gray picture")
    if np.abs(as_gray(composite_document(gray_document)).astype(int) - gray).max() > 1:
        raise EngineError("The gray picture's tones did not stay as they were when it was coloured.")

    width, height = document.size
    return (
        f"{sample.stem} ({width} × {height}) coloured with {colorizer.info.name} on {colorizer.device_label}: "
        f"{colored:.0%} of the page in colour; its gray picture with {gray_colorizer.info.name}: every tone kept; "
        "both saved and reopened unchanged."
    )


def _reopened_unchanged(document: Document, name: str) -> None:
    """Raise EngineError unless a coloured document comes back from its file as it was saved."""
    with tempfile.TemporaryDirectory(prefix="linepaint-self-test-") as folder:
        path = Path(folder) / "sample.ora"
        write_ora(document, path)
        reopened = open_document(path)
    first, second = document.color.pixels, reopened.color.pixels
    if first is None or second is None or not np.array_equal(first, second) or document.mode is not reopened.mode:
        raise EngineError(f"{name} did not come back from its file as it was saved.")
    if not document.hints.pixels.same_pixels(reopened.hints.pixels):
        raise EngineError(f"{name} did not come back from its file with the hints it was saved with.")
