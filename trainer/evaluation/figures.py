"""The figures that a table has: what each is called, in which unit, and which way is better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from linepaint.engine.catalog import Mode

Better = Literal["higher", "lower", "near"]


@dataclass(frozen=True)
class Figure:
    """key: its name in JSON. heading: in tables. near: better the nearer it is to what the truth has."""

    key: str
    heading: str
    unit: str
    better: Better
    digits: int

    def shown(self, value: float | None) -> str:
        """A value as tables show it."""
        return "–" if value is None else f"{value:.{self.digits}f}"


COLOR_FIGURES = (
    Figure("psnr", "PSNR", "dB", "higher", 2),
    Figure("ssim", "SSIM", "", "higher", 3),
    Figure("ms_ssim", "MS-SSIM", "", "higher", 3),
    Figure("delta_e", "ΔE2000", "", "lower", 2),
    Figure("colorfulness", "colourfulness", "", "near", 1),
    Figure("sharpness", "sharpness", "", "near", 2),
    Figure("obedience_median", "obedience, median", "ΔE2000", "lower", 2),
    Figure("obedience_p95", "obedience, p95", "ΔE2000", "lower", 2),
    Figure("bleed", "bleed", "share", "lower", 3),
    Figure("histogram_L", "histogram L", "", "higher", 3),
    Figure("histogram_a", "histogram a", "", "higher", 3),
    Figure("histogram_b", "histogram b", "", "higher", 3),
)

GRAY_FIGURES = (*COLOR_FIGURES, Figure("luma_off", "luma off by at most", "levels", "lower", 0))

INK_FIGURES = (
    Figure("f_1px", "F, 1 px", "", "higher", 3),
    Figure("precision_1px", "precision, 1 px", "", "higher", 3),
    Figure("recall_1px", "recall, 1 px", "", "higher", 3),
    Figure("f_2px", "F, 2 px", "", "higher", 3),
    Figure("precision_2px", "precision, 2 px", "", "higher", 3),
    Figure("recall_2px", "recall, 2 px", "", "higher", 3),
    Figure("shading_drawn", "shading drawn", "share", "lower", 3),
)

ARROWS: dict[Better, str] = {"higher": "↑", "lower": "↓", "near": "≈"}


def figures_of(mode: Mode) -> tuple[Figure, ...]:
    """Those that are measured in a mode."""
    return {Mode.SCAN: INK_FIGURES, Mode.GRAYSCALE: GRAY_FIGURES}.get(mode, COLOR_FIGURES)
