"""The live generator: what it takes and gives, and that it starts as the classical filler."""

import pytest
import torch
from torch import Tensor

from linepaint.networks.live import LiveConfig, LiveGenerator

SMALL = LiveConfig((8, 12, 16, 20), (1, 1, 1, 1), (6, 10, 14, 18), (1, 1, 1, 1))


def inputs(count: int, height: int, width: int, seed: int = 0) -> tuple[Tensor, Tensor, Tensor]:
    """Lines, hints and prior."""
    random = torch.Generator().manual_seed(seed)
    lines, hints, prior = (torch.rand(count, c, height, width, generator=random) for c in (1, 4, 4))
    return lines, hints, prior


def opinionated(config: LiveConfig = SMALL) -> LiveGenerator:
    """A generator whose correction is not nought."""
    torch.manual_seed(1)
    generator = LiveGenerator(config).eval()
    torch.nn.init.normal_(generator.decoder.correction.weight, std=0.1)
    return generator


@pytest.mark.parametrize("size", [(32, 32), (64, 96), (160, 32)])
def test_features_come_at_four_resolutions_and_colour_at_full(size: tuple[int, int]) -> None:
    generator, (height, width) = LiveGenerator(SMALL), size
    lines, hints, prior = inputs(2, height, width)
    features = generator.encoder(lines)
    assert [tuple(f.shape) for f in features] == [
        (2, c, height // s, width // s) for c, s in zip(SMALL.encoder_channels, (4, 8, 16, 32), strict=True)
    ]
    assert generator(lines, hints, prior).shape == (2, 3, height, width)


@pytest.mark.parametrize("config", [LiveConfig(), SMALL])
def test_untrained_it_adds_nothing_to_the_propagation(config: LiveConfig) -> None:
    lines, hints, prior = inputs(1, 64, 64)
    assert torch.equal(LiveGenerator(config)(lines, hints, prior), prior[:, :3])


def test_line_features_serve_any_hints() -> None:
    """A drawing is encoded once: the decoder must leave the features as they are."""
    generator = opinionated()
    lines, hints, prior = inputs(1, 64, 64)
    _, other_hints, other_prior = inputs(1, 64, 64, seed=9)
    with torch.no_grad():
        features = generator.encoder(lines)
        first = generator.decoder(features, hints, prior)
        between = generator.decoder(features, other_hints, other_prior)
        again = generator.decoder(features, hints, prior)
        assert torch.equal(first, again)
        assert not torch.allclose(first, between)
        assert torch.equal(generator(lines, hints, prior), prior[:, :3] + first)


def test_lines_hints_and_prior_all_have_a_say() -> None:
    generator = opinionated()
    given = [part.requires_grad_() for part in inputs(1, 64, 64)]
    generator(*given).square().sum().backward()
    for part in given:
        assert part.grad is not None
        assert (part.grad.abs().sum(dim=(2, 3)) > 0).all(), "every channel"


def test_every_weight_can_learn() -> None:
    generator = opinionated()
    generator(*inputs(2, 64, 64)).square().mean().backward()
    idle = [name for name, p in generator.named_parameters() if p.grad is None or not p.grad.any()]
    assert idle == []


def test_a_picture_comes_out_the_same_alone_and_in_company() -> None:
    generator = opinionated()
    lines, hints, prior = inputs(3, 64, 64)
    with torch.no_grad():
        together = generator(lines, hints, prior)
        alone = generator(lines[1:2], hints[1:2], prior[1:2])
    assert torch.allclose(together[1:2], alone, atol=1e-5)


@pytest.mark.parametrize(
    "settings",
    [
        {"encoder_channels": ()},
        {"encoder_channels": (8, 8, 8)},
        {"decoder_blocks": (1, 1, 1, 1, 1)},
        {"decoder_channels": 8},
    ],
)
def test_a_config_of_other_than_four_levels_is_refused(settings: dict[str, tuple[int, ...]]) -> None:
    with pytest.raises(ValueError, match=f"{next(iter(settings))} must be 4 numbers"):
        LiveConfig(**settings)
