"""One step of pix2pix and its kin: who learns what, from which losses, at which weight."""

from collections.abc import Callable

import pytest
import torch
from linepaint.trainer.data.samples import Sample
from linepaint.trainer.recipe import Recipe
from linepaint.trainer.state import TrainingState
from linepaint.trainer.steps import Diverged, Teaching, paired, train_step
from torch import Tensor, nn

CPU = torch.device("cpu")
MakeRecipe = Callable[..., Recipe]
MakeBatch = Callable[..., Sample]

LOSS = "loss = { l1 = 100.0, adversarial = 1.0 }"
PIXELS_ONLY = (LOSS, "loss = { l1 = 1.0 }")


def weights(network: nn.Module | None) -> list[Tensor]:
    assert network is not None
    return [t.clone() for t in network.parameters()]


def same(first: list[Tensor], second: list[Tensor]) -> bool:
    return all(torch.equal(a, b) for a, b in zip(first, second, strict=True))


@pytest.fixture
def gan(tiny: MakeRecipe) -> Callable[..., Recipe]:
    return lambda *changes: tiny(*changes, of="tiny-pix2pix")


def test_one_step_lowers_the_loss_on_its_own_batch(tiny: MakeRecipe, teaching: Teaching, batch_of: MakeBatch) -> None:
    recipe = tiny(("steps = 4", "steps = 200"))
    state, batch = TrainingState(recipe, CPU), batch_of(recipe)
    losses = [train_step(state, recipe, batch, teaching)["l1"] for _ in range(12)]
    assert losses[-1] < 0.97 * losses[0]
    assert state.step == 12


def test_each_term_with_a_weight_is_reckoned_and_logged(
    gan: MakeRecipe, teaching: Teaching, batch_of: MakeBatch
) -> None:
    recipe = gan((LOSS, "loss = { l1 = 1.0, l2 = 1.0, edges = 0.5, tv = 2.0, adversarial = 0.1 }"))
    logged = train_step(TrainingState(recipe, CPU), recipe, batch_of(recipe), teaching)
    assert set(logged) == {"l1", "l2", "edges", "tv", "adversarial", "critic", "total", "learning_rate"}
    parts = logged["l1"] + logged["l2"] + 0.5 * logged["edges"] + 2 * logged["tv"] + 0.1 * logged["adversarial"]
    assert logged["total"] == pytest.approx(parts, rel=1e-5)


@pytest.fixture
def inker(tiny: MakeRecipe) -> Recipe:
    """Lines learned from pairs, by a network that starts as a filter."""
    return tiny(
        ('architecture = "cyclegan"\nstep = "unpaired"', 'architecture = "inker"'),
        ("channels = 4\nblocks = 1", "channels = [4, 4, 4, 4]\nblocks = [1, 1, 1, 1]"),
        ("loss = { adversarial = 1.0, cycle = 10.0, identity = 5.0 }", "loss = { bce = 2.0 }"),
        ('schedule = "linear"', 'schedule = "constant"'),
        of="tiny-scan",
    )


def test_lines_are_learned_by_cross_entropy(inker: Recipe, teaching: Teaching, batch_of: MakeBatch) -> None:
    state, batch = TrainingState(inker, CPU), batch_of(inker)
    assert state.critic is None
    logged = [train_step(state, inker, batch, teaching) for _ in range(12)]
    assert set(logged[0]) == {"bce", "total", "learning_rate"}
    assert logged[0]["total"] == pytest.approx(2 * logged[0]["bce"], rel=1e-5)
    assert logged[-1]["bce"] < 0.97 * logged[0]["bce"]


def test_lines_are_learned_in_half_precision_too(inker: Recipe, teaching: Teaching, batch_of: MakeBatch) -> None:
    batch = batch_of(inker)
    logged = [
        train_step(TrainingState(inker, CPU), inker, batch, Teaching(teaching.world, CPU, half=half))["bce"]
        for half in (False, True)
    ]
    assert logged[1] == pytest.approx(logged[0], rel=0.05)


