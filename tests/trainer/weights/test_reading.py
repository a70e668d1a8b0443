"""Foreign weight files: tensors come out of them, and nothing else."""

from pathlib import Path
from typing import Any

import pytest
import torch
from linepaint.trainer.errors import TrainingError
from linepaint.trainer.weights import read_weights
from safetensors.torch import save_file

WEIGHTS = {"conv.weight": torch.arange(6.0).view(2, 3), "conv.bias": torch.ones(2)}


def same(found: dict[str, torch.Tensor]) -> bool:
    return found.keys() == WEIGHTS.keys() and all(torch.equal(found[k], WEIGHTS[k]) for k in WEIGHTS)


@pytest.mark.parametrize("zipped", [True, False], ids=["of today", "of before torch 1.6"])
def test_what_torch_saved(tmp_path: Path, zipped: bool) -> None:
    torch.save(WEIGHTS, tmp_path / "w.pth", _use_new_zipfile_serialization=zipped)
    assert same(read_weights(tmp_path / "w.pth"))


def test_safetensors(tmp_path: Path) -> None:
    save_file(WEIGHTS, tmp_path / "w.safetensors")
    assert same(read_weights(tmp_path / "w.safetensors"))


@pytest.mark.parametrize(
    "wrapped",
    [
        {"model": WEIGHTS, "opt": {"state": {}, "param_groups": [{"lr": 0.1}]}},
        {"epoch": 3, "state_dict": WEIGHTS},
        {"model": {"state_dict": WEIGHTS}},
        {f"module.{name}": tensor for name, tensor in WEIGHTS.items()},
        {"model": {f"module.{name}": tensor for name, tensor in WEIGHTS.items()}},
    ],
    ids=["fastai", "lightning", "twice", "parallel", "parallel in fastai"],
)
def test_what_a_training_program_wraps_around_them_is_taken_off(tmp_path: Path, wrapped: dict[str, Any]) -> None:
    torch.save(wrapped, tmp_path / "w.pth")
    assert same(read_weights(tmp_path / "w.pth"))


class Bomb:
    def __reduce__(self) -> tuple[object, ...]:
        return print, ("it ran",)


@pytest.mark.parametrize("zipped", [True, False], ids=["zip", "pickle"])
def test_a_file_with_code_in_it_is_refused_and_never_run(
    tmp_path: Path, zipped: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    torch.save({"weights": WEIGHTS, "extra": Bomb()}, tmp_path / "w.pth", _use_new_zipfile_serialization=zipped)
    with pytest.raises(TrainingError, match="could run code, so it was not opened"):
        read_weights(tmp_path / "w.pth")
    assert "it ran" not in capsys.readouterr().out


def test_a_whole_pickled_network_is_refused(tmp_path: Path) -> None:
    torch.save(torch.nn.Linear(2, 3), tmp_path / "w.pth")
    with pytest.raises(TrainingError, match=r"state_dict\(\)"):
        read_weights(tmp_path / "w.pth")


@pytest.mark.parametrize("suffix", [".pth", ".safetensors"])
@pytest.mark.parametrize("content", [b"", b"not weights", b"PK\x03\x04 cut", b"\x80\x02}q\x00."])
def test_a_damaged_file_is_one_plain_error(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"w{suffix}"
    path.write_bytes(content)
    with pytest.raises(TrainingError, match="w\\."):
        read_weights(path)


def test_a_file_cut_short_is_one_plain_error(tmp_path: Path) -> None:
    path = tmp_path / "w.pth"
    for zipped in (True, False):
        torch.save({"conv.weight": torch.rand(100, 10)}, path, _use_new_zipfile_serialization=zipped)
        whole = path.read_bytes()
        for share in (0.02, 0.1, 0.3, 0.5, 0.9):
            path.write_bytes(whole[: int(len(whole) * share)])
            with pytest.raises(TrainingError):
                read_weights(path)


@pytest.mark.parametrize("content", [{"epoch": 3}, [1, 2], torch.ones(3), {"model": {"a": 1}}, {1: torch.ones(2)}])
def test_a_file_without_named_tensors_is_refused(tmp_path: Path, content: object) -> None:
    torch.save(content, tmp_path / "w.pth")
    with pytest.raises(TrainingError, match="holds no network's weights"):
        read_weights(tmp_path / "w.pth")


@pytest.mark.parametrize("name", ["none.pth", "none.safetensors", "folder.pth", "folder.safetensors"])
def test_a_file_that_is_not_there(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.pth").mkdir()
    (tmp_path / "folder.safetensors").mkdir()
    with pytest.raises(TrainingError, match="cannot be read"):
        read_weights(tmp_path / name)
