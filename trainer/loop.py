"""The loop over a run's steps: batches in, weights better, and everything written that `run_folder` names."""

from __future__ import annotations

import dataclasses
import logging
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from linepaint.engine.catalog import CheckpointInfo
from linepaint.engine.checkpoint import save_checkpoint
from linepaint.imaging.opencv import cv2

from .data.loading import example_samples, load_batches
from .data.opening import Data
from .data.samples import Sample
from .errors import TrainingError
from .recipe import Recipe, Stage
from .run_folder import RECIPE_NAME, RunFacts
from .run_sheet import sheet
from .state import TrainingState
from .steps import Diverged, Teaching, train_step
from .stopping import StopOnSignal

if TYPE_CHECKING:
    from torch.utils.tensorboard import SummaryWriter

log = logging.getLogger(__name__)

SHEET_SAMPLES = 8
UNSEEN = 2**40
"""Number of the first sample on the sheets: beyond those of any run, so never trained on."""

LOWER_RATE = "The last good checkpoint is kept; start a new run from it with --init and a lower learning_rate."


class Loop:
    """The steps of one run. Every process of the run has one; the leading one also writes and speaks."""

    def __init__(
        self,
        recipe: Recipe,
        data: Data,
        run: Path,
        state: TrainingState,
        teaching: Teaching,
        info: CheckpointInfo,
    ) -> None:
        self.recipe, self.data, self.run, self.state = recipe, data, run, state
        self.teaching, self.world, self.info = teaching, teaching.world, info
        self.writer: SummaryWriter | None = None
        self.losses: dict[str, float] = {}
        self._began = time.monotonic() - state.seconds

    def train(self, until: int) -> None:
        """Go on from the state's step to another, at most the recipe's last, or until asked to stop.

        Raises TrainingError if training diverges, OSError as the file system does.
        """
        with ExitStack() as stack:
            stop = stack.enter_context(StopOnSignal())
            with self.world.together(self.state.device):
                if self.world.leads:
                    self.writer = stack.enter_context(self._open_run())
            bar = stack.enter_context(
                tqdm(
                    total=self.recipe.steps,
                    initial=self.state.step,
                    unit="step",
                    desc=self.recipe.name,
                    dynamic_ncols=True,
                    mininterval=1.0,
                    disable=not self.world.leads,
                )
            )
            stopped = self._steps(stop, bar, until)
            self._save()
            self._write_sheet()
        if stopped and self.world.leads:
            log.info("Stopped and saved at step %d; go on with --resume.", self.state.step)

    def _open_run(self) -> SummaryWriter:
        """Begin the run's folder: what was asked for, what to look at, and the log."""
        from torch.utils.tensorboard import SummaryWriter  # Takes seconds, and only the leader needs it.

        recipe = self.recipe
        self.run.mkdir(parents=True, exist_ok=True)
        (self.run / RECIPE_NAME).write_text(recipe.text, "utf-8")
        self._write_facts()
        self.examples = example_samples(self.data, recipe, recipe.stages[-1].size, UNSEEN, SHEET_SAMPLES)
        writer = SummaryWriter(str(self.run / "logs"))
        writer.add_text("recipe", f"```toml\n{recipe.text}\n```", self.state.step)
        return writer

    def _steps(self, stop: StopOnSignal, bar: tqdm, until: int) -> bool:
        """All steps still to be taken; whether it was asked to stop before the last."""
        recipe, state = self.recipe, self.state
        if state.step >= until:
            return False
        for stage, batch in self._batches():
            try:
                shown = train_step(state, recipe, batch.to(state.device), self.teaching)
            except Diverged as error:
                raise TrainingError(f"Training diverged at step {state.step}: {error}. {LOWER_RATE}") from error
            state.seconds = time.monotonic() - self._began
            bar.update()
            if state.step % recipe.log_every == 0:
                self.losses = self.world.mean(shown, state.device)
                self._log(stage, bar)
            if state.step % recipe.sheet_every == 0:
                self._write_sheet()
            if state.step % recipe.save_every == 0:
                self._save()
            if self.world.any(stop.asked, state.device):
                return state.step < recipe.steps
            if state.step >= until:
                break
        return False

    def _batches(self) -> Iterator[tuple[Stage, Sample]]:
        """This process's share of the batches still to come, each with its stage; sample numbers run on."""
        first, at = 0, 0
        for stage in self.recipe.stages:
            todo = at + stage.steps - max(at, self.state.step)
            if todo > 0:
                begin = first + (stage.steps - todo) * stage.batch
                for batch in load_batches(self.data, self.recipe, stage, begin, todo, self.world, self.state.device):
                    yield stage, batch
            first += stage.steps * stage.batch
            at += stage.steps

    def _log(self, stage: Stage, bar: tqdm) -> None:
        if self.writer is None:
            return
        speed = (bar.format_dict["rate"] or 0) * stage.batch
        total = self.losses.get("total", self.losses.get("critic", 0.0))
        bar.set_postfix({"images/s": f"{speed:.1f}", "loss": f"{total:.4f}"})
        for name, value in self.losses.items():
            self.writer.add_scalar(f"train/{name}", value, self.state.step)
        self.writer.add_scalar("train/images_per_second", speed, self.state.step)

    def _write_sheet(self) -> None:
        with self.world.together(self.state.device):
            if self.writer is None:
                return
            picture = sheet(self.state.average, self.examples, self.recipe.mode)
            folder = self.run / "sheets"
            folder.mkdir(exist_ok=True)
            path = folder / f"step_{self.state.step:07d}.png"
            if not cv2.imwrite(str(path), picture[..., ::-1]):
                raise OSError(0, "a picture sheet could not be written")
            self.writer.add_image("sheet", picture, self.state.step, dataformats="HWC")

    def _save(self) -> None:
        """Write the state and the checkpoint. Raises TrainingError, leaving the last ones, if a weight is no number."""
        state = self.state
        with self.world.together(state.device):
            if not state.is_finite():
                raise TrainingError(f"Training diverged: the weights at step {state.step} are no numbers. {LOWER_RATE}")
            if self.world.leads:
                state.save(self.run, self.recipe.decides())
                save_checkpoint(state.shipped(), dataclasses.replace(self.info, steps=state.step))
                self._write_facts()

    def _write_facts(self) -> None:
        RunFacts(
            steps=self.state.step,
            steps_asked=self.recipe.steps,
            images=self.recipe.images_until(self.state.step),
            seconds=round(self.state.seconds, 1),
            processes=self.world.size,
            device=str(self.state.device),
            precision="bfloat16" if self.teaching.half else "float32",
            losses=self.losses,
            launch=self.world.launch,
        ).write(self.run)
