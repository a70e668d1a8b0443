"""How a drawing is made: its light, shading and pen, chosen once and kept throughout."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from .colors import Color, hsv


class Shading(StrEnum):
    """How a form's colour is modelled."""

    FLAT = "flat"
    CEL = "cel"
    CEL_TWO = "cel two"
    SOFT = "soft"
    GRADIENT = "gradient"


@dataclass(frozen=True)
class Pen:
    """The inking hand. Lengths are pixels of the finished drawing.

    `weight` is the usual line width; `swell` how much it varies along a stroke; `taper` the share of a
    stroke that thins out at each end; `wobble` the unsteadiness of the hand; `strokes` how often a line
    is gone over (2 and more is sketchy); `gaps` how many breaks there are per 100 px of line and
    `gap_px` how long they are; `ink` the grey of the line; `colored` draws each line in a dark colour
    of its own form.
    """

    weight: float
    swell: float = 0.35
    taper: float = 0.25
    wobble: float = 0.0
    strokes: int = 1
    gaps: float = 0.0
    gap_px: tuple[float, float] = (2.0, 10.0)
    ink: int = 0
    colored: bool = False
    ink_color: Color = (0, 0, 0)


@dataclass(frozen=True)
class Look:
    """Light, shading and pen. `light` is the unit vector towards the light, x right and y down.

    `wash`, `occlusion` and `grain` (0..1) are the strengths of what `painting` adds over the whole picture.
    """

    pen: Pen
    shading: Shading = Shading.CEL
    light: tuple[float, float] = (-0.6, -0.8)
    depth: float = 0.3
    shade_tint: Color = (90, 70, 130)
    highlights: bool = True
    smoothness: float = 0.0
    wash: float = 0.0
    occlusion: float = 0.0
    grain: float = 0.0


def random_look(rng: np.random.Generator, side_px: int) -> Look:
    """A look for a drawing whose shorter side is `side_px` pixels."""
    weight = (0.55 + side_px * 0.0031) * float(np.exp(rng.normal(0, 0.32)))
    weight = float(np.clip(weight, 0.9, 12.0))
    kind = rng.choice(["clean", "clean", "gapped", "sketchy", "brush", "even"])
    colored = rng.uniform() < 0.07
    pen = Pen(
        weight=weight,
        swell={"brush": 0.6, "even": 0.04}.get(str(kind), rng.uniform(0.15, 0.45)),
        taper={"brush": 0.45, "even": 0.02}.get(str(kind), rng.uniform(0.12, 0.35)),
        wobble={"sketchy": rng.uniform(0.4, 1.2), "even": 0.0}.get(str(kind), rng.uniform(0, 0.5)),
        strokes=int(rng.integers(2, 4)) if kind == "sketchy" else 1,
        gaps=rng.uniform(0.15, 0.9) if kind == "gapped" else (rng.uniform(0, 0.15) if kind == "sketchy" else 0.0),
        ink=int(rng.integers(30, 90)) if kind == "sketchy" and rng.uniform() < 0.6 else int(rng.integers(0, 25)),
        colored=colored,
    )
    angle = rng.uniform(-2.6, -0.55)
    shading = rng.choice(np.array(list(Shading)), p=[0.14, 0.36, 0.2, 0.18, 0.12])
    painted = rng.uniform() < 0.55
    return Look(
        pen=pen,
        shading=Shading(str(shading)),
        light=(float(np.cos(angle)), float(np.sin(angle))),
        depth=rng.uniform(0.16, 0.42),
        shade_tint=hsv(rng.uniform(0.55, 0.95), rng.uniform(0.2, 0.6), rng.uniform(0.2, 0.5)),
        highlights=bool(rng.uniform() < 0.6),
        smoothness=rng.uniform(0.0, 1.0),
        wash=rng.uniform(0.03, 0.2) if painted else 0.0,
        occlusion=rng.uniform(0.1, 0.75) if painted else 0.0,
        grain=rng.uniform(0.008, 0.05) if painted and rng.uniform() < 0.7 else 0.0,
    )
