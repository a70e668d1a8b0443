"""Colours, swatches and palettes. Palettes are values: every change makes a new one."""

from __future__ import annotations

from dataclasses import dataclass, replace

Color = tuple[int, int, int]
"""(red, green, blue), each 0 … 255, sRGB."""


@dataclass(frozen=True)
class Swatch:
    """One named colour of a palette."""

    color: Color
    name: str = ""


@dataclass(frozen=True)
class Palette:
    """An ordered set of swatches under a name. Indices count from 0; IndexError where there is no swatch."""

    name: str
    swatches: tuple[Swatch, ...] = ()

    def with_added(self, swatch: Swatch) -> Palette:
        """With one more swatch at the end."""
        return replace(self, swatches=(*self.swatches, swatch))

    def without(self, index: int) -> Palette:
        """With one swatch taken out."""
        self._require(index)
        return replace(self, swatches=self.swatches[:index] + self.swatches[index + 1 :])

    def moved(self, index: int, new_index: int) -> Palette:
        """With one swatch at another place; `new_index` is where it stands afterwards."""
        self._require(index)
        self._require(new_index)
        swatches = list(self.swatches)
        swatches.insert(new_index, swatches.pop(index))
        return replace(self, swatches=tuple(swatches))

    def renamed(self, name: str) -> Palette:
        """Under another name."""
        return replace(self, name=name)

    def with_swatch(self, index: int, swatch: Swatch) -> Palette:
        """With one swatch replaced: another colour, another name, or both."""
        self._require(index)
        swatches = list(self.swatches)
        swatches[index] = swatch
        return replace(self, swatches=tuple(swatches))

    def _require(self, index: int) -> None:
        if not 0 <= index < len(self.swatches):
            raise IndexError(f"The palette {self.name!r} has no swatch {index}.")


DEFAULT_PALETTE = Palette(
    "linepaint",
    (
        Swatch((255, 232, 214), "Skin, fair"),
        Swatch((250, 206, 176), "Skin, light"),
        Swatch((222, 166, 126), "Skin, tan"),
        Swatch((166, 110, 76), "Skin, brown"),
        Swatch((104, 66, 48), "Skin, deep"),
        Swatch((240, 140, 140), "Blush"),
        Swatch((248, 220, 140), "Hair, blond"),
        Swatch((200, 96, 52), "Hair, red"),
        Swatch((112, 72, 48), "Hair, brown"),
        Swatch((48, 42, 52), "Hair, black"),
        Swatch((206, 208, 220), "Hair, silver"),
        Swatch((255, 255, 255), "White"),
        Swatch((204, 48, 56), "Cloth, scarlet"),
        Swatch((240, 128, 48), "Cloth, orange"),
        Swatch((252, 204, 64), "Cloth, yellow"),
        Swatch((64, 144, 96), "Cloth, emerald"),
        Swatch((56, 88, 160), "Cloth, navy"),
        Swatch((128, 88, 168), "Cloth, violet"),
        Swatch((240, 160, 192), "Cloth, pink"),
        Swatch((128, 172, 84), "Foliage"),
        Swatch((60, 104, 68), "Foliage, dark"),
        Swatch((150, 206, 240), "Sky"),
        Swatch((72, 152, 184), "Water"),
        Swatch((156, 152, 148), "Stone"),
    ),
)
