"""Small checkpoints made for the tests, and a drawing to colour with them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from linepaint.engine import Colorizer
from linepaint.engine.architectures import build
from linepaint.engine.catalog import CheckpointInfo, Mode
from linepaint.engine.checkpoint import save_checkpoint
from linepaint.imaging.opencv import cv2

SMALL: dict[str, Any] = {
    "encoder_channels": [8, 8, 8, 8],
    "encoder_blocks": [1, 1, 1, 1],
    "decoder_channels": [8, 8, 8, 8],
    "decoder_blocks": [1, 1, 1, 1],
}


def write_checkpoint(path: Path, opinion: float = 0.0) -> CheckpointInfo:
    """A small network at `path`; opinion: how strongly it departs from the propagated colours, 0 = not at all."""
    torch.manual_seed(0)
    network = build("live", SMALL)
    torch.nn.init.normal_(network.decoder.correction.weight, std=max(opinion, 1e-12))
    if not opinion:
        torch.nn.init.zeros_(network.decoder.correction.weight)
    info = CheckpointInfo(
        name=path.stem,
        path=path,
        mode=Mode.LINEART,
        architecture="live",
        config=SMALL,
        recipe="test",
        steps=7,
        metrics={"psnr": 12.5},
        data=[{"source": "drawn for the test", "pictures": 1, "licence": "GPL-3.0-or-later"}],
        licence="GPL-3.0-or-later",
    )
    save_checkpoint(network, info)
    return info


@pytest.fixture(scope="session")
def untrained(tmp_path_factory: pytest.TempPathFactory) -> CheckpointInfo:
    """A checkpoint that adds nothing to the propagation."""
    return write_checkpoint(tmp_path_factory.mktemp("checkpoints") / "untrained.safetensors")


@pytest.fixture(scope="session")
def opinionated(tmp_path_factory: pytest.TempPathFactory) -> CheckpointInfo:
    """A checkpoint that adds nonsense everywhere."""
    return write_checkpoint(tmp_path_factory.mktemp("checkpoints") / "opinionated.safetensors", opinion=0.2)


@pytest.fixture(scope="session")
def filler(untrained: CheckpointInfo) -> Colorizer:
    return Colorizer.load(untrained.path, "cpu")


@pytest.fixture(scope="session")
def scatterbrain(opinionated: CheckpointInfo) -> Colorizer:
    return Colorizer.load(opinionated.path, "cpu")


@pytest.fixture
def checkpoint_at() -> Callable[..., CheckpointInfo]:
    return write_checkpoint


@pytest.fixture(scope="session")
def drawing() -> np.ndarray:
    """Four closed shapes, antialiased, uint8 [260, 340]."""
    lines = np.full((260, 340), 255, np.uint8)
    cv2.circle(lines, (80, 70), 50, 0, 3, cv2.LINE_AA)
    cv2.ellipse(lines, (240, 80), (80, 45), 15, 0, 360, 0, 3, cv2.LINE_AA)
    cv2.rectangle(lines, (30, 150), (140, 230), 0, 3)
    cv2.fillPoly(lines, [np.array([(200, 240), (250, 150), (310, 235)], np.int32)], 0)
    cv2.fillPoly(lines, [np.array([(210, 235), (250, 160), (300, 231)], np.int32)], 255)
    lines.flags.writeable = False
    return lines
