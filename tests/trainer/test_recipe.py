"""A recipe says all that a run does; what is wrong with one is said with its file and key."""

from collections.abc import Callable
from pathlib import Path

import pytest
from linepaint.trainer.errors import TrainingError
from linepaint.trainer.recipe import Recipe
from linepaint.trainer.recipe_file import load_recipe, parse_recipe

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
        ("batch = 2", "batch = 6\naccumulate = 4", "a batch of 6 cannot be worked through in 4 equal parts"),
        ("batch = 2", "batch = 6\naccumulate = 0", "cannot be worked through in 0 equal parts"),
        ("batch = 2", "batch = 2\nloss = { l3 = 1 }", r"unknown key stages\[0\]\.loss\.l3"),
        ("batch = 2", 'batch = 2\nloss = { l1 = "much" }', r"loss\.l1 must be a number, or \[from, to\], not 'much'"),
        ("batch = 2", "batch = 2\nloss = { l1 = [1, 2, 3] }", r"l1 must be a number, or \[from, to\]"),
        ("batch = 2", "batch = 2\nloss = { l1 = [1, true] }", r"l1 must be a number, or \[from, to\]"),
        ("batch = 2", "batch = 2\nloss = { cycle = 1 }", 'losses cycle and identity belong to step = "unpaired"'),
        ("batch = 2", "batch = 2\nloss = { bce = 1 }", 'the loss bce compares ink, which belongs to mode = "scan"'),
        ("batch = 2", 'batch = 2\ntrain = "nobody"', "train must be one of both, generator, critic, not 'nobody'"),
        ("batch = 2", 'batch = 2\nschedule = "steps"', "schedule must be one of cosine, linear, constant"),
        ("seed = 3", 'seed = 3\nstep = "unpaired"', 'step = "unpaired" is for mode = "scan"'),
        ("[data]", '[critic]\nloss = "wgan-gp"\nnorm = "batch"\n[data]', 'which a critic with norm = "batch" mixes'),
        ("[data]", '[critic]\nloss = "wasserstein"\n[data]', "critic.loss must be one of hinge, vanilla"),
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


def test_a_weight_is_a_number_or_goes_from_one_to_another(tiny: MakeRecipe) -> None:
    loss = tiny(("warmup = 1", "warmup = 1\nloss = { l1 = [10, 4.0], edges = 2, tv = [0, 1] }")).stages[0].loss
    assert loss.at(0.0) == {"l1": 10.0, "edges": 2.0}
    assert loss.at(0.5) == {"l1": 7.0, "edges": 2.0, "tv": 0.5}
    assert loss.at(1.0) == {"l1": 4.0, "edges": 2.0, "tv": 1.0}


def test_samples_are_counted_over_stages(tiny: MakeRecipe) -> None:
    recipe = staged(tiny)
    assert [recipe.images_until(step) for step in (0, 10, 30, 95, 100)] == [0, 20, 60, 190, 200]


def test_equal_recipes_decide_the_same_whatever_they_show(tiny: MakeRecipe) -> None:
    assert tiny().decides() == tiny(("save_every = 2", "save_every = 7"), ("workers = 0", "workers = 3")).decides()
    assert tiny().decides() != tiny(("steps = 4", "steps = 5")).decides()
    assert tiny().decides() != tiny(("warmup = 1", "warmup = 1\nloss = { l1 = [1, 0.5] }")).decides()
