"""Hint-AUC: quality over the share of regions that are hinted, as published in IEEE TVCG 2026."""

from .curves import HintAuc, HintCurve, evaluate_hint_auc
from .hints import KINDS, RATIOS, Kind, RegionHints, region_hints

__all__ = ["KINDS", "RATIOS", "HintAuc", "HintCurve", "Kind", "RegionHints", "evaluate_hint_auc", "region_hints"]
