"""Drawings whose figures are known beforehand, and painters that do just what a test wants of them."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from linepaint.trainer.evaluation.case_files import CaseFile, picture_cases
from linepaint.trainer.evaluation.cases import Case
from linepaint.trainer.evaluation.painters import Painter

from linepaint.engine.catalog import Mode

RED, BLUE = (200, 40, 60), (40, 90, 220)
SIDE = 64


@pytest.fixture
def halves() -> tuple[np.ndarray, np.ndarray]:
    """Truth uint8 [64, 64, 3], red to the left and blue to the right, and its lines: one between them, 2 px wide."""
    truth = np.empty((SIDE, SIDE, 3), np.uint8)
    truth[:, : SIDE // 2], truth[:, SIDE // 2 :] = RED, BLUE
    lines = np.full((SIDE, SIDE), 255, np.uint8)
    lines[:, SIDE // 2 - 1 : SIDE // 2 + 1] = 0
    truth[lines == 0] = 0
    return truth, lines


@pytest.fixture
def two_dots() -> np.ndarray:
    """A hint in the middle of each half, each in that half's colour: uint8 [64, 64, 4]."""
    hints = np.zeros((SIDE, SIDE, 4), np.uint8)
    hints[30:34, 14:18] = (*RED, 255)
    hints[30:34, 46:50] = (*BLUE, 255)
    return hints


@pytest.fixture
def cases(picture_folder: Path) -> list[CaseFile]:
    """friends_one and friends_two, 64 × 64."""
    return picture_cases([picture_folder], Mode.LINEART, 512, 0)


@pytest.fixture
def copyist() -> Painter:
    """Gives the artist's own colouring back, whatever the hints."""
    return Painter("copyist", lambda case: lambda _: case.color)


@pytest.fixture
def painter_of() -> Callable[..., Painter]:
    """A painter from a function of the drawing and the number of hints."""

    def painter(name: str, paint: Callable[[Case, int], np.ndarray]) -> Painter:
        return Painter(name, lambda case: lambda count: paint(case, count))

    return painter
