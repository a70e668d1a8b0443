"""The training loop: one for all recipes. Logs, sheets and checkpoints go to the run's folder as it works.

RUN/recipe.toml     what was asked for
RUN/logs/           TensorBoard scalars and sheets
RUN/sheets/         picture sheets
RUN/NAME.safetensors   the averaged weights, ready for linepaint
RUN/state.pt        everything `--resume` needs
"""

from __future__ import annotations

import dataclasses
import logging
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType

import torch
from torch.utils.data import DataLoader
from torch.utils.tensorboard import SummaryWriter
from tqdm import tqdm

from linepaint.engine.catalog import CheckpointInfo
from linepaint.engine.checkpoint import load_checkpoint, save_checkpoint
from linepaint.imaging.opencv import cv2
from linepaint.networks.live import STRIDE

from .data.samples import Pictures, Sample, SampleDataset, quiet_loader_process
from .data.sources import describe_sources
from .errors import TrainingError
from .recipe import Recipe, Stage
from .sheet import sheet
from .state import STATE_NAME, TrainingState
from .step import Diverged, train_step

log = logging.getLogger(__name__)

RECIPE_NAME = "recipe.toml"
READ_AT = 448
"""Pictures are kept in memory at most this long a side: enough for crops at the sizes of our recipes."""

SHEET_SAMPLES = 8
LICENCE = "GPL-3.0-or-later"
LOWER_RATE = "The last good checkpoint is kept; lower the rate and --resume."


def fit(
    recipe: Recipe,
    folders: Sequence[Path],
    run: Path,
    *,
    resume: bool = False,
    init: Path | None = None,
    device: torch.device | None = None,
) -> Path:
    """Train a recipe on folders of pictures (none: procedural drawings only); the checkpoint's path.

    Ctrl-C and SIGTERM save and return. Raises TrainingError for unusable input, divergence or a full disk; the last
    good checkpoint then stays.
    """
    _check_sizes(recipe)
    # A loader process forked while OpenCV's thread pool is alive would wait for threads that are not there.
    cv2.setNumThreads(1)
    torch.set_flush_denormal(True)
    state = TrainingState(recipe, device or torch.device("cuda" if torch.cuda.is_available() else "cpu"))
    checkpoint = run / f"{recipe.name}.safetensors"
    if resume:
        state.restore(run)
    elif (run / STATE_NAME).exists():
        raise TrainingError(f"{run} holds a run already; go on with --resume, or choose another --out.")
    if init is not None and not resume:
        network, info = load_checkpoint(init, recipe.mode)
        if info.architecture != recipe.architecture:
            raise TrainingError(
                f"{init.name} holds a {info.architecture} network, the recipe needs {recipe.architecture}."
            )
        state.start_from(network.state_dict(), init.name)
    pictures = Pictures(folders, recipe.data.weights, READ_AT)
    log.info("%d pictures, %s, %d steps.", len(pictures), state.device, recipe.steps)
    info = CheckpointInfo(
        name=recipe.name,
        path=checkpoint,
        mode=recipe.mode,
        architecture=recipe.architecture,
        config=recipe.network,
        recipe=recipe.name,
        steps=0,
        metrics={},
        data=describe_sources(pictures.sources, folders, recipe.data.procedural),
        licence=LICENCE,
    )
    try:
        run.mkdir(parents=True, exist_ok=True)
        (run / RECIPE_NAME).write_text(recipe.text, "utf-8")
        with _StopOnSignal() as stop, SummaryWriter(str(run / "logs")) as writer:
            _Loop(recipe, pictures, run, state, info, writer).train(stop)
    except OSError as error:
        raise TrainingError(
            f"{run} cannot be written to ({error.strerror}); free some space or choose another --out, then --resume."
        ) from error
    return checkpoint


def _check_sizes(recipe: Recipe) -> None:
    for stage in recipe.stages:
        if stage.size % STRIDE:
            raise TrainingError(f"{recipe.name}: a stage's size must be a multiple of {STRIDE}, not {stage.size}.")


