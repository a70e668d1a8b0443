"""The protocol: nested hints, the same figures for the same seed, and the same route for a folder of results."""

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from linepaint.trainer.errors import TrainingError
from linepaint.trainer.evaluation.case_files import CaseFile, picture_cases, procedural_cases
from linepaint.trainer.evaluation.painters import (
    Painter,
    checkpoint_painter,
    folder_painter,
    propagation_painter,
)
from linepaint.trainer.evaluation.protocol import Evaluation, Protocol, Row, evaluate
from linepaint.trainer.evaluation.report import markdown_table
from linepaint.trainer.evaluation.result_files import write_inputs

from linepaint.engine.catalog import Mode
from linepaint.imaging.opencv import cv2

COUNTS = (0, 2, 8)
PROTOCOL = Protocol(Mode.LINEART, COUNTS, 64, 0)
Cases = list[CaseFile]


def row(evaluation: Evaluation, name: str, hints: int) -> Row:
    (found,) = (r for r in evaluation.rows if (r.name, r.hints) == (name, hints))
    return found


def save(path: Path, picture: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), picture[..., ::-1])


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """A folder for what another program made."""
    return tmp_path / "results"


def test_hints_are_nested(cases: Cases) -> None:
    case = cases[0].load()
    previous = case.with_hints(0).hints
    assert not previous.any()
    for count in (1, 2, 4, 8, 16):
        hints = case.with_hints(count).hints
        on = previous[..., 3] > 0
        assert np.array_equal(hints[on], previous[on]) and (hints[..., 3] > 0).sum() > on.sum()
        previous = hints


def test_hints_follow_from_the_name_and_the_seed_alone(picture_folder: Path, cases: Cases) -> None:
    alone = picture_cases([picture_folder / "friends" / "two.color.png"], Mode.LINEART, 512, 0)[0]
    first, second = (case.load().with_hints(8).hints for case in cases)
    again = dataclasses.replace(alone.load(), name=cases[1].name).with_hints(8).hints
    other = dataclasses.replace(alone.load(), name=cases[1].name, seed=1).with_hints(8).hints
    assert np.array_equal(again, second)
    assert not np.array_equal(first, second), "the same picture under another name"
    assert not np.array_equal(other, second)


def test_the_truth_itself_is_perfect_in_every_figure(copyist: Painter) -> None:
    shaded = procedural_cases(1, Mode.LINEART, 96, 0)
    figures = row(evaluate([copyist], shaded, PROTOCOL), "copyist", 8).figures
    assert figures["psnr"] == 100 and figures["delta_e"] == 0
    for key in ("ssim", "ms_ssim", "sharpness", "histogram_L", "histogram_a", "histogram_b"):
        assert figures[key] == pytest.approx(1), key
    assert figures["bleed"] == 0
    assert (figures["obedience_median"] or 0) < 3, "a mark has one colour, what lies under it is shaded"


def test_without_hints_there_is_no_obedience(cases: Cases, copyist: Painter) -> None:
    evaluation = evaluate([copyist], cases, PROTOCOL)
    figures = row(evaluation, "copyist", 0).figures
    assert figures["obedience_median"] is None and figures["obedience_p95"] is None and figures["bleed"] is None
    assert "–" in markdown_table(evaluation).splitlines()[2]


def test_the_figures_of_a_set_are_means_and_those_of_each_drawing_are_kept(
    cases: Cases, painter_of: Callable[..., Painter]
) -> None:
    shifts = {"friends_one": 5, "friends_two": 20}
    off = painter_of("off", lambda case, _: np.clip(case.color.astype(int) + shifts[case.name], 0, 255))
    evaluation = evaluate([painter_of("off", lambda c, n: off.open(c)(n).astype(np.uint8))], cases, PROTOCOL)
    found = row(evaluation, "off", 2)
    each = [found.drawings[name]["psnr"] for name in shifts]
    assert each[0] - each[1] > 5
    assert found.figures["psnr"] == pytest.approx(np.mean(each))


