"""Measure the shipped checkpoints for gray pictures and for lines, and write all that is said of them: `make modes`.

    .venv/bin/python scripts/write_modes.py [--data FOLDER… --sources openclipart,openmoji] [--only lines]

Written are the parts between marks in docs/grayscale.md and docs/lines.md, a picture sheet for each (drawings of our
own making), the model cards in resources/checkpoints, and what tests/quality.json holds them to. No figure is typed by
hand.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
from checkpoint_credits import credits_table
from linepaint.trainer.errors import TrainingError
from linepaint.trainer.evaluation.arguments import source_names
from linepaint.trainer.evaluation.case_files import procedural_cases
from linepaint.trainer.evaluation.contest import Contest
from linepaint.trainer.evaluation.guard import guard_figures, line_guard_figures, note_figures
from linepaint.trainer.evaluation.painters import baseline_painter, checkpoint_painter
from linepaint.trainer.evaluation.side_by_side import side_by_side
from linepaint.trainer.model_card import Card, card_of, model_card
from linepaint.trainer.recipe import Stage
from linepaint.trainer.recipe_file import load_recipe, shipped_recipes
from linepaint.trainer.sheets import render, write_sheet
from measure_latency import refresh, table
from mode_reports import (
    SIZE_PX,
    Report,
    Sets,
    gray_reports,
    gray_tables,
    line_reports,
    line_tables,
)
from mode_words import gray_summary, gray_weak, line_summary, line_weak
from write_quality import GUARD, ROOT

from linepaint.engine.catalog import Mode, find_checkpoint
from linepaint.engine.errors import EngineError

LARGEST_SHEET_BYTES = 250_000
CELLS_PX = (190, 170, 150, 130, 110)
SHEET_SEED = 1
"""The drawings on the sheets are others than those that are measured."""


@dataclass(frozen=True)
class Page:
    """A checkpoint's page and how each part of it is made. rivals: who stands beside it on the sheet."""

    checkpoint: str
    mode: Mode
    name: str
    rivals: tuple[str, ...]
    drawings: int
    counts: tuple[int, ...]
    reports: Callable[[Sets], list[Report]]
    summary: Callable[[Sequence[Report]], str]
    tables: Callable[[Sequence[Report]], str]
    weak: Callable[[Sequence[Report]], list[str]]

    @property
    def document(self) -> Path:
        """docs/NAME.md."""
        return ROOT / "docs" / f"{self.name}.md"

    @property
    def sheet(self) -> Path:
        """docs/pictures/NAME.webp."""
        return ROOT / "docs" / "pictures" / f"{self.name}.webp"

    @property
    def card(self) -> Path:
        """resources/checkpoints/CHECKPOINT.md."""
        return ROOT / "resources" / "checkpoints" / f"{self.checkpoint}.md"


