"""OnePunch's colouriser: what its encoder is shown, and that it can stay as it came."""

import copy
from typing import Any

import pytest
import torch

from linepaint.networks.attention import SimpleSelfAttention
from linepaint.networks.onepunch import OnePunch, OnePunchConfig, as_imagenet

SMALL: dict[str, Any] = {"width": 8, "blocks": (1, 1, 1, 1), "decoder_channels": (12, 8, 8, 8, 8)}


def small(**settings: Any) -> OnePunch:
    torch.manual_seed(0)
    return OnePunch(OnePunchConfig(**SMALL | settings))


def test_lines_are_shown_to_the_encoder_as_dark_on_white_paper() -> None:
    lines = torch.tensor([0.0, 1.0]).reshape(1, 1, 1, 2)
    paper, ink = as_imagenet(lines)[0, :, 0].T
    assert torch.allclose(paper, torch.tensor([2.2489, 2.4286, 2.6400]), atol=1e-4)
    assert torch.allclose(ink, torch.tensor([-2.1179, -2.0357, -1.8044]), atol=1e-4)


def test_colors_are_shown_to_the_encoder_as_they_are() -> None:
    gray = torch.tensor([0.485, 0.456, 0.406]).reshape(1, 3, 1, 1)
    assert as_imagenet(gray).abs().max() < 1e-6


def test_attention_works_on_the_largest_maps_and_starts_as_the_identity() -> None:
    network = small(attention=3)
    assert [type(layer) for layer in network.attention] == [SimpleSelfAttention] * 3
    x = torch.randn(1, 8, 16, 16)
    assert torch.equal(network.attention(x), x)
    assert len(small(attention=0).attention) == 0


def test_the_decoder_starts_without_a_checkerboard() -> None:
    """ICNR: each 2 × 2 block that a pixel shuffle makes is one value, untrained."""
    with torch.no_grad():
        for block in small().decoder:
            made = block.up(torch.randn(1, block.up.expand.in_channels, 4, 4))
            assert torch.equal(made[..., ::2, ::2].repeat_interleave(2, 2).repeat_interleave(2, 3), made)


@pytest.mark.parametrize("channels_in", [5, 7])
def test_a_hint_is_heard_far_from_where_it_was_set(channels_in: int) -> None:
    network = small(channels_in=channels_in, attention=0).eval()
    source = torch.rand(1, channels_in, 128, 128)
    source[:, -4:] = 0
    hinted = source.clone()
    hinted[:, -4:, 8:24, 8:24] = 1
    with torch.no_grad():
        change = (network(hinted) - network(source)).abs().amax(dim=1)[0]
    assert change[8:24, 8:24].mean() > 1e-3
    assert change[60:70, 60:70].max() > 0


def test_hints_do_not_reach_the_encoder() -> None:
    network = small(channels_in=5, norm="instance")
    seen = []
    network.encoder.register_forward_hook(lambda _, given, __: seen.append(given[0]))
    source = torch.rand(1, 5, 64, 64)
    with torch.no_grad():
        network(source)
        source[:, 1:] += 1
        network(source)
    assert torch.equal(seen[0], seen[1])


def test_a_frozen_encoder_stays_as_it_came_through_training() -> None:
    network = small()
    network.freeze_encoder()
    before = copy.deepcopy(network.encoder.state_dict())
    network.train()
    network(torch.rand(2, 1, 64, 64)).mean().backward()
    assert all(torch.equal(tensor, before[name]) for name, tensor in network.encoder.state_dict().items())
    assert all(p.grad is None for p in network.encoder.parameters())
    assert network.decoder[0].norm.training and network.decoder[0].norm.num_batches_tracked == 1


def test_a_copy_of_a_frozen_encoder_is_frozen_too() -> None:
    network = small()
    network.freeze_encoder()
    twin = copy.deepcopy(network).train()
    assert not any(module.training for module in twin.encoder.modules())


def test_an_encoder_that_is_not_frozen_trains() -> None:
    assert all(module.training for module in small().train().encoder.modules())
