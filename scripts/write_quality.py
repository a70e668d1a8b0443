"""Write docs/quality.md and its pictures from what `make evaluate` measured, and tests/quality.json: `make quality`.

    .venv/bin/python scripts/write_quality.py runs/evaluation [--pictures runs/evaluation-pictures --described TEXT]

The first folder holds the reports on the drawings of our own making, which the pictures show; --pictures those on a
folder of an artist's pictures. All figures, and all that is said of them, come from the reports.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
from linepaint.trainer.drawings import STYLES, draw
from linepaint.trainer.errors import TrainingError
from linepaint.trainer.evaluation.aims import aims
from linepaint.trainer.evaluation.case_files import FIRST_PROCEDURAL_SEED, procedural_cases
from linepaint.trainer.evaluation.cases import Case, laid_under
from linepaint.trainer.evaluation.guard import guard_figures, note_figures
from linepaint.trainer.evaluation.painters import baseline_painter, checkpoint_painter, filler_of
from linepaint.trainer.evaluation.reports import Reports, read_reports
from linepaint.trainer.evaluation.robustness import HINTS, styled
from linepaint.trainer.evaluation.side_by_side import given_picture
from linepaint.trainer.evaluation.tables import table
from linepaint.trainer.evaluation.weak_spots import behind, costly_styles, farthest_drawings
from linepaint.trainer.sheets import Sheet, SheetGroup, SheetRow, render, write_sheet
from PIL import Image

from linepaint.engine import Colorizer
from linepaint.engine.catalog import DEFAULT_CHECKPOINT, Mode, find_checkpoint

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "quality.md"
SHEET = ROOT / "docs" / "pictures" / "quality.webp"
WEAK = ROOT / "docs" / "pictures" / "quality-weak.webp"
GUARD = ROOT / "tests" / "quality.json"
"""What tests/test_quality.py holds the shipped checkpoints to."""

CELL_PX = 176
MOST_BEHIND = 12

PROTOCOL = "linepaint-train evaluate live --baseline all --protocol"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("own", metavar="FOLDER", type=Path, help="the reports on drawings of our own making")
    parser.add_argument("--pictures", metavar="FOLDER", type=Path, help="the reports on an artist's pictures")
    parser.add_argument("--described", metavar="TEXT", default="", help="which pictures those are, in a sentence")
    arguments = parser.parse_args()
    try:
        own = read_reports(arguments.own)
        pictures = read_reports(arguments.pictures) if arguments.pictures else None
        write_sheet(SHEET, np.asarray(Image.open(arguments.own / "sheet.webp").convert("RGB")))
        write_sheet(WEAK, render(weak_sheet(own), CELL_PX))
    except (TrainingError, OSError) as error:
        print(f"write_quality: {error}", file=sys.stderr)
        return 2
    PAGE.write_text(page(own, pictures, arguments.described), encoding="utf-8")
    figures = guard_figures([checkpoint_painter(DEFAULT_CHECKPOINT, DEFAULT_CHECKPOINT, "cpu")])
    note_figures(GUARD, DEFAULT_CHECKPOINT, figures[DEFAULT_CHECKPOINT])
    print(*(path.relative_to(ROOT) for path in (PAGE, SHEET, WEAK, GUARD)), sep="\n")
    return 0


def page(own: Reports, pictures: Reports | None, described: str) -> str:
    """The whole of docs/quality.md."""
    info = find_checkpoint(DEFAULT_CHECKPOINT)
    parts = [
        "# How good the colouring is",
        f"This page is written by `make quality`: every figure, and what is said of it, is that of the checkpoint that "
        f"linepaint comes with, **{info.name}** after {info.steps} steps of training "
        f"([model card](../resources/checkpoints/{info.name}.md)). What the figures mean is in "
        "[evaluation.md](evaluation.md). The fillers beside it are classical and have learnt nothing: propagation is "
        "the one that the checkpoint itself starts from, the others are written for this comparison alone. The "
        "checkpoints for gray pictures and for lines have pages of their own: [grayscale.md](grayscale.md), "
        "[lines.md](lines.md).",
        "## In short",
        f"On {counted(own)} of our own making; training has others by the same generator:",
        aims_table(own),
    ]
    if pictures is not None:
        parts += [f"On {counted(pictures)} by artists{described and ': ' + described}:", aims_table(pictures)]
    parts += [
        "## Against the truth",
        "Drawings of our own making with 0, 4, 16 and 64 hints, what was given above what was made of it.",
        "![Our own drawings with 0, 4, 16 and 64 hints, beside the truth](pictures/quality.webp)",
        weak_section(own),
        "## On drawings of our own making",
        *report_section(own, "`make evaluate`"),
    ]
    if pictures is not None:
        command = f"`make evaluate DATA=pictures/ LIMIT={len(pictures.evaluation['drawings'])}`"
        parts += ["## On artists' pictures", *report_section(pictures, command)]
    return "\n\n".join(parts) + "\n"


def counted(reports: Reports) -> str:
    """How many drawings, and how large they are."""
    return f"{len(reports.evaluation['drawings'])} drawings of {reports.evaluation['protocol']['size']} px"


def aims_table(reports: Reports) -> str:
    rows = [[aim.what, aim.wanted, aim.found, "yes" if aim.reached else "**no**"] for aim in aims(reports)]
    return table(["", "aim", "found", "reached"], rows)


def report_section(reports: Reports, command: str) -> list[str]:
    """The four reports of an evaluation, each with what it is and the command that prints it alone."""
    options = f"--size {reports.evaluation['protocol']['size']}"
    counts = ",".join(map(str, reports.counts))
    return [
        f"All of this section: {command}.",
        "**By number of hints**, dots and strokes in the artist's colours: "
        f"`{PROTOCOL} hints --hints {counts} {options}`",
        reports.tables["evaluation"],
        "**Hint-AUC**, the published protocol: a hint in each of so many of the truth's largest segments, of which "
        f"many have no line around them: `{PROTOCOL} hint-auc {options}`",
        reports.tables["hint-auc"],
        f"**Line styles**: the same drawings and {HINTS} hints, other lines. The colours made for them are laid under "
        f"the drawing's own lines, so that the rows can be compared: `{PROTOCOL} line-styles {options}`",
        reports.tables["line-styles"],
        f"**Colour without hints**: `{PROTOCOL} colourfulness {options}`",
        reports.tables["colourfulness"],
    ]


def weak_section(own: Reports) -> str:
    """The weak spots, named by their figures."""
    ours = own.painters[0]
    drawings = [
        f"{number_of(weak.name)} ({subject(weak.name)}) {weak.psnr:.1f} dB, {weak.best} {weak.best_psnr:.1f} dB"
        for weak in farthest_drawings(own)
    ]
    styles = [f"{weak.style} {-weak.loss:+.1f} dB" for weak in costly_styles(own)]
    most = own.counts[-1]
    figures = own.figures(ours, most)
    ahead = behind(own)
    shown = "; ".join(ahead[:MOST_BEHIND]) + (f"; and {len(ahead) - MOST_BEHIND} more" if ahead[MOST_BEHIND:] else "")
    missed = [aim.what for aim in aims(own) if not aim.reached]
    return "\n".join(
        [
            "## Where it is weakest",
            "",
            "Picked by the figures of this evaluation, not by hand.",
            "",
            f"- **Aims not reached** on our own drawings: {'; '.join(missed) or 'none'}.",
            f"- **A filler is ahead** in {len(ahead)} of the figures below{': ' + shown if ahead else ''}.",
            f"- **Farthest from the truth** with 16 hints, beside the best filler there: {'; '.join(drawings)}.",
            f"- **Line styles that cost most** beside the drawing's own lines: {'; '.join(styles)}.",
            f"- **Shading and texture**: with {most} hints its sharpness off the lines is {figures['sharpness']:.2f} "
            "of the truth's, 1 being as much as the artist drew.",
            f"- **Colour without hints** is a guess: {own.figures(ours, 0)['psnr']:.1f} dB, where {most} hints "
            f"give {figures['psnr']:.1f} dB.",
            "",
            "![The weakest of the results: drawings and line styles, beside the best filler and the truth]"
            "(pictures/quality-weak.webp)",
        ]
    )


def weak_sheet(own: Reports) -> Sheet:
    """The weakest drawings and line styles: what was given, what was made of it, and the truth."""
    protocol = own.evaluation["protocol"]
    cases = {
        file.name: file for file in procedural_cases(len(own.evaluation["drawings"]), Mode.LINEART, protocol["size"], 0)
    }
    colorizer = Colorizer.load(None, "cpu")
    groups = []
    for weak in farthest_drawings(own):
        case = cases[weak.name].load()
        row = SheetRow(f"or: {weak.best}", shown_of(colorizer, case, case.lines, weak.best))
        groups.append(SheetGroup(f"{number_of(weak.name)} {subject(weak.name)}", (row,)))
    for style in costly_styles(own):
        case = cases[style.drawing].load()
        row = SheetRow(f"or: {style.best}", shown_of(colorizer, case, styled(case, style.style), style.best))
        title = f"{style.style}, {number_of(style.drawing)} {subject(style.drawing)}"
        groups.append(SheetGroup(title, (row,)))
    columns = (f"given, {HINTS} hints", own.painters[0], "or: best filler", "truth")
    return Sheet(columns, tuple(groups), "The lowest figures, as docs/quality.md names them")


def shown_of(colorizer: Colorizer, case: Case, lines: np.ndarray, filler: str) -> tuple[np.ndarray, ...]:
    """A drawing in the lines given, with hints; our colouring and the filler's, under its own lines; the truth."""
    hints = case.with_hints(HINTS)
    given = Case(case.name, case.color, lines, True, case.mode, case.seed, _hinted={HINTS: hints})
    fillers = (colorizer.open(lines).color_layer, filler_of(baseline_painter(filler, case.mode), "hints")(lines))
    made = [laid_under(fill(hints.hints), case.lines) for fill in fillers]
    return given_picture(given, HINTS, CELL_PX), *made, case.color


def number_of(name: str) -> str:
    """The drawing's number, as it stands on the sheet."""
    return name.removeprefix("procedural_")


def subject(name: str) -> str:
    """What a procedural drawing shows, by the name of its style."""
    seed = FIRST_PROCEDURAL_SEED + int(number_of(name)) - 1
    drawn = draw(seed, 32).lines
    return next(style for style in STYLES if np.array_equal(draw(seed, 32, style).lines, drawn))


if __name__ == "__main__":
    sys.exit(main())
