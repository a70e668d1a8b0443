"""The command line of `prepare`: what it prints, what it refuses, and which part torchrun gives it."""

import argparse
from pathlib import Path

import pytest
from linepaint.trainer.commands import prepare as command
from linepaint.trainer.errors import TrainingError


def run(*words: str | Path) -> int:
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    arguments = parser.parse_args(["prepare", *map(str, words)])
    return int(arguments.job(arguments))


def test_it_prints_what_became_of_the_pictures(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "notes.txt").write_text("hello", "utf-8")
    assert run(folder, "--out", tmp_path / "out", "--workers", "0") == 0
    printed = capsys.readouterr().out
    assert "       6  kept\n       1  unsupported\n" in printed and "report.csv" in printed


def test_parts_come_from_the_option_or_from_torchrun() -> None:
    assert command.part_of(None, {}) == (0, 1)
    assert command.part_of(None, {"RANK": "2", "WORLD_SIZE": "4"}) == (2, 4)
    assert command.part_of("1/4", {"RANK": "2", "WORLD_SIZE": "4"}) == (0, 4)
    with pytest.raises(TrainingError, match="such as 1/4"):
        command.part_of("a quarter", {})


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--size", "5"], "64 to 16384"),
        (["--checkpoint", "a"], "add --lines scan"),
        (["--checkpoint", "a", "--lines", "fdog"], "add --lines scan"),
        (["--shards", "0"], "at least 1"),
        (["--inked", "7"], "0 to 1"),
        (["--shard-of", "5/4"], "no part 5 of 4"),
        (["--workers", "-1"], "not -1"),
    ],
)
def test_what_cannot_be_meant_is_refused(folder: Path, tmp_path: Path, options: list[str], reason: str) -> None:
    with pytest.raises(TrainingError, match=reason):
        run(folder, "--out", tmp_path / "out", *options)
