"""Checkpoints from a file in the live preview: all that colour line art work there, the others are refused plainly."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from linepaint.document.document import Document
from linepaint.document.geometry import Rect
from linepaint.imaging.opencv import cv2
from linepaint.ui.preview.coloring import PreviewColoring, PreviewFailure
from linepaint.ui.preview.engine_port import open_engine
from linepaint.ui.preview.request import PreviewRequest

RED = (220, 30, 40)
KINDS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "unet": ("lineart", "unet", {"channels_in": 1, "channels": 4, "levels": 5}),
    "scribbler": ("lineart", "scribbler", {"channels_in": 5, "channels": 4, "blocks": [1, 1, 1, 1]}),
    "grayscale": ("grayscale", "unet", {"channels_in": 1, "channels": 4, "levels": 5}),
    "picture": ("picture", "unet", {"channels_in": 3, "channels": 4, "levels": 5}),
    "scan": ("scan", "cyclegan", {"channels_in": 3, "channels_out": 1, "channels": 4, "blocks": 1}),
}


@pytest.fixture
def coloring() -> PreviewColoring:
    return PreviewColoring(open_engine())


def written(kind: str, folder: Path) -> str:
    """The path of a small checkpoint of that kind."""
    from linepaint.engine.architectures import build
    from linepaint.engine.catalog import CheckpointInfo, Mode
    from linepaint.engine.checkpoint import save_checkpoint

    mode, architecture, config = KINDS[kind]
    path = folder / f"{kind}.safetensors"
    info = CheckpointInfo(kind, path, Mode(mode), architecture, config, "test", 1, {}, [], "GPL-3.0-or-later", 96)
    save_checkpoint(build(architecture, config), info)
    return str(path)


def request_of(document, checkpoint: str, *, draft: bool = False) -> PreviewRequest:
    document.checkpoint = checkpoint
    return PreviewRequest.of(document, number=1, device="cpu", draft=draft)


@pytest.mark.parametrize("kind", ["unet", "scribbler"])
def test_whole_picture_networks_preview_live(coloring, make_document, kind: str, tmp_path: Path) -> None:
    document = make_document(width=150, height=110)
    document.hints.pixels.write(Rect(20, 20, 12, 12), np.full((12, 12, 4), (*RED, 255), np.uint8))
    checkpoint = written(kind, tmp_path)
    for draft in (True, False):
        result = coloring.color(request_of(document, checkpoint, draft=draft), lambda: False)
        assert result.colors.shape == (110, 150, 3)
        assert np.abs(result.colors[26, 26].astype(int) - RED).max() <= 3
        assert result.notice == ""


def test_a_gray_document_previews_with_a_gray_checkpoint_and_keeps_its_luma(coloring, tmp_path: Path) -> None:
    gray = np.random.default_rng(0).integers(40, 220, (110, 150), dtype=np.uint8)
    document = Document.from_gray(gray)
    document.hints.pixels.write(Rect(20, 20, 12, 12), np.full((12, 12, 4), (*RED, 255), np.uint8))
    checkpoint = written("grayscale", tmp_path)
    for draft in (True, False):
        result = coloring.color(request_of(document, checkpoint, draft=draft), lambda: False)
        assert np.abs(cv2.cvtColor(result.colors, cv2.COLOR_RGB2GRAY).astype(int) - gray).max() <= 1
        assert (result.colors[26, 26, 0] > result.colors[26, 26, 1:]).all()
    with pytest.raises(PreviewFailure, match=r"is a checkpoint for lineart, not for grayscale; .*\.$"):
        coloring.color(request_of(document, written("unet", tmp_path)), lambda: False)


@pytest.mark.parametrize("kind", ["grayscale", "picture", "scan"])
def test_others_are_refused_in_one_sentence(coloring, make_document, kind: str, tmp_path: Path) -> None:
    with pytest.raises(
        PreviewFailure, match=rf"^{kind}\.safetensors is a checkpoint for {kind}, not for lineart; .*\.$"
    ):
        coloring.color(request_of(make_document(), written(kind, tmp_path)), lambda: False)
