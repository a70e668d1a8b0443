"""A checkpoint is loaded exactly as it was saved, or refused with its name and the reason."""

import dataclasses
import errno
import json
import os
import pickle
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import save_file

from linepaint.engine import CheckpointError, Colorizer
from linepaint.engine.architectures import build
from linepaint.engine.catalog import MAX_FILE_BYTES, CheckpointInfo, Mode, find_checkpoint, read_info
from linepaint.engine.checkpoint import load_checkpoint, load_network, save_checkpoint, with_path

Tensors = dict[str, torch.Tensor]
Header = dict[str, str]
FIRST = "encoder.stem.weight"


def altered(info: CheckpointInfo, path: Path, change: Callable[[Tensors, Header], None]) -> Path:
    """The checkpoint with its tensors and header changed in place, under another name."""
    with safe_open(str(info.path), framework="pt") as file:
        tensors = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118  It is no dictionary.
        header = dict(file.metadata())
    change(tensors, header)
    save_file(tensors, str(path), metadata=header)
    return path


def refusal(path: Path) -> str:
    """What the artist reads when they choose this file: one line that names it."""
    with pytest.raises(CheckpointError) as caught:
        Colorizer.load(path, "cpu")
    message = str(caught.value)
    assert path.name in message
    assert "\n" not in message and message.endswith(".")
    return message


def test_what_was_saved_is_loaded(untrained: CheckpointInfo, tmp_path: Path) -> None:
    torch.manual_seed(5)
    network = build("live", untrained.config)
    info = with_path(untrained, tmp_path / "mine.safetensors")
    save_checkpoint(network, info)
    loaded, read = load_checkpoint(info.path, Mode.LINEART)
    assert read == info
    assert not loaded.training
    for key, tensor in network.state_dict().items():
        assert torch.equal(loaded.state_dict()[key], tensor.half().float()), key


def test_a_shipped_checkpoint_is_stored_in_half_precision(untrained: CheckpointInfo) -> None:
    with safe_open(str(untrained.path), framework="pt") as file:
        assert {file.get_slice(key).get_dtype() for key in file.keys()} == {"F16"}  # noqa: SIM118  No dictionary.


def test_others_can_read_what_was_saved(untrained: CheckpointInfo) -> None:
    umask = os.umask(0)
    os.umask(umask)
    assert untrained.path.stat().st_mode & 0o777 == 0o666 & ~umask


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_other_precisions_load_too(untrained: CheckpointInfo, tmp_path: Path, dtype: torch.dtype) -> None:
    info = with_path(untrained, tmp_path / "other.safetensors")
    save_checkpoint(load_network(untrained), info, dtype)
    assert next(load_network(info).parameters()).dtype == torch.float32


