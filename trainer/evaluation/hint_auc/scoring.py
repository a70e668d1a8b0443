"""The protocol's figures: squared error, PSNR and SSIM of both pictures at 256 × 256, and the area under a curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np
import torch
from skimage.metrics import structural_similarity

SIDE = 256
"""Both pictures are brought to this square, whatever their proportions."""

FLOOR = 1e-10
"""Added to the squared error, so that identical pictures have a PSNR: 100 dB."""


@dataclass(frozen=True)
class Score:
    """mse: of values in [0, 1], lower is better. psnr: dB. ssim: 1 at best."""

    mse: float
    psnr: float
    ssim: float

    @classmethod
    def mean(cls, scores: Sequence[Score]) -> Score:
        """Over several pictures."""
        return cls(fmean(s.mse for s in scores), fmean(s.psnr for s in scores), fmean(s.ssim for s in scores))

    @classmethod
    def area(cls, ratios: Sequence[float], scores: Sequence[Score]) -> Score:
        """Under the curve over ratios from 0 to 1, by trapezoids."""
        curves = [s.mse for s in scores], [s.psnr for s in scores], [s.ssim for s in scores]
        mse, psnr, ssim = (float(np.trapezoid(curve, ratios)) for curve in curves)
        return cls(mse, psnr, ssim)


def squared_up(picture: np.ndarray) -> np.ndarray:
    """A picture, uint8 [H, W, 3], as float32 [SIDE, SIDE, 3] in [0, 1]: bilinear, antialiased where it shrinks."""
    picture_13HW = torch.from_numpy(picture.astype(np.float32) / 255).permute(2, 0, 1)[None]
    resized = torch.nn.functional.interpolate(picture_13HW, (SIDE, SIDE), mode="bilinear", antialias=True)
    return resized[0].permute(1, 2, 0).contiguous().numpy()


def score(made: np.ndarray, truth: np.ndarray) -> Score:
    """The figures of two pictures as `squared_up` gives them."""
    mse = float(np.mean((made - truth) ** 2))
    # Eleven pixels of Gaussian window, as Wang et al. 2004 have it.
    similarity = structural_similarity(
        made, truth, channel_axis=2, data_range=1.0, gaussian_weights=True, sigma=1.5, use_sample_covariance=False
    )
    return Score(mse, float(10 * np.log10(1 / (mse + FLOOR))), float(similarity))
