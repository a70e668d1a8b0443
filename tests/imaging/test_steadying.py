"""Areas no hint reached get one clear tone each; hinted ones are left alone; a seed gives other hues."""

import numpy as np
import pytest

from linepaint.imaging.steadying import steady


@pytest.fixture
def cloudy() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Two areas side by side whose colour wavers, and no ink."""
    random = np.random.default_rng(0)
    color = np.empty((16, 32, 3), np.float32)
    color[:, :16] = (0.6, 0.5, 0.4)
    color[:, 16:] = (0.4, 0.5, 0.6)
    color += random.normal(0, 0.05, color.shape).astype(np.float32)
    areas = np.zeros((16, 32), np.int32)
    areas[:, 16:] = 1
    return color.clip(0, 1), areas, np.zeros((16, 32), bool)


def test_an_unhinted_area_becomes_calmer_and_further_from_grey(cloudy) -> None:
    color, areas, ink = cloudy
    made = steady(color, areas, ink, np.zeros(areas.shape, np.float32))
    for area in (0, 1):
        before, after = color[areas == area], made[areas == area]
        assert after.std(axis=0).max() < 0.5 * before.std(axis=0).min()
        assert np.ptp(after.mean(axis=0)) > np.ptp(before.mean(axis=0))


def test_where_a_hint_is_sure_nothing_changes(cloudy) -> None:
    color, areas, ink = cloudy
    sure = (areas == 0).astype(np.float32)
    made = steady(color, areas, ink, sure)
    np.testing.assert_array_equal(made[:, :16], color[:, :16])
    assert not np.array_equal(made[:, 16:], color[:, 16:])


def test_what_lies_under_ink_does_not_tint_its_area(cloudy) -> None:
    color, areas, ink = cloudy
    ink[:, 4:8] = True
    color[:, 4:8] = 0
    made = steady(color, areas, ink, np.zeros(areas.shape, np.float32))
    assert made[:, :4].mean() > 0.45


def test_another_seed_gives_other_hues_and_the_same_seed_the_same(cloudy) -> None:
    color, areas, ink = cloudy
    nothing = np.zeros(areas.shape, np.float32)
    own, first, again, second = (steady(color, areas, ink, nothing, seed) for seed in (0, 1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert np.abs(first - own).max() > 0.05
    assert np.abs(first - second).max() > 0.05


def test_near_a_hint_only_pale_guesses_are_made_stronger() -> None:
    """A hue that came over a line from a hint is strong already, and would turn garish."""
    areas = np.repeat([[0, 1]], 8, axis=0).repeat(8, axis=1).astype(np.int32)
    pale, vivid = np.array([0.52, 0.5, 0.48], np.float32), np.array([0.7, 0.4, 0.3], np.float32)
    color = np.where((areas == 0)[..., None], pale, vivid).astype(np.float32)
    no_ink = np.zeros(areas.shape, bool)
    alone = steady(color, areas, no_ink, np.zeros(areas.shape, np.float32))
    near = steady(color, areas, no_ink, np.full(areas.shape, 0.1, np.float32))
    gains = [np.ptp(made[0, x]) / np.ptp(color[0, x]) for made in (alone, near) for x in (0, -1)]
    assert gains[0] > 2 and gains[2] > 2, "pale, with and without a hint near"
    assert gains[3] < 1.4 < gains[1], "vivid, with and without"
