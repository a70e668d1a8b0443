"""What every whole-picture generator promises: any size, colours in [0, 1], and every weight learning."""

from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn

from linepaint.networks.cyclegan import CycleConfig, CycleGenerator
from linepaint.networks.encoder_decoder import EncoderDecoder, EncoderDecoderConfig
from linepaint.networks.onepunch import OnePunch, OnePunchConfig
from linepaint.networks.padding import run_padded
from linepaint.networks.scribbler import Scribbler, ScribblerConfig
from linepaint.networks.unet import UNet, UNetConfig

SMALL_DECODER = (12, 8, 8, 8, 8)
GENERATORS: dict[str, Callable[[], nn.Module]] = {
    "unet": lambda: UNet(UNetConfig(channels=8, levels=3)),
    "unet-batch": lambda: UNet(UNetConfig(channels_in=5, channels=8, levels=3, norm="batch")),
    "unet-none": lambda: UNet(UNetConfig(channels_in=3, channels=8, levels=3, norm="none")),
    "encoder-decoder": lambda: EncoderDecoder(EncoderDecoderConfig(channels=8, levels=3)),
    "scribbler": lambda: Scribbler(ScribblerConfig(channels=8, blocks=(1, 1, 1, 2))),
    "scribbler-none": lambda: Scribbler(ScribblerConfig(channels_in=1, channels=8, blocks=(1, 1, 1, 2), norm="none")),
    "cyclegan": lambda: CycleGenerator(CycleConfig(channels=8, blocks=2)),
    "cyclegan-color": lambda: CycleGenerator(CycleConfig(channels_in=1, channels_out=3, channels=8, blocks=1)),
    "onepunch": lambda: OnePunch(OnePunchConfig(width=8, blocks=(1, 1, 1, 1), decoder_channels=SMALL_DECODER)),
    "onepunch-hints": lambda: OnePunch(
        OnePunchConfig(channels_in=7, width=8, blocks=(1, 1, 1, 1), decoder_channels=SMALL_DECODER, norm="instance")
    ),
}
CHANNELS_LAST = torch.channels_last


@pytest.fixture(params=GENERATORS)
def generator(request: pytest.FixtureRequest) -> nn.Module:
    torch.manual_seed(0)
    return GENERATORS[request.param]()


def source_for(generator: nn.Module, count: int, height: int, width: int) -> Tensor:
    random = torch.Generator().manual_seed(1)
    return torch.rand(count, generator.config.channels_in, height, width, generator=random)


@pytest.mark.parametrize("size", [(64, 96), (45, 70), (33, 1), (1, 1)])
def test_a_picture_of_any_size_keeps_its_size(generator: nn.Module, size: tuple[int, int]) -> None:
    generator.eval()
    with torch.no_grad():
        picture = run_padded(generator, source_for(generator, 2, *size))
    assert picture.shape == (2, generator.config.channels_out, *size)
    assert picture.isfinite().all()
    assert picture.min() >= 0 and picture.max() <= 1


def test_the_stride_is_the_least_size_it_takes(generator: nn.Module) -> None:
    generator.eval()
    with torch.no_grad():
        assert generator(source_for(generator, 1, generator.stride, generator.stride)).isfinite().all()


def test_every_weight_learns(generator: nn.Module) -> None:
    for module in generator.modules():
        if hasattr(module, "gamma"):
            nn.init.ones_(module.gamma)  # Attention starts as the identity, and what is behind it learns from then on.
    source = source_for(generator, 2, 64, 64)
    target = torch.rand(2, generator.config.channels_out, 64, 64)
    (generator.train()(source) - target).square().mean().backward()
    idle = [name for name, p in generator.named_parameters() if p.grad is None or not p.grad.any()]
    assert idle == []


def test_it_says_the_same_in_channels_last_memory_and_stays_in_it(generator: nn.Module) -> None:
    strays = []

    def watch(module: nn.Module, _: object, made: object) -> None:
        if isinstance(made, Tensor) and not made.is_contiguous(memory_format=CHANNELS_LAST):
            strays.append(type(module).__name__)

    generator.eval()
    source = source_for(generator, 2, 64, 64)
    with torch.no_grad():
        torch.manual_seed(3)
        plain = generator(source)
        generator.to(memory_format=CHANNELS_LAST)
        for module in generator.modules():
            module.register_forward_hook(watch)
        torch.manual_seed(3)
        assert torch.allclose(generator(source.to(memory_format=CHANNELS_LAST)), plain, atol=1e-4)
    assert strays == []


def test_in_bfloat16_it_still_gives_single_precision(generator: nn.Module) -> None:
    source = source_for(generator, 2, 32, 32)
    with torch.autocast("cpu", torch.bfloat16):
        picture = generator.train()(source)
    assert picture.dtype == torch.float32
    picture.mean().backward()


def test_padding_repeats_the_edge_and_takes_nothing_else_in() -> None:
    class Recorder(nn.Module):
        stride = 8

        def forward(self, x: Tensor) -> Tensor:
            self.seen = x
            return x

    recorder, picture = Recorder(), torch.rand(1, 2, 5, 8)
    assert torch.equal(run_padded(recorder, picture), picture)
    assert recorder.seen.shape == (1, 2, 8, 8)
    assert torch.equal(recorder.seen[..., 5:, :], picture[..., 4:, :].expand(-1, -1, 3, -1))


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: UNetConfig(norm="layer"), "norm is 'layer', but must be one of instance, batch, none"),
        (lambda: UNetConfig(levels=1), "levels is 1, but must be 2 to 9"),
        (lambda: EncoderDecoderConfig(levels=10), "levels is 10"),
        (lambda: ScribblerConfig(blocks=(1, 1)), "blocks must be 4 numbers"),
        (lambda: ScribblerConfig(norm="spectral"), "norm is 'spectral'"),
        (lambda: OnePunchConfig(channels_in=4), "channels_in is 4, but must be 1 or 3, or with hints 5 or 7"),
        (lambda: OnePunchConfig(blocks=(3, 4, 6)), "blocks must be 4 numbers"),
        (lambda: OnePunchConfig(decoder_channels=(8, 8)), "decoder_channels must be 5 numbers"),
        (lambda: OnePunchConfig(norm=""), "norm is ''"),
    ],
)
def test_a_config_of_no_network_is_refused_with_the_reason(make: Callable[[], object], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        make()
