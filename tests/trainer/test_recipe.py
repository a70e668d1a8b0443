"""A recipe says all that a run does; what is wrong with one is said with its file and key."""

from collections.abc import Callable
from pathlib import Path

import pytest
from linepaint.trainer.errors import TrainingError
from linepaint.trainer.recipe import Recipe, load_recipe, parse_recipe, shipped_recipes
from linepaint.trainer.step import learning_rate

from linepaint.engine.architectures import build
from linepaint.engine.catalog import Mode

MakeText = Callable[..., str]
MakeRecipe = Callable[..., Recipe]


def test_what_is_written_is_what_is_read(tiny: MakeRecipe, tiny_text: MakeText) -> None:
    recipe = tiny()
    assert (recipe.name, recipe.mode, recipe.architecture, recipe.seed) == ("tiny", Mode.LINEART, "live", 3)
    assert recipe.network["encoder_channels"] == [4, 4, 4, 4]
    assert recipe.data.procedural == 1.0 and recipe.data.workers == 0
    assert recipe.stages[0].steps == 4 and recipe.stages[0].learning_rate == 1e-3
    assert recipe.text == tiny_text(), "kept as it was, for the run's folder"


def test_whole_numbers_do_where_fractions_are_meant(tiny: MakeRecipe) -> None:
    recipe = tiny(("learning_rate = 1e-3", "learning_rate = 1"), ("procedural = 1.0", "procedural = 0"))
    assert recipe.stages[0].learning_rate == 1.0
    assert isinstance(recipe.data.procedural, float)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("seed = 3", "sede = 3", "unknown key sede"),
        ("workers = 0", "worker = 0", r"unknown key data\.worker"),
        ("size = 32", "sice = 32", r"unknown key stages\[0\]\.sice"),
        ('name = "tiny"', "", "the key name is missing"),
        ("steps = 4", "", r"the key stages\[0\]\.steps is missing"),
        ("seed = 3", 'seed = "3"', "seed must be int, not '3'"),
        ("seed = 3", "seed = 3.5", "seed must be int, not 3.5"),
        ("seed = 3", "seed = true", "seed must be int, not True"),
        ("procedural = 1.0", "procedural = true", "data.procedural must be float, not True"),
        ("procedural = 1.0", 'weights = { asp = "much" }', "data.weights.asp must be float, not 'much'"),
        ("procedural = 1.0", "weights = 3", "data.weights must be dict"),
        ("[data]", "[[data]]", "data must be a table"),
        ("[[stages]]", "[stages]", "stages must be a list"),
        ('mode = "lineart"', 'mode = "video"', "'video' is not a valid Mode"),
        ("seed = 3", "seed = = 3", "line 5"),
        ("steps = 4", "steps = 0", "steps, size and batch of 1 or more"),
        ("batch = 2", "batch = -2", "steps, size and batch of 1 or more"),
        ("save_every = 2", "save_every = 0", "save_every must be 1 or more"),
        ("log_every = 1", "log_every = 0", "log_every, sheet_every and save_every must be 1 or more"),
    ],
)
def test_a_mistake_is_named(tiny_text: MakeText, old: str, new: str, reason: str) -> None:
    with pytest.raises(TrainingError, match=rf"^mine\.toml: .*{reason}") as caught:
        parse_recipe(tiny_text((old, new)), "mine.toml")
    assert "\n" not in str(caught.value)


def test_a_recipe_without_stages_trains_nothing(tiny_text: MakeText) -> None:
    text = tiny_text()
    with pytest.raises(TrainingError, match="at least one"):
        parse_recipe("stages = []\n" + text[: text.index("[[stages]]")])


def test_a_recipe_is_found_by_path_or_by_name(tiny_text: MakeText, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(tiny_text(), "utf-8")
    assert load_recipe(str(path)).name == "tiny"
    assert load_recipe("live").name == "live"


@pytest.mark.parametrize("name", ["lvie", "no/such.toml", "."])
def test_a_recipe_that_is_not_there_is_refused(name: str) -> None:
    with pytest.raises(TrainingError, match=name):
        load_recipe(name)


def test_a_recipe_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "picture.toml"
    path.write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(TrainingError, match=r"picture\.toml"):
        load_recipe(str(path))


@pytest.mark.parametrize("name", shipped_recipes())
def test_every_shipped_recipe_can_be_built(name: str) -> None:
    recipe = load_recipe(name)
    assert recipe.name == name
    assert recipe.text.startswith("# "), "its first line is what `linepaint-train recipes` shows"
    assert next(build(recipe.architecture, recipe.network).parameters()).numel()
    assert all(stage.size % 32 == 0 for stage in recipe.stages)


def staged(tiny: MakeRecipe) -> Recipe:
    """Stages of 30, 60 and 10 steps."""
    stages = "".join(f"[[stages]]\nsteps = {n}\nsize = 32\nbatch = 2\n" for n in (30, 60, 10))
    return tiny(
        ("[[stages]]\nsteps = 4\nsize = 32\nbatch = 2\nlearning_rate = 1e-3\nwarmup = 1\n", stages),
    )


@pytest.mark.parametrize(
    ("steps", "expected"),
    [(100, [30, 60, 10]), (1000, [300, 600, 100]), (10, [3, 6, 1]), (2, [1, 1]), (1, [1]), (7, [2, 4, 1])],
)
def test_a_run_is_stretched_in_proportion(tiny: MakeRecipe, steps: int, expected: list[int]) -> None:
    recipe = staged(tiny).with_steps(steps)
    assert recipe.steps == steps
    assert [stage.steps for stage in recipe.stages] == expected


@pytest.mark.parametrize("steps", [0, -5])
def test_a_run_of_no_steps_is_refused(tiny: MakeRecipe, steps: int) -> None:
    with pytest.raises(TrainingError, match="--steps must be at least 1"):
        tiny().with_steps(steps)


def test_each_step_knows_its_stage(tiny: MakeRecipe) -> None:
    recipe = staged(tiny)
    found = [recipe.stage_at(step) for step in (0, 29, 30, 89, 90, 99)]
    assert [(recipe.stages.index(stage), at) for stage, at in found] == [
        (0, 0),
        (0, 29),
        (1, 0),
        (1, 59),
        (2, 0),
        (2, 9),
    ]


def test_the_learning_rate_warms_up_and_falls_as_a_cosine(tiny: MakeRecipe) -> None:
    stage = tiny(("steps = 4", "steps = 110"), ("warmup = 1", "warmup = 10")).stages[0]
    rates = [learning_rate(stage, step) for step in range(110)]
    assert rates[0] == pytest.approx(1e-4)
    assert rates[4] == pytest.approx(5e-4)
    assert rates[9] == pytest.approx(1e-3) == max(rates)
    assert rates[60] == pytest.approx(5e-4), "half-way down"
    assert rates[10:] == sorted(rates[10:], reverse=True)
    assert 0 < rates[-1] < 1e-6
    assert learning_rate(stage, 110) == pytest.approx(0)


@pytest.mark.parametrize("warmup", [0, 4, 100])
def test_a_stage_shorter_than_its_warm_up_has_a_rate_all_the_same(tiny: MakeRecipe, warmup: int) -> None:
    stage = tiny(("warmup = 1", f"warmup = {warmup}")).stages[0]
    assert all(0 < learning_rate(stage, step) <= stage.learning_rate for step in range(stage.steps))
