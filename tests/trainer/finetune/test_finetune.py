"""An artist's folder becomes a checkpoint in their style, or an honest refusal: never a worse checkpoint."""

import dataclasses
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch
from linepaint.trainer import loop
from linepaint.trainer.drawings import draw
from linepaint.trainer.errors import TrainingError
from linepaint.trainer.evaluation.cases import Case
from linepaint.trainer.evaluation.painters import Painter
from linepaint.trainer.finetune import folder, job, recipe, timing
from linepaint.trainer.finetune.folder import choose_aside, prepare_folder
from linepaint.trainer.finetune.job import finetune
from linepaint.trainer.finetune.recipe import finetune_recipe
from linepaint.trainer.finetune.scoring import Score, score
from linepaint.trainer.fit import fit
from linepaint.trainer.prepare.job import prepare
from linepaint.trainer.prepare.likeness import Likeness
from linepaint.trainer.prepare.record import Outcome, Record
from linepaint.trainer.recipe import Ramp, Recipe

from linepaint.engine import Colorizer
from linepaint.engine.catalog import CheckpointInfo, Mode, read_info
from linepaint.engine.errors import CheckpointError
from linepaint.imaging.opencv import cv2

CPU = torch.device("cpu")
PICTURES = 8
BEFORE = Score((10.0, 11.0, 12.0))
MakeRecipe = Callable[..., Recipe]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, cheap_drawings: None) -> None:
    """Few small steps, and everything in one process."""
    monkeypatch.setattr(folder, "prepare", lambda *given, workers, **named: prepare(*given, workers=0, **named))
    monkeypatch.setattr(folder, "PAIRS_AT", 128)
    monkeypatch.setattr(recipe, "SIZE", 32)
    monkeypatch.setattr(recipe, "TEMPLATE", recipe.TEMPLATE.replace("workers = 1", "workers = 0"))
    monkeypatch.setattr(job, "LEAST_STEPS", 4)
    monkeypatch.setattr(job, "PATIENCE", 1e9)
    monkeypatch.setattr(timing, "WARM_UP", 1)
    monkeypatch.setattr(timing, "TIMED", 1)
    monkeypatch.setattr(loop, "SHEET_SAMPLES", 1)


@pytest.fixture
def art(tmp_path: Path) -> Path:
    """Finished drawings with their lines, and two files that cannot be learned from."""
    folder = tmp_path / "art"
    folder.mkdir()
    for number in range(PICTURES):
        drawing = draw(number, 160, "shapes")
        cv2.imwrite(str(folder / f"{number}.color.png"), drawing.color[..., ::-1])
        cv2.imwrite(str(folder / f"{number}.line.png"), drawing.lines)
    (folder / "notes.doc").write_text("no picture", "utf-8")
    cv2.imwrite(str(folder / "stamp.png"), np.zeros((20, 20, 3), np.uint8))
    return folder


@pytest.fixture
def start(tiny: MakeRecipe, tmp_path: Path) -> Path:
    """A checkpoint to begin with."""
    return fit(tiny(), [], tmp_path / "start", device=CPU, until=1)


