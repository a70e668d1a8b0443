"""The window of `linepaint` on a screen: a sample opens, is coloured, is painted on, and the program ends well."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from installers.places import ROOT
from linepaint.files.pictures import read_picture
from tests.bundle.artists_machine import Artist
from tests.bundle.page_on_screen import Match, Place, compare, find_page
from tests.bundle.virtual_screen import Picture, Screen, keep, virtual_screen, wait_for

SAMPLE = "girl-with-flowers"
LIKENESS = 0.9
"""Of the page's tones on the screen, at which it counts as found."""
CORRELATION, DISTANCE = 0.95, 6.0
"""What colours on the screen must have in common with those that `linepaint colorize` makes; see `Match`."""
STROKE = (0.30, 0.12), (0.70, 0.12)
"""On the page, from 0 to 1."""
HARMLESS: frozenset[str] = frozenset()
"""Lines that Qt writes to stderr on a screen without a desktop."""
SYSTEM = ("/usr/lib/", "/usr/share/", "/lib/", "/lib64/", "/var/cache/fontconfig/", "/dev/", "/memfd:", "/SYSV", "[")
"""Where files may lie that the program maps beside its own and the artist's."""

pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def screen() -> Iterator[Screen]:
    with virtual_screen() as screen:
        yield screen


@dataclass
class Painter:
    """The program at work: its process, its window, and the page as it was last seen on the screen."""

    process: subprocess.Popen[str]
    window: str
    place: Place
    picture: Picture


@pytest.fixture
def wanted(bundle: Path, artist: Artist) -> Picture:
    """The sample as the program colours it without a window."""
    shutil.copy(ROOT / "resources" / "samples" / f"{SAMPLE}.ora", artist.folder)
    done = artist.run(bundle / "linepaint", "colorize", f"{SAMPLE}.ora", "-o", "wanted.png")
    assert (done.returncode, done.stderr) == (0, "")
    return read_picture(artist.folder / "wanted.png")[..., :3]


def alive(process: subprocess.Popen[str]) -> None:
    """Fail with what a program said if it has ended."""
    if process.poll() is not None:
        out, errors = process.communicate()
        pytest.fail(f"the program ended with status {process.returncode}: {out}{errors}", pytrace=False)


@pytest.fixture
def painter(bundle: Path, artist: Artist, screen: Screen, wanted: Picture) -> Iterator[Painter]:
    """The program with the sample opened and coloured."""
    process = artist.start(bundle / "linepaint", f"{SAMPLE}.ora", DISPLAY=screen.display)
    try:

        def window() -> str | None:
            alive(process)
            return next(iter(screen.windows(SAMPLE)), None)

        number = wait_for(window, f"window with {SAMPLE} in its title", 120)
        last: list[Match] = []

        def colored() -> tuple[Place, Picture] | None:
            alive(process)
            picture = screen.grab()
            place = find_page(picture, wanted)
            last[:] = [compare(place.cut(picture), wanted)]
            fits = place.likeness > LIKENESS and last[0].correlation > CORRELATION and last[0].distance < DISTANCE
            return (place, picture) if fits else None

        try:
            place, picture = wait_for(colored, "coloured page", 120, every=1)
        except AssertionError as error:
            keep(screen.grab(), "not-coloured")
            raise AssertionError(f"{error}; last seen: {last}") from None
        keep(picture, "coloured")
        yield Painter(process, number, place, picture)
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


def test_a_gray_page_would_not_pass(wanted: Picture) -> None:
    """What the comparison is worth: a page without its colours, and one with others, count as different."""
    gray = np.repeat(wanted.mean(axis=2, keepdims=True).astype(np.uint8), 3, axis=2)
    assert compare(wanted, wanted).correlation > 0.999
    assert compare(gray, wanted).correlation < 0.5
    assert compare(wanted[..., ::-1], wanted).correlation < 0.5
    assert compare(np.full_like(wanted, 255), wanted).correlation < 0.5


def test_a_sample_is_coloured_and_can_be_painted_on(painter: Painter, screen: Screen, artist: Artist) -> None:
    before = painter.place.cut(painter.picture)
    (left, top), (right, bottom) = STROKE
    screen.press(painter.window, "b")
    screen.drag(painter.place.at(left, top), painter.place.at(right, bottom))

    def painted() -> Picture | None:
        alive(painter.process)
        after = screen.grab()
        changed = np.abs(painter.place.cut(after).astype(int) - before).max(axis=2) > 24
        height, width = changed.shape
        line = changed[round(height * top), round(width * left) : round(width * right)]
        return after if line.mean() > 0.8 else None

    keep(wait_for(painted, "stroke on the page", 60), "painted")

    kept = (artist.folder / f"{SAMPLE}.ora").read_bytes()
    screen.press(painter.window, "ctrl+q")
    question = wait_for(lambda: next(iter(screen.windows("Unsaved Changes")), None), "question what to do", 30)
    assert painter.process.poll() is None
    keep(screen.grab(), "question")
    # From Save, where the keyboard is at first, to Discard.
    screen.press(question, "Tab", "space")
    out, errors = painter.process.communicate(timeout=60)
    assert (painter.process.returncode, out) == (0, "")
    assert set(errors.splitlines()) - HARMLESS == set()
    assert (artist.folder / f"{SAMPLE}.ora").read_bytes() == kept, "it saved instead"


def test_it_uses_nothing_of_another_python(painter: Painter, bundle: Path, artist: Artist) -> None:
    mapped = set()
    for line in Path(f"/proc/{painter.process.pid}/maps").read_text("utf-8").splitlines():
        path = line.split(maxsplit=5)[5:]
        mapped.update(path)
    foreign = {path for path in mapped if not Path(path).is_relative_to(bundle)}
    assert len(mapped) - len(foreign) > 100, "torch and Qt should come from the bundle"
    own = (*SYSTEM, str(artist.home.parent))
    assert sorted(path for path in foreign if not path.startswith(own)) == []
    assert sorted(path for path in foreign if "python" in path.lower()) == []


def test_it_ends_at_once_when_nothing_was_changed(painter: Painter, screen: Screen, artist: Artist) -> None:
    screen.press(painter.window, "ctrl+q")
    out, errors = painter.process.communicate(timeout=60)
    assert (painter.process.returncode, out) == (0, "")
    assert set(errors.splitlines()) - HARMLESS == set()
    assert artist.processes() == {}