PAGES = (
    Page(
        "grayscale",
        Mode.GRAYSCALE,
        "grayscale",
        ("tone-flood", "optimization"),
        3,
        (0, 16),
        gray_reports,
        gray_summary,
        gray_tables,
        gray_weak,
    ),
    Page("scan", Mode.SCAN, "lines", ("dog", "xdog"), 5, (0,), line_reports, line_summary, line_tables, line_weak),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", metavar="FOLDER", type=Path, nargs="+", default=[], help="pictures by artists")
    parser.add_argument(
        "--sources",
        metavar="NAME,NAME…",
        type=source_names,
        default=("openclipart", "openmoji"),
        help="sub-folders whose lines are the artist's own (default: openclipart,openmoji)",
    )
    parser.add_argument("--limit", metavar="N", type=int, default=12, help="pictures of each set (default: 12)")
    parser.add_argument("--compare", metavar="LABEL=CHECKPOINT", action="append", default=[], help="measured as well")
    parser.add_argument("--described", metavar="TEXT", default="", help="which pictures those are, in a sentence")
    parser.add_argument("--only", choices=[page.name for page in PAGES], help="this page alone")
    arguments = parser.parse_args()
    sets = Sets(arguments.data, arguments.sources, arguments.limit, arguments.compare, arguments.described)
    try:
        for page in PAGES:
            if arguments.only in (None, page.name):
                write(page, sets)
    except (TrainingError, EngineError, OSError) as error:
        print(f"write_modes: {error}", file=sys.stderr)
        return 2
    return 0


def write(page: Page, sets: Sets) -> None:
    """Measure a checkpoint and write everything that is said of it. Raises TrainingError, EngineError and OSError."""
    card = card_of(find_checkpoint(page.checkpoint).path)
    reports = page.reports(sets)
    described = f"The artists' pictures: {sets.described}.\n\n" if sets.data and sets.described else ""
    summary, weak = described + page.summary(reports), page.weak(reports)
    refresh("training", training(card), page.document)
    refresh("summary", summary, page.document)
    refresh("figures", page.tables(reports), page.document)
    refresh("weak", "\n".join(f"- {sentence}" for sentence in weak), page.document)
    write_small_sheet(page)
    link = f"[docs/{page.name}.md](../../docs/{page.name}.md)"
    figures = f"{summary}\n\n{link} says what the figures mean and has more of them, with the commands that print them."
    shipped = replace(
        card,
        recipe=load_recipe(card.info.recipe).text if card.info.recipe in shipped_recipes() else "",
        credits=credits_table(card.info.data),
        figures=figures,
        weak=tuple(weak),
    )
    page.card.write_text(model_card(shipped), "utf-8")
    note_figures(GUARD, page.checkpoint, guarded(page))
    print(*(path.relative_to(ROOT) for path in (page.document, page.sheet, page.card, GUARD)), sep="\n", flush=True)


def guarded(page: Page) -> object:
    """What the tests hold the checkpoint to."""
    painters = [checkpoint_painter(page.checkpoint, page.checkpoint, "cpu")]
    if page.mode is Mode.SCAN:
        return line_guard_figures(painters)[page.checkpoint]
    return guard_figures(painters, page.mode)[page.checkpoint]


def training(card: Card) -> str:
    """How the checkpoint came about, from its header and the recipe that the header names."""
    info = card.info
    rows = [
        ["checkpoint", f"`{info.name}`, {card.size / 1e6:.1f} MB, {card.precision}, {card.parameters:,} parameters"],
        ["architecture", f"`{info.architecture}` {', '.join(f'{k} {v}' for k, v in info.config.items())}"],
        ["recipe", f"`{info.recipe}`: `linepaint-train fit {info.recipe} --data …`"],
        ["steps", f"{info.steps:,}, at up to {info.size} px"],
    ]
    if info.recipe in shipped_recipes():
        stages = load_recipe(info.recipe).stages
        rows.append(["stages of the recipe", "; ".join(stage_words(stage) for stage in stages)])
    pictures = [(str(entry["source"]), int(entry.get("pictures") or 0)) for entry in info.data]
    of_others = ", ".join(f"{source} {count:,}" for source, count in pictures if count)
    rows.append(["pictures", f"{sum(count for _, count in pictures):,}: {of_others}"])
    own = [source for source, count in pictures if not count]
    if own:
        rows.append(["and", ", ".join(own)])
    card_link = f"Who made the pictures and under which licence: [model card](../resources/checkpoints/{info.name}.md)."
    return f"{table(['', ''], rows)}\n\n{card_link}"


def stage_words(stage: Stage) -> str:
    """A stage as one reads it."""
    ramps = {field.name: getattr(stage.loss, field.name) for field in fields(stage.loss)}
    losses = " + ".join(
        f"{ramp.start:g}{'' if ramp.start == ramp.end else f' to {ramp.end:g}'} · {name}"
        for name, ramp in ramps.items()
        if ramp.start or ramp.end
    )
    return f"{stage.steps:,} steps of {stage.batch} at {stage.size} px ({losses})"


def write_small_sheet(page: Page) -> None:
    """The checkpoint and its rivals on drawings of our own making, at the largest size that is quick to load."""
    painters = (
        checkpoint_painter(page.checkpoint, page.checkpoint, "cpu"),
        *(baseline_painter(name, page.mode) for name in page.rivals),
    )
    cases = procedural_cases(page.drawings, page.mode, SIZE_PX, SHEET_SEED)
    sheet = side_by_side(
        Contest(page.mode, painters, tuple(cases), page.counts, SIZE_PX, SHEET_SEED), max(CELLS_PX), "painters"
    )
    for cell_px in CELLS_PX:
        picture: np.ndarray = render(sheet, cell_px)
        write_sheet(page.sheet, picture)
        if page.sheet.stat().st_size <= LARGEST_SHEET_BYTES:
            return
    raise TrainingError(f"{page.sheet.name} is too large at {CELLS_PX[-1]} px a cell; show fewer drawings.")


if __name__ == "__main__":
    sys.exit(main())
