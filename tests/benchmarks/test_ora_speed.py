"""Saving and opening a large document: on a worker, but the artist waits for the word "saved"."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from linepaint.document.geometry import Rect
from linepaint.files.ora import read_ora, write_ora
from linepaint.imaging.opencv import cv2

SIDE = 4096
SMALL_SIDE = 256
SAVE_AGAINST_PNG = 4.0
"""The archive holds all layers, the merged picture and a thumbnail; the yardstick is a PNG of the colour."""


def seconds(work: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def test_saving_and_opening(record, hinted_document, is_measuring, tmp_path: Path) -> None:
    side = SIDE if is_measuring else SMALL_SIDE
    document = hinted_document(side, 60)
    document.set_color_pixels(shaded(document.lines.lines))
    path = tmp_path / "drawing.ora"
    rounds = 3 if is_measuring else 1
    save = seconds(lambda: write_ora(document.snapshot(), path), rounds)
    load = seconds(lambda: read_ora(path), rounds)
    reopened = read_ora(path)
    assert reopened.hints.pixels.same_pixels(document.hints.pixels)
    assert np.array_equal(reopened.color.pixels, document.color.pixels)
    if is_measuring:
        png = seconds(lambda: cv2.imencode(".png", document.color.pixels), rounds)
        record(f"saving .ora, {side}²", save, "s")
        record(f"opening .ora, {side}²", load, "s")
        record(f"writing one PNG of the colour alone, {side}²", png, "s")
        record(f".ora file, {side}²", path.stat().st_size / 2**20, "MiB")
        assert save < SAVE_AGAINST_PNG * png
        assert load < SAVE_AGAINST_PNG * png


def test_a_snapshot_for_saving_costs_the_pen_nothing(record, hinted_document, is_measuring) -> None:
    document = hinted_document(SIDE if is_measuring else SMALL_SIDE, 400)
    document.set_color_pixels(shaded(document.lines.lines))
    took = seconds(document.snapshot, 20)
    everything = seconds(lambda: document.hints.pixels.read(Rect(0, 0, *document.size)), 3)
    if is_measuring:
        record(f"snapshot for saving, {SIDE}²", took * 1000, "ms")
        assert took < everything / 5, "a snapshot must not copy pixels"


def shaded(lines: np.ndarray) -> np.ndarray:
    """Colour as a preview leaves it: soft areas with a little noise. uint8 [H, W, 3]."""
    height, width = lines.shape
    random = np.random.default_rng(2)
    coarse = random.integers(60, 230, (16, 16, 3)).astype(np.uint8)
    soft = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    noise = random.integers(0, 3, (height, width, 1), dtype=np.uint8)
    return cv2.add(soft, np.repeat(noise, 3, axis=2))
