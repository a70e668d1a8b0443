"""`linepaint` without a window: the built program does what the checkout's does, byte for byte."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from installers.places import ROOT
from installers.product import PRODUCT
from linepaint.files.opening import open_document
from linepaint.files.pictures import read_picture, write_picture
from tests.bundle.artists_machine import Artist

SAMPLES = ROOT / "resources" / "samples"
ONE_THREAD = {"OMP_NUM_THREADS": "1"}
"""Sums that several threads share are rounded by how they are shared; the comparisons must not hang on that."""


@pytest.mark.parametrize("program", [program.name for program in PRODUCT.programs])
def test_a_program_says_its_version(program: str, bundle: Path, artist: Artist) -> None:
    done = artist.run(bundle / program, "--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{program} {PRODUCT.version}\n", "")


def test_the_self_test_passes_and_leaves_nothing_behind(bundle: Path, artist: Artist) -> None:
    done = artist.run(bundle / "linepaint", "--self-test")
    assert (done.returncode, done.stderr) == (0, "")
    assert "every tone kept; both saved and reopened unchanged." in done.stdout
    for place in (artist.home, artist.folder, artist.scratch):
        assert list(place.rglob("*")) == [], f"left in {place.name}"


def test_without_a_screen_there_is_one_plain_line(bundle: Path, artist: Artist) -> None:
    done = artist.run(bundle / "linepaint")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "linepaint: There is no screen to open a window on; use linepaint colorize to colour files without one.\n"
    )


@dataclass(frozen=True)
class Job:
    """Arguments for both programs, and the files that they write into the folder OUT."""

    arguments: tuple[str, ...]
    made: tuple[str, ...]


DRAWINGS = tuple(sorted(path.stem for path in SAMPLES.glob("*.png") if path.with_suffix(".ora").exists()))
JOBS = {
    "drawings with hints": Job(
        ("colorize", "drawings", "--hints", "hints", "-o", "OUT"), tuple(f"{name}.png" for name in DRAWINGS)
    ),
    "a document": Job(
        ("colorize", "tea-and-cat.ora", "--clamp", "--layers", "-o", "OUT/tea.png"),
        ("tea.png", "tea.colors.png", "tea.lines.png"),
    ),
    "as a document": Job(("colorize", "little-dragon.ora", "--size", "256", "-o", "OUT/dragon.ora"), ("dragon.ora",)),
    "for Photoshop": Job(("colorize", "little-dragon.ora", "--size", "256", "-o", "OUT/dragon.psd"), ("dragon.psd",)),
    "a gray picture": Job(
        ("colorize", "rabbit-in-gray.ora", "--checkpoint", "grayscale", "-o", "OUT/rabbit.png"), ("rabbit.png",)
    ),
    "lines of a picture": Job(("lines", "birds-in-colour.png", "-o", "OUT/birds.png"), ("birds.png",)),
}


@pytest.mark.parametrize("job", JOBS.values(), ids=JOBS.keys())
def test_what_it_makes_is_what_the_checkout_makes(job: Job, bundle: Path, artist: Artist) -> None:
    lay_out_samples(artist.folder)
    frozen = color(artist, [bundle / "linepaint"], job, "frozen")
    unfrozen = color(artist, [Path(sys.executable), "-m", "linepaint"], job, "unfrozen")
    for name in job.made:
        assert content(frozen / name) == content(unfrozen / name), name
        if name.endswith(".png") and "lines" not in name and job.arguments[0] == "colorize":
            picture = read_picture(frozen / name).astype(int)
            assert (picture.max(axis=2) - picture.min(axis=2) > 8).mean() > 0.1, f"{name} is hardly coloured"


def lay_out_samples(folder: Path) -> None:
    """The samples, and the line drawings among them with their hints in folders of their own."""
    for path in SAMPLES.iterdir():
        shutil.copy(path, folder)
    for name in ("drawings", "hints"):
        (folder / name).mkdir()
    for name in DRAWINGS:
        shutil.copy(SAMPLES / f"{name}.png", folder / "drawings")
        hints = open_document(SAMPLES / f"{name}.ora").hints.pixels.read()
        assert hints[..., 3].any(), f"{name} has no hints"
        write_picture(folder / "hints" / f"{name}.png", hints)


def color(artist: Artist, program: list[Path], job: Job, out: str) -> Path:
    """Do the job into a folder of that name; the folder."""
    arguments = [argument.replace("OUT", out) for argument in job.arguments]
    done = artist.run(program[0], *program[1:], *arguments, **ONE_THREAD)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return artist.folder / out


def content(path: Path) -> bytes | dict[str, bytes]:
    """What a file holds; of a document, which says when it was made, what its parts hold."""
    if path.suffix != ".ora":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_each_broken_file_gives_one_plain_line(bundle: Path, artist: Artist) -> None:
    names = ["a.ora", "b.png", "c.psd"]
    (artist.folder / "drawings").mkdir()
    for name in names:
        (artist.folder / "drawings" / name).write_bytes(b"no picture at all")
    done = artist.run(bundle / "linepaint", "colorize", "drawings", "-o", "out")
    assert (done.returncode, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    assert len(lines) == len(names), done.stderr
    for line, name in zip(lines, names, strict=True):
        assert line.startswith("linepaint: ") and name in line
    assert list(artist.folder.rglob("out/*")) == []


READ_ONLY = """
"$1" --bind "$2" "$3" && "$1" -o remount,ro,bind "$3" || exit 77
if (: > "$3/new") 2>&-; then echo "it is not read-only" >&2; exit 1; fi
exec "$3/linepaint" --self-test
"""
"""Arguments: mount, the bundle, an empty folder. Not even root can write to the bundle there. 77: not allowed."""


def test_it_runs_from_a_place_where_nothing_can_be_written(bundle: Path, artist: Artist) -> None:
    place = artist.home.parent / "read only"
    place.mkdir()
    for options in (["--mount"], ["--user", "--map-root-user", "--mount"]):
        command = [
            "unshare",
            *options,
            "/bin/sh",
            "-c",
            READ_ONLY,
            "sh",
            shutil.which("mount") or "mount",
            bundle,
            place,
        ]
        done = subprocess.run(
            [shutil.which("unshare") or "unshare", *command[1:]],
            cwd=artist.folder,
            env=artist.environment({}),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        if done.returncode == 0:
            break
        assert "Operation not permitted" in done.stderr or "permission denied" in done.stderr, done.stderr
    else:
        pytest.skip("mounting is not allowed here; that nothing is written to the bundle is checked all the same")
    assert done.stderr == ""
    assert "saved and reopened" in done.stdout
