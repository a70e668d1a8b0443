"""`linepaint-train evaluate` and `sheet` as a person types them."""

import json
from pathlib import Path

import numpy as np
import pytest
from linepaint.trainer.cli import main
from linepaint.trainer.evaluation.arguments import hint_counts, labelled
from PIL import Image

from linepaint.imaging.opencv import cv2

Capture = pytest.CaptureFixture[str]
SMALL = ("--hints", "0,4", "--size", "64", "--device", "cpu")


def status_of(*arguments: str | Path) -> int:
    try:
        return main([str(a) for a in arguments])
    except SystemExit as end:
        return int(end.code or 0)


def complaint(capsys: Capture, *arguments: str | Path) -> str:
    """The one line that a mistake is answered with."""
    assert status_of(*arguments) == 2
    out, err = capsys.readouterr()
    assert out == "" and len(err.splitlines()) == 1, err
    return err


def test_it_prints_a_table_and_writes_the_report(picture_folder: Path, tmp_path: Path, capsys: Capture) -> None:
    arguments = ("evaluate", "--baseline", "propagation", "--data", picture_folder, *SMALL)
    assert status_of(*arguments, "--out", tmp_path / "a") == 0
    first = capsys.readouterr().out
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in first.splitlines()]
    assert [row[:2] for row in rows[2:]] == [
        ["propagation", "0"],
        ["propagation", "4"],
        ["*truth*", ""],
    ]
    assert len({len(line) for line in first.splitlines()}) == 1, "columns stand under each other"
    report = json.loads((tmp_path / "a" / "evaluation.json").read_text("utf-8"))
    assert report["drawings"] == ["friends_one", "friends_two"]
    assert f"{report['results'][1]['figures']['psnr']:.2f}" == rows[3][2]
    with Image.open(tmp_path / "a" / "evaluation.png") as plot:
        assert plot.size[0] > plot.size[1] > 300
    assert status_of(*arguments, "--out", tmp_path / "b") == 0
    assert capsys.readouterr().out == first
    for name in ("evaluation.json", "evaluation.png"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), "the same seed"


def test_another_program_can_be_run_on_the_same_inputs(picture_folder: Path, tmp_path: Path, capsys: Capture) -> None:
    data = ("--data", picture_folder, "--hints", "4", "--size", "64")
    assert status_of("evaluate", "--baseline", "propagation", *data, "--write-hints", tmp_path / "in") == 0
    for name in ("friends_one", "friends_two"):
        (tmp_path / "out" / "4").mkdir(parents=True, exist_ok=True)
        truth = cv2.imread(str(tmp_path / "in" / "truth" / f"{name}.png"))
        cv2.imwrite(str(tmp_path / "out" / "4" / f"{name}.png"), truth)
    capsys.readouterr()
    assert status_of("evaluate", *data, "--results", f"theirs={tmp_path / 'out'}") == 0
    assert capsys.readouterr().out.splitlines()[2].split()[1:6] == ["theirs", "|", "4", "|", "100.00"]


def test_line_filters_are_measured_in_mode_scan(picture_folder: Path, tmp_path: Path, capsys: Capture) -> None:
    assert status_of("evaluate", "--mode", "scan", "--data", picture_folder, "--size", "64", "--out", tmp_path) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in lines[2:]] == ["dog", "xdog", "canny"]
    assert (tmp_path / "evaluation.png").exists()


def test_sources_can_be_chosen_and_pictures_enlarged(picture_folder: Path, tmp_path: Path, capsys: Capture) -> None:
    foes = picture_folder / "foes"
    foes.mkdir()
    cv2.imwrite(str(foes / "three.png"), np.full((64, 64, 3), 90, np.uint8))
    scan = ("evaluate", "--mode", "scan", "--baseline", "dog", "--data", picture_folder)
    assert "foes_three comes without a line drawing" in complaint(capsys, *scan)
    arguments = (*scan, "--sources", "friends", "--enlarge", "2", "--out", tmp_path / "out")
    assert status_of(*arguments) == 0
    report = json.loads((tmp_path / "out" / "evaluation.json").read_text("utf-8"))
    assert report["drawings"] == ["friends_one", "friends_two"] and report["protocol"]["enlarged"] == 2
    assert "shading_drawn" in report["results"][0]["figures"]


def test_lines_that_prepare_derived_are_no_truth(picture_folder: Path, tmp_path: Path, capsys: Capture) -> None:
    report = picture_folder / "report.csv"
    report.write_text("name,lines\nfriends/one,fdog\nfriends/two,layer\n,\n", "utf-8")
    scan = ("evaluate", "--mode", "scan", "--baseline", "dog", "--data", picture_folder)
    assert status_of(*scan, "--out", tmp_path / "out") == 0
    written = json.loads((tmp_path / "out" / "evaluation.json").read_text("utf-8"))
    assert written["drawings"] == ["friends_two"]
    capsys.readouterr()
    report.write_text("name,lines\nfriends/one,fdog\nfriends/two,scan\n", "utf-8")
    assert "were derived by prepare" in complaint(capsys, *scan)
    report.write_text("no,report\n1,2\n", "utf-8")
    assert "is not a report of prepare" in complaint(capsys, *scan)
    assert status_of("evaluate", "--baseline", "flood", "--data", picture_folder, *SMALL) == 0, "colours are the truth"


