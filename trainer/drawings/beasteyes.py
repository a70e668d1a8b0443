"""The eyes of animals and monsters, and where a creature stands."""

from .colors import Color
from .curves import ellipse, placed
from .shading import PLAIN
from .sheet import Sheet

Place = tuple[float, float, float]
"""x and y of the ground under it, and its height."""


def draw_beast_eye(sheet: Sheet, place: Place, x: float, y: float, r: float, iris: Color | None = None) -> None:
    """One eye at (x, y) in shares of the creature's size: a black bead, or with `iris` a slit pupil."""
    at, size = place[:2], place[2]
    if iris is not None:
        sheet.form(placed(ellipse(x, y, r * 1.25, r * 1.35), at, size), iris, tone=PLAIN, line=0.9)
        sheet.spot(placed(ellipse(x, y, r * 0.55, r * 1.1), at, size))
        sheet.form(
            placed(ellipse(x - r * 0.35, y - r * 0.5, r * 0.35, r * 0.35), at, size),
            (255, 255, 255),
            tone=PLAIN,
            line=0,
        )
    else:
        sheet.spot(placed(ellipse(x, y, r, r * 1.2), at, size))
        sheet.erase_ink(placed(ellipse(x - r * 0.3, y - r * 0.45, r * 0.35, r * 0.35), at, size))