def test_a_save_that_fails_leaves_the_old_checkpoint(
    untrained: CheckpointInfo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = with_path(untrained, tmp_path / "mine.safetensors")
    network = load_network(untrained)
    save_checkpoint(network, info)
    before = info.path.read_bytes()

    def disk_full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", disk_full)
    with pytest.raises(OSError, match="No space left"):
        save_checkpoint(network, with_path(info, info.path))
    assert info.path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["mine.safetensors"]


def test_saving_into_no_folder_is_an_error_of_the_file_system(untrained: CheckpointInfo, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        save_checkpoint(load_network(untrained), with_path(untrained, tmp_path / "none" / "mine.safetensors"))


def test_the_training_size_is_kept_and_older_files_without_one_are_read(
    untrained: CheckpointInfo, tmp_path: Path
) -> None:
    info = dataclasses.replace(with_path(untrained, tmp_path / "large.safetensors"), size=512)
    save_checkpoint(load_network(untrained), info)
    assert read_info(info.path).size == 512
    assert read_info(altered(info, tmp_path / "old.safetensors", header_without("size"))).size == 256


def test_a_checkpoint_of_pairs_of_pictures_says_so(untrained: CheckpointInfo, tmp_path: Path) -> None:
    path = altered(untrained, tmp_path / "pairs.safetensors", header_with(mode="picture"))
    assert read_info(path).mode is Mode.PICTURE


def drop(tensors: Tensors, _: Header) -> None:
    del tensors[FIRST]


def add(tensors: Tensors, _: Header) -> None:
    tensors["surplus"] = torch.zeros(1)


def reshape(tensors: Tensors, _: Header) -> None:
    tensors[FIRST] = tensors[FIRST].reshape(-1)


def make_integer(tensors: Tensors, _: Header) -> None:
    tensors[FIRST] = tensors[FIRST].to(torch.int32)


def make_nan(tensors: Tensors, _: Header) -> None:
    tensors[FIRST].view(-1)[3] = torch.nan


def make_infinite(tensors: Tensors, _: Header) -> None:
    tensors[FIRST].view(-1)[3] = torch.inf


def header_with(**entries: str) -> Callable[[Tensors, Header], None]:
    return lambda _, header: header.update(entries)


def header_without(key: str) -> Callable[[Tensors, Header], None]:
    return lambda _, header: header.pop(key) and None


def config_with(key: str, value: Any) -> Callable[[Tensors, Header], None]:
    def change(_: Tensors, header: Header) -> None:
        header["config"] = json.dumps(json.loads(header["config"]) | {key: value})

    return change


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (drop, f"lacks 1 tensors.*{FIRST}"),
        (add, "1 tensors its architecture does not know.*surplus"),
        (reshape, rf"{FIRST} has the shape \[1152\], the architecture needs \[8, 16, 3, 3\]"),
        (make_integer, f"{FIRST} is stored as I32"),
        (make_nan, f"{FIRST} holds values that are not numbers"),
        (make_infinite, f"{FIRST} holds values that are not numbers"),
        (header_with(mode="scan"), "for scan: it draws lines"),
        (header_with(mode="video"), "damaged header.*video"),
        (header_with(architecture="mystery"), "unknown architecture 'mystery'"),
        (header_with(mode="picture"), "live network colours line art and gray pictures only"),
        (header_with(steps="many"), "damaged header.*many"),
        (header_with(size="large"), "damaged header.*large"),
        (header_with(size="0"), "damaged header.*size 0"),
        (header_with(size="1000000"), "damaged header.*size 1000000"),
        (header_with(config="[1, 2"), "damaged header"),
        (header_with(config="[1, 2]"), "damaged header.*expected a dict"),
        (header_with(config="[" * 100_000), "damaged header"),
        (header_with(data='"all my own"'), "damaged header.*expected a list"),
        (header_without("recipe"), "damaged header.*recipe"),
        (header_without("format"), "no linepaint checkpoint"),
        (config_with("width", 3), "unknown settings for live: width"),
        (config_with("encoder_channels", [10**9] * 4), "encoder_channels = .* is out of bounds"),
        (config_with("encoder_blocks", [1, 1, 1, 10**6]), "encoder_blocks = .* is out of bounds"),
        (config_with("decoder_channels", [8, 8, 8, 0]), "out of bounds"),
        (config_with("decoder_channels", [8, 8, 8, -8]), "out of bounds"),
        (config_with("decoder_channels", [8, 8, 8, 8.5]), "out of bounds"),
        (config_with("decoder_channels", [8, 8, 8, "8"]), "out of bounds"),
        (config_with("decoder_channels", [8, 8, 8, True]), "out of bounds"),
        (config_with("decoder_channels", [8, 8, 8, [8]]), "out of bounds"),
        (config_with("decoder_channels", None), "out of bounds"),
        (config_with("decoder_channels", [8] * 100), "out of bounds"),
        (config_with("decoder_channels", []), "must be 4 numbers"),
        (config_with("decoder_channels", 8), "must be 4 numbers"),
        (config_with("encoder_channels", [8] * 5), "must be 4 numbers"),
        (config_with("encoder_channels", [16] * 4), "has the shape"),
    ],
)
def test_a_checkpoint_that_does_not_fit_is_refused_with_the_reason(
    untrained: CheckpointInfo, tmp_path: Path, change: Callable[[Tensors, Header], None], reason: str
) -> None:
    message = refusal(altered(untrained, tmp_path / "odd.safetensors", change))
    assert re.search(reason, message), message


class Bomb:
    """Unpickled, it leaves a mark."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.mark,)


@pytest.mark.parametrize("write", [pickle.dump, torch.save])
def test_a_pickle_under_our_suffix_is_refused_and_never_run(tmp_path: Path, write: Callable[..., None]) -> None:
    path, mark = tmp_path / "free-model.safetensors", tmp_path / "it-ran"
    with path.open("wb") as file:
        write({"weights": Bomb(mark)}, file)
    assert "not a safetensors file" in refusal(path)
    assert not mark.exists()


@pytest.mark.parametrize("share", [0.0, 0.001, 0.02, 0.5, 0.999])
def test_a_truncated_file_is_refused(untrained: CheckpointInfo, tmp_path: Path, share: float) -> None:
    content = untrained.path.read_bytes()
    path = tmp_path / "cut.safetensors"
    path.write_bytes(content[: int(len(content) * share)])
    assert "damaged" in refusal(path)


def test_a_header_that_claims_the_moon_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "moon.safetensors"
    path.write_bytes((2**63 - 1).to_bytes(8, "little") + b"{}")
    assert "damaged" in refusal(path)


def test_an_enormous_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "enormous.safetensors"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    assert "larger than any" in refusal(path)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "folder.safetensors"
    folder.mkdir()
    assert "is a folder" in refusal(folder)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path / "gone.safetensors")


@pytest.mark.parametrize("name", ["lvie", "a" * 400, "no/such/folder"])
def test_an_unknown_name_is_refused_with_the_names_there_are(name: str) -> None:
    with pytest.raises(CheckpointError, match="live"):
        find_checkpoint(name)


def test_a_checkpoint_of_others_in_our_format_is_found_by_its_path(untrained: CheckpointInfo) -> None:
    assert find_checkpoint(str(untrained.path)) == read_info(untrained.path) == untrained


def test_it_may_have_any_suffix(untrained: CheckpointInfo, tmp_path: Path) -> None:
    path = tmp_path / "renamed.bin"
    path.write_bytes(untrained.path.read_bytes())
    assert find_checkpoint(path).steps == untrained.steps
