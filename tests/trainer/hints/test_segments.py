"""Hints by segments: each area of one colour gets its own colour, whether lines enclose it or not."""

import numpy as np
from linepaint.trainer.hints import segment_hints

INK, SKY, LIGHT, SHADE = (0, 0, 0), (120, 180, 230), (230, 190, 120), (150, 100, 60)


def flag() -> tuple[np.ndarray, np.ndarray]:
    """Sky, a line, and below it one area of two tones without a line between them: colour and ink."""
    color = np.empty((160, 160, 3), np.uint8)
    color[:78], color[78:82], color[82:] = SKY, INK, LIGHT
    color[82:, 80:] = SHADE
    ink = np.zeros((160, 160), bool)
    ink[78:82] = True
    return color, ink


def drawn(seed: int) -> np.ndarray:
    return segment_hints(*flag(), np.random.default_rng(seed))


def colors(hints: np.ndarray) -> set[tuple[int, ...]]:
    return {tuple(c) for c in hints[hints[..., 3] > 0][:, :3].tolist()}


def test_tones_without_a_line_between_them_get_hints_of_their_own() -> None:
    fullest = max((drawn(seed) for seed in range(30)), key=lambda hints: len(colors(hints)))
    near = [min(np.abs(np.subtract(c, tone)).max() for c in colors(fullest)) for tone in (SKY, LIGHT, SHADE)]
    assert max(near) <= 20


def test_a_hint_lies_in_the_area_whose_colour_it_has() -> None:
    """But for the squares at an area's edge, which are coarser than the picture."""
    color, _ = flag()
    off = [np.abs(h[..., :3].astype(int) - color)[h[..., 3] > 0].max(axis=1) for h in map(drawn, range(20))]
    assert np.mean(np.concatenate(off) <= 30) > 0.7


def test_there_is_at_least_one_and_never_the_same_number() -> None:
    hinted = [int((drawn(seed)[..., 3] > 0).sum()) for seed in range(20)]
    assert min(hinted) > 0 and len(set(hinted)) > 5


def test_a_careful_artist_gives_the_lines_no_hint() -> None:
    """Some are: with them, no hint has the ink's darkness; the others may have."""
    darkest = [min(sum(c) for c in colors(drawn(seed))) for seed in range(40)]
    assert sum(dark >= sum(SHADE) - 60 for dark in darkest) >= 40 * 0.2


def test_the_same_numbers_give_the_same_hints_and_nothing_without_alpha() -> None:
    assert np.array_equal(drawn(7), drawn(7))
    assert not drawn(7)[drawn(7)[..., 3] == 0].any()


def test_pictures_of_any_proportion_will_do() -> None:
    color, ink = flag()
    for window in ((slice(60, 100), slice(None)), (slice(None), slice(70, 90)), (slice(76, 92), slice(0, 16))):
        hints = segment_hints(color[window], ink[window], np.random.default_rng(1))
        assert hints.shape == (*ink[window].shape, 4)
