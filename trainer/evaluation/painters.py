"""What can be measured: a checkpoint, classical fillers, line filters, and folders of finished results."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from linepaint.engine.catalog import Mode, find_checkpoint
from linepaint.imaging.basins import find_basins
from linepaint.imaging.chroma import chroma_of, with_chroma
from linepaint.imaging.opencv import cv2
from linepaint.imaging.propagation import passage_costs, propagate

from ..errors import TrainingError
from .cases import Case, laid_under
from .fillers import FILLERS, Fill, Filler
from .gray_fillers import GRAY_FILLERS
from .line_filters import FILTERS
from .result_files import ResultFiles

Results = Callable[[int], np.ndarray]
"""The finished picture for so many hints: uint8 [H, W, 3], or in mode scan lines [H, W]."""

PROPAGATION = "propagation"

BASELINES: dict[Mode, tuple[str, ...]] = {
    Mode.LINEART: (PROPAGATION, *FILLERS),
    Mode.GRAYSCALE: (*GRAY_FILLERS, PROPAGATION),
    Mode.SCAN: tuple(FILTERS),
}
"""What `--baseline` knows for each task."""


@dataclass(frozen=True)
class Painter:
    """Something that colours, or in mode scan draws lines, under the name that tables call it by.

    open: starts on one drawing; it, and the results, may raise EngineError or TrainingError. files: where the results
    are found ready-made, which may be for some numbers of hints only. fill: how it colours any line drawing with any
    hints; None for what does not.
    """

    name: str
    open: Callable[[Case], Results]
    files: ResultFiles | None = None
    fill: Filler | None = None


def checkpoint_painter(name: str, checkpoint: str | Path, device: str = "auto") -> Painter:
    """A checkpoint of any mode. Raises EngineError."""
    from linepaint.engine import Colorizer
    from linepaint.engine.tracer import LineTracer

    if find_checkpoint(checkpoint).mode is Mode.SCAN:
        tracer = LineTracer.load(checkpoint, device)
        return Painter(name, lambda case: lambda _: tracer.trace(case.color))
    colorizer = Colorizer.load(checkpoint, device)

    def open_case(case: Case) -> Results:
        session = colorizer.open(case.source)
        return lambda count: session.preview(case.with_hints(count).hints)

    def fill(lines: np.ndarray) -> Fill:
        return colorizer.open(lines).color_layer

    return Painter(name, open_case, fill=fill if colorizer.mode is Mode.LINEART else None)


def filler_painter(name: str) -> Painter:
    """A classical filler, by its name in FILLERS."""

    def open_case(case: Case) -> Results:
        fill = FILLERS[name](case.lines)
        return lambda count: laid_under(fill(case.with_hints(count).hints), case.lines)

    return Painter(name, open_case, fill=FILLERS[name])


def gray_filler_painter(name: str) -> Painter:
    """What colours gray pictures without a network, by its name in GRAY_FILLERS."""

    def open_case(case: Case) -> Results:
        fill = GRAY_FILLERS[name](case.gray)
        return lambda count: fill(case.with_hints(count).hints)

    return Painter(name, open_case)


def propagation_painter(name: str = PROPAGATION) -> Painter:
    """The filler in linepaint.imaging alone: every area gets the hint that reaches it most easily. No network."""

    def open_case(case: Case) -> Results:
        costs = passage_costs(case.basins)

        def result(count: int) -> np.ndarray:
            colors = propagate(case.basins, case.with_hints(count).hints, costs).color
            if case.mode is Mode.GRAYSCALE:
                return with_chroma(case.gray, chroma_of(colors.astype(np.float32) / 255))
            return laid_under(colors, case.lines)

        return result

    def fill(lines: np.ndarray) -> Fill:
        basins = find_basins(lines)
        costs = passage_costs(basins)
        return lambda hints: propagate(basins, hints, costs).color

    return Painter(name, open_case, fill=fill)


def filter_painter(name: str) -> Painter:
    """A line filter, by its name in FILTERS."""
    return Painter(name, lambda case: lambda _: FILTERS[name](case.color))


def folder_painter(name: str, folder: Path) -> Painter:
    """Finished results of any program, in a folder laid out as `result_files` says. Raises TrainingError."""
    files = ResultFiles(folder)

    def open_case(case: Case) -> Results:
        def result(count: int) -> np.ndarray:
            picture = files.read(case.name, count, case.color.shape[:2])
            return cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) if case.mode is Mode.SCAN else picture

        return result

    return Painter(name, open_case, files)


def baseline_painter(name: str, mode: Mode) -> Painter:
    """An in-project baseline by its name. Raises TrainingError where the mode has none of that name."""
    known = BASELINES.get(mode, ())
    if name not in known:
        raise TrainingError(f"There is no baseline {name} for {mode.value}; there is: {', '.join(known) or 'none'}.")
    if name == PROPAGATION:
        return propagation_painter()
    makers = {Mode.SCAN: filter_painter, Mode.GRAYSCALE: gray_filler_painter}
    return makers.get(mode, filler_painter)(name)


def filler_of(painter: Painter, protocol: str) -> Filler:
    """How a painter colours any line drawing. Raises TrainingError for one that does not, naming the protocol."""
    if painter.fill is None:
        what = "is a folder of results" if painter.files else "does not colour line art"
        raise TrainingError(
            f"{painter.name} {what}, and --protocol {protocol} has to run each painter on drawings of its own; "
            "leave it out."
        )
    return painter.fill
