"""Benchmarks: what they are run on, and the table of figures and budgets printed at the end.

    python -m pytest tests/benchmarks --benchmark-enable

measures. In an ordinary test run those that are quick run once, small and unjudged, so that they cannot rot;
the others are skipped. What is asserted are ratios between figures of one run, for absolute ones depend on
the machine and on what else it does; absolute budgets are printed beside the figures.
"""

import os
import platform
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from linepaint.document.document import Document
from linepaint.document.geometry import Rect
from linepaint.imaging.opencv import cv2


@dataclass(frozen=True)
class Row:
    """One figure. `budget` is an upper bound, unless `at_least`."""

    what: str
    figure: float
    unit: str
    budget: float | None = None
    at_least: bool = False

    @property
    def verdict(self) -> str:
        if self.budget is None:
            return ""
        is_met = self.figure >= self.budget if self.at_least else self.figure <= self.budget
        return "met" if is_met else "MISSED"

    @property
    def budget_text(self) -> str:
        if self.budget is None:
            return ""
        return f"{'≥' if self.at_least else '≤'} {self.budget:g} {self.unit}"


ROWS: list[Row] = []


@pytest.fixture
def record() -> Callable[..., None]:
    """`record(what, figure, unit, budget=None, at_least=False)` adds a line to the table."""

    def add(what: str, figure: float, unit: str, budget: float | None = None, *, at_least: bool = False) -> None:
        ROWS.append(Row(what, figure, unit, budget, at_least))

    return add


@pytest.fixture
def is_measuring(request: pytest.FixtureRequest) -> bool:
    """False in an ordinary test run."""
    return bool(request.config.getoption("benchmark_enable"))


@pytest.fixture
def only_measuring(is_measuring: bool) -> None:
    """Skips what takes long in an ordinary test run."""
    if not is_measuring:
        pytest.skip("takes long; make bench runs it")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table."""
    if not ROWS or not terminalreporter.config.getoption("benchmark_enable"):
        return
    write = terminalreporter.write_line
    width = max(len(row.what) for row in ROWS)
    write("")
    write(f"Figures and budgets · {machine()}")
    write(f"{'what':<{width}}  {'figure':>14}  {'budget':>12}")
    for row in ROWS:
        write(f"{row.what:<{width}}  {row.figure:>9.4g} {row.unit:<4}  {row.budget_text:>12}  {row.verdict}")


def machine() -> str:
    """The processor, its cores, how busy it is, Python and torch."""
    from importlib.metadata import version

    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line.partition(":")[2].strip() for line in cpuinfo.read_text().splitlines() if "model name" in line]
        model = names[0] if names else model
    cores = os.cpu_count()
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{model}, {cores} cores{load}, Python {platform.python_version()}, torch {version('torch')}"


@pytest.fixture
def line_art() -> Callable[[int], np.ndarray]:
    return draw_line_art


def draw_line_art(side: int, seed: int = 5) -> np.ndarray:
    """uint8 [side, side]: closed and gapped outlines and strands of hair, alike at every size."""
    random = np.random.default_rng(seed)
    page = np.full((side, side), 255, np.uint8)
    thickness = max(side // 400, 1)
    for _ in range(36):
        center = random.uniform(0.1, 0.9, 2) * side
        angles = np.linspace(0, 2 * np.pi, 120)
        radius = random.uniform(0.03, 0.16) * side
        wobble = 1 + 0.25 * np.sin(angles * random.integers(2, 6) + random.uniform(0, 6))
        outline = center + radius * np.stack([np.cos(angles), np.sin(angles)], 1) * wobble[:, None]
        gap = random.integers(0, 10)
        cv2.polylines(page, [np.rint(outline[gap:]).astype(np.int32)], False, 0, thickness, cv2.LINE_AA)
    for _ in range(60):
        start, bend = random.uniform(0, side, 2), random.uniform(-0.2, 0.2, (2, 2)) * side
        t = np.linspace(0, 1, 40)[:, None]
        strand = start + bend[0] * t + bend[1] * t**2
        cv2.polylines(page, [np.rint(strand).astype(np.int32)], False, 0, max(thickness // 2, 1), cv2.LINE_AA)
    return page


def dab_hints(document: Document, count: int, seed: int = 9) -> None:
    """Short strokes in random colours, each a fiftieth of the drawing long."""
    random = np.random.default_rng(seed)
    long, thick = max(document.width // 50, 4), max(document.width // 200, 2)
    for _ in range(count):
        x, y = (
            int(random.integers(0, document.width - long)),
            int(random.integers(0, document.height - thick)),
        )
        color = (*(int(value) for value in random.integers(0, 256, 3)), 255)
        rect = Rect(x, y, long, thick)
        document.hints.pixels.write(rect, np.full((thick, long, 4), color, np.uint8))


@pytest.fixture
def hinted_document() -> Callable[[int, int], Document]:
    """(side, hints) -> a document."""

    def make(side: int, hints: int) -> Document:
        document = Document.from_scan(draw_line_art(side))
        dab_hints(document, hints)
        return document

    return make
