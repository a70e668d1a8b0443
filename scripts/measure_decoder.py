"""Measure the hint decoder as it is and as other ways of running a network would have it, for docs/latency.md.

    python scripts/measure_decoder.py [--rounds 40] [--threads 2] [--compile] [--write]

onnxruntime and openvino are tried where they are installed; linepaint needs neither. --compile tries torch.compile too,
which needs a C++ compiler and minutes. --write puts the table into docs/latency.md.
"""

from __future__ import annotations

import argparse
import copy
import statistics
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from torch import Tensor, nn

from linepaint.engine import Colorizer
from linepaint.engine.live_session import FINAL_PX
from linepaint.engine.session import DRAFT_PX
from linepaint.networks.live import HintDecoder, LiveGenerator

sys.path[:0] = [str(Path(__file__).resolve().parent)]

from measure_latency import refresh, table  # noqa: E402  (it lies beside this script)

Run = Callable[[], object]
Inputs = tuple[list[Tensor], Tensor, Tensor]


class Flat(nn.Module):
    """The decoder with its features as separate arguments, as exporters like it."""

    def __init__(self, decoder: HintDecoder) -> None:
        super().__init__()
        self.decoder = decoder

    def forward(self, a: Tensor, b: Tensor, c: Tensor, d: Tensor, hints: Tensor, prior: Tensor) -> Tensor:
        """Features from fine to coarse, hints, prior."""
        made: Tensor = self.decoder([a, b, c, d], hints, prior)
        return made


def inputs(network: LiveGenerator, side: int) -> Inputs:
    """Features, hints and prior of a square picture."""
    random = torch.Generator().manual_seed(0)
    lines, hints, prior = (
        torch.rand(1, c, side, side, generator=random).contiguous(memory_format=torch.channels_last) for c in (1, 4, 4)
    )
    with torch.no_grad():
        return network.encoder(lines), hints, prior


def ways(decoder: HintDecoder, given: Inputs, threads: int, compiles: bool) -> dict[str, Callable[[], Run]]:
    """What is tried: each a function that gets it ready."""
    features, hints, prior = given
    plain = [f.contiguous() for f in features], hints.contiguous(), prior.contiguous()
    flat = (*plain[0], *plain[1:])

    def contiguous() -> Run:
        other = copy.deepcopy(decoder).to(memory_format=torch.contiguous_format)
        return lambda: other(*plain)

    def bfloat16() -> Run:
        def run() -> object:
            with torch.autocast("cpu", torch.bfloat16):
                return decoder(*given)

        return run

    def frozen(optimise: bool) -> Run:
        module = torch.jit.freeze(torch.jit.trace(decoder, given).eval())
        if optimise:
            module = torch.jit.optimize_for_inference(module)
        return lambda: module(*given)

    def compiled() -> Run:
        module = torch.compile(decoder)
        return lambda: module(*given)

    def onnx_runtime() -> Run:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        with TemporaryDirectory() as folder:
            path = str(Path(folder) / "decoder.onnx")
            torch.onnx.export(Flat(decoder).eval(), flat, path, opset_version=18, dynamo=True, verbose=False)
            session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        named = {slot.name: value.numpy() for slot, value in zip(session.get_inputs(), flat, strict=True)}
        return lambda: session.run(None, named)

    def open_vino() -> Run:
        import openvino

        settings = {"INFERENCE_NUM_THREADS": threads, "PERFORMANCE_HINT": "LATENCY"}
        model = openvino.convert_model(Flat(decoder).eval(), example_input=flat)
        request = openvino.Core().compile_model(model, "CPU", settings).create_infer_request()
        arrays = [value.numpy() for value in flat]
        return lambda: request.infer(arrays)

    tried: dict[str, Callable[[], Run]] = {
        "as shipped: fp32, channels last": lambda: lambda: decoder(*given),
        "fp32, channels first": contiguous,
        "bf16 autocast": bfloat16,
        "torch.jit.freeze": lambda: frozen(False),
        "torch.jit.optimize_for_inference": lambda: frozen(True),
    }
    if compiles:
        tried["torch.compile (inductor)"] = compiled
    if find_spec("onnxruntime") and find_spec("onnxscript"):
        tried["ONNX Runtime"] = onnx_runtime
    if find_spec("openvino"):
        tried["OpenVINO"] = open_vino
    return tried


def measured(side: int, rounds: int, threads: int, compiles: bool) -> dict[str, list[float]]:
    """Milliseconds of each way, sorted. They take turns, so that what else the machine does slows all of them."""
    network = Colorizer.load(device="cpu")._network
    assert isinstance(network, LiveGenerator), "the shipped checkpoint is live"
    given = inputs(network, side)
    runs = {name: ready() for name, ready in ways(network.decoder, given, threads, compiles).items()}
    times: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(rounds + 2):
        for name, run in runs.items():
            began = time.perf_counter()
            run()
            if turn >= 2:
                times[name].append((time.perf_counter() - began) * 1000)
    return {name: sorted(each) for name, each in times.items()}


def main() -> None:
    """Print the table, or write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--compile", action="store_true", help="try torch.compile too, which takes minutes")
    parser.add_argument("--write", action="store_true", help="write docs/latency.md")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    sides = (FINAL_PX, DRAFT_PX)
    with torch.no_grad():
        figures = [measured(side, arguments.rounds, arguments.threads, arguments.compile) for side in sides]
    rows = []
    for name in figures[0]:
        row: list[object] = [name]
        for times in figures:
            first = next(iter(times.values()))
            median = statistics.median(times[name])
            row += [f"{times[name][0]:.1f}", f"{median:.1f}", f"{statistics.median(first) / median:.2f} ×"]
        rows.append(row)
    head = ["decoder", *(f"{side} px {what}" for side in sides for what in ("min", "median", "faster by"))]
    threads = f"{arguments.threads} thread{'s' * (arguments.threads > 1)}"
    text = f"Milliseconds, {threads}, {arguments.rounds} rounds in turns.\n\n{table(head, rows)}"
    if arguments.write:
        refresh("decoder", text)
    else:
        print(text)


if __name__ == "__main__":
    main()
