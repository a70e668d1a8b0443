"""Norm layers do what their names say."""

import pytest
import torch
from torch.nn import functional

from linepaint.networks.normalisation import NORMS, InstanceNorm, norm_layer


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("training", [False, True])
def test_instance_norm_is_torchs(count: int, training: bool) -> None:
    norm = InstanceNorm(6).train(training)
    torch.nn.init.uniform_(norm.weight)
    torch.nn.init.uniform_(norm.bias)
    x = torch.randn(count, 6, 5, 7).to(memory_format=torch.channels_last)
    expected = functional.instance_norm(x, weight=norm.weight, bias=norm.bias)
    assert torch.allclose(norm(x), expected, atol=1e-5)


def test_a_map_of_one_pixel_passes_instance_norm() -> None:
    x = torch.randn(2, 4, 1, 1)
    assert torch.equal(InstanceNorm(4).train()(x), x)


def test_one_picture_has_no_say_in_the_norm_of_another() -> None:
    norm, x = InstanceNorm(4), torch.randn(2, 4, 6, 6)
    louder = torch.cat([x[:1], x[1:] * 100])
    assert torch.equal(norm(louder)[0], norm(x)[0])


def test_every_name_has_its_layer() -> None:
    assert [type(norm_layer(name, 4)).__name__ for name in NORMS] == ["InstanceNorm", "BatchNorm2d", "Identity"]


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(ValueError, match="norm is 'group', but must be one of instance, batch, none"):
        norm_layer("group", 4)
