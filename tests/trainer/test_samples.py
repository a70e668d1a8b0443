"""What the generator sees in training is what it will see under the pen."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from linepaint.trainer.data.collection import Pictures
from linepaint.trainer.data.pictures import Pair
from linepaint.trainer.data.samples import Sample
from linepaint.trainer.data.sampling import SampleDataset, make_sample
from linepaint.trainer.drawings import draw
from linepaint.trainer.recipe import Recipe

PARTS = ("source", "hints", "prior", "target")
MakeRecipe = Callable[..., Recipe]


def same(a: Sample, b: Sample) -> bool:
    return all(torch.equal(getattr(a, part), getattr(b, part)) for part in PARTS)


@pytest.fixture
def sample(tiny: MakeRecipe) -> Sample:
    drawing = draw(3, 96)
    return make_sample(Pair(drawing.color, drawing.lines), tiny(), np.random.default_rng(1), hints=12)


def test_a_sample_has_the_networks_shapes_and_ranges(sample: Sample) -> None:
    assert [tuple(getattr(sample, part).shape) for part in PARTS] == [
        (1, channels, 96, 96) for channels in (1, 4, 4, 3)
    ]
    for part, low in zip(PARTS, (0, -1, 0, 0), strict=True):
        values = getattr(sample, part)
        assert values.dtype == torch.float32
        assert values.min() >= low and values.max() <= 1


def test_ink_is_one_and_the_target_is_the_finished_picture(sample: Sample) -> None:
    drawing = draw(3, 96)
    assert torch.equal(sample.source[0, 0] == 1, torch.from_numpy(drawing.lines == 0))
    assert np.array_equal((sample.target[0] * 255).round().byte().permute(1, 2, 0).numpy(), drawing.color)


def test_hints_are_masked_and_never_on_ink(sample: Sample) -> None:
    rgb, mask = sample.hints[:, :3], sample.hints[:, 3:]
    assert set(mask.unique().tolist()) == {0.0, 1.0}
    assert not (rgb * (1 - mask)).any()
    assert not mask[sample.source > 0.5].any()


def test_the_prior_has_the_hints_colours_where_they_lie(sample: Sample) -> None:
    confidence = sample.prior[:, 3:]
    assert confidence.max() == 1
    on = (sample.hints[:, 3:] > 0) & (confidence == 1)
    off = ((sample.hints[:, :3] + 1) / 2 - sample.prior[:, :3]).abs().amax(dim=1, keepdim=True)
    assert off[on].median() < 0.05


def test_without_hints_the_prior_claims_nothing(tiny: MakeRecipe) -> None:
    drawing = draw(3, 64)
    bare = make_sample(Pair(drawing.color, drawing.lines), tiny(), np.random.default_rng(1), hints=0)
    assert not bare.hints.any() and not bare.prior[:, 3].any()
    assert (bare.prior[:, :3] == 1).all()


def test_sample_number_i_is_the_same_whenever_it_is_asked_for(tiny: MakeRecipe, picture_folder: Path) -> None:
    """The promise on which resuming stands: not the loader's state but the number decides."""
    recipe = tiny(("procedural = 1.0", "procedural = 0.4"))
    pictures = Pictures([picture_folder], {}, 448)
    whole = SampleDataset(pictures, recipe, 32, 0, 12)
    rest = SampleDataset(Pictures([picture_folder], {}, 448), recipe, 32, 8, 4)
    assert all(same(rest[i], whole[8 + i]) for i in range(4))
    assert not same(whole[0], whole[1])
    other = SampleDataset(pictures, dataclasses.replace(recipe, seed=4), 32, 0, 12)
    assert not same(other[0], whole[0])


def test_a_folder_is_used_as_often_as_the_recipe_says(tiny: MakeRecipe, picture_folder: Path) -> None:
    """The pictures of the folder have one blue: rgb(40, 90, 220)."""
    pictures = Pictures([picture_folder], {}, 448)

    def share(procedural: float, count: int = 24) -> float:
        recipe = tiny(
            ("procedural = 1.0", f"procedural = {procedural}"), ("[[stages]]", "[augment]\nrecolor = 0.0\n[[stages]]")
        )
        dataset = SampleDataset(pictures, recipe, 32, 0, count)
        blue = torch.tensor([40, 90, 220]).view(3, 1, 1) / 255
        near = [(dataset[i].target[0] - blue).abs().amax(dim=0) < 0.03 for i in range(count)]
        return float(np.mean([int(pixels.sum()) > 8 for pixels in near]))

    assert share(1.0) < 0.1
    assert share(0.0) > 0.4


def test_samples_are_stacked_in_order(tiny: MakeRecipe) -> None:
    dataset = SampleDataset(Pictures([], {}, 448), tiny(), 32, 0, 3)
    batch = Sample.stack([dataset[i] for i in range(3)])
    assert batch.source.shape == (3, 1, 32, 32)
    assert torch.equal(batch.target[2:], dataset[2].target)
