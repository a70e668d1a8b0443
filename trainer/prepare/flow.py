"""The edge tangent flow of a picture, and smoothing along it: what turns scattered responses into pen strokes.

Kang et al. 2007, "Coherent Line Drawing", with the flow taken from the smoothed structure tensor as in Kyprianidis and
Döllner 2008 and Winnemöller et al. 2012.
"""

from __future__ import annotations

import numpy as np

from linepaint.imaging.opencv import cv2


def tangent_flow(gray: np.ndarray, sigma: float) -> np.ndarray:
    """The unit direction, (x, y) float32 [H, W, 2], in which a picture, float32 [H, W], changes least at each pixel.

    sigma: the Gaussian over which neighbouring gradients agree on a direction, px.
    """
    across = cv2.Sobel(gray, cv2.CV_32F, 1, 0)
    down = cv2.Sobel(gray, cv2.CV_32F, 0, 1)
    xx, xy, yy = (cv2.GaussianBlur(product, (0, 0), sigma) for product in (across * across, across * down, down * down))
    # Half the angle of the tensor: the eigenvector of its larger eigenvalue, which points across the edge.
    normal = 0.5 * np.arctan2(2 * xy, xx - yy)
    return np.dstack([-np.sin(normal), np.cos(normal)])


def smooth_along(values: np.ndarray, flow: np.ndarray, sigma: float) -> np.ndarray:
    """The Gaussian mean, sigma px wide, of values float32 [H, W, C] along the stream line through each pixel.

    The line integral is taken in Euler steps of one pixel, both ways.
    """
    height, width = flow.shape[:2]
    start = np.dstack(np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)))
    total, weights = values.copy(), 1.0
    steps = max(1, round(2 * sigma))
    for ahead in (flow, -flow):
        place, direction = start.copy(), ahead
        for step in range(1, steps + 1):
            place += direction
            weight = float(np.exp(-0.5 * (step / sigma) ** 2))
            total += weight * _sample(values, place, cv2.INTER_LINEAR)
            weights += weight
            if step < steps:
                direction = _same_way(_sample(flow, place, cv2.INTER_NEAREST), direction)
    total /= weights
    return total


def _sample(picture: np.ndarray, place: np.ndarray, interpolation: int) -> np.ndarray:
    x, y = cv2.split(place)
    sampled = cv2.remap(picture, x, y, interpolation, borderMode=cv2.BORDER_REPLICATE)
    return sampled.reshape(picture.shape)  # OpenCV drops a lone channel.


def _same_way(flow: np.ndarray, before: np.ndarray) -> np.ndarray:
    """The flow with its sign, of which a tangent has none, chosen so that nobody turns back."""
    turned = (flow * before).sum(axis=2, keepdims=True) < 0
    return np.where(turned, -flow, flow)
