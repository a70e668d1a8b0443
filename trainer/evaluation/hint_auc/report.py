"""Hint-AUC to read: for each kind of hint a table of the areas, and tables of PSNR and SSIM by ratio."""

from __future__ import annotations

from ..tables import bold_best, table
from .curves import HintAuc
from .hints import RATIOS

FIGURES = (("MSE ↓", "mse", 4, False), ("PSNR, dB ↑", "psnr", 2, True), ("SSIM ↑", "ssim", 3, True))


def hint_auc_tables(auc: HintAuc) -> str:
    """Tables in Markdown; the best of each column in bold."""
    kinds = list(dict.fromkeys(curve.kind for curve in auc.curves))
    tables = []
    for kind in kinds:
        curves = [curve for curve in auc.curves if curve.kind == kind]
        columns = [
            bold_best([getattr(curve.area, key) for curve in curves], digits, highest=highest)
            for _, key, digits, highest in FIGURES
        ]
        rows = [[curve.name, *cells] for curve, *cells in zip(curves, *columns, strict=True)]
        tables.append(table([f"Hint-AUC, {kind}s", *(heading for heading, *_ in FIGURES)], rows))
        for heading, key, digits, highest in FIGURES[1:]:
            columns = [
                bold_best([getattr(curve.scores[i], key) for curve in curves], digits, highest=highest)
                for i in range(len(RATIOS))
            ]
            rows = [[curve.name, *cells] for curve, *cells in zip(curves, *columns, strict=True)]
            tables.append(table([f"{kind}s, {heading}", *(f"{ratio:g}" for ratio in RATIOS)], rows))
    return "\n\n".join(tables)
