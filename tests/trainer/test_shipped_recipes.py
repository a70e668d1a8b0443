"""Every recipe that ships, two steps long and a few channels wide, from drawings to a picture that linepaint makes."""

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from linepaint.trainer.drawings import draw
from linepaint.trainer.fit import fit
from linepaint.trainer.recipe import Recipe
from linepaint.trainer.recipe_file import load_recipe, shipped_recipes
from linepaint.trainer.state import TrainingState

from linepaint.cli import main
from linepaint.engine.architectures import ARCHITECTURES, build_hollow
from linepaint.engine.catalog import Mode, read_info
from linepaint.imaging.opencv import cv2

CPU = torch.device("cpu")
SMALL_CHANNELS = 4
SMALL_LEVELS = 3

pytestmark = pytest.mark.usefixtures("cheap_drawings")


def small_network(architecture: str, asked: dict[str, object]) -> dict[str, object]:
    """The network that was asked for with as few channels, blocks and levels as it works with."""
    defaults = {f.name: f.default for f in dataclasses.fields(ARCHITECTURES[architecture].config)}
    small: dict[str, object] = {}
    for name, value in (defaults | asked).items():
        if name == "levels":
            small[name] = SMALL_LEVELS
        elif name.endswith(("blocks", "channels")) and isinstance(value, list | tuple):
            small[name] = [1 if name.endswith("blocks") else SMALL_CHANNELS] * len(value)
        elif name in ("channels", "width"):
            small[name] = SMALL_CHANNELS
        else:
            small[name] = value
    return small


def small(recipe: Recipe) -> Recipe:
    """The recipe with all that makes it special, and two steps in each of its stages."""
    sizes = sorted({stage.size for stage in recipe.stages})
    stages = tuple(
        dataclasses.replace(stage, steps=2, size=32 if stage.size == sizes[0] else 64, batch=2, accumulate=1)
        for stage in recipe.stages
    )
    return dataclasses.replace(
        recipe,
        stages=stages,
        network=small_network(recipe.architecture, recipe.network),
        partner=small_network(recipe.architecture, recipe.partner) if recipe.partner else {},
        critic=dataclasses.replace(recipe.critic, channels=SMALL_CHANNELS),
        data=dataclasses.replace(recipe.data, procedural=1.0, workers=0),
        sheet_every=1000,
    )


@pytest.mark.parametrize("name", shipped_recipes())
def test_a_recipe_can_be_built_as_it_is_written(name: str) -> None:
    recipe = load_recipe(name)
    assert recipe.name == name
    assert recipe.text.startswith("# "), "its first line is what `linepaint-train recipes` shows"
    stride = getattr(build_hollow(recipe.architecture, recipe.network), "stride")  # noqa: B009
    assert all(stage.size % stride == 0 for stage in recipe.stages)
    assert all(stage.loss.at(0) | stage.loss.at(1) for stage in recipe.stages), "each stage wants something"


@pytest.mark.parametrize("name", [name for name in shipped_recipes() if load_recipe(name).mode is not Mode.SCAN])
def test_a_recipe_ends_in_a_checkpoint_that_colours(name: str, tmp_path: Path) -> None:
    recipe = small(load_recipe(name))
    checkpoint = fit(recipe, [], tmp_path / "run", device=CPU)
    info = read_info(checkpoint)
    assert (info.recipe, info.steps, info.mode) == (name, 2 * len(recipe.stages), recipe.mode)
    drawing = draw(7, (40, 56), "shapes")
    given, made = tmp_path / "given.png", tmp_path / "made.png"
    is_gray = recipe.mode is Mode.GRAYSCALE
    cv2.imwrite(str(given), cv2.cvtColor(drawing.color, cv2.COLOR_RGB2GRAY) if is_gray else drawing.lines)
    colored = main(
        ["colorize", str(given), "-o", str(made), "--checkpoint", str(checkpoint), "--device", "cpu", "--size", "64"]
    )
    assert colored == 0
    picture = cv2.imread(str(made), cv2.IMREAD_COLOR)
    assert picture.shape == (40, 56, 3)
    if is_gray:
        luma = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(int)
        assert np.abs(luma - cv2.imread(str(given), cv2.IMREAD_GRAYSCALE)).mean() < 3
    else:
        assert (picture <= drawing.lines[..., None].astype(int) + 2).all(), "the lines stand on the colour"


@pytest.mark.parametrize("name", [name for name in shipped_recipes() if load_recipe(name).mode is Mode.SCAN])
def test_a_scan_recipe_ends_in_a_checkpoint_that_draws_lines(name: str, tmp_path: Path) -> None:
    checkpoint = fit(small(load_recipe(name)), [], tmp_path / "run", device=CPU)
    given, made = tmp_path / "given.png", tmp_path / "made.png"
    cv2.imwrite(str(given), draw(7, (40, 56), "shapes").color[..., ::-1])
    assert main(["lines", str(given), "-o", str(made), "--checkpoint", str(checkpoint), "--device", "cpu"]) == 0
    assert cv2.imread(str(made), cv2.IMREAD_GRAYSCALE).shape == (40, 56)


