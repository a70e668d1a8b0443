"""The comparison to read: the paper's two tables in Markdown, the figures as JSON, the histograms, the pictures."""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..errors import TrainingError
from ..evaluation.figures import ARROWS, COLOR_FIGURES
from ..evaluation.histograms import BINS, LabHistogram
from ..sheets import Sheet, SheetGroup, SheetRow, render, write_sheet
from .study import Study
from .variants import OBJECTIVES, RECEPTIVE_FIELDS, Variant

TABLE_NAME, JSON_NAME, PLOT_NAME, SHEET_NAME = "table.md", "ablation.json", "histograms.png", "sheet.webp"
SHOWN_FIGURES = ("psnr", "ssim", "sharpness", "colorfulness")
CELL_PX = 128
LEAST_SHARE = 1e-5
"""Shares below this are left off the logarithmic plot."""


def tables(study: Study) -> str:
    """Both tables; histogram distance is 1 - intersection with the truth's, over all pixels (the paper's figure 7)."""
    parts = [
        "**Objectives** (table 1 of the paper)",
        _table(study, OBJECTIVES),
        "**Receptive field of the critic** (table 3)",
        _table(study, RECEPTIVE_FIELDS),
    ]
    budget = study.budget
    parts.append(
        f"{study.drawings} drawings that none was trained on; {budget.steps} steps of {budget.batch} pictures at "
        f"{budget.size} px each, U-Net of {budget.levels} levels and {budget.channels} channels, seed {budget.seed}."
    )
    return "\n\n".join(parts)


def _table(study: Study, variants: Sequence[Variant]) -> str:
    figures = [f for key in SHOWN_FIGURES for f in COLOR_FIGURES if f.key == key]
    headings = ["", *(" ".join(p for p in (f.heading, f.unit, ARROWS[f.better]) if p) for f in figures)]
    headings += [f"histogram distance {axis} ↓" for axis in "Lab"]
    lines = [headings, ["---", *["--:"] * (len(headings) - 1)]]
    outcomes = {outcome.variant: outcome for outcome in study.outcomes}
    for variant in variants:
        outcome = outcomes[variant]
        distances = [f"{1 - share:.3f}" for share in outcome.histogram.intersection(study.truth)]
        lines.append([_name(variant, variants), *(f.shown(outcome.figures[f.key]) for f in figures), *distances])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _name(variant: Variant, among: Sequence[Variant]) -> str:
    return f"{variant.receptive_field} px" if among is RECEPTIVE_FIELDS else variant.name


def as_json(study: Study) -> str:
    """All figures, by variant."""
    results = [
        {
            "variant": dataclasses.asdict(outcome.variant),
            "figures": {key: None if v is None else round(v, 5) for key, v in outcome.figures.items()},
        }
        for outcome in study.outcomes
    ]
    plain = {"budget": dataclasses.asdict(study.budget), "drawings": study.drawings, "results": results}
    return json.dumps(plain, indent=1, ensure_ascii=False) + "\n"


def sheet(study: Study) -> Sheet:
    """One row for each drawing: lines, each variant, the artist's."""
    rows = tuple(
        SheetRow("", (given, *(outcome.pictures[i] for outcome in study.outcomes), artist))
        for i, (given, artist) in enumerate(zip(study.given, study.artists, strict=True))
    )
    columns = ("line art", *(o.variant.name.removeprefix("L1+cGAN, ") for o in study.outcomes), "truth")
    return Sheet(columns, (SheetGroup("", rows),), "linepaint-train ablate")


def plot(study: Study) -> bytes:
    """A PNG of the paper's figure 7: how the objectives spread over L, a and b, log probability against value."""
    from matplotlib import style
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    from ..evaluation.plots import COLORS, DPI, STYLE

    shown = [outcome for outcome in study.outcomes if outcome.variant in OBJECTIVES]
    with style.context(STYLE):
        figure = Figure(figsize=(10.5, 3.8), layout="constrained")
        for axis, axes in enumerate(figure.subplots(1, 3, sharey=True)):
            for index, outcome in enumerate(shown):
                axes.plot(*_curve(outcome.histogram, axis), color=COLORS[index], label=outcome.variant.name, lw=1.4)
            axes.plot(*_curve(study.truth, axis), color="#000000", label="truth", lw=2.2)
            axes.set_yscale("log")
            axes.set_title("Lab"[axis])
            axes.grid(axis="y")
        figure.axes[0].set_ylabel("share of the pixels")
        handles, labels = figure.axes[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper left", ncols=6)
        FigureCanvasAgg(figure)
        file = io.BytesIO()
        figure.savefig(file, format="png", dpi=DPI, metadata={"Software": None})
    return file.getvalue()


def _curve(histogram: LabHistogram, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """Values and shares of the pixels along L, a or b, smoothed a little, those that are next to none left out."""
    counts, edges = histogram.counts[axis], BINS[axis]
    share = np.convolve(counts / max(counts.sum(), 1), np.ones(3) / 3, mode="same")
    return (edges[:-1] + edges[1:]) / 2, np.where(share >= LEAST_SHARE, share, np.nan)


def write_report(study: Study, out: Path) -> None:
    """Write the tables, figures, plot and sheet into a folder. Raises TrainingError if that cannot be done."""
    texts = {TABLE_NAME: f"{tables(study)}\n".encode(), JSON_NAME: as_json(study).encode(), PLOT_NAME: plot(study)}
    try:
        for name, data in texts.items():
            temporary = out / f".{name}.part"
            temporary.write_bytes(data)
            temporary.replace(out / name)
    except OSError as error:
        raise TrainingError(f"{out} cannot be written to ({error.strerror}); choose another --out.") from error
    write_sheet(out / SHEET_NAME, render(sheet(study), CELL_PX))
