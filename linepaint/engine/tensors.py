"""Arrays to tensors and back, in the one convention that training and painting share.

Lines: uint8 [H, W], 0 = ink -> float32 [1, 1, H, W], 1 = ink. Gray: uint8 [H, W] -> float32 [1, 1, H, W], 1 = white.
Colour: uint8 [H, W, 3] -> float32 [1, 3, H, W], RGB in [0, 1]. Hints: uint8 [H, W, 4] -> float32 [1, 4, H, W], rgb in
[-1, 1] × mask, and the mask. Prior: a Propagation -> float32 [1, 4, H, W], rgb in [0, 1] and confidence in [0, 1].
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from linepaint.imaging.marks import SOLID

HINT_CHANNELS = 4
"""Red, green, blue and the mask."""


def lines_tensor(lines: np.ndarray) -> Tensor:
    """Lines as a network input, [1, 1, H, W]."""
    # A copy, because the array may be read-only or a mirrored view, which torch cannot share.
    return 1 - torch.from_numpy(lines.astype(np.float32, order="C")).div_(255)[None, None]


def gray_tensor(gray: np.ndarray) -> Tensor:
    """A gray picture as a network input, [1, 1, H, W]."""
    return torch.from_numpy(gray.astype(np.float32, order="C")).div_(255)[None, None]


def color_tensor(color: np.ndarray) -> Tensor:
    """A colour picture as a network input or target, [1, 3, H, W]."""
    return _image(color.astype(np.float32) * np.float32(1 / 255))


def hints_tensor(hints: np.ndarray, ink: np.ndarray) -> Tensor:
    """Hints as a network input, [1, 4, H, W]; hints on ink, bool [H, W], do not count."""
    mask = ((hints[..., 3] >= SOLID) & ~ink).astype(np.float32)[..., None]
    rgb = (hints[..., :3].astype(np.float32) * (2 / 255) - 1) * mask
    return _image(np.concatenate([rgb, mask], axis=2))


def prior_tensor(color: np.ndarray, confidence: np.ndarray) -> Tensor:
    """Propagated colour uint8 [H, W, 3] and its confidence float32 [H, W] as a network input, [1, 4, H, W]."""
    rgb = color.astype(np.float32) * (1 / 255)
    return _image(np.concatenate([rgb, confidence[..., None]], axis=2))


def condition(source: Tensor, hints: Tensor | None, channels_in: int) -> Tensor:
    """What a whole-picture generator with so many input channels is given: [N, channels_in, H, W].

    source: [N, C, H, W], lines, gray or colour; hints: [N, 4, H, W], which a network with C channels does not see.
    Raises ValueError where the channels fit neither with hints nor without, or where hints are needed and missing.
    """
    channels = source.shape[1]
    if channels_in == channels:
        return source
    if channels_in != channels + HINT_CHANNELS:
        raise ValueError(
            f"a source of {channels} channels makes {channels} without and {channels + HINT_CHANNELS} with hints, "
            f"not {channels_in}"
        )
    if hints is None:
        raise ValueError(f"a network with {channels_in} input channels needs hints, if only empty ones")
    return torch.cat([source, hints], dim=1)


def _image(pixels: np.ndarray) -> Tensor:
    """Float [H, W, C] -> [1, C, H, W], left in channels-last memory."""
    return torch.from_numpy(np.ascontiguousarray(pixels)).permute(2, 0, 1)[None]
