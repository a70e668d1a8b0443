"""What a hint-guided colouring is to reach beside the classical fillers, and whether it did, from its reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .liveliness import NEAR
from .painters import PROPAGATION
from .reports import Reports

AHEAD_DB, AHEAD_SSIM = 1.0, 0.02
"""How far ahead of the best filler Hint-AUC is to be."""

OBEDIENCE = {"obedience_median": 2.0, "obedience_p95": 5.0}
"""CIEDE2000 under the hints, at most."""

BLEED_SHARE = 0.5
"""Of the best filler's bleed, at most."""


@dataclass(frozen=True)
class Aim:
    """what: in words. wanted, found: as a table shows them. reached: whether the figures that were found will do."""

    what: str
    wanted: str
    found: str
    reached: bool


def aims(reports: Reports) -> list[Aim]:
    """Every aim with what was found; the first painter is ours, all others but its own propagation are its rivals."""
    return [
        *_hint_auc(reports),
        *_every_ratio(reports),
        *_obedience(reports),
        *_bleed(reports),
        _colourfulness(reports),
    ]


def _hint_auc(reports: Reports) -> Iterator[Aim]:
    for kind in ("scribble", "dot"):
        areas = {curve["name"]: curve["hint_auc"] for curve in reports.hint_auc["curves"] if curve["kind"] == kind}
        if not areas:
            continue
        ours = areas.pop(reports.painters[0])
        areas.pop(PROPAGATION, None)
        for key, heading, digits, unit, ahead in (
            ("psnr", "PSNR", 2, " dB", AHEAD_DB),
            ("ssim", "SSIM", 3, "", AHEAD_SSIM),
        ):
            best = max(areas, key=lambda name: areas[name][key])
            by = round(ours[key] - areas[best][key], digits)
            found = f"{ours[key]:.{digits}f}; {by:+.{digits}f}{unit} beside {best}"
            yield Aim(f"Hint-AUC {heading}, {kind}s", f"{ahead:+g}{unit} beside the best filler", found, by >= ahead)


def _every_ratio(reports: Reports) -> Iterator[Aim]:
    """At how many ratios it is ahead of all fillers, and of what its network started from."""
    curves = reports.hint_auc["curves"]
    own = reports.painters[0]
    fillers = {curve["name"] for curve in curves} - {own, PROPAGATION}
    for rivals, what in ((fillers, "every filler"), ({PROPAGATION}, "its own propagation")):
        pairs = [
            (score[key], [curve["scores"][i][key] for curve in curves if _rivals(curve, ours, rivals)])
            for ours in curves
            if ours["name"] == own
            for i, score in enumerate(ours["scores"])
            for key in ("psnr", "ssim")
        ]
        ahead = sum(mine > max(theirs) for mine, theirs in pairs if theirs)
        total = sum(bool(theirs) for _, theirs in pairs)
        if total:
            wanted = f"{total} of {total}"
            yield Aim(f"above {what} at every ratio of Hint-AUC, PSNR and SSIM", wanted, f"at {ahead}", ahead == total)


def _rivals(curve: dict[str, Any], ours: dict[str, Any], names: set[str]) -> bool:
    return curve["name"] in names and curve["kind"] == ours["kind"]


def _obedience(reports: Reports) -> Iterator[Aim]:
    words = {"obedience_median": "median", "obedience_p95": "95th percentile"}
    for key, most in OBEDIENCE.items():
        values = [reports.figures(reports.painters[0], count)[key] for count in reports.counts]
        worst = max((value for value in values if value is not None), default=0.0)
        what = f"hint obedience, {words[key]} (worst number of hints)"
        yield Aim(what, f"ΔE2000 ≤ {most:g}", f"{worst:.2f}", worst <= most)


def _bleed(reports: Reports) -> Iterator[Aim]:
    ours, *others = reports.painters
    rivals = [name for name in others if name != PROPAGATION]
    for count in reports.counts:
        mine = reports.figures(ours, count)["bleed"]
        theirs = {name: reports.figures(name, count)["bleed"] for name in rivals}
        known = {name: value for name, value in theirs.items() if value is not None}
        if mine is None or not known:
            continue
        best = min(known, key=lambda name: known[name])
        found = f"{mine:.3f}; {best} {known[best]:.3f}"
        wanted = f"≤ {BLEED_SHARE:g} of the best filler's"
        yield Aim(f"bleed with {count} hints", wanted, found, mine <= BLEED_SHARE * known[best])


def _colourfulness(reports: Reports) -> Aim:
    row = next(row for row in reports.colourfulness["rows"] if row["name"] == reports.painters[0])
    away = max(row["away"].values(), key=abs)
    what = "colourfulness without hints, mean and quartiles"
    return Aim(what, f"within {100 * NEAR:.0f} % of the truth's", f"farthest {100 * away:+.0f} %", abs(away) <= NEAR)
