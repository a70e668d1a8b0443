"""Shares that cannot be are refused by name, and the shipped ones are those of the first recipes."""

from typing import Any

import pytest
from linepaint.trainer.data.augmentation import AugmentRecipe


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"flip": 1.5}, "augment.flip"),
        ({"erase": -0.1}, "augment.erase"),
        ({"scan": float("nan")}, "augment.scan"),
        ({"ink_tint": 1.01}, "augment.ink_tint"),
        ({"shadows": -1.0}, "augment.shadows"),
        ({"jpeg": 2.0}, "augment.jpeg"),
        ({"smallest_crop": 0.0}, "augment.smallest_crop"),
        ({"whole": 0.7, "minimal": 0.4}, "augment.whole and augment.minimal"),
    ],
)
def test_impossible_shares_are_refused_by_name(wrong: dict[str, Any], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        AugmentRecipe(**wrong)


def test_by_default_pictures_are_only_cropped_turned_and_recoloured() -> None:
    """What recipes written before this list was long rely on."""
    off = ("perspective", "minimal", "palette_swap", "tone", "wobble", "sketchy", "pencil", "scan", "blur", "erase")
    finish = ("ink_tint", "shadows", "jpeg")
    assert not any(getattr(AugmentRecipe(), name) for name in off + finish)
