"""Where the cells of a grid of square cells are: as many columns as fit, rows as needed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class GridGeometry:
    """`count` cells, about `cell_px` a side, that share the `width` of a widget evenly."""

    width: int
    cell_px: int
    count: int

    @property
    def columns(self) -> int:
        """Cells in a full row."""
        return max(self.width // self.cell_px, 1)

    @property
    def height(self) -> int:
        """Height of all rows; one row where there is no cell."""
        rows = max(-(-self.count // self.columns), 1)
        return rows * self.cell_px

    def cell(self, index: int) -> tuple[int, int, int, int]:
        """x, y, width and height of a cell."""
        row, column = divmod(index, self.columns)
        left = column * self.width // self.columns
        right = (column + 1) * self.width // self.columns
        return (left, row * self.cell_px, right - left, self.cell_px)

    def index_at(self, x: float, y: float) -> int:
        """Number of the cell at a point, -1 where there is none."""
        if not (0 <= x < self.width and y >= 0):
            return -1
        # The inverse of the rounding in `cell`: the last column that begins at or before x.
        column = ((int(x) + 1) * self.columns - 1) // self.width
        index = int(y // self.cell_px) * self.columns + column
        return index if index < self.count else -1
