"""How near a picture comes to the artist's own, and how lively it is: one number for each.

Pictures are uint8 [H, W, 3] sRGB, the one made and the truth of one size. Where a figure needs CIE Lab, it takes
what `lab` gives, so that a picture is converted once for all of them. docs/evaluation.md has the formulas.
"""

from __future__ import annotations

import numpy as np
import torch
from pytorch_msssim import ms_ssim as _ms_ssim
from skimage.color import deltaE_ciede2000, rgb2lab
from skimage.metrics import structural_similarity

from linepaint.imaging.opencv import cv2

BEST_PSNR_DB = 100.0
"""What identical pictures get, so that a mean over several is a number."""

MS_SSIM_SIDE = 176
"""Five scales of an 11 px window need more than 160 px; a picture with a shorter side is first enlarged to this."""


def lab(picture: np.ndarray) -> np.ndarray:
    """CIE Lab (D65) of uint8 [H, W, 3]: float32 [H, W, 3], L in 0 … 100, a and b in about -110 … 110."""
    return np.asarray(rgb2lab(picture.astype(np.float32) / 255), np.float32)


def psnr(made: np.ndarray, truth: np.ndarray) -> float:
    """Peak signal-to-noise ratio, dB, at most BEST_PSNR_DB."""
    error = float(np.mean((made.astype(np.float64) - truth) ** 2)) / 255**2
    return min(BEST_PSNR_DB, -10 * float(np.log10(error))) if error > 0 else BEST_PSNR_DB


def ssim(made: np.ndarray, truth: np.ndarray) -> float:
    """Structural similarity, 1 at best: Gaussian window of σ 1.5, mean of the channels (Wang et al. 2004)."""
    return float(
        structural_similarity(
            made,
            truth,
            channel_axis=2,
            data_range=255,
            gaussian_weights=True,
            sigma=1.5,
            use_sample_covariance=False,
        )
    )


def ms_ssim(made: np.ndarray, truth: np.ndarray) -> float:
    """SSIM at five scales, 1 at best (Wang, Simoncelli and Bovik 2003).

    Of a picture whose shorter side is under MS_SSIM_SIDE, both versions are enlarged to it first (bilinear).
    """
    height, width = truth.shape[:2]
    scale = MS_SSIM_SIDE / min(height, width)
    if scale > 1:
        size = round(width * scale), round(height * scale)
        made, truth = (cv2.resize(p, size, interpolation=cv2.INTER_LINEAR) for p in (made, truth))
    made_13HW, truth_13HW = (torch.from_numpy(p.astype(np.float32)).permute(2, 0, 1)[None] for p in (made, truth))
    return float(_ms_ssim(made_13HW, truth_13HW, data_range=255))


def color_difference(made_lab: np.ndarray, truth_lab: np.ndarray) -> np.ndarray:
    """CIEDE2000 of each pair of Lab colours [..., 3]: float32 [...]; about 2 is what one just notices."""
    return np.asarray(deltaE_ciede2000(made_lab, truth_lab), np.float32)


def delta_e(made: np.ndarray, truth: np.ndarray) -> float:
    """Mean CIEDE2000 over the pixels, 0 at best."""
    return float(color_difference(lab(made), lab(truth)).mean())


def colorfulness(picture: np.ndarray) -> float:
    """Hasler and Süsstrunk's M3 (2003): 0 for grey, about 60 for a colourful picture; to be near the truth's."""
    red, green, blue = np.moveaxis(picture.astype(np.float32), 2, 0)
    red_green, yellow_blue = red - green, (red + green) / 2 - blue
    spread = np.hypot(red_green.std(), yellow_blue.std())
    return float(spread + 0.3 * np.hypot(red_green.mean(), yellow_blue.mean()))


def gradient(picture: np.ndarray, where: np.ndarray | None = None) -> float:
    """Mean gradient magnitude of the luma (Rec. 601), grey levels a pixel, by central differences.

    where: bool [H, W], the pixels that count, None for all. `sharpness` compares two of these.
    """
    luma = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
    down, right = np.gradient(luma)
    magnitude = np.hypot(down, right)
    counted = magnitude if where is None else magnitude[where]
    return float(counted.mean()) if counted.size else 0.0


def sharpness(made_gradient: float, truth_gradient: float) -> float | None:
    """How sharp something is beside the truth: 1 as sharp, less is blurred, more is busier; None for a flat truth."""
    return made_gradient / truth_gradient if truth_gradient > 0 else None
