"""Twins: the same picture in another size or encoding, and never another picture."""

from collections.abc import Callable

import numpy as np
from linepaint.trainer.prepare.likeness import Likeness, find_twins

from linepaint.imaging.opencv import cv2


def test_a_scaled_or_reencoded_copy_is_a_twin(art: Callable[..., np.ndarray]) -> None:
    for seed in range(8):
        picture = art(seed, 320)
        small = cv2.resize(picture, (150, 150), interpolation=cv2.INTER_AREA)
        rough = cv2.imdecode(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 60])[1], cv2.IMREAD_COLOR)
        assert Likeness.of(picture).is_twin_of(Likeness.of(small))
        assert Likeness.of(picture).is_twin_of(Likeness.of(rough))


def test_other_pictures_and_other_colours_are_no_twins(art: Callable[..., np.ndarray]) -> None:
    seen = [Likeness.of(art(seed)) for seed in range(12)]
    assert not any(a.is_twin_of(b) for i, a in enumerate(seen) for b in seen[:i])
    costume = art(0).copy()
    costume[costume[..., 0] > 150] = (60, 200, 90)
    assert not Likeness.of(costume).is_twin_of(seen[0])


def test_the_text_of_a_likeness_is_read_back(art: Callable[..., np.ndarray]) -> None:
    likeness = Likeness.of(art(3))
    assert Likeness.from_text(str(likeness)) == likeness


def test_the_first_of_several_twins_is_kept_and_bands_miss_none() -> None:
    random = np.random.default_rng(0)
    shapes = [int(value) for value in random.integers(0, 1 << 63, 300)]
    grid = bytes(108)
    pictures = [(f"p{i}", Likeness(value, grid)) for i, value in enumerate(shapes)]
    for i, value in enumerate(shapes):
        for bit in random.choice(64, 4, replace=False).tolist():
            value ^= 1 << bit
        pictures.append((f"twin{i}", Likeness(value, grid)))
    assert find_twins(pictures) == {f"twin{i}": f"p{i}" for i in range(300)}