class _Loop:
    """The steps of one run, with what is written along the way."""

    def __init__(
        self,
        recipe: Recipe,
        pictures: Pictures,
        run: Path,
        state: TrainingState,
        info: CheckpointInfo,
        writer: SummaryWriter,
    ) -> None:
        self.recipe, self.pictures, self.run = recipe, pictures, run
        self.state, self.info, self.writer = state, info, writer
        # Samples before the first of the run: never trained on, the same at every sheet.
        size = recipe.stages[-1].size
        examples = SampleDataset(pictures, recipe, size, 2**40, SHEET_SAMPLES)
        self.examples = Sample.stack([examples[i] for i in range(SHEET_SAMPLES)])

    def train(self, stop: _StopOnSignal) -> None:
        """Go on from the state's step to the recipe's last, or until asked to stop."""
        recipe, state = self.recipe, self.state
        self.writer.add_text("recipe", f"```toml\n{recipe.text}\n```", state.step)
        bar = tqdm(
            total=recipe.steps,
            initial=state.step,
            unit="step",
            desc=recipe.name,
            dynamic_ncols=True,
            mininterval=1.0,
        )
        with bar:
            for stage, batch in self._batches():
                try:
                    logged = train_step(state, recipe, batch.to(state.device))
                except Diverged as error:
                    raise TrainingError(f"Training diverged: {error}. {LOWER_RATE}") from error
                bar.update()
                if state.step % recipe.log_every == 0:
                    rate = bar.format_dict["rate"] or 0
                    bar.set_postfix({"images/s": f"{rate * stage.batch:.1f}", "loss": f"{logged['total']:.4f}"})
                    for name, value in logged.items():
                        self.writer.add_scalar(f"train/{name}", value, state.step)
                    self.writer.add_scalar("train/images_per_second", rate * stage.batch, state.step)
                if state.step % recipe.sheet_every == 0:
                    self._write_sheet()
                if state.step % recipe.save_every == 0:
                    self._save()
                if stop.asked:
                    break
        self._save()
        self._write_sheet()
        if stop.asked:
            log.info("Stopped and saved at step %d; go on with --resume.", state.step)

    def _batches(self) -> Iterator[tuple[Stage, Sample]]:
        """The batches still to come, each with its stage; sample numbers run on across stages."""
        first, at = 0, 0
        for stage in self.recipe.stages:
            todo = at + stage.steps - max(at, self.state.step)
            if todo > 0:
                begin = first + (stage.steps - todo) * stage.batch
                dataset = SampleDataset(self.pictures, self.recipe, stage.size, begin, todo * stage.batch)
                loader: DataLoader[Sample] = DataLoader(
                    dataset,
                    batch_size=stage.batch,
                    collate_fn=Sample.stack,
                    num_workers=self.recipe.data.workers,
                    worker_init_fn=quiet_loader_process,
                    pin_memory=self.state.device.type == "cuda",
                    prefetch_factor=4 if self.recipe.data.workers else None,
                )
                for batch in loader:
                    yield stage, batch
            first += stage.steps * stage.batch
            at += stage.steps

    def _write_sheet(self) -> None:
        picture = sheet(self.state.average, self.examples)
        folder = self.run / "sheets"
        folder.mkdir(exist_ok=True)
        path = folder / f"step_{self.state.step:07d}.png"
        if not cv2.imwrite(str(path), picture[..., ::-1]):
            raise OSError(0, "a picture sheet could not be written")
        self.writer.add_image("sheet", picture, self.state.step, dataformats="HWC")

    def _save(self) -> None:
        """Write the state and the checkpoint. Raises TrainingError, leaving the last ones, if a weight is no number."""
        if not self.state.is_finite():
            raise TrainingError(
                f"Training diverged: the weights at step {self.state.step} are no numbers. {LOWER_RATE}"
            )
        self.state.save(self.run)
        save_checkpoint(self.state.average, dataclasses.replace(self.info, steps=self.state.step))


class _StopOnSignal:
    """While it is open, Ctrl-C and SIGTERM ask the loop to finish its step, save and stop; a second Ctrl-C insists."""

    def __init__(self) -> None:
        self.asked = False

    def __enter__(self) -> _StopOnSignal:
        self._before = {number: signal.signal(number, self._ask) for number in (signal.SIGINT, signal.SIGTERM)}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _ask(self, number: int, _: FrameType | None) -> None:
        if self.asked and number == signal.SIGINT:
            raise KeyboardInterrupt
        self.asked = True
