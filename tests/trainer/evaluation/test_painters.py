"""Checkpoints of every mode are given what their mode asks for, and measured by what they give."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from linepaint.trainer.errors import TrainingError
from linepaint.trainer.evaluation.case_files import procedural_cases
from linepaint.trainer.evaluation.painters import baseline_painter, checkpoint_painter
from linepaint.trainer.evaluation.protocol import Protocol, evaluate

from linepaint.engine.architectures import build
from linepaint.engine.catalog import CheckpointInfo, Mode
from linepaint.engine.checkpoint import save_checkpoint
from linepaint.imaging.opencv import cv2

NETWORKS: dict[Mode, tuple[str, dict[str, Any]]] = {
    Mode.LINEART: ("unet", {"channels_in": 5, "levels": 3, "channels": 4}),
    Mode.GRAYSCALE: ("unet", {"channels_in": 5, "levels": 3, "channels": 4}),
    Mode.SCAN: ("cyclegan", {"channels_in": 3, "channels_out": 1, "channels": 4, "blocks": 1}),
}


def write_checkpoint(path: Path, mode: Mode) -> Path:
    """An untrained network of a mode."""
    torch.manual_seed(0)
    architecture, config = NETWORKS[mode]
    info = CheckpointInfo(path.stem, path, mode, architecture, config, "test", 0, {}, [], "", 64)
    save_checkpoint(build(architecture, config), info)
    return path


@pytest.mark.parametrize("mode", NETWORKS)
def test_checkpoints_of_each_mode_are_measured(mode: Mode, tmp_path: Path) -> None:
    painter = checkpoint_painter("untrained", write_checkpoint(tmp_path / "untrained.safetensors", mode), "cpu")
    cases = procedural_cases(1, mode, 64, 0)
    counts = (0,) if mode is Mode.SCAN else (0, 8)
    case = cases[0].load()
    made = painter.open(case)(counts[-1])
    assert made.dtype == np.uint8 and made.shape == (case.lines if mode is Mode.SCAN else case.color).shape
    rows = evaluate([painter], cases, Protocol(mode, counts, 64, 0)).rows
    assert [row.hints for row in rows] == list(counts)
    assert ("f_1px" in rows[0].figures) == (mode is Mode.SCAN)
    if mode is Mode.GRAYSCALE:
        off = np.abs(cv2.cvtColor(made, cv2.COLOR_RGB2GRAY).astype(int) - case.gray)
        assert off.max() <= 2, "the light was given"
    if mode is not Mode.SCAN:
        assert (rows[1].figures["obedience_median"] or 0) < 1, "sessions obey, whatever their network would"


def test_a_baseline_is_for_its_own_mode() -> None:
    assert baseline_painter("canny", Mode.SCAN).name == "canny"
    with pytest.raises(TrainingError, match="no baseline canny for lineart"):
        baseline_painter("canny", Mode.LINEART)
    with pytest.raises(TrainingError, match="there is: none"):
        baseline_painter("propagation", Mode.PICTURE)
