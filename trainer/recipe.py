"""A recipe: everything that decides what a training run does. `recipe_file` reads one from TOML."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from linepaint.engine.catalog import Mode

from .data.augmentation.recipe import AugmentRecipe
from .data.picture_pairs import Direction
from .errors import TrainingError
from .hints import HintRecipe


@dataclass(frozen=True)
class DataRecipe:
    """What a run sees.

    procedural: share of samples drawn by `trainer.drawings` instead of taken from the folder, of so many different
    `drawings`. weights: for each sub-folder of the data, how often its pictures are picked (1 = as often as any
    other). lines_from: for mode scan, the sub-folders whose line drawings are an artist's own; none named: all.
    direction: of picture pairs, which of the two is given. workers: loader processes.
    """

    procedural: float = 0.25
    drawings: int = 300
    weights: dict[str, float] = field(default_factory=dict)
    lines_from: tuple[str, ...] = ()
    direction: Direction = "AtoB"
    workers: int = 1


@dataclass(frozen=True)
class Ramp:
    """A weight that goes in a straight line from `start` to `end` over a stage; in TOML one number, or [from, to]."""

    start: float
    end: float

    def at(self, progress: float) -> float:
        """Its value at a progress in [0, 1]."""
        return self.start + (self.end - self.start) * progress

    def __bool__(self) -> bool:
        return bool(self.start or self.end)


OFF = Ramp(0.0, 0.0)


@dataclass(frozen=True)
class LossRecipe:
    """Weights of the loss terms, all taken on the finished picture.

    l1, l2: per pixel. bce: cross-entropy, of ink. ssim: structural dissimilarity. edges: structure, on gradients.
    feature: on the maps of a feature network. tv: total variation. adversarial: the critic's judgement. cycle,
    identity: of unpaired training (Zhu et al. 2017).
    """

    l1: Ramp = OFF
    l2: Ramp = OFF
    bce: Ramp = OFF
    ssim: Ramp = OFF
    edges: Ramp = OFF
    feature: Ramp = OFF
    tv: Ramp = OFF
    adversarial: Ramp = OFF
    cycle: Ramp = OFF
    identity: Ramp = OFF

    def at(self, progress: float) -> dict[str, float]:
        """The weights that are not zero at a progress in [0, 1], by name."""
        weights = {f.name: getattr(self, f.name).at(progress) for f in fields(self)}
        return {name: weight for name, weight in weights.items() if weight}


@dataclass(frozen=True)
class CriticRecipe:
    """The discriminator and how it is taught.

    receptive_field: side of the patch it judges, px (1, 16, 34, 70, 142 or 286). conditional: whether it also sees
    what the picture was made from (cGAN). penalty: weight of the gradient penalty of wgan-gp. buffer: how many earlier
    made pictures unpaired training remembers (Shrivastava et al. 2017).
    """

    loss: Literal["hinge", "vanilla", "least-squares", "wgan-gp"] = "hinge"
    conditional: bool = True
    receptive_field: int = 70
    channels: int = 32
    norm: Literal["spectral", "instance", "batch", "none"] = "spectral"
    attention: int = 0
    penalty: float = 10.0
    buffer: int = 50


@dataclass(frozen=True)
class Stage:
    """A stretch of training at one size, in which some of the networks learn.

    batch: samples a step, over all processes together; accumulate: in how many parts it is worked through, to save
    memory. learning_rate: reached after `warmup` steps, then by schedule: cosine (half a cosine to zero), linear
    (constant, then straight to zero from half-way), constant. critic_rate: the critic's own (two time-scale update
    rule, Heusel et al. 2017); 0: twice the generator's. train: who learns, which is how NoGAN stages are written.
    """

    steps: int
    size: int = 160
    batch: int = 16
    accumulate: int = 1
    learning_rate: float = 4e-4
    critic_rate: float = 0.0
    warmup: int = 100
    schedule: Literal["cosine", "linear", "constant"] = "cosine"
    train: Literal["both", "generator", "critic"] = "both"
    loss: LossRecipe = field(default_factory=lambda: LossRecipe(l1=Ramp(1.0, 1.0)))


@dataclass(frozen=True)
class Recipe:
    """One training run, from data to checkpoint.

    architecture, network: what is trained, by the names of `linepaint.engine.architectures`. step: paired, or unpaired
    (CycleGAN) with a second generator `partner` on the way back. spectral_norm: on the generator too, while it
    trains. encoder_weights: a file of foreign weights for the generator's encoder; freeze_encoder: leave those as
    they are. features: the network of the feature loss: critic, hed, or a file of VGG-16 weights. ema: decay of the
    weights' moving average, which is what ships.
    """

    name: str
    mode: Mode
    architecture: str
    stages: tuple[Stage, ...]
    network: dict[str, Any] = field(default_factory=dict)
    step: Literal["paired", "unpaired"] = "paired"
    partner: dict[str, Any] = field(default_factory=dict)
    spectral_norm: bool = False
    encoder_weights: str = ""
    freeze_encoder: bool = False
    features: str = "critic"
    critic: CriticRecipe = field(default_factory=CriticRecipe)
    data: DataRecipe = field(default_factory=DataRecipe)
    augment: AugmentRecipe = field(default_factory=AugmentRecipe)
    hints: HintRecipe = field(default_factory=HintRecipe)
    seed: int = 0
    ema: float = 0.999
    betas: tuple[float, ...] = (0.9, 0.99)
    critic_betas: tuple[float, ...] = (0.5, 0.99)
    weight_decay: float = 1e-4
    gradient_clip: float = 1.0
    log_every: int = 20
    sheet_every: int = 250
    save_every: int = 250
    text: str = ""

    @property
    def steps(self) -> int:
        """Steps of all stages together."""
        return sum(stage.steps for stage in self.stages)

    @property
    def needs_critic(self) -> bool:
        """Whether any stage asks a discriminator for anything."""
        return self.step == "unpaired" or any(
            stage.loss.adversarial or stage.train == "critic" or (stage.loss.feature and self.features == "critic")
            for stage in self.stages
        )

    def stage_at(self, step: int) -> tuple[Stage, int]:
        """The stage that a step, counted from 0, belongs to, and the step's number within it."""
        for stage in self.stages:
            if step < stage.steps:
                return stage, step
            step -= stage.steps
        last = self.stages[-1]
        return last, last.steps

    def images_until(self, step: int) -> int:
        """Samples seen in the first so many steps."""
        seen = 0
        for stage in self.stages:
            seen += min(step, stage.steps) * stage.batch
            step -= min(step, stage.steps)
        return seen

    def with_steps(self, steps: int) -> Recipe:
        """The same recipe shortened or stretched to so many steps, its stages in proportion."""
        if steps < 1:
            raise TrainingError(f"--steps must be at least 1, not {steps}.")
        ends = [round(steps * sum(s.steps for s in self.stages[: i + 1]) / self.steps) for i in range(len(self.stages))]
        starts = [0, *ends[:-1]]
        stages = tuple(
            dataclasses.replace(stage, steps=end - start)
            for stage, start, end in zip(self.stages, starts, ends, strict=True)
            if end > start
        )
        return dataclasses.replace(self, stages=stages)

    def decides(self) -> dict[str, Any]:
        """Everything that the weights depend on, as plain values: two runs of equal ones are the same run."""
        plain = dataclasses.asdict(self)
        for what_only_shows in ("text", "log_every", "sheet_every", "save_every"):
            del plain[what_only_shows]
        del plain["data"]["workers"]
        return plain
