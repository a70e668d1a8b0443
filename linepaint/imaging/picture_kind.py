"""What kind of picture this is, by measuring: a line drawing, a picture in tones of gray, or a finished colouring.

What is drawn with a pen is narrow. Closing with a disc wider than any line leaves the bare paper of a drawing, but the
areas of a painting. So what counts is how much of that is in colour, and how much is neither paper nor black; tints
that go with the tone alone, as of yellowed paper, sepia or a single ink, are no colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from linepaint.document.arrays import Pixels
from linepaint.imaging.flattening import eight_bit, on_white
from linepaint.imaging.opencv import cv2
from linepaint.imaging.shrinking import shrink_picture

SIDE_PX = 384
"""Longest side of the small copy that is measured, so that a large picture costs little more than a small one."""
COLORED = 0.005
"""A picture with a larger share in colour is a colouring; a stamp or a signature in colour does not make one."""
TONED = 0.12
"""A picture with a larger share in tones of gray is a gray picture; the light screentone of a drawing covers less."""
FAINTLY_TONED = 0.3
"""The same where the tones may be as light as those of a pale watercolour, and nothing of it may be lines."""

_PAPER_FROM, _FAINT_PAPER_FROM, _BLACK_BELOW = 224, 245, 57
"""Of the paper's own brightness taken as 255, what counts as paper, as paper with no tone at all, and as black."""
_CHROMA = 32
"""From here up two channels differ by more than the light on paper and the grain of a photograph make them."""
_CHROMA_BEYOND_TINT = 16
"""The same once the tint of each tone is taken away."""
_STRONGEST_TINT = 90.0
"""No paper or sepia has a tint as strong as this difference of channels."""
_LEAST_PAPER = 0.25
"""Light of one kind has to lie on so much of a picture to be taken for paper."""
_TONES = 16


class PictureKind(StrEnum):
    """How a picture is best opened."""

    LINES = "lines"
    """A line drawing: ink, pencil, scan or photograph, on paper of any tint, also white on black."""
    GRAY = "gray"
    """A picture in tones: painted, photographed, a screened page; also in sepia."""
    COLOR = "color"
    """A finished colouring."""


@dataclass(frozen=True)
class Measures:
    """What the kind is judged by: shares of the picture, each 0 to 1."""

    colored: float
    """In colours that neither the tint of the paper, nor a tint of the tones, nor a single ink explains."""
    toned: float
    """In tones between black and paper, small dots of black seen as the tone they stand for."""
    faintly_toned: float
    """In tones between black and white paper, lines of any width left out."""


def guess_kind(picture: np.ndarray) -> PictureKind:
    """The kind of a picture, uint8 or uint16: gray [H, W], RGB [H, W, 3] or straight RGBA [H, W, 4].

    ValueError for an array of another kind.
    """
    measures = measure(picture)
    if measures.colored > COLORED:
        return PictureKind.COLOR
    if measures.toned > TONED or measures.faintly_toned > FAINTLY_TONED:
        return PictureKind.GRAY
    return PictureKind.LINES