def test_the_same_seed_gives_the_same_json(cases: Cases) -> None:
    made = [json.dumps(evaluate([propagation_painter()], cases, PROTOCOL).as_json()) for _ in range(2)]
    assert made[0] == made[1]
    first, second = (procedural_cases(1, Mode.LINEART, 64, seed)[0].load() for seed in (0, 1))
    assert not np.array_equal(first.color, second.color), "another seed, other drawings"


def test_propagation_colours_under_the_lines_and_improves_with_hints(cases: Cases) -> None:
    case = cases[0].load()
    bare = propagation_painter().open(case)(0)
    assert np.array_equal(bare, cv2.cvtColor(case.lines, cv2.COLOR_GRAY2RGB))
    evaluation = evaluate([propagation_painter()], cases, PROTOCOL)
    psnr = [row(evaluation, "propagation", count).figures["psnr"] or 0 for count in COUNTS]
    assert psnr[2] > psnr[0] + 3


def test_a_folder_of_a_checkpoints_pictures_measures_as_the_checkpoint(cases: Cases, tmp_path: Path) -> None:
    live = checkpoint_painter("live", "live", "cpu")
    for file in cases:
        case = file.load()
        results = live.open(case)
        for count in COUNTS:
            save(tmp_path / "out" / str(count) / f"{case.name}.png", results(count))
    evaluation = evaluate([live, folder_painter("folder", tmp_path / "out")], cases, PROTOCOL)
    for count in COUNTS:
        assert row(evaluation, "folder", count).figures == row(evaluation, "live", count).figures
    assert row(evaluation, "live", 8).figures["psnr"] != row(evaluation, "live", 0).figures["psnr"]


@pytest.mark.parametrize(
    "layout", ["{n}/{name}.png", "{n}/friends/{plain}.png", "{name}.{n}.png", "friends/{plain}.color.{n}.png"]
)
def test_results_may_be_laid_out_in_several_ways(layout: str, cases: Cases, copyist: Painter, results: Path) -> None:
    for file in cases:
        plain = file.name.removeprefix("friends_")
        for count in (2, 8):
            save(results / layout.format(n=count, name=file.name, plain=plain), file.load().color)
    evaluation = evaluate([folder_painter("mine", results)], cases, PROTOCOL)
    assert [(r.hints, r.figures["psnr"]) for r in evaluation.rows] == [(2, 100), (8, 100)]


def test_a_result_without_a_number_is_the_one_without_hints(cases: Cases, results: Path) -> None:
    for file in cases:
        save(results / f"{file.name}.png", file.load().color)
    assert [r.hints for r in evaluate([folder_painter("mine", results)], cases, PROTOCOL).rows] == [0]


def test_a_result_of_another_size_is_fitted(cases: Cases, results: Path) -> None:
    for file in cases:
        twice = cv2.resize(file.load().color, (128, 128), interpolation=cv2.INTER_NEAREST)
        save(results / f"{file.name}.png", twice)
    assert evaluate([folder_painter("mine", results)], cases, PROTOCOL).rows[0].figures["psnr"] == 100


def test_results_that_do_not_fit_are_refused(cases: Cases, results: Path) -> None:
    color = cases[0].load().color
    save(results / "friends_one.png", color)
    with pytest.raises(TrainingError, match="lacks friends_two for 0 hints"):
        evaluate([folder_painter("mine", results)], cases, PROTOCOL)
    save(results / "friends_two.png", color[:30])
    with pytest.raises(TrainingError, match="proportions"):
        evaluate([folder_painter("mine", results)], cases, PROTOCOL)
    (results / "friends_two.png").write_bytes(b"no picture")
    with pytest.raises(TrainingError, match="friends_two"):
        evaluate([folder_painter("mine", results)], cases, PROTOCOL)
    save(results / "0" / "friends_two.png", color)
    with pytest.raises(TrainingError, match="the same result"):
        folder_painter("mine", results)


