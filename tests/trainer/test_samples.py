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
from linepaint.trainer.data.sampling import SampleDataset, Sampler, make_sample
from linepaint.trainer.drawings import draw
from linepaint.trainer.recipe import Recipe

from linepaint.engine.finishing import luma
from linepaint.engine.grayscale_session import GrayscaleSession
from linepaint.imaging.chroma import with_chroma
from linepaint.imaging.opencv import cv2
from linepaint.imaging.tone_flood import flood_by_tone, flooded_chroma, tone_graph
from linepaint.networks.live import HintDecoder, LineEncoder, LiveConfig, LiveGenerator

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


GRAY = ('mode = "lineart"', 'mode = "grayscale"')


@pytest.fixture
def gray_sample(tiny: MakeRecipe) -> Sample:
    drawing = draw(3, 96, "shapes")
    return make_sample(Pair(drawing.color, drawing.lines), tiny(GRAY), np.random.default_rng(1), hints=12)


def painted(sample: Sample) -> np.ndarray:
    """The sample's hints as an artist's, uint8 [H, W, 4]."""
    assert sample.hints is not None
    rgb, mask = (sample.hints[0, :3] + 1) * 127.5, sample.hints[0, 3:] * 255
    return torch.cat([rgb * sample.hints[0, 3:], mask]).round().byte().permute(1, 2, 0).contiguous().numpy()


def test_a_gray_samples_source_is_the_luma_of_its_target(gray_sample: Sample) -> None:
    assert gray_sample.source.shape == (1, 1, 96, 96)
    assert (luma(gray_sample.target) - gray_sample.source).abs().max() <= 0.51 / 255
    assert gray_sample.source.max() == 1, "white is white"


def test_a_gray_samples_prior_is_the_flood_along_its_tones(gray_sample: Sample) -> None:
    gray = (gray_sample.source[0, 0] * 255).round().byte().numpy()
    hints = painted(gray_sample)
    source, confidence = flood_by_tone(tone_graph(gray), hints)
    expected = with_chroma(gray, flooded_chroma(source, confidence, hints))
    assert gray_sample.prior is not None
    prior = gray_sample.prior[0].permute(1, 2, 0).numpy()
    assert np.abs(prior[..., :3] * 255 - expected).max() < 1e-3
    assert np.array_equal(prior[..., 3], confidence)
    assert np.abs(prior[..., :3] @ (0.299, 0.587, 0.114) * 255 - gray).max() <= 0.51, "its luma is the gray's"
    assert np.ptp(prior[..., :3], axis=2).max() > 0.1, "there is colour in it"


def test_a_gray_sample_without_hints_has_a_gray_prior(tiny: MakeRecipe) -> None:
    drawing = draw(3, 64, "shapes")
    bare = make_sample(Pair(drawing.color, drawing.lines), tiny(GRAY), np.random.default_rng(1), hints=0)
    assert bare.hints is not None and bare.prior is not None
    assert not bare.hints.any() and not bare.prior[:, 3].any()
    assert torch.allclose(bare.prior[:, :3], bare.source.expand(-1, 3, -1, -1))


