"""Making few pictures many: geometry, line quality and colour, each by chance, as a recipe asks, from a seed."""

from .augment import augment_colors, augment_finish, augment_geometry, augment_pair, augment_pictures, augment_source
from .geometry import crop, draw_transform, warp_together
from .linework import roughen
from .palette import palette_swap, recolor, shift_tone
from .recipe import AugmentRecipe

__all__ = [
    "AugmentRecipe",
    "augment_colors",
    "augment_finish",
    "augment_geometry",
    "augment_pair",
    "augment_pictures",
    "augment_source",
    "crop",
    "draw_transform",
    "palette_swap",
    "recolor",
    "roughen",
    "shift_tone",
    "warp_together",
]
