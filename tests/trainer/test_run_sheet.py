"""Picture sheets: what a person looks at to see whether training goes well."""

from collections.abc import Callable

import numpy as np
import pytest
import torch
from linepaint.trainer.data.samples import Sample
from linepaint.trainer.recipe import Recipe
from linepaint.trainer.run_sheet import sheet
from linepaint.trainer.state import TrainingState

CPU = torch.device("cpu")
SIDE = 32
MakeRecipe = Callable[..., Recipe]
MakeBatch = Callable[..., Sample]


def column(picture: np.ndarray, number: int) -> np.ndarray:
    return picture[:, number * SIDE : (number + 1) * SIDE]


def pixels(batch_NCHW: torch.Tensor) -> np.ndarray:
    """A batch in [0, 1], one below the other."""
    rows = (batch_NCHW.expand(-1, 3, -1, -1) * 255).round().byte().permute(0, 2, 3, 1)
    return np.vstack(list(rows.numpy()))


def test_live_shows_lines_prior_result_and_truth_in_a_row(tiny: MakeRecipe, batch_of: MakeBatch) -> None:
    recipe = tiny()
    examples = batch_of(recipe)
    picture = sheet(TrainingState(recipe, CPU).average, examples, recipe.mode)
    assert picture.shape == (2 * SIDE, 4 * SIDE, 3) and picture.dtype == np.uint8
    assert np.array_equal(column(picture, 3), pixels(examples.target))
    assert np.array_equal(column(picture, 1), column(picture, 2)), "an untrained network adds nothing to the prior"


def test_without_hints_and_prior_there_are_three_columns(tiny: MakeRecipe, batch_of: MakeBatch) -> None:
    recipe = tiny(of="tiny-pix2pix")
    examples = batch_of(recipe)
    picture = sheet(TrainingState(recipe, CPU).average, examples, recipe.mode)
    assert picture.shape == (2 * SIDE, 3 * SIDE, 3)
    assert np.array_equal(column(picture, 0), pixels(1 - examples.source)), "ink is black"
    assert np.array_equal(column(picture, 2), pixels(examples.target))
    given, made = column(picture, 0), column(picture, 1)
    assert given.min() < 128 and (made <= given).all(), "the lines stand on the result"


def test_a_scan_is_shown_as_ink_on_paper(tiny: MakeRecipe, batch_of: MakeBatch) -> None:
    recipe = tiny(of="tiny-scan")
    examples = batch_of(recipe)
    picture = sheet(TrainingState(recipe, CPU).average, examples, recipe.mode)
    assert np.array_equal(column(picture, 0), pixels(examples.source))
    assert np.array_equal(column(picture, 2), pixels(1 - examples.target))


def test_a_gray_picture_keeps_its_luma(tiny: MakeRecipe, batch_of: MakeBatch) -> None:
    recipe = tiny(('mode = "lineart"', 'mode = "grayscale"'), of="tiny-pix2pix")
    examples = batch_of(recipe)
    picture = sheet(TrainingState(recipe, CPU).average, examples, recipe.mode)
    assert np.array_equal(column(picture, 0), pixels(examples.source)), "white is white"
    luma = column(picture, 1) @ np.array([0.299, 0.587, 0.114])
    given = column(picture, 0)[..., 0]
    inside = (column(picture, 1) > 0).all(axis=2) & (column(picture, 1) < 255).all(axis=2)
    assert luma[inside] == pytest.approx(given[inside], abs=1.5)


def test_a_live_networks_gray_picture_stands_beside_the_flood_along_its_tones(
    tiny: MakeRecipe, batch_of: MakeBatch
) -> None:
    recipe = tiny(('mode = "lineart"', 'mode = "grayscale"'))
    examples = batch_of(recipe)
    assert examples.hints is not None and examples.prior is not None
    examples.hints.zero_()
    picture = sheet(TrainingState(recipe, CPU).average, examples, recipe.mode)
    assert picture.shape == (2 * SIDE, 4 * SIDE, 3)
    assert np.array_equal(column(picture, 0), pixels(examples.source)), "white is white"
    assert np.array_equal(column(picture, 1), column(picture, 2)), "an untrained network adds nothing to the flood"
    assert np.abs(column(picture, 1).astype(int) - pixels(examples.prior[:, :3])).max() <= 2
    assert np.array_equal(column(picture, 3), pixels(examples.target))


def test_hints_are_painted_on_what_was_given(tiny: MakeRecipe, batch_of: MakeBatch) -> None:
    recipe = tiny()
    examples = batch_of(recipe)
    assert examples.hints is not None
    examples.hints.zero_()
    examples.hints[:, :, 4:8, 4:8] = torch.tensor([1.0, -1.0, -1.0, 1.0]).view(4, 1, 1)
    given = column(sheet(TrainingState(recipe, CPU).average, examples, recipe.mode), 0)
    assert (given[4:8, 4:8] == (255, 0, 0)).all()
