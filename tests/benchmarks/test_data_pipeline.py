"""Making samples on one core against learning from them on one core: the loader must never be what training waits for.

Both are measured in processor time of one thread, in turns, so that what else the machine does weighs on both alike.
"""

import dataclasses
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch
from linepaint.trainer.data.collection import Pictures
from linepaint.trainer.data.loading import quiet_loader_process
from linepaint.trainer.data.samples import Sample
from linepaint.trainer.data.sampling import SampleDataset
from linepaint.trainer.distributed import World
from linepaint.trainer.drawings import draw
from linepaint.trainer.recipe import Recipe
from linepaint.trainer.recipe_file import load_recipe
from linepaint.trainer.state import TrainingState
from linepaint.trainer.steps import Teaching, train_step

from linepaint.imaging.opencv import cv2

TIMES_AS_FAST = 10
ASSERTED = {("pix2pix", 0): 10, ("live", 0): 3, ("live", 1): 10}
"""By recipe and stage. The first stage of live is the exception: its small pictures are learnt from so quickly that
the fixed costs of a sample, thousands of small calls, show. There the loader is merely ahead."""

PICTURES, SIDE = 8, 448
SAMPLES, ROUNDS = 24, 3
CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Pictures:
    """A folder of pairs as large as a run keeps them."""
    folder: Path = tmp_path_factory.mktemp("pictures")
    for number in range(PICTURES):
        drawing = draw(1000 + number, SIDE)
        cv2.imwrite(str(folder / f"{number}.color.png"), drawing.color[..., ::-1])
        cv2.imwrite(str(folder / f"{number}.line.png"), drawing.lines)
    return Pictures([folder], {}, SIDE)


@pytest.fixture(autouse=True)
def one_core() -> Iterator[None]:
    threads = torch.get_num_threads(), cv2.getNumThreads()
    quiet_loader_process(0)
    yield
    torch.set_num_threads(threads[0])
    cv2.setNumThreads(threads[1])


@pytest.mark.parametrize(("name", "stage"), ASSERTED)
def test_samples_are_made_many_times_as_fast_as_they_are_learnt_from(
    record: Callable[..., None], is_measuring: bool, pictures: Pictures, name: str, stage: int
) -> None:
    if not is_measuring and (name, stage) != ("live", 0):
        pytest.skip("takes long; make bench runs it")
    recipe = only_stage(load_recipe(name), stage)
    size, batch = recipe.stages[0].size, recipe.stages[0].batch
    count = max(batch, SAMPLES if is_measuring else 1)
    dataset = SampleDataset(pictures, recipe, size, 0, count)
    # Once unmeasured: procedural drawings are made at a run's beginning and then kept.
    samples = [dataset[i] for i in range(count)]
    state, teaching = TrainingState(recipe, CPU), Teaching(World(), CPU)
    learnt = Sample.stack(samples[:batch])
    train_step(state, recipe, learnt, teaching)
    making, learning = [], []
    for _ in range(ROUNDS if is_measuring else 1):
        making.append(seconds(lambda: [dataset[i] for i in range(count)]) / count)
        learning.append(seconds(lambda: train_step(state, recipe, learnt, teaching)) / batch)
    made, trained = 1 / min(making), 1 / min(learning)
    what = f"{name} at {size} px, one core"
    record(f"samples made, {what}", made, "/s")
    record(f"samples learnt from, {what}", trained, "/s")
    record(f"made / learnt from, {what}", made / trained, "×", TIMES_AS_FAST, at_least=True)
    if is_measuring:
        assert made / trained >= ASSERTED[name, stage]


def only_stage(recipe: Recipe, number: int) -> Recipe:
    return dataclasses.replace(recipe, stages=(recipe.stages[number],))


def seconds(work: Callable[[], object]) -> float:
    """Processor time that this takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun
