"""Tiled pictures: read back what was written, pay only for what is painted, never disturb a snapshot."""

import threading

import numpy as np
import pytest

from linepaint.document.geometry import Rect
from linepaint.document.tiles import TILE_SIZE, TiledImage


def noise(height, width, channels=4, seed=0):
    return np.random.default_rng(seed).integers(1, 256, (height, width, channels), dtype=np.uint8)


def solid(rect, value, channels=4):
    return np.full((rect.height, rect.width, channels), value, np.uint8)


@pytest.mark.parametrize("size", [(1, 1), (256, 256), (257, 255), (300, 1000)])
@pytest.mark.parametrize("channels", [1, 4])
def test_what_goes_in_comes_out(size, channels):
    pixels = noise(*size, channels)
    assert np.array_equal(TiledImage.from_array(pixels).read(), pixels)


def test_a_part_is_written_and_read_across_tiles():
    image = TiledImage(700, 600, 4)
    rect = Rect(200, 250, 150, 300)
    pixels = noise(rect.height, rect.width)
    image.write(rect, pixels)
    expected = np.zeros((700, 600, 4), np.uint8)
    expected[rect.slices] = pixels
    assert np.array_equal(image.read(), expected)
    assert np.array_equal(image.read(rect.expanded(20)), expected[rect.expanded(20).slices])


def test_random_writes_match_a_plain_array():
    random = np.random.default_rng(7)
    plain = np.zeros((600, 700, 4), np.uint8)
    image = TiledImage(*plain.shape)
    kept = []
    for step in range(60):
        x, y = int(random.integers(0, 650)), int(random.integers(0, 550))
        rect = Rect(x, y, *(int(side) for side in random.integers(1, 400, 2))).clipped(700, 600)
        value = int(random.integers(0, 3))
        image.write(rect, solid(rect, value))
        plain[rect.slices] = value
        if step % 10 == 0:
            kept.append((image.snapshot(), plain.copy()))
    assert np.array_equal(image.read(), plain)
    for snapshot, pixels in kept:
        assert np.array_equal(snapshot.read(), pixels)


def test_blank_parts_take_no_memory():
    image = TiledImage(4096, 4096, 4)
    assert image.is_blank and image.nbytes == 0
    image.write(Rect(300, 10, 4, 4), np.full((4, 4, 4), 9, np.uint8))
    assert image.tile_keys() == [(0, 1)]
    assert image.nbytes == TILE_SIZE * TILE_SIZE * 4
    assert image.content_bounds() == Rect(256, 0, 256, 256)


def test_erasing_everything_frees_the_tiles():
    image = TiledImage.from_array(noise(300, 300))
    image.write(Rect(0, 0, 300, 200), np.zeros((200, 300, 4), np.uint8))
    assert image.tile_keys() == [(0, 0), (0, 1), (1, 0), (1, 1)]
    image.write(Rect(0, 200, 300, 100), np.zeros((100, 300, 4), np.uint8))
    assert image.is_blank and image.content_bounds().is_empty


def test_writing_zeros_on_blank_ground_stays_blank():
    image = TiledImage(512, 512, 4)
    image.write(image.bounds, np.zeros((512, 512, 4), np.uint8))
    assert image.is_blank


def test_tiles_at_the_edge_are_full_size_with_zeros_beyond():
    image = TiledImage.from_array(noise(300, 270))
    tile = image.tile(1, 1)
    assert tile is not None and tile.shape == (256, 256, 4)
    assert not tile[44:].any() and not tile[:, 14:].any()
    assert image.tile_rect(1, 1) == Rect(256, 256, 14, 44)
    assert image.tile(5, 5) is None


def test_a_tile_handed_out_never_changes():
    image = TiledImage.from_array(noise(256, 256))
    tile = image.tile(0, 0)
    before = tile.copy()
    image.write(Rect(0, 0, 9, 9), np.zeros((9, 9, 4), np.uint8))
    assert np.array_equal(tile, before)
    with pytest.raises(ValueError, match="read-only"):
        tile[0, 0] = 1


def test_a_snapshot_and_its_origin_do_not_disturb_each_other():
    image = TiledImage.from_array(noise(600, 600))
    snapshot = image.snapshot()
    before = image.read()
    image.write(Rect(10, 10, 20, 20), np.zeros((20, 20, 4), np.uint8))
    assert np.array_equal(snapshot.read(), before)
    snapshot.write(Rect(500, 500, 10, 10), np.zeros((10, 10, 4), np.uint8))
    assert image.read(Rect(500, 500, 10, 10)).all()
    assert not image.read(Rect(10, 10, 20, 20)).any()