def receptive_field_asked(recipe: Recipe) -> int:
    """What the critic that is really built sees."""
    critic = TrainingState(small(recipe), CPU).critic
    assert critic is not None
    return critic.receptive_field()


def test_pix2pix_is_the_papers() -> None:
    recipe = load_recipe("pix2pix")
    (stage,) = recipe.stages
    assert (recipe.architecture, recipe.network["levels"], recipe.network["channels"]) == ("unet", 8, 64)
    assert (stage.size, stage.batch, stage.learning_rate, stage.critic_rate) == (256, 1, 2e-4, 2e-4)
    assert stage.loss.at(0) == {"l1": 100.0, "adversarial": 1.0}
    assert (recipe.betas[0], recipe.critic_betas[0], recipe.weight_decay) == (0.5, 0.5, 0)
    assert (recipe.critic.conditional, recipe.critic.loss) == (True, "vanilla")
    assert receptive_field_asked(recipe) == 70


@pytest.mark.parametrize("name", ["scribbler", "scribbler-gray"])
def test_scribbler_turns_the_adversarial_term_on_in_its_second_stage(name: str) -> None:
    first, second = load_recipe(name).stages
    assert set(first.loss.at(0)) == {"l2", "feature", "tv"}
    assert {"feature", "adversarial"} <= set(second.loss.at(0))


def test_onepunch_grows_with_two_time_scales_and_linear_decay() -> None:
    recipe = load_recipe("onepunch")
    assert [stage.size for stage in recipe.stages] == [64, 128, 256, 512]
    assert {(s.learning_rate, s.critic_rate, s.schedule) for s in recipe.stages} == {(1e-4, 4e-4, "linear")}
    assert recipe.spectral_norm and recipe.network["attention"] and recipe.critic.attention
    assert recipe.sheet_every == 250


def test_onepunchs_open_ends_are_switches() -> None:
    """A Wasserstein critic with structure loss and fading pixels; and generator, critic, both, as NoGAN has it."""
    wgan = load_recipe("onepunch-wgan")
    assert wgan.critic.loss == "wgan-gp"
    assert all(s.loss.edges and s.loss.l1.end < s.loss.l1.start for s in wgan.stages)
    assert [s.train for s in load_recipe("onepunch-nogan").stages][:3] == ["generator", "critic", "both"]


def test_the_scan_generators_partner_is_the_weaker() -> None:
    recipe = load_recipe("onepunch-scan")
    draws, colors = (
        sum(p.numel() for p in build_hollow(recipe.architecture, config).parameters())
        for config in (recipe.network, recipe.partner)
    )
    assert colors < draws / 2
    assert recipe.critic.buffer == 50
    assert set(recipe.stages[0].loss.at(0)) == {"adversarial", "cycle", "identity"}


def test_grayscale_is_scribblers_second_task_for_a_live_network() -> None:
    recipe = load_recipe("grayscale")
    assert (recipe.mode, recipe.architecture, recipe.step) == (Mode.GRAYSCALE, "live", "paired")
    first, second = recipe.stages
    assert "adversarial" not in first.loss.at(1), "off at first"
    assert {"l1", "feature", "adversarial"} <= set(second.loss.at(0)), "the pixels' say beside the critic's"
    assert recipe.hints.none > 0, "it has to colour without hints too"


def test_scan_learns_from_artists_lines_and_leaves_them_alone() -> None:
    recipe = load_recipe("scan")
    assert (recipe.mode, recipe.architecture, recipe.step) == (Mode.SCAN, "inker", "paired")
    assert set(recipe.stages[0].loss.at(0)) == {"bce"} and not recipe.needs_critic
    assert recipe.data.lines_from == load_recipe("onepunch-scan").data.lines_from != ()
    assert min(recipe.augment.ink_tint, recipe.augment.shadows, recipe.augment.jpeg) > 0


@pytest.mark.parametrize("field", [1, 16, 70, 286])
@pytest.mark.parametrize(
    ("loss", "conditional"),
    [
        ({"l1": 100.0}, True),
        ({"adversarial": 1.0}, False),
        ({"adversarial": 1.0}, True),
        ({"l1": 100.0, "adversarial": 1.0}, True),
    ],
)
def test_pix2pix_takes_each_objective_and_each_receptive_field(
    tiny_text: Callable[..., str], field: int, loss: dict[str, float], conditional: bool
) -> None:
    """The switches of the paper's two tables, as a recipe writes them."""
    from linepaint.trainer.recipe_file import parse_recipe

    terms = ", ".join(f"{name} = {json.dumps(weight)}" for name, weight in loss.items())
    recipe = parse_recipe(
        tiny_text(
            ("receptive_field = 16", f"receptive_field = {field}"),
            ("conditional = true", f"conditional = {json.dumps(conditional)}"),
            ("loss = { l1 = 100.0, adversarial = 1.0 }", f"loss = {{ {terms} }}"),
            of="tiny-pix2pix",
        )
    )
    critic = TrainingState(recipe, CPU).critic
    assert (critic is None) == ("adversarial" not in loss)
    if critic is not None:
        assert critic.receptive_field() == field
        assert critic.blocks[0].convolution.in_channels == 3 + conditional
