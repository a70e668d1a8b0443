"""One picture before a live network: encoded once, of any size, its margins blank."""

import numpy as np
import pytest
import torch
from torch import Tensor

from linepaint.engine.live_picture import LivePicture
from linepaint.networks.live import STRIDE, LiveConfig, LiveGenerator

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def network() -> LiveGenerator:
    """A small one that has opinions."""
    torch.manual_seed(1)
    network = LiveGenerator(LiveConfig((8, 8, 8, 8), (1, 1, 1, 1), (8, 8, 8, 8), (1, 1, 1, 1))).eval()
    torch.nn.init.normal_(network.decoder.correction.weight, std=0.1)
    return network


def inputs(height: int, width: int) -> tuple[Tensor, Tensor, Tensor]:
    """Source, hints and prior."""
    random = torch.Generator().manual_seed(2)
    source, hints, prior = (torch.rand(1, c, height, width, generator=random) for c in (1, 4, 4))
    return source, hints, prior


def test_it_gives_what_the_network_adds_to_the_prior(network: LiveGenerator) -> None:
    source, hints, prior = inputs(64, 96)
    correction = LivePicture(network, CPU, source).correction(hints, prior)
    with torch.no_grad():
        expected = (network(source, hints, prior) - prior[:, :3])[0].permute(1, 2, 0)
    assert correction.dtype == np.float32 and correction.shape == (64, 96, 3)
    assert np.abs(correction - expected.numpy()).max() < 1e-5
    assert correction.std() > 0.01


@pytest.mark.parametrize("size", [(1, 1), (1, 45), (33, 31), (50, 32)])
def test_a_picture_of_any_size_is_padded_with_blank_paper(
    network: LiveGenerator, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No ink and no hints in the margins, which are white for certain."""
    height, width = size
    given: list[Tensor] = []
    encode, decode = network.encoder.forward, network.decoder.forward

    def encoding(source: Tensor) -> list[Tensor]:
        given.append(source)
        return encode(source)

    def decoding(features: list[Tensor], *others: Tensor) -> Tensor:
        given.extend(others)
        return decode(features, *others)

    monkeypatch.setattr(network.encoder, "forward", encoding)
    monkeypatch.setattr(network.decoder, "forward", decoding)
    sent = inputs(height, width)
    assert LivePicture(network, CPU, sent[0]).correction(*sent[1:]).shape == (height, width, 3)
    for seen, was, blank in zip(given, sent, (0, 0, 1), strict=True):
        assert torch.equal(seen[..., :height, :width], was)
        assert seen.shape[2] % STRIDE == 0 and seen.shape[3] % STRIDE == 0
        assert (seen[..., height:, :] == blank).all() and (seen[..., width:] == blank).all()


def test_it_is_encoded_once_for_all_hints(network: LiveGenerator, monkeypatch: pytest.MonkeyPatch) -> None:
    encoded: list[int] = []
    encode = network.encoder.forward

    def counted(source: Tensor) -> list[Tensor]:
        encoded.append(1)
        return encode(source)

    monkeypatch.setattr(network.encoder, "forward", counted)
    source, hints, prior = inputs(32, 64)
    picture = LivePicture(network, CPU, source)
    first = picture.correction(hints, prior)
    between = picture.correction(torch.zeros_like(hints), torch.ones_like(prior))
    assert np.array_equal(picture.correction(hints, prior), first), "nothing of other hints is left"
    assert np.abs(between - first).max() > 1e-3
    assert len(encoded) == 1
