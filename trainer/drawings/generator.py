"""From a seed to a drawing: chooses the style, the look and the palette, and hands the sheet to the style."""

from collections.abc import Callable

import numpy as np

from .abstract import draw_abstract, draw_shapes
from .colors import Palette, random_palette
from .creatures import draw_creature
from .drawing import Drawing
from .figure import draw_figure
from .flora import draw_garden
from .look import random_look
from .measured import measured_palette
from .objects import draw_still_life
from .portrait import draw_portrait
from .scenery import draw_landscape, draw_town
from .sheet import Sheet

_PAINTERS: dict[str, tuple[Callable[[Sheet, Palette], None], float]] = {
    "figure": (draw_figure, 2.0),
    "face": (draw_portrait, 2.0),
    "landscape": (draw_landscape, 1.6),
    "town": (draw_town, 0.9),
    "plants": (draw_garden, 1.2),
    "creature": (draw_creature, 1.3),
    "objects": (draw_still_life, 1.2),
    "shapes": (draw_shapes, 0.5),
    "abstract": (draw_abstract, 0.7),
}
"""Every style: the function that draws it, and how often it is chosen when none is asked for."""

STYLES: tuple[str, ...] = tuple(_PAINTERS)
SMALLEST = 16
MEASURED = 0.6
"""The share of drawings in the colours of a real picture."""


def draw(seed: int, size: int | tuple[int, int] = 256, style: str | None = None) -> Drawing:
    """A drawing of `size` pixels (a side, or height and width), the same for the same seed, size and style.

    `style` is one of STYLES; None lets the seed choose. Raises ValueError for an unknown style or a side
    under 16 pixels.
    """
    if style is not None and style not in _PAINTERS:
        raise ValueError(f"There is no drawing style “{style}”; choose one of {', '.join(STYLES)}.")
    height, width = (size, size) if isinstance(size, int) else size
    if min(height, width) < SMALLEST:
        raise ValueError(f"A drawing must measure at least {SMALLEST} pixels a side, not {width} × {height}.")
    rng = np.random.default_rng(seed)
    if style is None:
        odds = np.array([odd for _, odd in _PAINTERS.values()])
        chosen = STYLES[int(rng.choice(len(STYLES), p=odds / odds.sum()))]
    else:
        rng.uniform()  # The seed's other choices stay the same whether the style was asked for or not.
        chosen = style
    sheet = Sheet(height, width, rng, random_look(rng, min(height, width)))
    palette = random_palette(rng)
    if rng.uniform() < MEASURED:
        palette = measured_palette(rng, palette)
    _PAINTERS[chosen][0](sheet, palette)
    return sheet.finished()
