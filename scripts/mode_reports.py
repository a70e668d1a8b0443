"""Measuring the shipped checkpoints for gray pictures and for lines, and the tables of it; for write_modes.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from linepaint.trainer.evaluation.arguments import labelled
from linepaint.trainer.evaluation.case_files import picture_cases, procedural_cases
from linepaint.trainer.evaluation.figures import figures_of
from linepaint.trainer.evaluation.painters import BASELINES, Painter, baseline_painter, checkpoint_painter
from linepaint.trainer.evaluation.protocol import Evaluation, Protocol, evaluate
from linepaint.trainer.evaluation.report import markdown_table
from linepaint.trainer.evaluation.tables import bold_best, table

from linepaint.engine.catalog import Mode, find_checkpoint

SIZE_PX, SEED = 384, 0
HINTS = (0, 4, 16, 64)
ENLARGEMENTS = {1: 1000, 2: 1000, 4: 6}
"""How many times pictures are enlarged, and of how many at most: four times as large is sixteen times the work."""

GRAY_KEYS = ("psnr", "ssim", "delta_e", "colorfulness", "obedience_p95", "bleed", "luma_off")
LINE_KEYS = ("f_1px", "f_2px", "shading_drawn")


@dataclass(frozen=True)
class Sets:
    """What is measured. data: folders of artists' pictures. sources: those sub-folders whose lines are the artist's
    own. limit: so many pictures of each set. compare: more checkpoints, LABEL=PATH. described: the pictures, in
    words."""

    data: Sequence[Path]
    sources: Sequence[str]
    limit: int
    compare: Sequence[str] = ()
    described: str = ""


@dataclass(frozen=True)
class Report:
    """The evaluations of one set of drawings, by how many times they were enlarged. own: of our own making."""

    what: str
    command: str
    own: bool
    evaluations: dict[int, Evaluation]

    @property
    def plain(self) -> Evaluation:
        """That of the drawings as they are."""
        return self.evaluations[1]


def gray_reports(sets: Sets) -> list[Report]:
    """Of the grayscale checkpoint and what has learnt nothing: our own drawings, then the artists'."""
    mode, painters = Mode.GRAYSCALE, _painters("grayscale", Mode.GRAYSCALE, sets.compare)
    command = f"linepaint-train evaluate grayscale --baseline all --hints {','.join(map(str, HINTS))} --size {SIZE_PX}"
    reports = [_own_report(painters, mode, sets.limit, command, [1])]
    if sets.data:
        files = picture_cases(sets.data, mode, SIZE_PX, SEED, sets.limit)
        command = f"{command} --data pictures/ --limit {len(files)}"
        found = {1: evaluate(painters, files, _protocol(mode))}
        reports.append(Report(f"{len(files)} pictures by artists", command, False, found))
    return reports


def line_reports(sets: Sets) -> list[Report]:
    """Of the scan checkpoint and the line filters: our own drawings, then those of each source with ink of its own."""
    mode, painters = Mode.SCAN, _painters("scan", Mode.SCAN, sets.compare)
    command = f"linepaint-train evaluate scan --baseline all --size {SIZE_PX}"
    reports = [_own_report(painters, mode, sets.limit, command, list(ENLARGEMENTS))]
    for source in sets.sources if sets.data else ():
        found, count = {}, 0
        for times in ENLARGEMENTS:
            files = picture_cases(sets.data, mode, SIZE_PX, SEED, _limit(sets.limit, times), [source], times)
            found[times], count = evaluate(painters, files, _protocol(mode, times)), count or len(files)
        command_here = f"{command} --data pictures/ --sources {source} --limit {count}"
        reports.append(Report(f"{count} drawings of {source}", command_here, False, found))
    return reports


def _own_report(
    painters: Sequence[Painter], mode: Mode, limit: int, command: str, enlargements: Sequence[int]
) -> Report:
    found = {}
    for times in enlargements:
        files = procedural_cases(_limit(limit, times), mode, SIZE_PX, SEED, times)
        found[times] = evaluate(painters, files, _protocol(mode, times))
    return Report(f"{limit} drawings of our own making", f"{command} --procedural {limit}", True, found)


def _limit(limit: int, times: int) -> int:
    return min(limit, ENLARGEMENTS[times])


def _protocol(mode: Mode, times: int = 1) -> Protocol:
    return Protocol(mode, HINTS if mode is Mode.GRAYSCALE else (0,), SIZE_PX, SEED, times)


def _painters(checkpoint: str, mode: Mode, compare: Sequence[str]) -> list[Painter]:
    """The shipped checkpoint first, then those of that mode to compare it with, then what has learnt nothing."""
    named = [(checkpoint, checkpoint)]
    named += [(label, path) for label, path in labelled(compare) if find_checkpoint(path).mode is mode]
    loaded = [checkpoint_painter(label, path, "cpu") for label, path in named]
    return [*loaded, *(baseline_painter(name, mode) for name in BASELINES[mode])]


def gray_tables(reports: Sequence[Report]) -> str:
    """The figures by number of hints, a table for each set."""
    parts = []
    for report in reports:
        parts += [f"On {report.what}: `{report.command}`", markdown_table(report.plain, GRAY_KEYS)]
    return "\n\n".join(parts)


def line_tables(reports: Sequence[Report]) -> str:
    """Precision and recall of each set as it is, and F-scores and shading at each enlargement."""
    parts = []
    for report in reports:
        parts += [f"On {report.what}: `{report.command}`", markdown_table(report.plain)]
        larger = {times: len(found.names) for times, found in report.evaluations.items() if times > 1}
        if larger:
            each = " and ".join(f"{count} of them `--enlarge {times}`" for times, count in larger.items())
            parts += [f"The same made larger, {each}; pixels are those before that:", _by_enlargement(report)]
    return "\n\n".join(parts)


def _by_enlargement(report: Report) -> str:
    larger = {times: found for times, found in report.evaluations.items() if times > 1}
    figures = [f for f in figures_of(Mode.SCAN) if f.key in LINE_KEYS]
    headings = ["", *(f"× {times}: {f.heading}" for times in larger for f in figures)]
    columns = [
        bold_best([row.figures[f.key] for row in found.rows], f.digits, highest=f.better == "higher")
        for found in larger.values()
        for f in figures
    ]
    names = [row.name for row in report.plain.rows]
    return table(headings, [[name, *cells] for name, cells in zip(names, zip(*columns, strict=True), strict=True)])
