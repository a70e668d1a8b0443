"""The picture sheet of a contest: every painter on the same drawings with the same hints, beside the truth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np

from linepaint.engine.catalog import Mode
from linepaint.imaging.marks import SOLID
from linepaint.imaging.opencv import cv2
from linepaint.imaging.shrinking import fitted, shrink_hints

from ..sheets import Sheet, SheetGroup, SheetRow
from .cases import Case
from .contest import HINTED, Contest
from .protocol import counts_of

Across = Literal["hints", "painters"]

MARK_PX, RING_PX = 1.5, 2.6
"""A hint is widened by this much on a sheet, and ringed up to that, so that small and white ones can be seen."""

RING = (70, 70, 70)

GIVEN = {Mode.LINEART: "line art, hints", Mode.GRAYSCALE: "gray, hints", Mode.SCAN: "picture", Mode.PICTURE: "source"}
TRUTH = {Mode.SCAN: "the artist's lines"}

Made = dict[tuple[str, int], np.ndarray]
"""What the painters made of a drawing, by name and number of hints."""


def side_by_side(
    contest: Contest,
    cell_px: int,
    across: Across | None = None,
    inputs: bool = True,
    progress: Callable[[int], None] = lambda _: None,
) -> Sheet:
    """The sheet of a contest; what it shows is already made, `render` sets it.

    across: what the columns are, numbers of hints or painters; None: hints for a single painter with several numbers of
    them, else painters. inputs: whether what was given is shown too. progress: told of each drawing. Raises
    TrainingError and EngineError.
    """
    single = len(contest.painters) == 1 and len(contest.counts) > 1
    across = across or ("hints" if single else "painters")
    names = [case.name for case in contest.cases]
    counts = {p.name: counts_of(p, names, contest.counts) for p in contest.painters}
    groups = []
    for file in contest.cases:
        case = file.load()
        made: Made = {}
        for painter in contest.painters:
            result = painter.open(case)
            made.update({(painter.name, count): result(count) for count in counts[painter.name]})
        rows = _rows_by_painter if across == "hints" else _rows_by_count
        groups.append(SheetGroup(case.name.replace("_", " "), rows(contest, case, made, cell_px, inputs)))
        progress(1)
    truth = TRUTH.get(contest.mode, "truth")
    if across == "hints":
        columns = [*(_hints(count) for count in contest.counts), truth]
    else:
        columns = [*([GIVEN[contest.mode]] if inputs else []), *(p.name for p in contest.painters), truth]
    return Sheet(tuple(columns), tuple(groups), _caption(contest))


def given_picture(case: Case, count: int, longest_side: int) -> np.ndarray:
    """What a painter is given, with its hints painted over it, uint8 [h, w, 3], at the size it is shown at."""
    size = fitted(case.source.shape[0], case.source.shape[1], longest_side)
    shown = cv2.resize(case.source, size[::-1], interpolation=cv2.INTER_AREA)
    shown = cv2.cvtColor(shown, cv2.COLOR_GRAY2RGB) if shown.ndim == 2 else shown
    hints = shrink_hints(case.with_hints(count).hints, size)
    on = hints[..., 3] >= SOLID
    if not on.any():
        return shown
    away, nearest = cv2.distanceTransformWithLabels(
        (~on).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    color_of_label = np.zeros((int(nearest.max()) + 1, 3), np.uint8)
    color_of_label[nearest[on]] = hints[on][:, :3]
    shown[away <= RING_PX] = RING
    mark = away <= MARK_PX
    shown[mark] = color_of_label[nearest[mark]]
    return shown


def _rows_by_painter(contest: Contest, case: Case, made: Made, cell_px: int, inputs: bool) -> tuple[SheetRow, ...]:
    """Columns are numbers of hints and the truth; a row for what was given, and one for each painter."""
    rows = []
    if inputs:
        given = [given_picture(case, count, cell_px) for count in contest.counts]
        rows.append(SheetRow("given", (*given, None)))
    for painter in contest.painters:
        cells = [made.get((painter.name, count)) for count in contest.counts]
        rows.append(SheetRow(painter.name, (*cells, _truth(case))))
    return tuple(rows)


def _rows_by_count(contest: Contest, case: Case, made: Made, cell_px: int, inputs: bool) -> tuple[SheetRow, ...]:
    """Columns are what was given, the painters and the truth; a row for each number of hints."""
    rows = []
    for count in contest.counts:
        given = [given_picture(case, count, cell_px)] if inputs else []
        cells = [made.get((painter.name, count)) for painter in contest.painters]
        label = _hints(count) if contest.mode in HINTED else ""
        rows.append(SheetRow(label, (*given, *cells, _truth(case))))
    return tuple(rows)


def _truth(case: Case) -> np.ndarray:
    return case.lines if case.mode is Mode.SCAN else case.color


def _hints(count: int) -> str:
    return {0: "no hints", 1: "1 hint"}.get(count, f"{count} hints")


def _caption(contest: Contest) -> str:
    return f"linepaint-train sheet · {contest.mode.value} · longest side {contest.size} px · seed {contest.seed}"