def measure(picture: np.ndarray) -> Measures:
    """Measure a picture as `guess_kind` takes it."""
    small = _dark_on_light(_small_copy(picture))
    side = max(small.shape[:2])
    even = _with_even_paper(small, _without_lines(small, side // 28))
    areas = _without_lines(even, side // 28)
    # A little blur makes the dots of a screen the tone that they stand for; single lines it leaves narrow.
    blurred = _without_lines(cv2.GaussianBlur(even, (0, 0), 1), side // 18)
    sharp = _without_lines(even, side // 18)
    # Without the grain and what a JPEG makes of colour, of which nothing is the tint of a tone.
    smooth = np.asarray(cv2.GaussianBlur(small, (0, 0), 1), np.uint8)
    drawn = _drawn_part(even)
    return Measures(
        colored=min(
            _share(_channel_difference(areas) > _CHROMA),
            _share(_thinned(_beyond_tint_of_tones(smooth)) > _CHROMA_BEYOND_TINT),
            _share(_thinned(_beyond_one_tint(smooth)) > _CHROMA_BEYOND_TINT),
            _share(_thinned(_beyond_one_ink(even)) > _CHROMA),
        ),
        toned=_tones_in(blurred, _PAPER_FROM) / drawn,
        faintly_toned=_tones_in(sharp, _FAINT_PAPER_FROM) / drawn,
    )


def _small_copy(picture: np.ndarray) -> Pixels:
    """uint8 RGB [h, w, 3], laid on white."""
    if picture.dtype not in (np.uint8, np.uint16) or not (
        picture.ndim == 2 or (picture.ndim == 3 and picture.shape[2] in (3, 4))
    ):
        raise ValueError(f"A picture has to be 8- or 16-bit gray, RGB or RGBA, not {picture.dtype} {picture.shape}.")
    if picture.size == 0:
        raise ValueError("A picture needs at least one pixel.")
    # Shrunk before it is laid on white: what is mixed up at the edges by that is as narrow as a line. By whole pixels
    # first, which OpenCV does in a third of the time.
    height, width = picture.shape[:2]
    factor = max(1, max(height, width) // (2 * SIDE_PX))
    if factor > 1 and min(height, width) >= factor:
        height, width = height // factor, width // factor
        whole = picture[: height * factor, : width * factor]
        picture = cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)
    small = on_white(eight_bit(shrink_picture(picture, SIDE_PX)))
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_GRAY2RGB) if small.ndim == 2 else small, np.uint8)


def _dark_on_light(small: Pixels) -> Pixels:
    """The same, turned over where little that is light stands on an even dark ground."""
    gray = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.int16)
    ground, lightest = np.percentile(gray, (50, 99))
    if ground >= 110 or lightest - ground <= 40:
        return small
    is_even = _share(np.abs(gray - ground) < 20) > 0.5
    is_line = _share(gray > (ground + lightest) / 2) < 0.3
    return 255 - small if is_even and is_line else small


def _with_even_paper(small: Pixels, areas: Pixels) -> Pixels:
    """Divided by the paper's own colour, so that bare paper is white everywhere. areas: without the lines.

    The paper under a lamp is a quadratic surface over what is lightest, for each channel; where too little lies on
    it, there is no paper to be seen, and the picture stays as it is.
    """
    cells = cv2.resize(areas, (32, 32), interpolation=cv2.INTER_AREA).reshape(-1, 3).astype(np.float64)
    y, x = (axis.ravel() for axis in np.mgrid[-1:1:32j, -1:1:32j])
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=1)
    brightness = cells.mean(axis=1)
    is_paper = brightness >= np.percentile(brightness, 60)
    paper = cells
    for _ in range(6):
        paper = terms @ np.linalg.lstsq(terms[is_paper], cells[is_paper], rcond=None)[0]
        relative = cells / np.maximum(paper, 1)
        fitting = (relative.min(axis=1) > 0.93) & (relative.max(axis=1) < 1.5)
        if fitting.sum() < 60 or np.array_equal(fitting, is_paper):
            break
        is_paper = fitting
    if is_paper.mean() < _LEAST_PAPER:
        return small
    coarse = np.clip(paper, 30, 255).reshape(32, 32, 3).astype(np.float32)
    surface = cv2.resize(coarse, small.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return np.minimum(small / surface * 255, 255).astype(np.uint8)


def _drawn_part(even: Pixels) -> float:
    """The share of the page within the rectangle around all that is drawn: margins say nothing."""
    is_drawn = cv2.cvtColor(even, cv2.COLOR_RGB2GRAY) < _PAPER_FROM
    rows, columns = is_drawn.any(axis=1), is_drawn.any(axis=0)
    if not rows.any():
        return 1.0
    height, width = (np.ptp(np.flatnonzero(side)) + 1 for side in (rows, columns))
    return max(float(height * width) / is_drawn.size, 0.2)


def _tones_in(areas: Pixels, paper_from: int) -> float:
    gray = cv2.cvtColor(areas, cv2.COLOR_RGB2GRAY)
    return _share((gray >= _BLACK_BELOW) & (gray < paper_from))


def _channel_difference(picture: Pixels) -> np.ndarray:
    """How far red and blue are from green, int16 [h, w]."""
    red, green, blue = cv2.split(picture.astype(np.int16))
    return np.maximum(np.abs(red - green), np.abs(blue - green))


def _beyond_tint_of_tones(small: Pixels) -> np.ndarray:
    """The difference of channels, [h, w], beyond a tint that follows the tone alone, as of sepia or yellowed paper."""
    red, green, blue = cv2.split(small.astype(np.float32))
    gray = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).ravel()
    tone, tint = gray / 255, np.stack([(red - green).ravel(), (blue - green).ravel()], axis=1)
    common = []
    for first in range(0, 256, 256 // _TONES):
        here = np.flatnonzero((gray >= first) & (gray < first + 256 // _TONES))
        if len(here) >= max(20, 0.0005 * len(gray)):
            # Rare tones count too, or paper alone would decide; but none counts for more than a few together.
            weight = min(np.sqrt(len(here)), 0.2 * np.sqrt(len(gray)))
            common.append((float(tone[here].mean()), *np.median(tint[here], axis=0).tolist(), weight))
    at, reds, blues, weights = np.array(common, np.float64).reshape(-1, 4).T
    degree = 2 if len(at) >= 3 else 0
    wanted = np.stack([reds, blues], axis=1)
    powers = np.vander(at, degree + 1)
    curve = np.linalg.lstsq(powers * weights[:, None], wanted * weights[:, None], rcond=None)[0]
    if np.linalg.norm(np.vander(np.linspace(0, 1, 9), degree + 1) @ curve, axis=1).max() > _STRONGEST_TINT:
        curve = np.zeros_like(curve)
    beyond = np.abs(tint - np.vander(tone, degree + 1) @ curve).max(axis=1)
    return beyond.reshape(small.shape[:2])


def _beyond_one_tint(small: Pixels) -> np.ndarray:
    """The difference of channels, [h, w], beyond gray times one colour, cut off at white: the usual sepia filter."""
    # The darkest channel is the one that is never cut off.
    tone, *others = sorted(cv2.split(small.astype(np.float32)), key=lambda channel: float(channel.mean()))
    is_whole = (small.max(axis=2) < 250) & (tone > 30)
    if not is_whole.any():
        return _channel_difference(small)
    factors = [float(np.median(channel[is_whole] / tone[is_whole])) for channel in others]
    beyond = [np.abs(channel - np.minimum(by * tone, 255)) for channel, by in zip(others, factors, strict=True)]
    return np.maximum(*beyond)


def _beyond_one_ink(even: Pixels) -> np.ndarray:
    """How far colours, [h, w], are from the mixtures of white paper and one ink."""
    darkness = 255 - even.reshape(-1, 3).astype(np.float32)
    inked = darkness[np.linalg.norm(darkness, axis=1) > 60]
    if not len(inked):
        return np.zeros(even.shape[:2], np.float32)
    ink = np.linalg.svd(inked.T @ inked)[0][:, 0]
    beyond = darkness - np.outer(darkness @ ink, ink)
    return np.linalg.norm(beyond, axis=1).reshape(even.shape[:2])


def _thinned(values: np.ndarray) -> np.ndarray:
    """Without what is narrower than three pixels: the soft edges of lines, and grain."""
    return cv2.erode(values.astype(np.float32), np.ones((3, 3), np.uint8))


def _share(mask: np.ndarray) -> float:
    return float(np.mean(mask))


def _without_lines(picture: np.ndarray, width: int) -> Pixels:
    """What lies around and between dark lines, uint8 RGB: those up to this width are filled in."""
    odd = max(width, 3) | 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (odd, odd))
    return np.asarray(cv2.morphologyEx(picture, cv2.MORPH_CLOSE, disc), np.uint8)
