"""The critic judges patches of the sizes that pix2pix reports."""

import pytest
import torch

from linepaint.networks.patchgan import PatchDiscriminator, receptive_field


def seen_by_one_score(strided: int) -> tuple[int, int]:
    """Height and width of the input that the score in the middle depends on, by its gradient."""
    side = 2 * receptive_field(strided)
    critic = PatchDiscriminator(1, strided, channels=2)
    picture = torch.randn(1, 1, side, side, requires_grad=True)
    scores = critic(picture)
    scores[0, 0, scores.shape[2] // 2, scores.shape[3] // 2].backward()
    assert picture.grad is not None
    ys, xs = torch.nonzero(picture.grad[0, 0], as_tuple=True)
    return int(ys.max() - ys.min()) + 1, int(xs.max() - xs.min()) + 1


@pytest.mark.parametrize(("strided", "side"), [(1, 16), (2, 34), (3, 70), (4, 142), (5, 286)])
def test_one_score_sees_a_patch_of_the_size_promised(strided: int, side: int) -> None:
    assert receptive_field(strided) == side
    assert seen_by_one_score(strided) == (side, side)


def test_it_gives_one_score_for_each_overlapping_patch() -> None:
    scores = PatchDiscriminator(4, strided=3, channels=4)(torch.rand(2, 4, 256, 256))
    assert scores.shape == (2, 1, 30, 30), "as in pix2pix"


def test_spectral_normalisation_takes_off_the_size_of_its_weights() -> None:
    critic = PatchDiscriminator(3, strided=2, channels=4).eval()
    picture = torch.rand(1, 3, 64, 64)
    with torch.no_grad():
        before = critic(picture)
        for layer in critic.layers:
            if isinstance(layer, torch.nn.Conv2d):
                layer.parametrizations.weight.original.mul_(1000)
        assert torch.allclose(critic(picture), before, atol=1e-5)
