"""What is compared: the objectives and receptive fields of Isola et al. 2016, tables 1 and 3, one recipe each."""

from __future__ import annotations

from dataclasses import dataclass

from ..recipe import Recipe
from ..recipe_file import parse_recipe

LAMBDA = 100
"""Weight of L1 beside an adversarial term, as in the paper."""

RECIPE = """# The objective {name} of pix2pix, for a comparison.
name = "{slug}"
mode = "lineart"
architecture = "unet"
seed = {seed}
ema = 0.99
betas = [0.5, 0.999]
critic_betas = [0.5, 0.999]
weight_decay = 0
gradient_clip = 0
sheet_every = {steps}

[network]
levels = {levels}
channels = {channels}

[critic]
loss = "vanilla"
conditional = {conditional}
receptive_field = {receptive_field}
channels = {channels}
norm = "instance"

[data]
procedural = {procedural}

[augment]
rough_lines = 0.0

[[stages]]
steps = {steps}
size = {size}
batch = {batch}
learning_rate = 2e-4
critic_rate = 2e-4
warmup = 0
schedule = "linear"
loss = {{ l1 = {l1}, adversarial = {adversarial} }}
"""


@dataclass(frozen=True)
class Variant:
    """One objective: whether it has L1 and an adversarial term, and what the critic of that sees."""

    name: str
    l1: bool = True
    adversarial: bool = True
    conditional: bool = True
    receptive_field: int = 70

    @property
    def slug(self) -> str:
        """The name of its run's folder."""
        return self.name.lower().replace("+", "-").replace(", ", "-").replace(" ", "")


L1_CGAN = Variant("L1+cGAN")

OBJECTIVES = (
    Variant("L1", adversarial=False),
    Variant("GAN", l1=False, conditional=False),
    Variant("cGAN", l1=False),
    Variant("L1+GAN", conditional=False),
    L1_CGAN,
)
"""Table 1 of the paper. Without the condition the critic sees the picture alone."""

RECEPTIVE_FIELDS = (
    Variant("L1+cGAN, 1 px", receptive_field=1),
    Variant("L1+cGAN, 16 px", receptive_field=16),
    L1_CGAN,
    Variant("L1+cGAN, 286 px", receptive_field=286),
)
"""Table 3: PixelGAN, 16 × 16, the 70 × 70 of all others, and ImageGAN."""

VARIANTS = tuple(dict.fromkeys((*OBJECTIVES, *RECEPTIVE_FIELDS)))


@dataclass(frozen=True)
class Budget:
    """What each variant is given. levels: of the U-Net, whose least size is 2 to that power, px."""

    steps: int = 400
    size: int = 128
    batch: int = 4
    channels: int = 32
    levels: int = 7
    procedural: float = 0.0
    seed: int = 1


def recipe_of(variant: Variant, budget: Budget) -> Recipe:
    """The recipe of a variant. With the same budget all see the same samples in the same order.

    Raises TrainingError for a budget that makes no sense.
    """
    text = RECIPE.format(
        name=variant.name,
        slug=variant.slug,
        conditional=str(variant.conditional).lower(),
        receptive_field=variant.receptive_field,
        l1=LAMBDA * variant.l1,
        adversarial=int(variant.adversarial),
        **vars(budget),
    )
    return parse_recipe(text, variant.name)