def test_a_snapshot_shares_memory_and_reports_only_what_changed_since():
    image = TiledImage.from_array(noise(1024, 1024))
    snapshot = image.snapshot()
    assert image.changed_tiles(snapshot) == []
    image.write(Rect(250, 0, 12, 5), np.zeros((5, 12, 4), np.uint8))
    assert image.changed_tiles(snapshot) == [(0, 0), (0, 1)] == snapshot.changed_tiles(image)
    assert image.tile(3, 3) is snapshot.tile(3, 3)


def test_a_snapshot_is_steady_while_another_thread_reads_it():
    image = TiledImage.from_array(np.full((1024, 1024, 4), 1, np.uint8))
    snapshot = image.snapshot()
    seen = set()
    done = threading.Event()

    def read_again_and_again():
        while not done.is_set():
            seen.update(np.unique(snapshot.read()).tolist())

    reader = threading.Thread(target=read_again_and_again)
    reader.start()
    for value in range(2, 40):
        image.write(Rect(100, 100, 800, 800), np.full((800, 800, 4), value, np.uint8))
    done.set()
    reader.join()
    assert seen == {1}


def test_copying_tiles_brings_an_earlier_state_back():
    image = TiledImage.from_array(noise(600, 600))
    before = image.snapshot()
    pixels = image.read()
    image.write(Rect(0, 0, 600, 300), np.zeros((300, 600, 4), np.uint8))
    image.copy_tiles_from(before, image.changed_tiles(before))
    assert np.array_equal(image.read(), pixels)
    assert image.changed_tiles(before) == []
    image.write(Rect(0, 0, 600, 300), np.zeros((300, 600, 4), np.uint8))
    assert np.array_equal(before.read(), pixels)


def test_clear():
    image = TiledImage.from_array(noise(300, 300))
    snapshot = image.snapshot()
    image.clear()
    assert image.is_blank and not image.read().any()
    assert not snapshot.is_blank


def test_same_pixels_compares_pixels_not_arrays():
    pixels = noise(300, 300)
    image, twin = TiledImage.from_array(pixels), TiledImage.from_array(pixels)
    assert image.changed_tiles(twin) and image.same_pixels(twin)
    twin.write(Rect(299, 299, 1, 1), np.zeros((1, 1, 4), np.uint8))
    assert not image.same_pixels(twin)
    assert not image.same_pixels(TiledImage(300, 300, 4))
    assert not image.same_pixels(TiledImage(300, 299, 4))


def test_blank_in_a_rectangle():
    image = TiledImage(1024, 1024, 4)
    image.write(Rect(600, 600, 1, 1), np.full((1, 1, 4), 1, np.uint8))
    assert image.is_blank_in(Rect(0, 0, 512, 1024))
    assert not image.is_blank_in(Rect(500, 500, 200, 200))


@pytest.mark.parametrize("outside", [Rect(-1, 0, 5, 5), Rect(0, 0, 101, 5), Rect(95, 95, 5, 6)])
def test_reaching_outside_is_refused(outside):
    image = TiledImage(100, 100, 4)
    with pytest.raises(ValueError, match="outside the picture of 100 × 100"):
        image.read(outside)
    with pytest.raises(ValueError, match="outside the picture"):
        image.write(outside, solid(outside, 1))
    assert image.is_blank


def test_wrong_shapes_are_refused():
    image = TiledImage(100, 100, 4)
    with pytest.raises(ValueError, match="do not fit"):
        image.write(Rect(0, 0, 5, 5), np.ones((5, 4, 4), np.uint8))
    with pytest.raises(ValueError, match="8-bit"):
        TiledImage.from_array(np.ones((5, 5, 4), np.float32))
    with pytest.raises(ValueError, match="cannot share tiles"):
        image.changed_tiles(TiledImage(100, 101, 4))
    with pytest.raises(ValueError, match="cannot be"):
        TiledImage(-1, 5, 4)


def test_the_picture_without_pixels():
    nothing = TiledImage(0, 0, 4)
    assert nothing.read().shape == (0, 0, 4)
    assert nothing.is_blank and nothing.same_pixels(nothing.snapshot())
    nothing.write(Rect.empty(), np.zeros((0, 0, 4), np.uint8))
