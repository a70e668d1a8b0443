"""A mix of hints that cannot be is refused with its name; a most of nought means none."""

from typing import Any

import numpy as np
import pytest
from linepaint.trainer.hints import HintRecipe, draw_count


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"none": 1.1}, "hints.none"),
        ({"dots": -0.1}, "hints.dots"),
        ({"overshoot": float("nan")}, "hints.overshoot"),
        ({"jitter": 2.0}, "hints.jitter"),
        ({"dots": 0.6, "region_strokes": 0.5}, "hints.dots and hints.region_strokes"),
        ({"sampled": 0.6, "wrong_color": 0.5}, "hints.sampled and hints.wrong_color"),
        ({"most": -1}, "hints.most"),
        ({"radius": (0.03, 0.01)}, "hints.radius"),
        ({"radius": (0.0, 0.01)}, "hints.radius"),
        ({"radius": (0.01,)}, "hints.radius"),
    ],
)
def test_an_impossible_mix_is_refused_by_name(wrong: dict[str, Any], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        HintRecipe(**wrong)


def test_at_most_no_hints_means_none() -> None:
    random = np.random.default_rng(0)
    assert {draw_count(HintRecipe(none=0.0, most=0), random) for _ in range(50)} == {0}


def test_counts_run_from_one_to_the_most_and_are_mostly_few() -> None:
    random = np.random.default_rng(0)
    counts = [draw_count(HintRecipe(none=0.0, most=64), random) for _ in range(3000)]
    assert min(counts) == 1 and max(counts) == 64
    assert 5 <= np.median(counts) <= 10, "log-uniform: the middle is the root of the most"