def test_a_live_network_learns_gray_pictures(tiny: MakeRecipe, teaching: Teaching, batch_of: MakeBatch) -> None:
    recipe = tiny(('mode = "lineart"', 'mode = "grayscale"'), ("steps = 4", "steps = 200"))
    state, batch = TrainingState(recipe, CPU), batch_of(recipe)
    losses = [train_step(state, recipe, batch, teaching)["l1"] for _ in range(12)]
    assert losses[-1] < 0.97 * losses[0]


def test_losses_are_taken_on_the_finished_picture(gan: MakeRecipe, teaching: Teaching, batch_of: MakeBatch) -> None:
    """What lies under a black line costs nothing, for nobody sees it."""
    recipe = gan(PIXELS_ONLY)
    batch = batch_of(recipe)
    state = TrainingState(recipe, CPU)
    batch.source.fill_(1.0)
    batch.target.zero_()
    before = weights(state.generator)
    assert train_step(state, recipe, batch, teaching)["l1"] == 0
    assert same(before, weights(state.generator))


def test_both_learn_and_the_critic_can_learn_afterwards(
    gan: MakeRecipe, teaching: Teaching, batch_of: MakeBatch
) -> None:
    recipe = gan()
    state = TrainingState(recipe, CPU)
    generator, critic = weights(state.generator), weights(state.critic)
    train_step(state, recipe, batch_of(recipe), teaching)
    assert not same(generator, weights(state.generator)) and not same(critic, weights(state.critic))
    assert state.critic is not None and all(p.requires_grad and p.grad is None for p in state.critic.parameters())


def staged(gan: MakeRecipe, *stages: str) -> Recipe:
    """Stages of one step each."""
    common = "steps = 1\nsize = 32\nbatch = 2\nlearning_rate = 1e-3\nwarmup = 0\n"
    text = "steps = 4\nsize = 32\nbatch = 2\nlearning_rate = 1e-3\ncritic_rate = 1e-3\nwarmup = 0\n"
    text += f'schedule = "linear"\n{LOSS}\n'
    return gan((f"[[stages]]\n{text}", "\n".join(f"[[stages]]\n{common}{stage}" for stage in stages)))


def test_who_learns_is_the_stages_say(gan: MakeRecipe, teaching: Teaching, batch_of: MakeBatch) -> None:
    """The NoGAN schedule: the generator alone, the critic alone, both; and a critic is not asked before its stage."""
    recipe = staged(
        gan,
        'train = "generator"\nloss = { l1 = 1.0 }',
        'train = "critic"\nloss = { adversarial = 1.0 }',
        'train = "both"\nloss = { l1 = 1.0, adversarial = 1.0 }',
        'train = "generator"\nloss = { l1 = 1.0, adversarial = 1.0 }',
        "loss = { l1 = 1.0 }",
    )
    state, batch = TrainingState(recipe, CPU), batch_of(recipe)
    learned = []
    for _ in range(5):
        generator, critic = weights(state.generator), weights(state.critic)
        logged = train_step(state, recipe, batch, teaching)
        learned.append(
            (not same(generator, weights(state.generator)), not same(critic, weights(state.critic)), "critic" in logged)
        )
    assert learned == [
        (True, False, False),
        (False, True, True),
        (True, True, True),
        (True, False, False),
        (True, False, False),
    ]


def test_a_weight_goes_from_its_first_to_its_last_value_over_the_stage(
    gan: MakeRecipe, teaching: Teaching, batch_of: MakeBatch
) -> None:
    recipe = gan((LOSS, "loss = { l1 = [8.0, 4.0], l2 = [0.0, 1.0] }"))
    state, batch = TrainingState(recipe, CPU), batch_of(recipe)
    for step, (l1, l2) in enumerate([(8, 0), (7, 0.25), (6, 0.5), (5, 0.75)]):
        logged = train_step(state, recipe, batch, teaching)
        assert logged["total"] == pytest.approx(l1 * logged["l1"] + l2 * logged.get("l2", 0.0), rel=1e-5)
        assert ("l2" in logged) == (step > 0), "nothing is reckoned for a weight of 0"