def test_a_sheet_is_written(picture_folder: Path, tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "sheets" / "one.webp"
    arguments = ("--baseline", "propagation", "--data", picture_folder, *SMALL, "--cell", "48")
    assert status_of("sheet", *arguments, "--out", path) == 0
    assert capsys.readouterr().out.strip() == str(path)
    with Image.open(path) as sheet:
        assert sheet.format == "WEBP" and sheet.size[1] > 4 * 48, "two drawings, given and made"


def test_a_sheet_of_lines_is_written(tmp_path: Path) -> None:
    path = tmp_path / "lines.png"
    arguments = ("--mode", "scan", "--procedural", "1", "--size", "64", "--cell", "40", "--out")
    assert status_of("sheet", *arguments, path) == 0
    with Image.open(path) as sheet:
        assert sheet.size[0] > 5 * 40, "picture, three filters, the artist's lines"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("evaluate", "--data", "gone"), "gone is not there"),
        (("evaluate", "--results", "theirs=gone"), "The folder of results gone is not there"),
        (("evaluate", "--results", "theirs=EMPTY", "--data", "DATA"), "it has no pictures, wanted are friends_one"),
        (("evaluate", "--results", "theirs=OTHER", "--data", "DATA"), "it has stranger, wanted are friends_one"),
        (("evaluate", "gone.safetensors"), "gone.safetensors cannot be read"),
        (("evaluate", "live", "live"), "Two things are called live"),
        (("evaluate", "live", "--mode", "scan"), "Only checkpoints for one task"),
        (("evaluate", "--baseline", "magic"), "There is no baseline magic for lineart; there is: propagation"),
        (("evaluate", "--protocol", "hint-auc", "--results", "t=OTHER", "--data", "DATA"), "t is a folder of results"),
        (("evaluate", "--protocol", "line-styles", "--mode", "scan", "--data", "DATA"), "is for colouring line art"),
        (("evaluate", "--protocol", "other"), "invalid choice"),
        (("evaluate", "--hints", "0,two"), "numbers from 0 to 4096"),
        (("evaluate", "--hints=-3"), "numbers from 0 to 4096"),
        (("evaluate", "--size", "3"), "--size must lie between 32 and 4096"),
        (("evaluate", "--limit", "0"), "--limit must be at least 1"),
        (("evaluate", "--seed", "-1"), "--seed must be 0 or more"),
        (("evaluate", "--procedural", "3", "--data", "DATA"), "leave out either it or --data"),
        (("evaluate", "--enlarge", "2"), "is for drawing lines; leave it out for lineart"),
        (("evaluate", "--mode", "scan", "--enlarge", "9"), "--enlarge must lie between 1 and 8"),
        (("evaluate", "--sources", "friends"), "name a folder with it"),
        (("evaluate", "--sources", "friends,", "--data", "DATA"), "with commas between"),
        (
            ("evaluate", "--sources", "foes", "--data", "DATA"),
            "No sub-folder foes with pictures is in --data; there is: f",
        ),
        (("sheet",), "required: --out"),
        (("sheet", "--out", "sheet.gif"), "it has to end in .png"),
        (("sheet", "--out", "sheet.png", "--cell", "9"), "--cell must lie between 32 and 1024"),
    ],
)
def test_a_mistake_is_one_line(
    picture_folder: Path, tmp_path: Path, capsys: Capture, arguments: tuple[str, ...], reason: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "other").mkdir()
    cv2.imwrite(str(tmp_path / "other" / "stranger.png"), np.zeros((32, 32, 3), np.uint8))
    places = {"DATA": picture_folder, "EMPTY": tmp_path / "empty", "OTHER": tmp_path / "other"}
    spelt = list(arguments)
    for name, path in places.items():
        spelt = [a.replace(name, str(path)) for a in spelt]
    assert reason in complaint(capsys, *spelt)
    assert not Path("sheet.png").exists()


def test_counts_are_put_in_order() -> None:
    assert hint_counts("16,0,4,4") == (0, 4, 16)


def test_things_are_called_by_their_stems_or_as_one_likes() -> None:
    assert labelled(["live", "runs/a/scribbler.safetensors", "mine=out/x.safetensors"]) == [
        ("live", "live"),
        ("scribbler", "runs/a/scribbler.safetensors"),
        ("mine", "out/x.safetensors"),
    ]
    alike = labelled(["runs/a/live.safetensors", "runs/b/live.safetensors"])
    assert [name for name, _ in alike] == ["a/live", "b/live"]
