"""`linepaint --self-test`: loads, colours the sample, saves, reopens, compares. Needs no screen."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from linepaint.batch import colored_document
from linepaint.engine import Colorizer, EngineError
from linepaint.files.opening import open_document
from linepaint.files.ora import write_ora

LEAST_COLORED = 0.1
"""Share of the page that must have got a colour other than paper white."""


def self_test(sample: Path) -> str:
    """Go once through everything that matters with a sample; what was found, in one line. Raises EngineError."""
    colorizer = Colorizer.load(device="cpu")
    document = colored_document(open_document(sample), colorizer)
    with tempfile.TemporaryDirectory(prefix="linepaint-self-test-") as folder:
        path = Path(folder) / "sample.ora"
        write_ora(document, path)
        reopened = open_document(path)
    first, second = document.color.pixels, reopened.color.pixels
    if first is None or second is None or not np.array_equal(first, second):
        raise EngineError("The coloured sample did not come back from its file as it was saved.")
    if not document.hints.pixels.same_pixels(reopened.hints.pixels):
        raise EngineError("The sample's hints did not come back from its file as they were saved.")
    colored = float((np.ptp(first, axis=2) > 8).mean())
    if colored < LEAST_COLORED:
        raise EngineError(f"The sample was hardly coloured ({colored:.0%} of the page).")
    width, height = document.size
    return (
        f"{sample.stem} ({width} × {height}) coloured with {colorizer.info.name} on {colorizer.device_label}: "
        f"{colored:.0%} of the page in colour, saved and reopened unchanged."
    )