@pytest.mark.parametrize(
    ("kind", "norm"),
    [
        *((kind, "instance") for kind in ("hinge", "vanilla", "least-squares", "wgan-gp")),
        *(("hinge", norm) for norm in ("spectral", "batch", "none")),
    ],
)
def test_the_critic_learns_to_tell_the_artists_pictures(
    gan: MakeRecipe, teaching: Teaching, batch_of: MakeBatch, kind: str, norm: str
) -> None:
    recipe = gan(
        ('loss = "vanilla"', f'loss = "{kind}"'),
        ('channels = 4\nnorm = "instance"\n\n[data]', f'channels = 4\nnorm = "{norm}"\n\n[data]'),
        ('schedule = "linear"', 'schedule = "constant"\ntrain = "critic"'),
    )
    state, batch = TrainingState(recipe, CPU), batch_of(recipe)
    logged = [train_step(state, recipe, batch, teaching) for _ in range(20)]
    assert logged[-1]["critic"] < logged[0]["critic"] - 0.05
    assert ("penalty" in logged[0]) == (kind == "wgan-gp")


def test_batch_statistics_do_not_tell_a_critic_what_is_real(
    gan: MakeRecipe, teaching: Teaching, batch_of: MakeBatch
) -> None:
    """With batch norm, real and made pictures go through a critic apart, as the generator's later do."""
    recipe = gan(('channels = 4\nnorm = "instance"\n\n[data]', 'channels = 4\nnorm = "batch"\n\n[data]'))
    state, batch = TrainingState(recipe, CPU), batch_of(recipe)
    assert state.critic is not None
    seen: list[int] = []
    state.critic.register_forward_hook(lambda _, inputs, __: seen.append(len(inputs[0])))
    train_step(state, recipe, batch, teaching)
    assert seen == [2, 2, 2]


def gradients(recipe: Recipe, batch: Sample, teaching: Teaching, monkeypatch: pytest.MonkeyPatch) -> list[Tensor]:
    """What a step would descend along, critic's and generator's; nothing moves."""
    found: list[Tensor] = []

    def keep(optimiser: torch.optim.Optimizer, networks: list[nn.Module], *_: object) -> None:
        found.extend(p.grad.clone() for network in networks for p in network.parameters() if p.grad is not None)
        optimiser.zero_grad()

    with monkeypatch.context() as patch:
        patch.setattr(paired, "descend", keep)
        train_step(TrainingState(recipe, CPU), recipe, batch, teaching)
    return found


