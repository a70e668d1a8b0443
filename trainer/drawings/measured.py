"""Palettes of real pictures, given to a drawing's roles: skin stays like skin, leaves like leaves.

palettes.json holds colours and their shares, numbers only. They were measured by scripts/measure_palettes.py on the
training pictures, whose sources and licences the model card names.
"""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from linepaint.imaging.opencv import cv2

from .colors import Color, Palette, lighter, mixed, varied

NEAR = 28.0
"""How far, in Lab, a measured colour may be from a role's own to replace it; further ones only tinge it."""
NEAR_SKIN = 16.0
CLOTHES = 8


@cache
def measured_palettes() -> tuple[tuple[tuple[Color, ...], tuple[float, ...]], ...]:
    """All of them: colours, largest share first, and shares that sum to 1."""
    found = []
    for entries in json.loads(Path(__file__).with_name("palettes.json").read_text("utf-8")):
        colors = tuple((int(c[:2], 16), int(c[2:4], 16), int(c[4:], 16)) for c, _ in entries)
        total = sum(share for _, share in entries)
        found.append((colors, tuple(share / total for _, share in entries)))
    return tuple(found)


def _lab(colors: tuple[Color, ...]) -> np.ndarray:
    return cv2.cvtColor(np.array([colors], np.float32) / 255, cv2.COLOR_RGB2LAB)[0]


def _nearest(color: Color, colors: tuple[Color, ...], lab: np.ndarray, reach: float) -> Color:
    gaps = np.linalg.norm(lab - _lab((color,)), axis=1)
    best = int(gaps.argmin())
    return colors[best] if gaps[best] <= reach else mixed(color, colors[best], 0.15)


def measured_palette(rng: np.random.Generator, natural: Palette) -> Palette:
    """`natural` in the colours of one measured picture."""
    every = measured_palettes()
    colors, shares = every[int(rng.integers(len(every)))]
    lab = _lab(colors)

    def near(color: Color, reach: float = NEAR) -> Color:
        return _nearest(color, colors, lab, reach)

    picked = rng.choice(len(colors), len(colors), replace=False, p=shares).tolist()
    more = rng.choice(len(colors), CLOTHES, p=shares).tolist()
    cloth = tuple([colors[i] for i in picked] + [varied(rng, colors[i], 12) for i in more])[:CLOTHES]
    backdrop = colors[0] if rng.uniform() < 0.6 else lighter(colors[0], rng.uniform(0.2, 0.6))
    return replace(
        natural,
        skin=near(natural.skin, NEAR_SKIN),
        hair=near(natural.hair),
        cloth=cloth,
        leaf=near(natural.leaf),
        leaf_other=near(natural.leaf_other),
        flower=(near(natural.flower[0]), near(natural.flower[1]), near(natural.flower[2])),
        wood=near(natural.wood),
        stone=near(natural.stone),
        sky=(near(natural.sky[0]), near(natural.sky[1])),
        backdrop=backdrop,
    )
