"""How long it takes from the start of the program to a painted window, frozen and unfrozen, seen from outside."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.bundle.artists_machine import Artist
from tests.bundle.virtual_screen import Screen, virtual_screen

RUNS = 5
LARGEST_RATIO = 1.5
LONGEST_SECONDS = 120.0
EVERY_SECONDS = 0.02
"""How often the screen is looked at, and so about how exact a time is."""

pytestmark = pytest.mark.timeout(900)


@pytest.fixture
def screen() -> Iterator[Screen]:
    with virtual_screen() as screen:
        yield screen


def is_painted(screen: Screen) -> bool:
    """Whether there is a window with something in it: an empty screen is all black, a bare window of one colour."""
    picture = screen.grab()[::8, ::8].reshape(-1, 3)
    return bool(picture.any(axis=1).mean() > 0.2) and len(np.unique(picture, axis=0)) > 20


def seconds_to_window(artist: Artist, screen: Screen, program: Path, *arguments: str) -> float:
    """Start a program on an empty screen, wait until its window is painted, end it."""
    while is_painted(screen):
        time.sleep(EVERY_SECONDS)
    began = time.monotonic()
    process = artist.start(program, *arguments, DISPLAY=screen.display)
    try:
        while not is_painted(screen):
            assert process.poll() is None, f"it ended before it had a window: {process.communicate()[1]}"
            assert time.monotonic() - began < LONGEST_SECONDS, "no window appeared"
            time.sleep(EVERY_SECONDS)
        return time.monotonic() - began
    finally:
        process.kill()
        process.communicate()


def test_a_frozen_start_takes_hardly_longer(
    bundle: Path, artist: Artist, screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    frozen: list[float] = []
    unfrozen: list[float] = []
    # In turns, so that what else the machine does slows both; the first of each only fetches files from the disk.
    for _ in range(RUNS + 1):
        frozen.append(seconds_to_window(artist, screen, bundle / "linepaint"))
        unfrozen.append(seconds_to_window(artist, screen, Path(sys.executable), "-m", "linepaint"))
    medians = [statistics.median(times[1:]) for times in (frozen, unfrozen)]
    ratio = medians[0] / medians[1]
    with capsys.disabled():
        print(f"\nStart to window, medians of {RUNS}: frozen {medians[0]:.2f} s, unfrozen {medians[1]:.2f} s,", end=" ")
        print(f"ratio {ratio:.2f}; the first times {frozen[0]:.2f} s and {unfrozen[0]:.2f} s")
    assert ratio <= LARGEST_RATIO, f"frozen {frozen}, unfrozen {unfrozen}"
