"""The plot of an evaluation: quality against the number of hints, one line for each painter."""

from __future__ import annotations

import io

import numpy as np
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from linepaint.engine.catalog import Mode

from .figures import ARROWS, INK_FIGURES, figures_of
from .protocol import Evaluation

PLOTTED = ("psnr", "ssim", "delta_e")
COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#999999")
"""Okabe and Ito's palette, which eyes of every kind can tell apart."""

MARKERS = "osD^vPX*"
INK, FAINT = "#222222", "#dddddd"
DPI = 144

STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": "#888888",
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": FAINT,
    "grid.linewidth": 0.7,
    "xtick.color": INK,
    "ytick.color": INK,
    "legend.frameon": False,
    "svg.hashsalt": "linepaint",
}


def plot(evaluation: Evaluation) -> bytes:
    """A PNG: PSNR, SSIM and ΔE2000 against the number of hints; in mode scan, the F-scores as bars."""
    with style.context(STYLE):
        scan = evaluation.protocol.mode is Mode.SCAN
        figure = _bars(evaluation) if scan else _curves(evaluation)
        FigureCanvasAgg(figure)
        file = io.BytesIO()
        # Without the version of matplotlib in it, the same figures give the same file.
        figure.savefig(file, format="png", dpi=DPI, metadata={"Software": None})
    return file.getvalue()


def _curves(evaluation: Evaluation) -> Figure:
    names = list(dict.fromkeys(row.name for row in evaluation.rows))
    figure = Figure(figsize=(10.5, 3.8 + 0.18 * ((len(names) - 1) // 4)), layout="constrained")
    by_key = {f.key: f for f in figures_of(evaluation.protocol.mode)}
    for axes, key in zip(figure.subplots(1, len(PLOTTED)), PLOTTED, strict=True):
        for index, name in enumerate(names):
            rows = [row for row in evaluation.rows if row.name == name]
            axes.plot(
                [_position(row.hints) for row in rows],
                [row.figures[key] for row in rows],
                color=COLORS[index % len(COLORS)],
                marker=MARKERS[index % len(MARKERS)],
                markersize=4.5,
                linewidth=1.8,
                label=name,
            )
        spec = by_key[key]
        unit = f", {spec.unit}" if spec.unit else ""
        axes.set_title(f"{spec.heading}{unit}  {ARROWS[spec.better]}")
        _hint_axis(axes, evaluation.protocol.counts)
    handles, labels = figure.axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper left", ncols=4)
    figure.supxlabel(_note(evaluation), fontsize=7, color="#777777", x=0.995, ha="right")
    return figure


def _position(hints: int) -> float:
    """Where a number of hints stands on the axis: each doubling one step, and none a step before one."""
    return float(np.log2(hints)) + 1 if hints else 0.0


def _hint_axis(axes: Axes, counts: tuple[int, ...]) -> None:
    axes.set_xticks([_position(count) for count in counts], [str(count) for count in counts])
    axes.set_xlabel("hints")
    axes.grid(axis="y")
    axes.margins(x=0.04)


def _bars(evaluation: Evaluation) -> Figure:
    rows = evaluation.rows[::-1]
    figure = Figure(figsize=(7.5, 1.4 + 0.45 * len(rows)), layout="constrained")
    shown = [f for f in INK_FIGURES if f.key.startswith("f_")]
    places = np.arange(len(rows))
    for axes, spec in zip(figure.subplots(1, len(shown), sharey=True), shown, strict=True):
        values = [row.figures[spec.key] or 0.0 for row in rows]
        axes.barh(places, values, height=0.6, color=COLORS[0])
        for place, value in zip(places, values, strict=True):
            axes.text(value + 0.01, place, spec.shown(value), va="center", fontsize=8)
        axes.set_title(f"F-score of the ink, within {spec.key[2:].replace('px', ' px')}")
        axes.set_yticks(places, [row.name for row in rows])
        axes.set_xlim(0, 1.08)
        axes.grid(axis="x")
    figure.supxlabel(_note(evaluation), fontsize=7, color="#777777", x=0.995, ha="right")
    return figure


def _note(evaluation: Evaluation) -> str:
    protocol, drawings = evaluation.protocol, len(evaluation.names)
    noun = "drawing" if drawings == 1 else "drawings"
    return f"{protocol.mode.value} · {drawings} {noun} · longest side {protocol.size} px · seed {protocol.seed}"