def test_what_is_written_for_another_program_is_what_checkpoints_are_given(cases: Cases, tmp_path: Path) -> None:
    case = cases[0].load()
    write_inputs(tmp_path, case, (0, 8))
    lines = cv2.imread(str(tmp_path / "lines" / "friends_one.png"), cv2.IMREAD_GRAYSCALE)
    hints = cv2.imread(str(tmp_path / "hints" / "8" / "friends_one.png"), cv2.IMREAD_UNCHANGED)
    assert np.array_equal(lines, case.lines)
    assert np.array_equal(cv2.cvtColor(hints, cv2.COLOR_BGRA2RGBA), case.with_hints(8).hints)
    assert not cv2.imread(str(tmp_path / "hints" / "0" / "friends_one.png"), cv2.IMREAD_UNCHANGED).any()


def test_grayscale_keeps_the_light_of_the_truth(picture_folder: Path) -> None:
    cases = picture_cases([picture_folder], Mode.GRAYSCALE, 512, 0)
    case = cases[0].load()
    assert np.array_equal(case.source, cv2.cvtColor(case.color, cv2.COLOR_RGB2GRAY))
    made = propagation_painter().open(case)(8)
    assert np.abs(cv2.cvtColor(made, cv2.COLOR_RGB2GRAY).astype(int) - case.gray).max() <= 2
    protocol = dataclasses.replace(PROTOCOL, mode=Mode.GRAYSCALE)
    figures = row(evaluate([propagation_painter()], cases, protocol), "propagation", 8).figures
    assert figures["obedience_median"] == pytest.approx(0, abs=0.5)


def test_lines_are_measured_against_the_artists_own(picture_folder: Path, painter_of: Callable[..., Painter]) -> None:
    protocol = Protocol(Mode.SCAN, (0,), 64, 0)
    cases = picture_cases([picture_folder], Mode.SCAN, 512, 0)
    tracer = painter_of("tracer", lambda case, _: case.lines)
    blind = painter_of("blind", lambda case, _: np.full_like(case.lines, 255))
    evaluation = evaluate([tracer, blind], cases, protocol)
    assert row(evaluation, "tracer", 0).figures["f_1px"] == 1
    assert row(evaluation, "blind", 0).figures["f_2px"] == 0
    for path in picture_folder.rglob("*.line.png"):
        path.unlink()
    with pytest.raises(TrainingError, match=r"without a line drawing of the artist's"):
        evaluate([tracer], picture_cases([picture_folder], Mode.SCAN, 512, 0), protocol)


def test_pairs_of_any_pictures_can_be_measured(tmp_path: Path, painter_of: Callable[..., Painter]) -> None:
    first, second = np.full((32, 40, 3), 60, np.uint8), np.full((32, 40, 3), (200, 90, 30), np.uint8)
    save(tmp_path / "one.png", np.hstack([first, second]))
    cases = picture_cases([tmp_path], Mode.PICTURE, 512, 0)
    case = cases[0].load()
    assert np.array_equal(case.source, first) and np.array_equal(case.color, second)
    idle = painter_of("idle", lambda case, _: case.source)
    evaluation = evaluate([idle], cases, Protocol(Mode.PICTURE, (0,), 512, 0))
    assert 0 < (evaluation.rows[0].figures["psnr"] or 0) < 20


def test_two_pictures_of_one_name_are_refused(picture_folder: Path) -> None:
    one = picture_folder / "friends" / "one.color.png"
    with pytest.raises(TrainingError, match="would both be called one"):
        picture_cases([one, one], Mode.LINEART, 64, 0)


def test_a_limit_takes_drawings_evenly(tmp_path: Path) -> None:
    for number in range(9):
        save(tmp_path / f"{number}.png", np.full((32, 32, 3), number, np.uint8))
    names = [case.name for case in picture_cases([tmp_path], Mode.LINEART, 64, 0, limit=3)]
    assert names == ["0", "4", "8"]
