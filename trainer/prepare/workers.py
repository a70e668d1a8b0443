"""Preparing pictures in several processes, each of which may die of a picture without taking the others along.

A pool that shares one queue cannot tell which picture its dead worker had. So there are as many pools of one process,
each given one picture at a time.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from linepaint.imaging.opencv import cv2

from ..errors import TrainingError
from .art import ArtFile
from .options import PrepareOptions
from .picture import Tracer, prepare_picture
from .record import Outcome, Record


def prepare_all(todo: Sequence[ArtFile], options: PrepareOptions, out: Path, workers: int) -> Iterator[Record]:
    """The record of each picture as it is done, in any order. workers 0: in this process.

    A picture at which a worker dies is reported as broken. Raises TrainingError where the disk refuses or workers
    cannot be started, EngineError for a checkpoint that is none.
    """
    # Here too where workers load their own: a checkpoint that is none ends the run, and not each of its workers.
    tracer = load_tracer(options)
    if workers == 0:
        yield from (prepare_picture(art, options, out, tracer) for art in todo)
        return
    pools = [_pool(options) for _ in range(min(workers, len(todo)))]
    _await_start(pools)
    waiting = iter(todo)
    at_work: dict[Future[Record], tuple[int, ArtFile]] = {}
    try:
        for index, art in zip(range(len(pools)), waiting, strict=False):
            at_work[pools[index].submit(_work, art, options, out)] = index, art
        while at_work:
            done, _ = wait(at_work, return_when=FIRST_COMPLETED)
            for future in done:
                index, art = at_work.pop(future)
                try:
                    record = future.result()
                except BrokenProcessPool:
                    pools[index].shutdown()
                    pools[index] = _pool(options)
                    _await_start([pools[index]])
                    record = Record(art.picture, Outcome.BROKEN, "the process that read it died", source=art.source)
                yield record
                after = next(waiting, None)
                if after is not None:
                    at_work[pools[index].submit(_work, after, options, out)] = index, after
    finally:
        for pool in pools:
            pool.shutdown(cancel_futures=True)


_tracer: Tracer | None = None
"""Of this worker process."""


def _pool(options: PrepareOptions) -> ProcessPoolExecutor:
    # Forking would copy the threads' locks of OpenCV and torch in whatever state they are.
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _start_worker, (options,))


def _await_start(pools: Sequence[ProcessPoolExecutor]) -> None:
    """Tell a worker that dies of a picture from one that cannot live."""
    started = [pool.submit(os.getpid) for pool in pools]
    try:
        for future in started:
            future.result()
    except BrokenProcessPool as error:
        raise TrainingError("A worker process ends as soon as it is started; try --workers 0 to see why.") from error


def _start_worker(options: PrepareOptions) -> None:
    global _tracer
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the main process's to answer.
    threading.Thread(target=_end_with_parent, daemon=True).start()
    cv2.setNumThreads(1)
    _tracer = load_tracer(options)


def _end_with_parent() -> None:
    """Do not wait for ever for the work of a main process that was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def load_tracer(options: PrepareOptions) -> Tracer | None:
    """What draws the lines for lines "scan", on one thread; None for the others. Raises EngineError."""
    if options.lines != "scan":
        return None
    import torch

    from linepaint.engine.tracer import LineTracer

    torch.set_num_threads(1)
    return LineTracer.load(options.checkpoint).trace


def _work(art: ArtFile, options: PrepareOptions, out: Path) -> Record:
    return prepare_picture(art, options, out, _tracer)
