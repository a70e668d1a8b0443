"""What is said of the figures of the shipped checkpoints for gray pictures and for lines; for write_modes.py.

Nothing is typed by hand: every figure and comparison follows from the evaluations.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from linepaint.trainer.evaluation.painters import BASELINES
from linepaint.trainer.evaluation.protocol import Evaluation, Row
from linepaint.trainer.evaluation.tables import table
from mode_reports import HINTS, Report
from write_quality import number_of, subject

from linepaint.engine.catalog import Mode

COMPARED = (("f_1px", max), ("f_2px", max), ("shading_drawn", min))
"""Of lines, and which of the filters' figures is the best."""


def gray_summary(reports: Sequence[Report]) -> str:
    """Beside the best of what has learnt nothing, by number of hints, and how well luma is kept."""
    said = []
    for report in reports:
        rows = []
        for count in HINTS:
            ours, others = _ours_and(report.plain, Mode.GRAYSCALE, count)
            psnr, delta_e = max(others, key=_by("psnr")), min(others, key=_by("delta_e"))
            cells = [(ours, "psnr"), (psnr, "psnr"), (ours, "delta_e"), (delta_e, "delta_e")]
            shown = [f"{_by(key)(row):.2f}{'' if row is ours else f' ({row.name})'}" for row, key in cells]
            rows.append([str(count), *shown])
        headings = ["hints", "PSNR, dB ↑", "the best that learnt nothing", "ΔE2000 ↓", "the best that learnt nothing"]
        off = max(int(_by("luma_off")(row)) for row in report.plain.rows if row.name == report.plain.rows[0].name)
        said += [
            f"On {report.what}:",
            table(headings, rows),
            f"The largest difference of luma over all their pixels: {off} of 255 levels.",
        ]
    return "\n\n".join(said)


def line_summary(reports: Sequence[Report]) -> str:
    """Each set and enlargement: ours, the best filter, and whether it is ahead."""
    rows = []
    for report in reports:
        for times, found in report.evaluations.items():
            ours, others = _ours_and(found, Mode.SCAN)
            cells, ahead = [], True
            for key, better in COMPARED:
                best = better(others, key=_by(key))
                mine, theirs = _by(key)(ours), _by(key)(best)
                ahead = ahead and better(mine, theirs) == mine
                cells.append(f"{mine:.3f}; {best.name} {theirs:.3f}")
            rows.append([report.what, f"× {times}", str(len(found.names)), *cells, "yes" if ahead else "**no**"])
    return table(["", "size", "drawings", "F, 1 px ↑", "F, 2 px ↑", "shading drawn ↓", "ahead in all three"], rows)


def gray_weak(reports: Sequence[Report]) -> list[str]:
    """Where colour is farthest from the artist's, in sentences."""
    said = []
    for report in reports:
        nearer = {}
        for count in HINTS:
            ours, others = _ours_and(report.plain, Mode.GRAYSCALE, count)
            nearer[_hints(count)] = [row.name for row in others if _by("delta_e")(row) < _by("delta_e")(ours)]
        if any(nearer.values()):
            said.append(f"On {report.what} ΔE2000 is lower {_by_occasion(nearer, 'with')}.")
        truth = report.plain.truth["colorfulness"] or 0.0
        bare, _ = _ours_and(report.plain, Mode.GRAYSCALE, 0)
        said.append(
            f"Without hints, on {report.what}, its mean colourfulness is {_by('colorfulness')(bare):.0f}, the "
            f"artists' {truth:.0f}."
        )
        hinted, _ = _ours_and(report.plain, Mode.GRAYSCALE, 16)
        said.append(_farthest(report, hinted, "psnr", 1, "With 16 hints its PSNR, in dB, is lowest on"))
    return said


def line_weak(reports: Sequence[Report]) -> list[str]:
    """Where lines are farthest from the artist's, in sentences."""
    said = []
    for report in reports:
        ahead, shading = {}, {}
        for times, found in report.evaluations.items():
            ours, others = _ours_and(found, Mode.SCAN)
            ahead[f"× {times}"] = [row.name for row in others if _by("f_1px")(row) > _by("f_1px")(ours)]
            shading[f"× {times}"] = [
                row.name for row in others if _by("shading_drawn")(row) < _by("shading_drawn")(ours)
            ]
        for what, names in (("F within 1 px is higher", ahead), ("less shading is drawn", shading)):
            if any(names.values()):
                said.append(f"On {report.what} {what} {_by_occasion(names, 'at')}.")
        said.append(_farthest(report, report.plain.rows[0], "f_1px", 3, "Its F within 1 px is lowest on"))
    return said


def _by_occasion(names: Mapping[str, Sequence[str]], at: str) -> str:
    """ "for dog and xdog at × 1 and at × 2, for canny at × 4": what is ahead of ours on which occasions."""
    occasions: dict[str, list[str]] = {}
    for occasion, ahead in names.items():
        if ahead:
            occasions.setdefault(_listed(ahead), []).append(f"{at} {occasion}")
    return "; ".join(f"for {ahead} {_listed(times)}" for ahead, times in occasions.items())


def _ours_and(found: Evaluation, mode: Mode, hints: int = 0) -> tuple[Row, list[Row]]:
    """The first painter's row and those of what has learnt nothing."""
    rows = [row for row in found.rows if row.hints == hints]
    return rows[0], [row for row in rows if row.name in BASELINES[mode]]


def _by(key: str) -> Callable[[Row], float]:
    return lambda row: row.figures[key] or 0.0


def _farthest(report: Report, row: Row, key: str, digits: int, lead: str) -> str:
    values = {name: figures[key] or 0.0 for name, figures in row.drawings.items()}
    lowest = sorted(values, key=lambda name: values[name])[:3]
    called = {name: f"{number_of(name)}, {subject(name)}," if report.own else f"`{name}`" for name in lowest}
    return (
        f"{lead} these of {report.what}: {_listed([f'{called[name]} {values[name]:.{digits}f}' for name in lowest])}."
    )


def _hints(count: int) -> str:
    return f"{count} hints" if count else "no hints"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
