"""The conventions that training and use share: what a generator is given, and what becomes of what it gives."""

import numpy as np
import pytest
import torch

from linepaint.engine.finishing import composite, luma, with_luma
from linepaint.engine.tensors import color_tensor, condition, gray_tensor, hints_tensor, lines_tensor


def test_lines_gray_and_colour_as_tensors() -> None:
    pixels = np.array([[0, 255], [51, 102]], np.uint8)
    assert torch.allclose(lines_tensor(pixels), torch.tensor([[[[1.0, 0.0], [0.8, 0.6]]]]))
    assert torch.allclose(gray_tensor(pixels), torch.tensor([[[[0.0, 1.0], [0.2, 0.4]]]]))
    color = color_tensor(np.array([[[255, 0, 51]]], np.uint8))
    assert color.shape == (1, 3, 1, 1)
    assert torch.allclose(color.flatten(), torch.tensor([1.0, 0.0, 0.2]))


def test_arrays_that_cannot_be_shared_with_torch_become_tensors_too() -> None:
    pixels = np.arange(12, dtype=np.uint8).reshape(3, 4)
    pixels.flags.writeable = False
    assert torch.equal(gray_tensor(pixels[::-1, ::-1]), gray_tensor(pixels[::-1, ::-1].copy()))
    color = np.repeat(pixels[..., None], 3, axis=2)
    assert torch.equal(color_tensor(color[:, ::-1]), color_tensor(color[:, ::-1].copy()))


def test_a_generator_is_given_its_source_alone_or_with_hints() -> None:
    source, hints = torch.rand(2, 3, 4, 5), torch.rand(2, 4, 4, 5)
    assert condition(source, hints, 3) is source
    assert condition(source, None, 3) is source
    assert torch.equal(condition(source, hints, 7), torch.cat([source, hints], dim=1))


@pytest.mark.parametrize("channels_in", [1, 2, 4, 6, 8])
def test_other_numbers_of_channels_are_refused(channels_in: int) -> None:
    with pytest.raises(ValueError, match="3 without and 7 with hints"):
        condition(torch.zeros(1, 3, 2, 2), torch.zeros(1, 4, 2, 2), channels_in)


def test_hints_that_are_needed_must_be_there() -> None:
    with pytest.raises(ValueError, match="needs hints"):
        condition(torch.zeros(1, 1, 2, 2), None, 5)


def test_empty_hints_are_zeros() -> None:
    assert not hints_tensor(np.full((2, 3, 4), [9, 9, 9, 0], np.uint8), np.zeros((2, 3), bool)).any()


def test_lines_multiply_the_colour_under_them() -> None:
    color, lines = torch.rand(2, 3, 4, 4), torch.rand(2, 1, 4, 4)
    made = composite(color, lines)
    assert torch.allclose(made[1, 2], color[1, 2] * (1 - lines[1, 0]))


def test_a_coloured_gray_picture_has_the_luma_of_the_gray_one() -> None:
    made, gray = torch.rand(2, 3, 5, 6, requires_grad=True), torch.rand(2, 1, 5, 6)
    finished = with_luma(made, gray)
    assert torch.allclose(luma(finished), gray, atol=1e-6)
    assert torch.allclose(finished - finished[:, :1], made - made[:, :1], atol=1e-6), "only luma was changed"
    finished[:, 0].sum().backward()
    assert made.grad is not None
    per_pixel = torch.tensor([1 - 0.299, -0.587, -0.114])
    assert torch.allclose(made.grad, per_pixel[:, None, None].expand_as(made), atol=1e-6)


def test_nothing_is_clipped() -> None:
    assert float(with_luma(torch.tensor([[[[1.0]], [[0.0]], [[0.0]]]]), torch.ones(1, 1, 1, 1)).max()) > 1.5
