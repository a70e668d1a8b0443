"""The colours that artists give to regions, and how often: what is likely before anything is known of a drawing.

Counted over the regions of drawings from the training set: their median colours in clusters (k-means in CIE L*a*b*),
and how many regions of each kind fell into each cluster.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np


class Setting(IntEnum):
    """Kinds of region: buttons and buckles are coloured otherwise than coats, and both otherwise than backgrounds."""

    SMALL = 0
    FORM = 1
    BACKGROUND = 2


@dataclass(frozen=True)
class CommonColors:
    """n colours. color: uint8 [n, 3]. weight: float64 [3, n], the share of each in each Setting; rows sum to 1."""

    color: np.ndarray
    weight: np.ndarray


# red, green, blue; regions per thousand: small, form, background
# fmt: off
_TABLE: Final = (
    (254, 255, 254,  71, 102, 788),
    ( 39,  28,  23,  52,  46,  46),
    (107,  71,  35,  44,  47,   9),
    ( 48,  51,  48,  52,  34,  11),
    ( 64,  52,  34,  51,  33,  15),
    ( 96,  82,  62,  45,  33,  17),
    (148, 100,  70,  39,  32,  13),
    (161, 165, 164,  33,  33,   2),
    (120, 126, 120,  38,  28,   2),
    ( 83,  86,  86,  36,  29,   6),
    (208, 209, 208,  35,  28,   6),
    (205, 166, 140,  27,  31,   2),
    (226, 204, 179,  25,  29,   1),
    (147, 127, 110,  37,  17,   6),
    (133,  54,  46,  24,  29,   4),
    ( 75,  35,  21,  31,  21,   3),
    (227, 165,  44,  25,  25,   2),
    (245, 230,  39,   8,  41,   4),
    ( 96,  63,  56,  27,  21,  12),
    (163,  92,  31,  15,  31,   2),
    (166, 133,  71,  28,  17,   1),
    (160, 160, 119,  26,  14,   1),
    ( 70,  87,  73,  16,  21,   5),
    (239, 207, 146,  16,  20,   3),
    (242, 126,  12,  23,  12,   1),
    ( 36,  31,  46,  19,  15,  12),
    ( 49,  73,  94,  16,  18,   3),
    ( 75,  87,  41,  17,  15,   3),
    (222, 223, 128,  15,  16,   1),
    ( 97, 124, 135,  20,  11,   3),
    (216, 148,  92,  10,  14,   3),
    (192,  41,  25,  10,  12,   1),
    ( 81, 241,   9,  10,  12,   1),
    (249,   3,   3,   3,  18,   1),
    ( 57, 143,  39,   7,  14,   1),
    ( 60, 186, 209,   8,  11,   1),
    (154, 196, 225,   6,   8,   1),
    (235, 170, 208,   4,   9,   5),
    (101, 117,  35,   5,   8,   1),
    (244,  87,  91,   1,  12,   1),
    ( 79,  57,  93,   9,   4,   0),
    ( 30, 177,  19,   7,   4,   0),
    (243,  15, 246,   3,   8,   0),
    (215,  19, 151,   2,   8,   0),
    ( 92,   0, 246,   2,   4,   0),
    ( 63, 119, 194,   3,   2,   0),
    ( 59,  93, 224,   1,   3,   0),
    (222, 132, 226,   1,   2,   0),
)
# fmt: on

COMMON_COLORS: Final = CommonColors(
    color=np.array([row[:3] for row in _TABLE], np.uint8),
    weight=np.array([[row[3 + kind] for row in _TABLE] for kind in Setting], np.float64)
    / np.array([[sum(row[3 + kind] for row in _TABLE)] for kind in Setting], np.float64),
)
