"""What a hint-guided colouring is to reach beside the classical fillers, and whether it did, from its reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .liveliness import NEAR
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
    """Every aim with what was found; the first painter is ours, all the others are its rivals."""
    return [*_hint_auc(reports), _every_ratio(reports), *_obedience(reports), *_bleed(reports), _colourfulness(reports)]


def _hint_auc(reports: Reports) -> Iterator[Aim]:
    for kind in ("scribble", "dot"):
        areas = {curve["name"]: curve["hint_auc"] for curve in reports.hint_auc["curves"] if curve["kind"] == kind}
        if not areas:
            continue
        ours = areas.pop(reports.painters[0])
        for key, heading, digits, unit, ahead in (
            ("psnr", "PSNR", 2, " dB", AHEAD_DB),
            ("ssim", "SSIM", 3, "", AHEAD_SSIM),
        ):
            best = max(areas, key=lambda name: areas[name][key])
            by = round(ours[key] - areas[best][key], digits)
            found = f"{ours[key]:.{digits}f}; {by:+.{digits}f}{unit} beside {best}"
            yield Aim(f"Hint-AUC {heading}, {kind}s", f"{ahead:+g}{unit} beside the best filler", found, by >= ahead)


def _every_ratio(reports: Reports) -> Aim:
    ahead = total = 0
    curves = reports.hint_auc["curves"]
    for ours in (curve for curve in curves if curve["name"] == reports.painters[0]):
        rivals = [c for c in curves if c["kind"] == ours["kind"] and c["name"] != ours["name"]]
        for i, score in enumerate(ours["scores"]):
            for key in ("psnr", "ssim"):
                total += 1
                ahead += all(score[key] > rival["scores"][i][key] for rival in rivals)
    found = f"at {ahead} of {total}"
    return Aim(
        "above every filler at every ratio of Hint-AUC, PSNR and SSIM", f"{total} of {total}", found, ahead == total
    )


def _obedience(reports: Reports) -> Iterator[Aim]:
    words = {"obedience_median": "median", "obedience_p95": "95th percentile"}
    for key, most in OBEDIENCE.items():
        values = [reports.figures(reports.painters[0], count)[key] for count in reports.counts]
        worst = max((value for value in values if value is not None), default=0.0)
        what = f"hint obedience, {words[key]} (worst number of hints)"
        yield Aim(what, f"ΔE2000 ≤ {most:g}", f"{worst:.2f}", worst <= most)


def _bleed(reports: Reports) -> Iterator[Aim]:
    ours, *rivals = reports.painters
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