@pytest.mark.parametrize("kind", ["vanilla", "hinge"])
def test_a_batch_in_parts_has_the_gradients_of_the_whole(
    gan: MakeRecipe, teaching: Teaching, batch_of: MakeBatch, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Memory for one part, the mathematics of the batch. A scribbler, because it makes no noise."""
    changes = (
        ('architecture = "unet"', 'architecture = "scribbler"'),
        ("levels = 3\nchannels = 4", "channels_in = 1\nchannels = 4\nblocks = [1, 1, 1, 1]"),
        ('loss = "vanilla"', f'loss = "{kind}"'),
    )
    whole = gan(*changes, ("batch = 2", "batch = 4"))
    parts = gan(*changes, ("batch = 2", "batch = 4\naccumulate = 2"))
    batch = batch_of(whole)
    expected, found = (gradients(recipe, batch, teaching, monkeypatch) for recipe in (whole, parts))
    assert len(found) == len(expected) > 20
    for one, other in zip(found, expected, strict=True):
        assert torch.allclose(one, other, rtol=1e-3, atol=1e-6 + 1e-4 * float(other.abs().max()))


def test_the_parts_losses_are_logged_as_the_batchs(tiny: MakeRecipe, teaching: Teaching, batch_of: MakeBatch) -> None:
    logged = []
    for accumulate in (1, 2, 4):
        recipe = tiny(("batch = 2", f"batch = 4\naccumulate = {accumulate}"))
        logged.append(train_step(TrainingState(recipe, CPU), recipe, batch_of(recipe), teaching))
    assert logged[1] == pytest.approx(logged[0]) and logged[2] == pytest.approx(logged[0])


def test_the_critics_own_features_compare_pictures_where_no_network_is_named(
    gan: MakeRecipe, teaching: Teaching, batch_of: MakeBatch
) -> None:
    recipe = gan((LOSS, "loss = { feature = 1.0 }"))
    state, batch = TrainingState(recipe, CPU), batch_of(recipe)
    generator, critic = weights(state.generator), weights(state.critic)
    logged = train_step(state, recipe, batch, teaching)
    assert logged["feature"] > 0 and logged["total"] == pytest.approx(logged["feature"])
    assert not same(generator, weights(state.generator))
    assert not same(critic, weights(state.critic)), "features worth comparing are those of a critic that learns"


def test_a_feature_network_that_is_named_is_the_one_that_is_asked(
    gan: MakeRecipe, batch_of: MakeBatch, teaching: Teaching
) -> None:
    recipe = gan(
        ('name = "tiny-pix2pix"', 'name = "tiny-pix2pix"\nfeatures = "hed"'), (LOSS, "loss = { feature = 1.0 }")
    )
    asked: list[int] = []

    def features(picture: Tensor) -> list[Tensor]:
        asked.append(picture.shape[1])
        return [picture.mean(dim=1, keepdim=True)]

    state = TrainingState(recipe, CPU)
    assert state.critic is None
    named = Teaching(teaching.world, teaching.device, features=features)
    assert train_step(state, recipe, batch_of(recipe), named)["feature"] > 0
    assert asked == [3, 3]


@pytest.mark.parametrize("of", ["tiny", "tiny-pix2pix"])
def test_a_loss_that_is_no_number_changes_no_generators_weight(
    tiny: MakeRecipe, teaching: Teaching, batch_of: MakeBatch, of: str
) -> None:
    recipe = tiny(of=of)
    state, batch = TrainingState(recipe, CPU), batch_of(recipe)
    before = weights(state.generator) + weights(state.average)
    batch.target[0, 0, 5, 5] = torch.nan
    with pytest.raises(Diverged, match="the loss is nan"):
        train_step(state, recipe, batch, teaching)
    assert same(before, weights(state.generator) + weights(state.average)) and state.step == 0


def test_bfloat16_steers_the_same_way(gan: MakeRecipe, batch_of: MakeBatch, teaching: Teaching) -> None:
    recipe = gan()
    batch = batch_of(recipe)
    losses = [
        train_step(TrainingState(recipe, CPU), recipe, batch, Teaching(teaching.world, CPU, half=half))
        for half in (False, True)
    ]
    assert losses[1]["l1"] == pytest.approx(losses[0]["l1"], rel=0.05)
    assert losses[1]["critic"] == pytest.approx(losses[0]["critic"], rel=0.1)


def test_the_penalty_is_on_the_picture_not_on_what_it_was_made_from(
    gan: MakeRecipe, teaching: Teaching, batch_of: MakeBatch
) -> None:
    """A critic that looks at the lines alone has no slope along the picture: (0 - 1)² = 1."""
    recipe = gan(
        ('loss = "vanilla"', 'loss = "wgan-gp"'),
        ('channels = 4\nnorm = "instance"\n\n[data]', 'channels = 4\nnorm = "none"\n\n[data]'),
    )
    state = TrainingState(recipe, CPU)
    assert state.critic is not None
    with torch.no_grad():
        state.critic.blocks[0].convolution.weight[:, :3] = 0
    logged = train_step(state, recipe, batch_of(recipe), teaching)
    assert logged["penalty"] == pytest.approx(1, abs=1e-4)
