"""What you paint is what you get, and what you did not touch stays as it was."""

import numpy as np

from linepaint.imaging.anchoring import anchor

SIZE = (60, 80)


def page(value: float = 0.4) -> np.ndarray:
    """A network's colouring with shading in it: brighter from left to right."""
    ramp = np.linspace(0, 0.2, SIZE[1], dtype=np.float32)
    return np.broadcast_to((value + ramp)[None, :, None], (*SIZE, 3)).copy()


def hinted(y: slice, x: slice, color: tuple[float, float, float]) -> tuple[np.ndarray, np.ndarray]:
    """wanted and mask of one hint."""
    wanted, mask = np.zeros((*SIZE, 3), np.float32), np.zeros(SIZE, bool)
    wanted[y, x], mask[y, x] = color, True
    return wanted, mask


def everywhere(source: int, confidence: float) -> tuple[np.ndarray, np.ndarray]:
    return np.full(SIZE, source, np.int32), np.full(SIZE, confidence, np.float32)


def test_under_a_hint_the_colour_is_the_hints_own() -> None:
    wanted, mask = hinted(slice(10, 20), slice(10, 20), (0.9, 0.1, 0.2))
    obedient = anchor(page(), wanted, mask, *everywhere(0, 1.0))
    assert np.array_equal(obedient[mask], wanted[mask])


def test_hints_of_two_colours_are_both_obeyed() -> None:
    wanted, mask = hinted(slice(10, 20), slice(10, 20), (0.9, 0.1, 0.2))
    other, there = hinted(slice(30, 36), slice(60, 66), (0.1, 0.8, 0.3))
    source, confidence = everywhere(0, 1.0)
    source[:, 40:] = 1
    obedient = anchor(page(), wanted + other, mask | there, source, confidence)
    assert np.array_equal(obedient[mask], wanted[mask])
    assert np.array_equal(obedient[there], other[there])


def test_the_area_follows_the_hint_and_keeps_its_shading() -> None:
    wanted, mask = hinted(slice(28, 32), slice(38, 42), (0.9, 0.1, 0.2))
    before = page()
    after = anchor(before, wanted, mask, *everywhere(0, 1.0))
    change = (after - before)[:, [0, 5, 75, 79]]
    assert np.abs(change - change[0, 0]).max() < 1e-5, "one tone for the whole area, so its shading stays"
    assert np.abs(after[0, 40] - wanted[30, 40]).max() < 0.02


def test_where_the_hint_was_not_spread_nothing_changes() -> None:
    wanted, mask = hinted(slice(28, 32), slice(8, 12), (0.9, 0.1, 0.2))
    source, confidence = everywhere(0, 1.0)
    source[:, 40:], confidence[:, 40:] = -1, 0
    before = page()
    assert np.array_equal(anchor(before, wanted, mask, source, confidence)[:, 40:], before[:, 40:])


def test_a_doubtful_area_follows_only_a_little() -> None:
    wanted, mask = hinted(slice(28, 32), slice(8, 12), (1.0, 1.0, 1.0))
    source, confidence = everywhere(0, 1.0)
    confidence[:, 40:] = 0.1
    change = anchor(page(), wanted, mask, source, confidence) - page()
    assert np.allclose(change[5, 70], 0.1 * change[5, 36], atol=1e-5)


def test_a_hint_that_speaks_for_no_area_changes_its_own_place_only() -> None:
    """A dab outvoted in its area, or one about a line."""
    wanted, mask = hinted(slice(28, 32), slice(38, 42), (0.9, 0.1, 0.2))
    before = page()
    after = anchor(before, wanted, mask, *everywhere(-1, 0.0))
    assert np.array_equal(after[mask], wanted[mask])
    assert np.array_equal(after[:, :20], before[:, :20])
    assert np.array_equal(after[:, 60:], before[:, 60:])


def test_there_is_no_hard_edge_around_a_hint() -> None:
    wanted, mask = hinted(slice(20, 40), slice(30, 50), (0.9, 0.1, 0.2))
    after = anchor(page(), wanted, mask, *everywhere(-1, 0.0))
    assert np.abs(np.diff(after[30], axis=0)).max() < 0.4 * np.abs(wanted[30, 40] - page()[30, 40]).max()


def test_without_hints_the_network_has_its_way() -> None:
    wanted, mask = np.zeros((*SIZE, 3), np.float32), np.zeros(SIZE, bool)
    assert np.array_equal(anchor(page(), wanted, mask, *everywhere(-1, 0.0)), page())
