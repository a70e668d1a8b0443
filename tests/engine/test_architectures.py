"""Every architecture is built from the config in a header, saved, and loaded as it was; no header builds a giant."""

import json
from pathlib import Path
from typing import Any

import pytest
import torch

from linepaint.engine.architectures import ARCHITECTURES, build, build_hollow
from linepaint.engine.catalog import CheckpointInfo, Mode
from linepaint.engine.checkpoint import load_network, save_checkpoint

SMALL: dict[str, dict[str, Any]] = {
    "live": {
        "encoder_channels": [8] * 4,
        "encoder_blocks": [1] * 4,
        "decoder_channels": [8] * 4,
        "decoder_blocks": [1] * 4,
    },
    "unet": {"channels": 8, "levels": 3, "norm": "batch"},
    "encoder-decoder": {"channels_in": 5, "channels": 8, "levels": 3},
    "scribbler": {"channels": 8, "blocks": [1, 1, 1, 2], "norm": "batch"},
    "cyclegan": {"channels": 8, "blocks": 2},
    "onepunch": {"width": 8, "blocks": [1, 1, 1, 1], "decoder_channels": [12, 8, 8, 8, 8], "attention": 0},
    "inker": {"channels": [8] * 4, "blocks": [1] * 4},
}


def test_every_architecture_is_tested_here() -> None:
    assert set(SMALL) == set(ARCHITECTURES)


@pytest.mark.parametrize("name", SMALL)
def test_what_was_saved_is_loaded(name: str, tmp_path: Path) -> None:
    torch.manual_seed(0)
    network = build(name, SMALL[name])
    for buffer in network.buffers():  # As after training: statistics that are not the ones to start with.
        buffer.add_(3)
    info = CheckpointInfo(
        name=name,
        path=tmp_path / f"{name}.safetensors",
        mode=Mode.LINEART,
        architecture=name,
        config=json.loads(json.dumps(SMALL[name])),
        recipe="test",
        steps=7,
        metrics={},
        data=[],
        licence="GPL-3.0-or-later",
    )
    save_checkpoint(network, info, torch.float32)
    loaded = load_network(info)
    state = loaded.state_dict()
    assert not any(tensor.is_meta for tensor in (*loaded.parameters(), *loaded.buffers()))
    for key, tensor in network.state_dict().items():
        assert state[key].dtype == tensor.dtype
        assert not tensor.is_floating_point() or torch.equal(state[key], tensor), key


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_the_hollow_network_is_the_real_one_without_values(name: str) -> None:
    real, hollow = build(name, SMALL[name]).state_dict(), build_hollow(name, SMALL[name]).state_dict()
    assert {key: tensor.shape for key, tensor in hollow.items()} == {key: tensor.shape for key, tensor in real.items()}
    assert all(tensor.is_meta for tensor in hollow.values())


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_a_seed_repeats_the_network(name: str) -> None:
    torch.manual_seed(3)
    first = build(name, SMALL[name]).state_dict()
    torch.manual_seed(3)
    again = build(name, SMALL[name]).state_dict()
    assert all(torch.equal(tensor, again[key]) for key, tensor in first.items())


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_the_defaults_of_each_are_within_bounds(name: str) -> None:
    build_hollow(name, {})


@pytest.mark.parametrize(
    ("name", "settings", "reason"),
    [
        ("mystery", {}, "unknown architecture 'mystery', known: live, unet, encoder-decoder"),
        ("unet", {"width": 3}, "unknown settings for unet: width"),
        ("unet", {"channels": 10**9}, "channels = 1000000000 is out of bounds"),
        ("unet", {"channels": 0}, "out of bounds"),
        ("unet", {"channels": 8.0}, "out of bounds"),
        ("unet", {"channels": True}, "out of bounds"),
        ("unet", {"channels": [8, 8]}, "out of bounds"),
        ("unet", {"channels": None}, "out of bounds"),
        ("unet", {"levels": 40}, "levels is 40, but must be 2 to 9"),
        ("unet", {"norm": "spectral"}, "norm is 'spectral'"),
        ("unet", {"norm": 3}, "norm = 3 is out of bounds"),
        ("unet", {"norm": "x" * 10**6}, "out of bounds"),
        ("unet", {"channels": 2048}, "would have .* million parameters"),
        ("encoder-decoder", {"channels": "64"}, "out of bounds"),
        ("scribbler", {"blocks": [1, 1, 1]}, "blocks must be 4 numbers"),
        ("scribbler", {"blocks": 3}, "blocks must be 4 numbers"),
        ("scribbler", {"blocks": [1, 1, 1, 10**6]}, "out of bounds"),
        ("scribbler", {"channels": 2048}, "million parameters"),
        ("cyclegan", {"blocks": 65}, "out of bounds"),
        ("onepunch", {"attention": -1}, "out of bounds"),
        ("onepunch", {"attention": 9}, "out of bounds"),
        ("onepunch", {"channels_in": 2}, "channels_in is 2"),
        ("onepunch", {"width": 2048}, "million parameters"),
        ("inker", {"channels": [8, 8]}, "channels must be 4 numbers"),
        ("inker", {"channels": 8}, "channels must be 4 numbers"),
        ("inker", {"channels_in": 1}, "turns 3 channels into 1"),
        ("inker", {"channels_out": 3}, "turns 3 channels into 1"),
        ("inker", {"channels": [2048] * 4}, "million parameters"),
    ],
)
@pytest.mark.parametrize("how", [build, build_hollow])
def test_a_header_of_no_network_is_refused_with_the_reason(
    name: str, settings: dict[str, Any], reason: str, how: Any
) -> None:
    with pytest.raises(ValueError, match=reason):
        how(name, settings)
