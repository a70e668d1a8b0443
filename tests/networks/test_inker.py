"""The inker: it starts as a filter, takes any size, and draws in a part what it draws in the whole."""

from typing import Any

import pytest
import torch
from torch import Tensor

from linepaint.networks.inker import STRIDE, Inker, InkerConfig, darker_than_around
from linepaint.networks.padding import run_padded

SMALL = InkerConfig((4, 6, 8, 10), (1, 1, 1, 1))


def picture(count: int, height: int, width: int, seed: int = 0) -> Tensor:
    """Noise, [N, 3, H, W]."""
    return torch.rand(count, 3, height, width, generator=torch.Generator().manual_seed(seed))


def opinionated(config: InkerConfig = SMALL) -> Inker:
    """One whose layers add something to the filter, as after training."""
    torch.manual_seed(1)
    inker = Inker(config).eval()
    torch.nn.init.normal_(inker.ink.weight, std=0.3)
    return inker


@pytest.mark.parametrize("config", [InkerConfig(), SMALL])
def test_untrained_it_is_the_filter(config: InkerConfig) -> None:
    page = picture(1, 32, 48)
    with torch.no_grad():
        assert torch.equal(Inker(config)(page), torch.sigmoid(darker_than_around(page)))


def test_the_filter_finds_lines_and_leaves_shadows() -> None:
    """Dark strokes, black or of a colour, are ink; darkness of any evenness, and paper, are not."""
    page = torch.ones(1, 3, 64, 64)
    page[..., 32:, :] = 0.4
    page[..., 0:64, 10:12] *= 0.0
    page[:, 1:, :, 40:42] *= 0.1
    with torch.no_grad():
        ink = Inker(SMALL)(page)[0, 0]
    away = 12  # From the edge between light and shadow.
    rows = torch.cat([torch.arange(32 - away), torch.arange(32 + away, 64)])
    for x in (10, 11, 40, 41):
        assert ink[rows, x].min() > 0.6
    blank = torch.cat([torch.arange(5), torch.arange(17, 35), torch.arange(47, 64)])
    assert ink[rows][:, blank].max() < 0.25


@pytest.mark.parametrize("level", [0.0, 0.3, 1.0])
def test_an_even_picture_has_no_ink_at_its_edges_either(level: float) -> None:
    ink = torch.sigmoid(darker_than_around(torch.full((1, 3, 32, 32), level)))
    assert ink.max() < 0.3 and ink.max() - ink.min() < 1e-4


def test_what_is_drawn_is_surer_than_what_is_likely() -> None:
    """In use a likely line is drawn, an unlikely one is not, and there is little haze between."""
    inker, page = opinionated(), picture(1, 64, 64)
    with torch.no_grad():
        drawn, likely = inker(page), inker.train()(page)
    assert (drawn[likely > 0.3] > 0.5).all() and (drawn[likely < 0.2] < 0.5).all()
    assert (drawn[likely < 0.05] < likely[likely < 0.05]).all()
    assert drawn[likely < 0.2].numel() and drawn[likely > 0.3].numel()


@pytest.mark.parametrize("size", [(16, 16), (32, 64), (80, 48)])
def test_ink_has_the_pictures_size_and_is_a_share(size: tuple[int, int]) -> None:
    with torch.no_grad():
        ink = opinionated()(picture(2, *size))
    assert ink.shape == (2, 1, *size) and ink.dtype == torch.float32
    assert ink.min() >= 0 and ink.max() <= 1 and ink.std() > 0.01


@pytest.mark.parametrize("size", [(1, 1), (1, 90), (37, 53), (64, 33)])
def test_any_size_goes_through_with_padding(size: tuple[int, int]) -> None:
    with torch.no_grad():
        assert run_padded(opinionated(), picture(1, *size)).shape == (1, 1, *size)


def test_a_part_has_the_ink_that_the_whole_has_there() -> None:
    """So that tiles fit together. Only the context, which is the picture's mean, may tell a part from the whole."""
    inker, page = opinionated(), picture(1, 256, 256)
    cut, reach = 4 * STRIDE, 6 * STRIDE
    with torch.no_grad():
        inker.context.mix[2].weight.zero_()
        missed = (inker(page[..., cut:, cut:]) - inker(page)[..., cut:, cut:]).abs()
    assert missed[..., reach:, reach:].max() < 1e-5
    assert missed.max() > 1e-3, "near the cut it cannot know"


def test_every_weight_can_learn() -> None:
    inker = opinionated()
    inker(picture(2, 64, 64)).square().mean().backward()
    idle = [name for name, p in inker.named_parameters() if p.grad is None or not p.grad.any()]
    assert idle == []


def test_a_picture_comes_out_the_same_alone_and_in_company() -> None:
    inker = opinionated()
    pages = picture(3, 32, 32)
    with torch.no_grad():
        assert torch.allclose(inker(pages)[1:2], inker(pages[1:2]), atol=1e-5)


def test_in_half_precision_ink_is_still_told_in_full() -> None:
    """Near no ink, bfloat16 of the logits is enough; of the ink itself it would be too coarse for the loss."""
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        ink = opinionated()(picture(1, 32, 32))
    assert ink.dtype == torch.float32


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"channels": (8, 8, 8)}, "channels must be 4 numbers"),
        ({"channels": 8}, "channels must be 4 numbers"),
        ({"blocks": (1, 1, 1, 1, 1)}, "blocks must be 4 numbers"),
        ({"channels_in": 1}, "turns 3 channels into 1"),
        ({"channels_out": 3}, "turns 3 channels into 1"),
    ],
)
def test_a_config_of_another_network_is_refused(settings: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        InkerConfig(**settings)
