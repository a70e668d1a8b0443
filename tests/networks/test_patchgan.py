"""The critic judges patches of the sizes that pix2pix reports."""

import pytest
import torch
from torch import nn

from linepaint.networks.attention import SimpleSelfAttention
from linepaint.networks.patchgan import CRITIC_NORMS, RECEPTIVE_FIELDS, PatchDiscriminator


def seen_by_one_score(critic: PatchDiscriminator, side: int) -> tuple[int, int]:
    """Height and width of the input that the score in the middle depends on, by its gradient."""
    picture = torch.randn(1, 1, side, side, requires_grad=True)
    scores = critic.double()(picture.double())
    scores[0, 0, scores.shape[2] // 2, scores.shape[3] // 2].backward()
    assert picture.grad is not None
    ys, xs = torch.nonzero(picture.grad[0, 0], as_tuple=True)
    return int(ys.max() - ys.min()) + 1, int(xs.max() - xs.min()) + 1


@pytest.mark.parametrize("side", RECEPTIVE_FIELDS)
def test_one_score_sees_a_patch_of_the_size_promised(side: int) -> None:
    critic = PatchDiscriminator(1, side, channels=2)
    assert critic.receptive_field() == side
    assert seen_by_one_score(critic, max(2 * side, 8)) == (side, side)


def test_the_paper_reports_these_sizes() -> None:
    assert {1, 16, 70, 286} <= set(RECEPTIVE_FIELDS)


def test_it_gives_one_score_for_each_overlapping_patch() -> None:
    scores = PatchDiscriminator(4, channels=4)(torch.rand(2, 4, 256, 256))
    assert scores.shape == (2, 1, 30, 30), "as in pix2pix"


def test_it_is_the_critic_of_pix2pix() -> None:
    critic = PatchDiscriminator(6, norm="batch")
    assert sum(p.numel() for p in critic.parameters()) == pytest.approx(2.769e6, rel=1e-3)


@pytest.mark.parametrize("side", RECEPTIVE_FIELDS)
def test_the_smallest_picture_gets_one_score_and_a_smaller_one_a_reason(side: int) -> None:
    critic = PatchDiscriminator(1, side, channels=2)
    least = critic.smallest_side()
    assert critic(torch.rand(1, 1, least, least)).shape == (1, 1, 1, 1)
    with pytest.raises(ValueError, match=f"at least {least} px"):
        critic(torch.rand(1, 1, least + 5, least - 1))


@pytest.mark.parametrize("norm", CRITIC_NORMS)
def test_every_norm_trains_at_a_batch_of_one(norm: str) -> None:
    critic = PatchDiscriminator(3, 16, channels=4, norm=norm)
    critic(torch.rand(1, 3, 32, 32)).mean().backward()
    assert all(p.grad is not None for p in critic.parameters())


def test_spectral_normalisation_takes_off_the_size_of_its_weights() -> None:
    critic = PatchDiscriminator(3, 34, channels=4, attention=2).eval()
    for attention in (m for m in critic.modules() if isinstance(m, SimpleSelfAttention)):
        nn.init.ones_(attention.gamma)
    picture = torch.rand(1, 3, 64, 64)
    with torch.no_grad():
        before = critic(picture)
        for layer in critic.modules():
            if isinstance(layer, nn.Conv2d):
                layer.parametrizations.weight.original.mul_(1000)
        assert torch.allclose(critic(picture), before, atol=1e-5)


def test_its_features_are_the_maps_before_the_scores() -> None:
    critic = PatchDiscriminator(3, 70, channels=4).eval()
    picture = torch.rand(2, 3, 64, 64)
    maps = critic.features(picture)
    assert [tuple(m.shape[1:]) for m in maps] == [(4, 32, 32), (8, 16, 16), (16, 8, 8), (32, 7, 7)]
    assert torch.equal(critic.score(maps[-1]), critic(picture))


def test_attention_follows_the_largest_maps_and_sees_the_rest_of_the_picture() -> None:
    critic = PatchDiscriminator(1, 16, channels=4, attention=1)
    assert [isinstance(block.attention, SimpleSelfAttention) for block in critic.blocks] == [True, False]
    assert seen_by_one_score(critic, 64) == (16, 16), "untrained it is the identity"
    nn.init.ones_(critic.blocks[0].attention.gamma)
    assert seen_by_one_score(critic, 64) == (64, 64)


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"receptive_field": 71}, "receptive_field is 71, but must be one of 1, 16, 34, 70, 142, 286"),
        ({"norm": "layer"}, "norm is 'layer', but must be one of spectral, instance, batch, none"),
        ({"receptive_field": 16, "attention": 3}, "attention is 3, but this critic has 2 maps"),
        ({"attention": -1}, "attention is -1"),
    ],
)
def test_a_critic_of_no_kind_is_refused(settings: dict[str, int], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        PatchDiscriminator(4, **settings)
