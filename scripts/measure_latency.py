"""Measure how long a stroke takes until its full-size preview is finished, and print the tables of docs/latency.md.

    python scripts/measure_latency.py [--strokes 20] [--write] [--only latency-gray]

--write puts the tables into docs/latency.md instead, between their marks. All times are of the clock on the wall: on a
machine that does something else as well, only ratios mean anything.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path

import numpy as np
import torch
from linepaint.trainer.drawings import draw
from linepaint.trainer.hints.marks import draw_mark, lay_mark
from linepaint.trainer.hints.page import Page
from linepaint.trainer.recipe import HintRecipe

from linepaint.engine import Colorizer
from linepaint.engine.catalog import Mode
from linepaint.engine.live_session import LiveSession
from linepaint.engine.session import Session
from linepaint.engine.tensors import lines_tensor
from linepaint.imaging.basins import find_basins
from linepaint.imaging.opencv import cv2

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests" / "benchmarks"), str(ROOT / "scripts")]

from latency_stages import STAGES, stage_times  # noqa: E402  (it lies beside this script)
from unet256 import UNet256  # noqa: E402  (it lies with the benchmarks)

DOCUMENT = ROOT / "docs" / "latency.md"
SIDES = (512, 1024, 2048)
YARDSTICK_SIDES = (512, 1024)
GRAY_CHECKPOINT = "grayscale"
MOST_HINTS = 60
DRAWN_PX = 1024
"""The drawing and its hints are made at this size and brought to the others."""

Row = Sequence[object]


@cache
def painting() -> tuple[np.ndarray, list[np.ndarray], np.ndarray]:
    """A drawing, uint8 [H, W], its hints, uint8 [H, W, 4], after 1, 2, … 60 marks, and its colouring in gray, uint8
    [H, W]."""
    drawing = draw(3, DRAWN_PX, "figure")
    page, random, recipe = Page(drawing.color, find_basins(drawing.lines)), np.random.default_rng(3), HintRecipe()
    hints, steps = np.zeros((DRAWN_PX, DRAWN_PX, 4), np.uint8), []
    for _ in range(MOST_HINTS):
        lay_mark(hints, page, draw_mark(page, recipe, random), recipe.jitter, random)
        steps.append(hints.copy())
    return drawing.lines, steps, cv2.cvtColor(drawing.color, cv2.COLOR_RGB2GRAY)


def lines_at(side: int) -> np.ndarray:
    """The drawing as a document of that size."""
    return _resized(painting()[0], side)


def gray_at(side: int) -> np.ndarray:
    """Its colouring in gray as a document of that size."""
    return _resized(painting()[2], side)


def _resized(picture: np.ndarray, side: int) -> np.ndarray:
    larger = side > DRAWN_PX
    return cv2.resize(picture, (side, side), interpolation=cv2.INTER_CUBIC if larger else cv2.INTER_AREA)


def hints_at(side: int, count: int) -> np.ndarray:
    """The hints after `count` marks."""
    return cv2.resize(painting()[1][count - 1], (side, side), interpolation=cv2.INTER_NEAREST)


def counts(strokes: int) -> list[int]:
    """After which marks a preview is asked for: from one to all of them."""
    return [int(n) for n in np.linspace(1, MOST_HINTS, strokes).round()]


def milliseconds(work: Callable[..., object], *arguments: object, **named: object) -> float:
    """How long it takes with these arguments."""
    began = time.perf_counter()
    work(*arguments, **named)
    return (time.perf_counter() - began) * 1000


def p95(times: list[float]) -> float:
    """The 95th percentile."""
    return float(np.quantile(times, 0.95))


@contextmanager
def threads(number: int) -> Iterator[None]:
    """So many threads for torch and OpenCV."""
    before = torch.get_num_threads(), cv2.getNumThreads()
    torch.set_num_threads(number)
    cv2.setNumThreads(number)
    yield
    torch.set_num_threads(before[0])
    cv2.setNumThreads(before[1])


def opened(side: int) -> LiveSession:
    """A session on the drawing that has made both kinds of previews once."""
    session = Colorizer.load(device="cpu").open(lines_at(side))
    assert isinstance(session, LiveSession), "the shipped checkpoint is live"
    for draft in (True, False):
        session.preview(np.zeros((side, side, 4), np.uint8), draft=draft)
    return session


def opened_gray(side: int) -> Session:
    """The same for the gray picture and the shipped checkpoint for such."""
    session = Colorizer.load(GRAY_CHECKPOINT, "cpu", mode=Mode.GRAYSCALE).open(gray_at(side))
    for draft in (True, False):
        session.preview(hints_at(side, 1), draft=draft)
    return session


def strokes_of(side: int, strokes: int, start: Callable[[int], Session] = opened) -> tuple[list[float], list[float]]:
    """Milliseconds of each draft and of each final preview as an artist paints."""
    # A session for each: a final preview that follows a draft of the same hints has less to do.
    drafting, finishing = start(side), start(side)
    drafts, finals = [], []
    for count in counts(strokes):
        hints = hints_at(side, count)
        drafts.append(milliseconds(drafting.preview, hints, draft=True))
        finals.append(milliseconds(finishing.preview, hints))
    return drafts, finals


def table(head: Row, rows: Sequence[Row]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def end_to_end(strokes: int) -> str:
    """Every size, precision and number of threads."""
    rows = []
    for side in SIDES:
        for number in (1, 2):
            for precision in ("fp32", "bf16"):
                low = torch.autocast("cpu", torch.bfloat16) if precision == "bf16" else nullcontext()
                with threads(number), low:
                    both = strokes_of(side, strokes)
                figures = [f(t) for t in both for f in (min, statistics.median, p95)]
                rows.append([f"{side}²", number, precision, *(f"{value:.0f}" for value in figures)])
    head = ["document", "threads", "network in", *(f"{kind} {what}" for kind in ("draft", "final") for what in _WHAT)]
    return table(head, rows)


_WHAT = ("min", "median", "p95")


def yardstick(strokes: int, start: Callable[[int], Session] = opened) -> str:
    """The forward pass alone of pix2pix's U-Net-256 and our previews, in turns."""
    network, rows = UNet256().eval(), []
    for side in YARDSTICK_SIDES:
        picture = torch.zeros(1, 3, side, side)
        for number in (1, 2):
            unet, drafts, finals = [], [], []
            with threads(number), torch.inference_mode():
                drafting, finishing = start(side), start(side)
                network(picture)
                for count in counts(max(3, strokes // 2)):
                    hints = hints_at(side, count)
                    unet.append(milliseconds(network, picture))
                    drafts.append(milliseconds(drafting.preview, hints, draft=True))
                    finals.append(milliseconds(finishing.preview, hints))
            medians = [statistics.median(times) for times in (unet, drafts, finals)]
            ratios = [f"{medians[0] / ours:.1f} ×" for ours in medians[1:]]
            rows.append([f"{side}²", number, *(f"{value:.0f}" for value in medians), *ratios])
    head = ["document", "threads", "U-Net-256", "draft", "final", "draft is faster by", "final is faster by"]
    return table(head, rows)


def once(strokes: int) -> str:
    """What is done once for a drawing."""
    rows = []
    colorizer = Colorizer.load(device="cpu")
    for number in (1, 2):
        with threads(number), torch.inference_mode():
            session = opened(SIDES[0])
            lines = lines_tensor(session._structure.working(session._size).lines)
            encoder = [milliseconds(session._network.encoder, lines) for _ in range(strokes + 2)][2:]
            opening = []
            for side in SIDES:
                page = lines_at(side)
                opening.append([milliseconds(colorizer.open, page) for _ in range(4)])
        rows.append([number, f"{statistics.median(encoder):.0f}", *(f"{min(t):.0f}" for t in opening)])
    return table(["threads", "line encoder, median", *(f"opening {side}², min" for side in SIDES)], rows)


def stages(strokes: int) -> str:
    """Where the time of a final preview goes, one thread."""
    rows: dict[str, list[str]] = {name: [] for name in STAGES}
    sums = []
    for side in SIDES:
        with threads(1):
            session = opened(side)
            parts = [stage_times(session, hints_at(side, count)) for count in counts(strokes)]
        medians = {name: statistics.median(part.get(name, 0.0) for part in parts) for name in STAGES}
        for name, value in medians.items():
            rows[name].append(f"{value:.1f}")
        sums.append(f"{sum(medians.values()):.0f}")
    return table(["stage", *(f"{side}²" for side in SIDES)], [[n, *v] for n, v in rows.items()] + [["sum", *sums]])


def remembering(strokes: int) -> str:
    """What a stroke costs on a page with few and many hints, and with nothing taken over from the stroke before."""
    rows = []
    with threads(1):
        for side in SIDES:
            session = opened(side)
            for remembers in (True, False):
                row = []
                for count in (1, 10, 30, 60):
                    before, now = hints_at(side, max(count - 1, 1)), hints_at(side, count)
                    times = []
                    for _ in range(max(3, strokes // 4)):
                        session.preview(before)
                        if not remembers:
                            session.forget()
                        times.append(milliseconds(session.preview, now))
                    row.append(f"{statistics.median(times):.0f}")
                rows.append([f"{side}²", "as shipped" if remembers else "all of it anew", *row])
    return table(["document", "", *(f"{n} hint{'s' * (n > 1)}" for n in (1, 10, 30, 60))], rows)


def gray_pictures(strokes: int) -> str:
    """A stroke on a gray picture, end to end, and opening it once."""
    rows, colorizer = [], Colorizer.load(GRAY_CHECKPOINT, "cpu", mode=Mode.GRAYSCALE)
    for side in SIDES:
        for number in (1, 2):
            with threads(number):
                both = strokes_of(side, strokes, opened_gray)
                page = gray_at(side)
                opening = min(milliseconds(_first_draft, colorizer, page) for _ in range(4))
            figures = [f(t) for t in both for f in (min, statistics.median, p95)]
            rows.append([f"{side}²", number, *(f"{value:.0f}" for value in (*figures, opening))])
    measured = (f"{kind} {what}" for kind in ("draft", "final") for what in _WHAT)
    return table(["document", "threads", *measured, "opening to the first draft, min"], rows)


def _first_draft(colorizer: Colorizer, gray: np.ndarray) -> None:
    """What is done once is done when a picture is first asked for."""
    colorizer.open(gray).preview(np.zeros((*gray.shape, 4), np.uint8), draft=True)


def refresh(name: str, text: str, document: Path = DOCUMENT) -> None:
    """Put a text between the marks of that name in a document."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    page = document.read_text("utf-8")
    if begin not in page or end not in page:
        sys.exit(f"{document} has no marks for {name}; put {begin} and {end} where its tables belong.")
    document.write_text(page[: page.index(begin) + len(begin)] + "\n" + text + "\n" + page[page.index(end) :], "utf-8")


def report(strokes: int) -> str:
    """All tables of line art."""
    from conftest import machine

    parts = [
        f"Measured on {machine()}; milliseconds; {strokes} strokes a row, from one hint to {MOST_HINTS}.",
        "### A stroke, end to end",
        end_to_end(strokes),
        "### Beside pix2pix's U-Net-256, forward pass alone",
        yardstick(strokes),
        "### Once for a drawing",
        once(strokes),
        "### Where the time of a final preview goes, one thread, medians",
        stages(strokes),
        "### The last stroke on a page with more and more hints, final, one thread, medians",
        remembering(strokes),
    ]
    return "\n\n".join(parts)


def gray_report(strokes: int) -> str:
    """The tables for gray pictures."""
    from conftest import machine

    parts = [
        f"Measured on {machine()}; milliseconds; {strokes} strokes a row, from one hint to {MOST_HINTS}.",
        gray_pictures(strokes),
        "Beside pix2pix's U-Net-256, forward pass alone:",
        yardstick(strokes, opened_gray),
    ]
    return "\n\n".join(parts)


REPORTS = {"latency": report, "latency-gray": gray_report}
"""By the marks that they stand between."""


def main() -> None:
    """Print the tables, or write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strokes", type=int, default=20, help="strokes that each row is the median of")
    parser.add_argument("--write", action="store_true", help="write docs/latency.md")
    parser.add_argument("--only", choices=REPORTS, help="these tables alone")
    arguments = parser.parse_args()
    for name, tables in REPORTS.items():
        if arguments.only not in (None, name):
            continue
        text = tables(max(arguments.strokes, 2))
        if arguments.write:
            refresh(name, text)
        else:
            print(text)


if __name__ == "__main__":
    main()