@pytest.fixture
def scored(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let the scores be these, dB: that of the start is BEFORE, then one for each checkpoint saved."""

    def these(*gains: tuple[float, float, float]) -> None:
        after = [Score(tuple(np.add(BEFORE.psnr, gain).tolist())) for gain in gains]
        scores: Iterator[Score] = iter([BEFORE, *after])
        monkeypatch.setattr(job, "score", lambda painter, cases: next(scores))

    return these


def test_the_best_of_the_saved_checkpoints_is_shipped_with_its_card_and_a_sheet(
    art: Path, start: Path, tmp_path: Path, scored: Callable[..., None]
) -> None:
    scored((0.1, 0.1, 0.1), (3, 3, -1), (0.5, 0.6, 0.7), (0.2, 0.2, 0.2))
    made = finetune(art, tmp_path / "out", name="mine", minutes=1e-6, init=start, device=CPU)
    assert made.checkpoint == tmp_path / "out" / "mine.safetensors"
    info = read_info(made.checkpoint)
    assert (info.steps, made.steps) == (3, 3), "the second is better on the whole, but worse with 16 hints"
    assert info.metrics == {"psnr_0_hints": 10.5, "psnr_4_hints": 11.6, "psnr_16_hints": 12.7}
    assert [entry["source"] for entry in info.data] == ["art", "procedural drawings of linepaint.trainer"]
    assert Colorizer.load(made.checkpoint, "cpu").colorize(np.full((40, 50), 255, np.uint8)).shape == (40, 50, 3)
    card = made.checkpoint.with_suffix(".md").read_text("utf-8")
    assert "before" in card
    assert "after" in card
    assert cv2.imread(str(made.sheet)) is not None


def test_where_nothing_became_better_nothing_is_shipped(
    art: Path, start: Path, tmp_path: Path, scored: Callable[..., None]
) -> None:
    scored((-1, -1, -1), (-0.1, 0, 0), (0, 0, 0), (2, 2, -0.2))
    with pytest.raises(
        TrainingError, match=r"stays the better one.* it has 10\.00 dB with 0.*the best of the training 12\.00 dB"
    ):
        finetune(art, tmp_path / "out", name="mine", minutes=1e-6, init=start, device=CPU)
    assert not list((tmp_path / "out").glob("*.safetensors"))
    assert (tmp_path / "out" / "before-after.png").exists()


def test_a_machine_that_has_become_slow_does_not_keep_the_artist_waiting(
    art: Path, start: Path, tmp_path: Path, scored: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "PATIENCE", 0.0)
    scored((1, 1, 1), (2, 2, 2))
    assert finetune(art, tmp_path / "out", name="mine", minutes=1e-6, init=start, device=CPU).steps == 1


def test_what_is_measured_on_is_never_trained_on(art: Path, tmp_path: Path) -> None:
    pairs = prepare_folder(art, tmp_path / "pairs", Mode.LINEART)
    training, aside = ({path.name for path in place.rglob("*.webp")} for place in (pairs.training, pairs.aside))
    assert (pairs.training_count, pairs.aside_count) == (PICTURES - 2, 2)
    assert (len(training), len(aside)) == (2 * (PICTURES - 2), 4)
    assert not training & aside


def test_too_few_pictures_are_refused_with_the_reasons(art: Path, tmp_path: Path) -> None:
    for number in range(3):
        (art / f"{number}.color.png").unlink()
        (art / f"{number}.line.png").unlink()
    with pytest.raises(TrainingError, match=r"6 or more .* 5 can be used \(1 tiny, 1 unsupported\); add others"):
        prepare_folder(art, tmp_path / "pairs", Mode.LINEART)


def records(count: int, seed: int = 0) -> list[Record]:
    """Pictures that look nothing like each other."""
    random = np.random.default_rng(seed)
    return [
        Record(
            f"{i}.png",
            Outcome.KEPT,
            name=str(i),
            likeness=str(Likeness(int(random.integers(2**63)), random.bytes(108))),
        )
        for i in range(count)
    ]


@pytest.mark.parametrize(("count", "aside"), [(6, 2), (30, 3), (100, 10), (1000, 12)])
def test_a_tenth_is_kept_aside_at_least_two_and_at_most_twelve(count: int, aside: int) -> None:
    usable = records(count)
    chosen = choose_aside(usable)
    assert len(chosen) == len(set(chosen)) == aside
    assert choose_aside(usable[::-1]) == chosen, "whatever the order"


def test_pictures_with_a_look_alike_are_not_kept_aside() -> None:
    usable = records(8)
    first = choose_aside(usable)
    twin = next(record for record in usable if record.name == first[0])
    recolored = Likeness(Likeness.from_text(twin.likeness).shapes ^ 0b1011, bytes(108))
    usable.append(dataclasses.replace(twin, name="again", likeness=str(recolored)))
    assert not set(choose_aside(usable)) & {first[0], "again"}


def test_pictures_that_are_all_alike_are_refused() -> None:
    usable = [dataclasses.replace(record, likeness=records(1)[0].likeness) for record in records(9)]
    with pytest.raises(TrainingError, match="too much alike"):
        choose_aside(usable)


def info_of(architecture: str, config: dict[str, object], mode: Mode = Mode.LINEART) -> CheckpointInfo:
    return CheckpointInfo("x", Path("x.safetensors"), mode, architecture, config, "x", 1, {}, [], "")


def test_the_recipe_is_for_the_checkpoints_own_network() -> None:
    config = {"levels": 8, "channels_in": 5, "norm": "instance"}
    made = finetune_recipe(info_of("unet", config, Mode.GRAYSCALE), 100, stride=256)
    assert (made.architecture, made.mode, made.network) == ("unet", Mode.GRAYSCALE, config)
    assert (made.stages[0].size, made.steps) == (256, 100)
    assert made.stages[0].loss.adversarial == Ramp(0.0, 0.02)
    assert made.data.procedural > 0, "or it forgets everything else"


@pytest.mark.parametrize(
    ("gains", "better"),
    [((1, 1, 1), True), ((0, 0, 0), False), ((1, 0, -0.04), True), ((5, 5, -0.06), False), ((-0.02, 0, 0.01), False)],
)
def test_better_is_better_on_the_whole_and_nowhere_worse(gains: tuple[float, ...], better: bool) -> None:
    assert Score(tuple(np.add(BEFORE.psnr, gains).tolist())).beats(BEFORE) is better


def test_a_score_is_the_mean_psnr_for_each_number_of_hints() -> None:
    drawing = draw(1, 64, "shapes")
    case = Case("one", drawing.color, drawing.lines, True)
    gray = np.clip(drawing.color.astype(int) + np.where(drawing.color > 127, -16, 16), 0, 255).astype(np.uint8)
    painter = Painter("x", lambda case: lambda count: case.color if count else gray)
    off = -20 * np.log10(16 / 255)
    assert score(painter, [case, case]).psnr == pytest.approx((off, 100.0, 100.0))


def test_what_cannot_be_meant_is_refused_before_the_work(
    art: Path, start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = partial(finetune, art, tmp_path / "out", name="mine", minutes=1.0, init=start, device=CPU)
    with pytest.raises(TrainingError, match="more than 0"):
        run(minutes=0)
    with pytest.raises(TrainingError, match="--name"):
        run(name="a/b")
    with pytest.raises(CheckpointError, match="no checkpoint nowhere"):
        run(init="nowhere")
    monkeypatch.setenv("WORLD_SIZE", "2")
    with pytest.raises(TrainingError, match="one process"):
        run()
    monkeypatch.delenv("WORLD_SIZE")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "something").touch()
    with pytest.raises(TrainingError, match="holds something already"):
        run()
