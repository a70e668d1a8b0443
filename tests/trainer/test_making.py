"""From a batch to finished pictures: what a network is given in each mode, and what the artist then sees."""

from collections.abc import Callable

import pytest
import torch
from linepaint.trainer.data.samples import Sample
from linepaint.trainer.making import finished, made_by
from linepaint.trainer.recipe import Recipe
from linepaint.trainer.state import TrainingState
from torch import Tensor

from linepaint.engine.catalog import Mode
from linepaint.engine.finishing import luma
from linepaint.networks.live import LiveGenerator

MakeRecipe = Callable[..., Recipe]
GRAY = ('mode = "lineart"', 'mode = "grayscale"')


@pytest.fixture
def network(tiny: MakeRecipe) -> LiveGenerator:
    """A small live network that has opinions."""
    generator = TrainingState(tiny(GRAY), torch.device("cpu")).generator
    assert isinstance(generator, LiveGenerator)
    torch.nn.init.normal_(generator.decoder.correction.weight, std=0.3)
    return generator


@pytest.fixture
def batch() -> Sample:
    random = torch.Generator().manual_seed(5)
    source, target, hints, prior = (torch.rand(2, c, 32, 32, generator=random) for c in (1, 3, 4, 4))
    return Sample(source, target, hints, prior)


def test_white_is_nothing_to_a_live_network_in_a_gray_picture_and_in_a_drawing(
    network: LiveGenerator, batch: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A drawing's source has 1 for ink, a gray picture's has 1 for white: the network reads darkness in both."""
    seen: list[Tensor] = []
    encode = network.encoder.forward

    def recorded(source: Tensor) -> list[Tensor]:
        seen.append(source)
        return encode(source)

    monkeypatch.setattr(network.encoder, "forward", recorded)
    for mode in (Mode.LINEART, Mode.GRAYSCALE):
        made_by(network, mode, batch)
    assert torch.equal(seen[0], batch.source) and torch.equal(seen[1], 1 - batch.source)


def test_a_gray_picture_keeps_its_luma_whatever_is_made(network: LiveGenerator, batch: Sample) -> None:
    with torch.no_grad():
        made = made_by(network, Mode.GRAYSCALE, batch)
        picture = finished(Mode.GRAYSCALE, made, batch.source)
    assert (luma(made) - batch.source).abs().max() > 0.1, "the network itself does not"
    assert torch.allclose(luma(picture), batch.source, atol=1e-5)
    assert torch.allclose(picture - luma(picture), made - luma(made), atol=1e-5), "its chroma is the network's"


def test_how_light_a_made_picture_is_teaches_nothing(network: LiveGenerator, batch: Sample) -> None:
    """Luma is taken from the gray picture, so no loss may push the network's."""
    made = made_by(network, Mode.GRAYSCALE, batch).detach().requires_grad_()
    finished(Mode.GRAYSCALE, made, batch.source).square().sum().backward()
    assert made.grad is not None and made.grad.abs().max() > 0.1
    assert made.grad.sum(dim=1).abs().max() < 1e-4, "along grey there is no slope"


def test_lines_stand_on_the_colour_and_a_scans_ink_is_left_alone(batch: Sample) -> None:
    ink = torch.zeros(2, 1, 32, 32)
    ink[:, :, 8] = 1
    colored = finished(Mode.LINEART, batch.target, ink)
    assert not colored[:, :, 8].any() and torch.equal(colored[:, :, 9:], batch.target[:, :, 9:])
    assert finished(Mode.SCAN, batch.source, batch.target) is batch.source
