"""Small checkpoints made for the tests, of every kind, and a drawing to colour with them."""

from collections.abc import Callable
from functools import cache
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


def write_checkpoint(path: Path, opinion: float = 0.0, mode: Mode = Mode.LINEART) -> CheckpointInfo:
    """A small network at `path`; opinion: how strongly it departs from the propagated colours, 0 = not at all."""
    torch.manual_seed(0)
    network = build("live", SMALL)
    torch.nn.init.normal_(network.decoder.correction.weight, std=max(opinion, 1e-12))
    if not opinion:
        torch.nn.init.zeros_(network.decoder.correction.weight)
    info = CheckpointInfo(
        name=path.stem,
        path=path,
        mode=mode,
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


WHOLE_PICTURE: dict[str, dict[str, Any]] = {
    "unet": {"channels": 4, "levels": 5},
    "encoder-decoder": {"channels": 4, "levels": 5},
    "scribbler": {"channels": 4, "blocks": [1, 1, 1, 1]},
    "cyclegan": {"channels": 4, "blocks": 1},
}
"""Small settings of the networks that see a picture as a whole."""


def write_whole_picture_checkpoint(
    path: Path, architecture: str, mode: Mode, channels_in: int, *, channels_out: int = 3, size: int = 256
) -> CheckpointInfo:
    """A small whole-picture network at `path` that has loud and senseless opinions."""
    torch.manual_seed(0)
    config = WHOLE_PICTURE[architecture] | {"channels_in": channels_in, "channels_out": channels_out}
    network = build(architecture, config)
    for parameter in network.parameters():
        if parameter.dim() > 1:
            torch.nn.init.kaiming_normal_(parameter)
    info = CheckpointInfo(path.stem, path, mode, architecture, config, "test", 1, {}, [], "GPL-3.0-or-later", size)
    save_checkpoint(network, info)
    return info


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., CheckpointInfo]:
    """Writes a checkpoint of a small whole-picture network: architecture, mode and input channels."""
    folder = tmp_path_factory.mktemp("whole")

    @cache
    def write(
        architecture: str, mode: Mode, channels_in: int, channels_out: int = 3, size: int = 256
    ) -> CheckpointInfo:
        path = folder / f"{architecture}-{mode}-{channels_in}-{channels_out}-{size}.safetensors"
        return write_whole_picture_checkpoint(
            path, architecture, mode, channels_in, channels_out=channels_out, size=size
        )

    return write


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


@pytest.fixture(scope="module")
def gray() -> np.ndarray:
    """A light ball with soft shading on dark ground, uint8 [301, 415]."""
    y, x = np.mgrid[:301, :415]
    distance = np.hypot(x - 200, y - 150)
    return np.where(distance < 100, 210 - distance * 0.4, 70 + x * 0.05).astype(np.uint8)
