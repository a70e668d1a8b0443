"""pix2pix's generators: the sizes of the paper, its skips or their absence, and its noise."""

import pytest
import torch
from torch import Tensor, nn

from linepaint.engine.architectures import build, build_hollow
from linepaint.networks.encoder_decoder import EncoderDecoder, EncoderDecoderConfig
from linepaint.networks.normalisation import InstanceNorm
from linepaint.networks.unet import DropoutNoise, UNet, UNetConfig


def drawn_with(generator: nn.Module, source: Tensor, seed: int) -> Tensor:
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        torch.manual_seed(seed)
        return generator(source)


def without_noise(generator: nn.Module) -> nn.Module:
    """The same, so that what remains are its other ways."""
    for parent in generator.modules():
        for name, child in parent.named_children():
            if isinstance(child, DropoutNoise):
                setattr(parent, name, nn.Identity())
    return generator.eval()


def count(network: nn.Module) -> int:
    return sum(p.numel() for p in network.parameters())


def test_it_is_the_u_net_256_of_pix2pix() -> None:
    network = build_hollow("unet", {"channels_in": 3})
    assert network.stride == 256
    assert count(network) == pytest.approx(54.4e6, rel=1e-3)


def test_the_u_net_128_has_one_level_less() -> None:
    network = build_hollow("unet", {"channels_in": 3, "levels": 7})
    assert network.stride == 128
    assert count(network) == pytest.approx(41.8e6, rel=2e-3)


def test_a_picture_of_one_stride_has_a_bottleneck_of_one_pixel() -> None:
    network, x = UNet(UNetConfig(channels=4, levels=8)), torch.rand(1, 1, 256, 256)
    for down in network.downs:
        x = down(x)
    assert x.shape == (1, 32, 1, 1)
    assert not any(isinstance(layer, InstanceNorm) for layer in network.downs[-1]), "which a norm would wipe out"


@pytest.mark.parametrize("name", ["unet", "encoder-decoder"])
def test_noise_is_there_at_use_too_and_repeats_with_its_seed(name: str) -> None:
    generator = build(name, {"channels": 8, "levels": 4}).eval()
    source = torch.rand(1, 1, 32, 32)
    first = drawn_with(generator, source, seed=1)
    assert torch.equal(drawn_with(generator, source, seed=1), first)
    assert (drawn_with(generator, source, seed=2) - first).abs().max() > 1e-3


@pytest.mark.parametrize(("levels", "noisy"), [(2, 1), (3, 2), (5, 3), (8, 3)])
def test_the_innermost_three_blocks_are_noisy_and_the_last_never(levels: int, noisy: int) -> None:
    network = build_hollow("unet", {"channels": 8, "levels": levels})
    at = [index for index, up in enumerate(network.ups) if any(isinstance(m, DropoutNoise) for m in up)]
    assert at == list(range(noisy))


def test_noise_drops_half_and_keeps_the_mean() -> None:
    torch.manual_seed(0)
    made = DropoutNoise().eval()(torch.ones(1, 16, 32, 32))
    assert made.unique().tolist() == [0, 2]
    assert made.mean().item() == pytest.approx(1, abs=0.05)


def test_the_first_picture_of_a_batch_gets_the_noise_it_would_get_alone() -> None:
    pictures = torch.ones(3, 4, 6, 6)
    first = drawn_with(DropoutNoise(), pictures[:1], seed=5)
    together = drawn_with(DropoutNoise(), pictures.to(memory_format=torch.channels_last), seed=5)
    assert torch.equal(together[:1], first)


def silenced_at_the_bottleneck(generator: nn.Module) -> nn.Module:
    nn.init.zeros_(generator.ups[0][1].weight)
    return generator


def test_a_u_net_hands_lines_through_past_its_bottleneck() -> None:
    network = silenced_at_the_bottleneck(without_noise(UNet(UNetConfig(channels=8, levels=3))))
    with torch.no_grad():
        assert (network(torch.zeros(1, 1, 32, 32)) - network(torch.rand(1, 1, 32, 32))).abs().max() > 1e-3


def test_an_encoder_decoder_has_no_way_but_the_bottleneck() -> None:
    network = without_noise(EncoderDecoder(EncoderDecoderConfig(channels=8, levels=3)))
    blank, drawn = torch.zeros(1, 1, 32, 32), torch.rand(1, 1, 32, 32)
    with torch.no_grad():
        assert (network(blank) - network(drawn)).abs().max() > 1e-3
        silenced_at_the_bottleneck(network)
        assert torch.equal(network(blank), network(drawn))


def test_weights_start_as_the_paper_says() -> None:
    torch.manual_seed(0)
    network = UNet(UNetConfig(channels=16, levels=4))
    convolutions = [m for m in network.modules() if isinstance(m, nn.Conv2d | nn.ConvTranspose2d)]
    weights = torch.cat([convolution.weight.flatten() for convolution in convolutions])
    assert weights.mean().item() == pytest.approx(0, abs=1e-3)
    assert weights.std().item() == pytest.approx(0.02, rel=0.02)


def test_a_batch_at_training_is_each_picture_alone() -> None:
    """Instance statistics: the paper's batch of one, whatever the batch."""
    network = without_noise(UNet(UNetConfig(channels=8, levels=3))).train()
    pictures = torch.rand(3, 1, 16, 16)
    with torch.no_grad():
        assert torch.allclose(network(pictures)[1:2], network(pictures[1:2]), atol=1e-5)