def test_under_the_pen_a_gray_picture_is_shown_to_the_network_as_in_training(
    gray_sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[torch.Tensor] = []
    encode, decode = LineEncoder.forward, HintDecoder.forward

    def encoding(encoder: LineEncoder, source: torch.Tensor) -> list[torch.Tensor]:
        seen.append(source)
        return encode(encoder, source)

    def decoding(
        decoder: HintDecoder, features: list[torch.Tensor], hints: torch.Tensor, prior: torch.Tensor
    ) -> torch.Tensor:
        seen.extend((hints, prior))
        return decode(decoder, features, hints, prior)

    monkeypatch.setattr(LineEncoder, "forward", encoding)
    monkeypatch.setattr(HintDecoder, "forward", decoding)
    network = LiveGenerator(LiveConfig((4,) * 4, (1,) * 4, (4,) * 4, (1,) * 4)).eval()
    gray = (gray_sample.source[0, 0] * 255).round().byte().numpy()
    GrayscaleSession(network, torch.device("cpu"), gray, size=96).color_layer(painted(gray_sample))
    assert len(seen) == 3
    for given, trained in zip(seen, (1 - gray_sample.source, gray_sample.hints, gray_sample.prior), strict=True):
        assert trained is not None
        assert torch.allclose(given, trained, atol=1e-5)


PAIRED = (
    ('step = "unpaired"', 'step = "paired"'),
    ("loss = { adversarial = 1.0, cycle = 10.0, identity = 5.0 }", "loss = { bce = 1.0 }"),
    ("procedural = 1.0", "procedural = 0.0"),
)


@pytest.fixture
def two_sources(picture_folder: Path) -> Path:
    """Beside the friends' pictures, whose ink is an artist's, one whose lines are a filter's: a green one."""
    (picture_folder / "found").mkdir()
    color, lines = np.full((64, 64, 3), (40, 200, 60), np.uint8), np.full((64, 64), 255, np.uint8)
    lines[::16] = color[::16] = 0
    cv2.imwrite(str(picture_folder / "found" / "one.color.png"), color[..., ::-1])
    cv2.imwrite(str(picture_folder / "found" / "one.line.png"), lines)
    return picture_folder


@pytest.mark.parametrize(("lines_from", "greens"), [(("friends",), {False}), (("found",), {True}), ((), {False, True})])
def test_lines_are_learned_from_those_that_an_artist_drew(
    tiny: MakeRecipe, two_sources: Path, lines_from: tuple[str, ...], greens: set[bool]
) -> None:
    recipe = tiny(*PAIRED, ("workers = 0", "workers = 0\n[augment]\nrecolor = 0.0"), of="tiny-scan")
    sampler = Sampler.of(Pictures([two_sources], {}, 448, lines_from), recipe, 32)
    found = set()
    for number in range(24):
        source = sampler.sample(np.random.default_rng(number)).source
        found.add(bool((source[0] - torch.tensor([40, 200, 60]).view(3, 1, 1) / 255).abs().amax(dim=0).min() < 0.1))
    assert found == greens


def test_a_pictures_lines_are_those_that_it_was_drawn_with(tiny: MakeRecipe, picture_folder: Path) -> None:
    """However its colours, its ink and its shadows are varied, and however bad what is given gets."""
    changes = ("ink_tint", "shadows", "jpeg", "rough_lines", "wobble", "sketchy", "pencil", "scan", "blur")
    worse = "[augment]\n" + "".join(f"{change} = 1.0\n" for change in changes)
    plain = "[augment]\nrough_lines = 0.0\n"
    pictures = Pictures([picture_folder], {}, 448)
    samplers = [
        Sampler.of(pictures, tiny(*PAIRED, ("workers = 0", f"workers = 0\n{augment}"), of="tiny-scan"), 32)
        for augment in (worse, plain)
    ]
    for number in range(6):
        spoiled, kept = (sampler.sample(np.random.default_rng(number)) for sampler in samplers)
        assert spoiled.source.shape == (1, 3, 32, 32) and spoiled.target.shape == (1, 1, 32, 32)
        assert torch.equal(spoiled.target, kept.target)
        assert (spoiled.source - kept.source).abs().mean() > 0.01
        assert spoiled.hints is None and spoiled.prior is None


def test_scan_samples_are_repeated_by_their_number(tiny: MakeRecipe, picture_folder: Path) -> None:
    finish = "workers = 0\n[augment]\nink_tint = 0.5\nshadows = 0.5\njpeg = 0.5"
    recipe = tiny(*PAIRED, ("workers = 0", finish), of="tiny-scan")
    pictures = Pictures([picture_folder], {}, 448)
    whole, rest = SampleDataset(pictures, recipe, 32, 0, 8), SampleDataset(pictures, recipe, 32, 5, 3)
    for i in range(3):
        assert torch.equal(rest[i].source, whole[5 + i].source) and torch.equal(rest[i].target, whole[5 + i].target)
    assert not torch.equal(whole[0].source, whole[1].source)
