"""Aims and weak spots are read off the reports as a person would read them off the tables."""

import copy
from pathlib import Path
from typing import Any

import pytest
from linepaint.trainer.cli import main
from linepaint.trainer.errors import TrainingError
from linepaint.trainer.evaluation.aims import aims
from linepaint.trainer.evaluation.reports import Reports, read_reports
from linepaint.trainer.evaluation.weak_spots import behind, costly_styles, farthest_drawings


def result(name: str, hints: int, psnr: float, bleed: float | None) -> dict[str, Any]:
    figures = {"psnr": psnr, "ssim": psnr / 25, "bleed": bleed, "obedience_median": 0.5, "obedience_p95": 3.0}
    each = {"procedural_01": {"psnr": psnr - 2}, "procedural_02": {"psnr": psnr + 2}}
    return {"name": name, "hints": hints, "figures": figures, "drawings": each}


def curve(name: str, kind: str, psnr: float) -> dict[str, Any]:
    score = {"mse": 0.01, "psnr": psnr, "ssim": psnr / 25}
    return {"name": name, "kind": kind, "hint_auc": score, "scores": [score, score]}


def style(name: str, what: str, psnrs: tuple[float, float]) -> dict[str, Any]:
    each = {"procedural_01": psnrs[0], "procedural_02": psnrs[1]}
    return {"style": what, "name": name, "psnr": sum(psnrs) / 2, "ssim": 0.8, "bleed": 0.1, "psnrs": each}


@pytest.fixture
def reports() -> Reports:
    """Ours is ahead by 2 dB everywhere, bleeds a quarter, and is as colourful as the truth."""
    names = ("live", "flood", "watershed")
    at = {"live": (20.0, 0.05), "flood": (17.0, 0.4), "watershed": (18.0, 0.2)}
    results = [result(name, hints, *at[name]) for name in names for hints in (4, 16)]
    curves = [curve(name, kind, at[name][0]) for kind in ("scribble", "dot") for name in names]
    rows = [style(name, "as drawn", (at[name][0],) * 2) for name in names]
    rows += [style(name, "gaps", (at[name][0] - 3, at[name][0])) for name in names]
    rows += [style(name, "blur", (at[name][0], at[name][0] - 1)) for name in names]
    lively = {"name": "live", "away": {"mean": -0.1, "median": 0.15}}
    return Reports(
        {"results": results, "drawings": ["procedural_01", "procedural_02"]},
        {"ratios": [0.0, 1.0], "curves": curves},
        {"rows": rows},
        {"rows": [lively]},
        {},
    )


def test_all_aims_are_reached_by_who_is_far_ahead(reports: Reports) -> None:
    found = aims(reports)
    assert all(aim.reached for aim in found) and len(found) >= 9
    assert found[0].found == "20.00; +2.00 dB beside watershed"
    assert behind(reports) == []


def test_what_is_not_reached_is_said(reports: Reports) -> None:
    worse: dict[str, Any] = copy.deepcopy(reports.evaluation)
    for row in worse["results"]:
        if row["name"] == "live":
            row["figures"].update(bleed=0.15, obedience_p95=7.0, psnr=17.5)
    lively = {"rows": [{"name": "live", "away": {"mean": -0.1, "lower_quartile": -0.3}}]}
    other = Reports(worse, reports.hint_auc, reports.line_styles, lively, {})
    missed = {aim.what: aim.found for aim in aims(other) if not aim.reached}
    assert missed == {
        "hint obedience, 95th percentile (worst number of hints)": "7.00",
        "bleed with 4 hints": "0.150; watershed 0.200",
        "bleed with 16 hints": "0.150; watershed 0.200",
        "colourfulness without hints, mean and quartiles": "farthest -30 %",
    }
    assert behind(other) == [f"PSNR with {count} hints: watershed by 0.50" for count in (4, 16)]


def test_the_weakest_come_first(reports: Reports) -> None:
    first = farthest_drawings(reports)[0]
    assert (first.name, first.psnr, first.best, first.best_psnr) == ("procedural_01", 18.0, "watershed", 16.0)
    assert [(weak.style, weak.loss, weak.drawing, weak.best) for weak in costly_styles(reports)] == [
        ("gaps", 1.5, "procedural_01", "watershed"),
        ("blur", 0.5, "procedural_02", "watershed"),
    ]


def test_reports_are_read_back_from_what_evaluate_wrote(
    picture_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["evaluate", "--baseline", "flood", "--baseline", "nearest", "--data", str(picture_folder)]
    options = ["--limit", "1", "--hints", "4,16", "--size", "64", "--protocol", "all", "--out", str(tmp_path / "out")]
    assert main([*arguments, *options]) == 0
    printed = capsys.readouterr().out
    for part in ("PSNR dB ↑", "Hint-AUC, scribbles", "Hint-AUC, dots", "screentone", "colourfulness without hints"):
        assert part in printed
    found = read_reports(tmp_path / "out")
    assert found.painters == ["flood", "nearest"] and found.counts == [4, 16]
    assert all(text in printed for text in found.tables.values())
    assert {aim.what for aim in aims(found)} >= {"Hint-AUC PSNR, dots", "bleed with 16 hints"}
    assert len(costly_styles(found)) == 3


def test_a_missing_report_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="write them with make evaluate"):
        read_reports(tmp_path)
