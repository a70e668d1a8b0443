"""One transform moves a picture and all that belongs to it alike, and shows what was asked for."""

import numpy as np
import pytest
from linepaint.trainer.data.augmentation import AugmentRecipe, augment_pictures, crop, draw_transform, warp_together
from linepaint.trainer.data.pictures import Pair

from linepaint.imaging.opencv import cv2

STILL = AugmentRecipe(flip=0, rotate=0, whole=1.0)


def ringed(height: int, width: int) -> np.ndarray:
    """A page with black rings, uint8 [H, W, 3]."""
    page = np.full((height, width, 3), 255, np.uint8)
    for x, y in ((0.3, 0.4), (0.7, 0.6), (0.5, 0.5)):
        cv2.circle(page, (int(x * width), int(y * height)), min(height, width) // 6, (0, 0, 0), 3)
    return page


@pytest.mark.parametrize("recipe", [AugmentRecipe(), AugmentRecipe(perspective=1.0, rotate=1.0)])
@pytest.mark.parametrize("size", [48, 96, 200])
def test_pictures_that_belong_together_stay_together(recipe: AugmentRecipe, size: int) -> None:
    """Enlarged, shrunk to a half and to a third: the one-channel copy lies exactly on the picture."""
    page = ringed(150, 131)
    for seed in range(10):
        transform = draw_transform(page.shape, size, recipe, np.random.default_rng(seed))
        color, gray = warp_together((page, page[..., 0].copy()), transform, size)
        assert color.shape == (size, size, 3) and gray.shape == (size, size)
        assert np.abs(color.astype(int) - gray[..., None]).max() <= 1


@pytest.mark.parametrize("size", [40, 64, 128, 300])
def test_what_is_shown_is_where_the_transform_says(size: int) -> None:
    """However much it was shrunk on the way: a dot's centre is found within a third of a pixel of its place."""
    page = np.full((211, 256), 255, np.uint8)
    cv2.circle(page, (90, 110), 9, 0, -1)
    for seed in range(12):
        recipe = AugmentRecipe(perspective=0.5, rotate=0.5, smallest_crop=0.9)
        transform = draw_transform(page.shape, size, recipe, np.random.default_rng(seed))
        (shown,) = warp_together((page,), transform, size)
        x, y, w = transform @ (90, 110, 1)
        if not size * 0.1 < min(x / w, y / w) <= max(x / w, y / w) < size * 0.9:
            continue
        moments = cv2.moments(255 - shown)
        assert moments["m10"] / moments["m00"] == pytest.approx(x / w, abs=0.34)
        assert moments["m01"] / moments["m00"] == pytest.approx(y / w, abs=0.34)


def test_without_a_change_the_whole_picture_comes_back() -> None:
    page = ringed(64, 64)
    (same,) = warp_together((page,), np.eye(3), 64)
    assert np.array_equal(same, page)


@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_pictures_are_mirrored_as_often_as_the_recipe_says(share: float) -> None:
    recipe = AugmentRecipe(flip=share)
    random = np.random.default_rng(1)
    mirrored = [np.linalg.det(draw_transform((90, 60), 32, recipe, random)[:2, :2]) < 0 for _ in range(400)]
    assert np.mean(mirrored) == pytest.approx(share, abs=0.07)


def test_whole_minimal_and_free_crops_are_as_frequent_and_as_large_as_asked() -> None:
    recipe = AugmentRecipe(flip=0, rotate=0, whole=0.3, minimal=0.4, smallest_crop=0.7)
    random = np.random.default_rng(2)
    sides = np.array([32 / draw_transform((100, 60), 32, recipe, random)[0, 0] for _ in range(600)])
    assert np.mean(sides > 100) == pytest.approx(0.3, abs=0.06)
    assert np.mean(np.abs(sides - 60) < 1e-6) == pytest.approx(0.4, abs=0.06)
    assert sides.min() == pytest.approx(60) and sides.max() <= 110


def test_a_minimal_crop_spans_the_shorter_side_and_adds_nothing() -> None:
    dark = Pair(np.full((60, 150, 3), 40, np.uint8), np.full((60, 150), 40, np.uint8))
    recipe = AugmentRecipe(rotate=0, whole=0, minimal=1.0)
    for seed in range(10):
        cropped = crop(dark, 30, np.random.default_rng(seed), recipe)
        assert (cropped.lines[1:-1, 1:-1] == 40).all()


def test_thin_lines_survive_shrinking() -> None:
    """Without a blur first, a line one pixel wide would come and go along its way."""
    lines = np.full((400, 400), 255, np.uint8)
    cv2.line(lines, (0, 30), (399, 370), 0, 1)
    shown = crop(Pair(np.repeat(lines[..., None], 3, axis=2), lines), 100, np.random.default_rng(0), STILL).lines
    darkness = (255 - shown.astype(float)).sum(axis=0)[10:-10]
    assert darkness.std() < 0.12 * darkness.mean()


def test_any_two_pictures_are_varied_together_and_only_the_source_suffers() -> None:
    page = ringed(120, 90)
    recipe = AugmentRecipe(erase=1.0, blur=0.5, recolor=1.0)
    for seed in range(10):
        source, target = augment_pictures(page, page, recipe, 64, np.random.default_rng(seed))
        _, plain = augment_pictures(page, page, AugmentRecipe(), 64, np.random.default_rng(seed))
        assert np.array_equal(target, plain)
        kept = cv2.erode((np.abs(source.astype(int) - target).max(axis=2) < 90).astype(np.uint8), np.ones((3, 3)))
        assert kept.mean() > 0.6 and not np.array_equal(source, target)
