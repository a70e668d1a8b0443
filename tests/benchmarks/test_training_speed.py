"""The trainer's step of pix2pix against the plain loop of a tutorial with the same networks, in one run.

Both work on the same batch in one thread, in turns, and are measured in processor time, so that what else the machine
does weighs on both alike.
"""

import dataclasses
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch
from linepaint.trainer.data.collection import Pictures
from linepaint.trainer.data.samples import Sample
from linepaint.trainer.data.sampling import SampleDataset
from linepaint.trainer.distributed import World
from linepaint.trainer.recipe_file import load_recipe
from linepaint.trainer.state import TrainingState
from linepaint.trainer.steps import Teaching, train_step

sys.path.insert(0, str(Path(__file__).parent))

TIMES_AS_FAST = 1.5
ROUNDS = 3
CPU = torch.device("cpu")


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    yield
    torch.set_flush_denormal(False)
    torch.set_num_threads(threads)


@pytest.mark.usefixtures("only_measuring")
@pytest.mark.parametrize("batch", [1, 4])
def test_training_is_faster_than_a_plain_loop(record: Callable[..., None], batch: int) -> None:
    from plain_pix2pix import PlainLoop

    recipe = load_recipe("pix2pix")
    recipe = dataclasses.replace(recipe, stages=(dataclasses.replace(recipe.stages[0], batch=batch),))
    dataset = SampleDataset(Pictures([], {}, 256), recipe, 256, 0, batch)
    sample = Sample.stack([dataset[i] for i in range(batch)])
    lines, color = sample.source.contiguous(), sample.target.contiguous()
    state, teaching, plain = TrainingState(recipe, CPU), Teaching(World(), CPU), PlainLoop()
    same = sum(p.numel() for p in plain.generator.parameters()) / sum(p.numel() for p in state.generator.parameters())
    assert same == pytest.approx(1, abs=1e-3), "the same network on both sides"
    train_step(state, recipe, sample, teaching)
    plain.step(lines, color)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(seconds(lambda: plain.step(lines, color)))
        ours.append(seconds(lambda: train_step(state, recipe, sample, teaching)))
    ratio = statistics.median(t / o for t, o in zip(theirs, ours, strict=True))
    record(f"pix2pix trained, batch {batch}, one core", batch / min(ours), "/s")
    record(f"a plain loop, batch {batch}, one core", batch / min(theirs), "/s")
    record(f"trained / plain loop, batch {batch}", ratio, "×", TIMES_AS_FAST, at_least=True)
    assert ratio > 1


def seconds(work: Callable[[], object]) -> float:
    """Processor time that this takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun
