"""What a painter adds over the whole picture, with no line at its borders: light, occlusion near lines, grain."""

import numpy as np

from linepaint.imaging.opencv import cv2

from .look import Look


def painted_over(under: np.ndarray, lines: np.ndarray, covered: np.ndarray, look: Look, seed: int) -> np.ndarray:
    """The colours under the lines, uint8 [H, W, 3], with the look's wash, occlusion and grain where `covered`.

    lines: uint8 [H, W], 255 = paper. covered: bool [H, W]; bare paper stays as it is. The same seed gives the same.
    """
    if look.wash <= 0 and look.occlusion <= 0 and look.grain <= 0:
        return under
    rng = np.random.default_rng(seed)
    tall, wide = lines.shape
    light = np.ones((tall, wide), np.float32)
    if look.wash > 0:
        clouds = rng.normal(0, 1, (5, 5)).astype(np.float32)
        y, x = np.mgrid[-1:1:5j, -1:1:5j].astype(np.float32)
        clouds = 0.5 * clouds + 1.2 * (x * look.light[0] + y * look.light[1])
        light += look.wash * cv2.resize(clouds, (wide, tall), interpolation=cv2.INTER_CUBIC)
    if look.occlusion > 0:
        small = cv2.resize(lines, (max(1, wide // 4), max(1, tall // 4)), interpolation=cv2.INTER_AREA)
        small = cv2.GaussianBlur(small, (0, 0), max(1.0, min(tall, wide) / 130))
        shade = cv2.resize(small, (wide, tall), interpolation=cv2.INTER_LINEAR).astype(np.float32)
        light *= 1 - look.occlusion * (1 - shade / 255)
    if look.grain > 0:
        coarse = rng.normal(0, 1, (tall // 3 + 1, wide // 3 + 1)).astype(np.float32)
        fine = rng.standard_normal((tall, wide), np.float32)
        light += look.grain * (0.6 * fine + cv2.resize(coarse, (wide, tall), interpolation=cv2.INTER_LINEAR))
    light[~covered] = 1
    # Shade leans to the look's tint rather than to black.
    tint = (
        1
        + 0.35
        * (np.array(look.shade_tint, np.float32) / max(look.shade_tint) - 1)
        * np.clip(1 - light, 0, 1)[..., None]
    )
    painted: np.ndarray = np.clip(under * (light[..., None] * tint) + 0.5, 0, 255).astype(np.uint8)
    painted[~covered] = under[~covered]
    return painted
