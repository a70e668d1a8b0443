"""Where a colouring is weakest, picked by its figures and not by hand: from an evaluation's reports."""

from __future__ import annotations

from dataclasses import dataclass

from .reports import Reports

HINTS = 16
"""The number of hints with which drawings are compared."""

FIGURES = (("psnr", "PSNR", 2), ("ssim", "SSIM", 3))


@dataclass(frozen=True)
class WeakDrawing:
    """A drawing that is far from its truth. psnr: dB, with HINTS hints; best, best_psnr: the best filler on it."""

    name: str
    psnr: float
    best: str
    best_psnr: float


@dataclass(frozen=True)
class WeakStyle:
    """A line style that costs much. loss: dB of the mean PSNR; drawing: where it costs most; best: the filler there."""

    style: str
    loss: float
    drawing: str
    best: str


def farthest_drawings(reports: Reports, most: int = 3) -> list[WeakDrawing]:
    """The drawings with the lowest PSNR with HINTS hints, the lowest first."""
    psnrs = {
        row["name"]: {name: figures["psnr"] for name, figures in row["drawings"].items()}
        for row in reports.evaluation["results"]
        if row["hints"] == HINTS
    }
    ours = psnrs.pop(reports.painters[0])
    weak = []
    for name in sorted(ours, key=lambda name: ours[name])[:most]:
        best = max(psnrs, key=lambda rival: psnrs[rival][name])
        weak.append(WeakDrawing(name, ours[name], best, psnrs[best][name]))
    return weak


def costly_styles(reports: Reports, most: int = 3) -> list[WeakStyle]:
    """The line styles that cost the most PSNR beside the drawing's own, the costliest first."""
    rows = reports.line_styles["rows"]
    own, *others = (row for row in rows if row["name"] == reports.painters[0])
    styles = []
    for row in others:
        losses = {name: own["psnrs"][name] - psnr for name, psnr in row["psnrs"].items()}
        drawing = max(losses, key=lambda name: losses[name])
        fillers = {r["name"]: r["psnrs"][drawing] for r in rows if r["style"] == row["style"] and r is not row}
        best = max(fillers, key=lambda name: fillers[name])
        styles.append(WeakStyle(row["style"], own["psnr"] - row["psnr"], drawing, best))
    return sorted(styles, key=lambda style: -style.loss)[:most]


def behind(reports: Reports) -> list[str]:
    """Each figure in which a filler is ahead, in words; by number of hints, ratio and line style."""
    ours = reports.painters[0]
    found = []
    for key, heading, digits in FIGURES:
        for count in reports.counts:
            values = {name: reports.figures(name, count)[key] or 0.0 for name in reports.painters}
            found += _ahead(values, ours, f"{heading} with {count} hints", digits)
        for kind in ("scribble", "dot"):
            curves = {c["name"]: c["scores"] for c in reports.hint_auc["curves"] if c["kind"] == kind}
            for i, ratio in enumerate(reports.hint_auc["ratios"] if curves else []):
                values = {name: curves[name][i][key] for name in curves}
                found += _ahead(values, ours, f"{heading} at ratio {ratio:g}, {kind}s", digits)
        for style in dict.fromkeys(row["style"] for row in reports.line_styles["rows"]):
            values = {row["name"]: row[key] for row in reports.line_styles["rows"] if row["style"] == style}
            found += _ahead(values, ours, f"{heading} in line style {style}", digits)
    return found


def _ahead(values: dict[str, float], ours: str, where: str, digits: int) -> list[str]:
    """That the best of the others is ahead, if it is by as much as is shown."""
    best = max((name for name in values if name != ours), key=lambda name: values[name])
    by = round(values[best] - values[ours], digits)
    return [f"{where}: {best} by {by:.{digits}f}"] if by > 0 else []
