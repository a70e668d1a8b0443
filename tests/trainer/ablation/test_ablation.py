"""The comparison of objectives: each variant differs in what it is named after and in nothing else."""

import dataclasses
import json
from pathlib import Path

import pytest
from linepaint.trainer.ablation import study as studying
from linepaint.trainer.ablation.report import tables, write_report
from linepaint.trainer.ablation.study import measure, train
from linepaint.trainer.ablation.variants import (
    OBJECTIVES,
    RECEPTIVE_FIELDS,
    VARIANTS,
    Budget,
    Variant,
    recipe_of,
)
from linepaint.trainer.cli import main
from linepaint.trainer.evaluation.case_files import procedural_cases
from linepaint.trainer.recipe import Recipe
from PIL import Image

from linepaint.engine.catalog import Mode, read_info

TINY = Budget(steps=2, size=32, batch=1, channels=4, levels=5)


def objective(recipe: Recipe) -> dict[str, object]:
    loss, critic = recipe.stages[0].loss, recipe.critic
    return {
        "l1": loss.l1.start,
        "adversarial": loss.adversarial.start,
        "conditional": critic.conditional,
        "receptive_field": critic.receptive_field,
    }


@pytest.mark.parametrize(
    ("name", "l1", "adversarial", "conditional"),
    [
        ("L1", 100, 0, True),
        ("GAN", 0, 1, False),
        ("cGAN", 0, 1, True),
        ("L1+GAN", 100, 1, False),
        ("L1+cGAN", 100, 1, True),
    ],
)
def test_the_papers_objectives(name: str, l1: float, adversarial: float, conditional: bool) -> None:
    variant = next(v for v in OBJECTIVES if v.name == name)
    assert objective(recipe_of(variant, TINY)) == {
        "l1": l1,
        "adversarial": adversarial,
        "conditional": conditional,
        "receptive_field": 70,
    }


def test_the_papers_receptive_fields() -> None:
    assert [v.receptive_field for v in RECEPTIVE_FIELDS] == [1, 16, 70, 286]
    assert len(VARIANTS) == 8, "L1+cGAN with 70 px stands in both tables and is trained once"


def test_variants_differ_in_their_objective_alone() -> None:
    def rest(variant: Variant) -> dict[str, object]:
        decides = recipe_of(variant, TINY).decides()
        for stage in decides["stages"]:
            del stage["loss"]
        del decides["name"], decides["critic"]["conditional"], decides["critic"]["receptive_field"]
        return decides

    assert all(rest(variant) == rest(VARIANTS[0]) for variant in VARIANTS)
    assert len({variant.slug for variant in VARIANTS}) == len(VARIANTS)


@pytest.mark.usefixtures("cheap_drawings")
def test_training_measuring_and_reporting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    variants = (OBJECTIVES[0], OBJECTIVES[4])
    cpu = torch.device("cpu")
    checkpoints = train(variants, TINY, [], tmp_path, cpu)
    assert {v.name: read_info(path).steps for v, path in checkpoints.items()} == {"L1": 2, "L1+cGAN": 2}
    monkeypatch.setattr(studying, "fit", None)
    assert train(variants, TINY, [], tmp_path, cpu) == checkpoints, "what is finished is not trained again"

    study = measure(checkpoints, TINY, procedural_cases(2, Mode.LINEART, 32, 0), "cpu")
    assert [outcome.variant for outcome in study.outcomes] == list(variants)
    assert study.drawings == 2 and len(study.given) == 2
    perfect = dataclasses.replace(study.outcomes[0], histogram=study.truth)
    assert perfect.histogram.intersection(study.truth) == (1.0, 1.0, 1.0)

    eight = tuple(dataclasses.replace(perfect, variant=variant) for variant in VARIANTS)
    whole = dataclasses.replace(study, outcomes=eight)
    write_report(whole, tmp_path)
    text = (tmp_path / "table.md").read_text("utf-8")
    assert text.strip() == tables(whole)
    rows = [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("| ")]
    assert rows == ["", "---", "L1", "GAN", "cGAN", "L1+GAN", "L1+cGAN", "", "---", "1 px", "16 px", "70 px", "286 px"]
    assert all(line.endswith("| 0.000 | 0.000 | 0.000 |") for line in text.splitlines() if "| L1 " in line)
    written = json.loads((tmp_path / "ablation.json").read_text("utf-8"))
    assert len(written["results"]) == 8 and written["budget"]["channels"] == 4
    with Image.open(tmp_path / "sheet.webp") as sheet, Image.open(tmp_path / "histograms.png") as plot:
        assert sheet.width > 8 * 128 and plot.width > 800


def test_a_budget_that_makes_no_sense_is_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["ablate", "--out", str(tmp_path), "--size", "48", "--device", "cpu"]) == 2
    (line,) = [text for text in capsys.readouterr().err.splitlines() if text.startswith("linepaint-train:")]
    assert "multiple of 128" in line
