"""Marks that say no more than that a line is near: another mark's colour, darkened, where it hugs an outline.

A small dab beside a line often takes some of the line's darkness with it, be it picked from a finished picture or
painted as the shadow at an edge. Either way it means its own place; it must not shade the area that it lies in.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from linepaint.imaging.marks import Marks

HUGS_LINE = 0.03
"""A mark with less reach than this share of the picture's longest side may be about a line."""

ROOMIER = 1.5
"""The mark whose darkened colour it is has at least so many times its reach."""

DARKENED = 0.75
"""It has at most this share of that colour's light."""

SAME_HUE = 30.0
"""A darkened colour is met to within so much of 255, largest channel."""

REACH_LEFT = 0.05
"""What is left of the reach of a mark about a line."""


def shorten_outline_marks(marks: Marks, side_px: int) -> Marks:
    """The marks, those about a line with little reach. side_px: the picture's longest side."""
    about_line = np.zeros(marks.count, bool)
    order = np.argsort(marks.basin, kind="stable")
    start = np.flatnonzero(np.diff(marks.basin[order], prepend=-1))
    for here in np.split(order, start[1:]) if len(start) else []:
        hugging = here[marks.reach[here] < HUGS_LINE * side_px]
        if len(here) > 1 and len(hugging):
            about_line[hugging] = _darkened(marks, hugging, here)
    return replace(marks, reach=np.where(about_line, REACH_LEFT * marks.reach, marks.reach).astype(np.float32))


def _darkened(marks: Marks, some: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Which of some marks have the darkened colour of a roomier one among others: bool [len(some)]."""
    color, light = marks.color[some], marks.color[others]
    share = color @ light.T / np.maximum((light**2).sum(axis=1), 1)
    off = np.abs(color[:, None] - share[..., None] * light).max(axis=2)
    is_roomier = marks.reach[others] > ROOMIER * marks.reach[some][:, None]
    return np.asarray((is_roomier & (share < DARKENED) & (off < SAME_HUE)).any(axis=1))
