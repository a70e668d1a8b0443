"""Export: what is written can be painted with, says what it is, and is never half there."""

import argparse
import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest
import torch
from linepaint.trainer import exporting
from linepaint.trainer.commands import export
from linepaint.trainer.errors import TrainingError
from torch import nn
from torch.nn.utils.parametrizations import spectral_norm

from linepaint.engine.architectures import build
from linepaint.engine.catalog import CheckpointInfo, Mode, read_info
from linepaint.engine.checkpoint import load_checkpoint, save_checkpoint
from linepaint.engine.colorizer import Colorizer
from linepaint.engine.errors import EngineError

CONFIG = {"channels_in": 5, "channels": 4, "levels": 3}
RECIPE = '# A small one.\nname = "small"\nmode = "lineart"\n'
FACTS = {
    "steps": 120,
    "steps_asked": 200,
    "images": 1920,
    "seconds": 754.0,
    "processes": 2,
    "device": "cpu",
    "precision": "float32",
    "losses": {"l1": 0.0712, "adversarial": 0.5},
    "torch": "2.13",
    "machine": "x86_64",
}
EVALUATION = {
    "protocol": {"mode": "lineart", "counts": [0, 16], "size": 256, "seed": 3},
    "drawings": ["a", "b"],
    "truth": {},
    "results": [
        {"name": "small", "hints": 0, "figures": {"psnr": 12.345, "bleed": None}, "drawings": {}},
        {"name": "small", "hints": 16, "figures": {"psnr": 16.5, "bleed": 0.02}, "drawings": {}},
    ],
}


def info(path: Path) -> CheckpointInfo:
    return CheckpointInfo(
        name=path.stem,
        path=path,
        mode=Mode.LINEART,
        architecture="unet",
        config=CONFIG,
        recipe="small",
        steps=120,
        metrics={},
        data=[
            {"source": "friends", "pictures": 40, "licence": "CC BY 4.0 | by\nfriends"},
            {"source": "procedural", "pictures": 0, "licence": "GPL-3.0-or-later"},
        ],
        licence="GPL-3.0-or-later",
        size=128,
    )


@pytest.fixture
def network() -> nn.Module:
    torch.manual_seed(0)
    return build("unet", CONFIG)


@pytest.fixture
def run(tmp_path: Path, network: nn.Module) -> Path:
    """A run's folder as `fit` leaves it, of a generator trained with spectral norms."""
    folder = tmp_path / "run"
    folder.mkdir()
    for module in list(network.modules()):
        if isinstance(module, nn.Conv2d):
            spectral_norm(module)
    network.eval()
    torch.save(
        {"step": 120, "average": network.state_dict(), "generator_optimiser": {"state": {}}}, folder / "state.pt"
    )
    for module in network.modules():
        if hasattr(module, "parametrizations"):
            nn.utils.parametrize.remove_parametrizations(module, "weight")
    save_checkpoint(network, info(folder / "small.safetensors"))
    (folder / "recipe.toml").write_text(RECIPE, "utf-8")
    (folder / "run.json").write_text(json.dumps(FACTS), "utf-8")
    return folder


def call(*words: object) -> int:
    parser = argparse.ArgumentParser()
    export.add_parser(parser.add_subparsers())
    arguments = parser.parse_args(["export", *map(str, words)])
    return int(arguments.job(arguments))


def assert_equal(first: nn.Module, second: nn.Module, tolerance: float) -> None:
    states = first.state_dict(), second.state_dict()
    assert states[0].keys() == states[1].keys()
    for name in states[0]:
        assert torch.allclose(states[0][name], states[1][name], rtol=tolerance, atol=tolerance), name


def test_a_run_becomes_a_checkpoint_to_paint_with(run: Path, network: nn.Module, tmp_path: Path) -> None:
    out = tmp_path / "shipped.safetensors"
    assert call(run, "-o", out) == 0
    exported, header = load_checkpoint(out)
    assert header == CheckpointInfo(**{**vars(info(out)), "name": "shipped"})
    assert_equal(exported, network, 1e-3)
    parameters = sum(p.numel() for p in network.parameters())
    assert out.stat().st_size < 2 * parameters + 8192, "half precision, and no optimiser"
    lines = torch.full((20, 33), 255, dtype=torch.uint8).numpy()
    assert Colorizer.load(out, "cpu").colorize(lines).shape == (20, 33, 3)


def test_full_precision_comes_from_the_state_with_spectral_norms_folded(
    run: Path, network: nn.Module, tmp_path: Path
) -> None:
    call(run, "--float32", "-o", tmp_path / "full.safetensors")
    exported, header = load_checkpoint(tmp_path / "full.safetensors")
    assert header.steps == 120
    assert_equal(exported, network, 1e-6)
    assert "float32" in (tmp_path / "full.md").read_text("utf-8")


def test_a_run_whose_state_is_gone_still_gives_half_precision(run: Path, tmp_path: Path) -> None:
    (run / "state.pt").unlink()
    with pytest.raises(TrainingError, match="export with --half"):
        call(run, "--float32", "-o", tmp_path / "full.safetensors")
    (run / "state.pt").write_bytes(b"cut")
    with pytest.raises(TrainingError, match="export with --half"):
        call(run, "--float32", "-o", tmp_path / "full.safetensors")
    assert call(run, "--half", "-o", tmp_path / "half.safetensors") == 0


def test_the_card_tells_what_run_and_header_know(run: Path, tmp_path: Path) -> None:
    out = tmp_path / "shipped.safetensors"
    call(run, "-o", out)
    card = (tmp_path / "shipped.md").read_text("utf-8")
    assert card.startswith("# Model card: shipped\n")
    assert hashlib.sha256(out.read_bytes()).hexdigest() in card and f"{out.stat().st_size:,} bytes" in card
    for said in (
        "float16",
        "`lineart`",
        "up to 128 px",
        "| Steps | 120 of 200 |",
        "| Pictures seen | 1,920 |",
        "| Time | 13 min |",
        "x86_64, cpu, 2 processes",
        "l1 0.0712, adversarial 0.5",
        RECIPE.strip(),
        "40 pictures of others",
        "| friends | 40 | CC BY 4.0 \\| by friends |",
        "| procedural | – | GPL-3.0-or-later |",
        "linepaint-train evaluate",
        "ended early, at step 120 of 200",
        "Nobody has measured it yet",
        "linepaint colorize drawing.png --hints hints.png --checkpoint shipped.safetensors",
    ):
        assert said in card, said


def test_what_evaluate_measured_is_in_card_and_header(run: Path, tmp_path: Path) -> None:
    (run / "evaluation.json").write_text(json.dumps(EVALUATION), "utf-8")
    call(run, "-o", tmp_path / "shipped.safetensors")
    card = (tmp_path / "shipped.md").read_text("utf-8")
    assert "`linepaint-train evaluate` on 2 drawings at 256 px, seed 3:" in card
    assert "| small | 0 | 12.35 | – |" in card or "| small | 0 | 12.34 | – |" in card
    assert "| small | 16 | 16.50 | 0.020 |" in card
    assert "ΔE2000" not in card.split("## Figures")[1].split("##")[0], "what was not measured has no column"
    assert "Nobody has measured" not in card
    assert read_info(tmp_path / "shipped.safetensors").metrics == {"psnr_0_hints": 12.345, "psnr_16_hints": 16.5}


@pytest.mark.parametrize("content", ["{", "[]", '{"protocol": 3, "drawings": [], "results": []}', "{}"])
def test_a_damaged_evaluation_is_named(run: Path, tmp_path: Path, content: str) -> None:
    (run / "evaluation.json").write_text(content, "utf-8")
    with pytest.raises(TrainingError, match=r"evaluation.json is damaged"):
        call(run, "-o", tmp_path / "shipped.safetensors")
    assert not (tmp_path / "shipped.safetensors").exists()


def test_figures_from_before_the_last_steps_are_left_out_and_said_to_be(
    run: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (run / "evaluation.json").write_text(json.dumps(EVALUATION), "utf-8")
    os.utime(run / "evaluation.json", (0, 0))
    call(run, "-o", tmp_path / "shipped.safetensors")
    assert "evaluation.json is older than the checkpoint" in caplog.text
    assert "Nobody has measured it yet" in (tmp_path / "shipped.md").read_text("utf-8")
    assert read_info(tmp_path / "shipped.safetensors").metrics == {}


def test_facts_of_later_steps_are_not_told_of_this_checkpoint(run: Path, tmp_path: Path) -> None:
    (run / "run.json").write_text(json.dumps(FACTS | {"steps": 150}), "utf-8")
    call(run, "-o", tmp_path / "shipped.safetensors")
    card = (tmp_path / "shipped.md").read_text("utf-8")
    assert "| Steps | 120 |" in card and "1,920" not in card


def test_a_network_without_hints_is_not_said_to_take_them(tmp_path: Path) -> None:
    config = CONFIG | {"channels_in": 1}
    path = tmp_path / "unhinted.safetensors"
    save_checkpoint(build("unet", config), CheckpointInfo(**{**vars(info(path)), "config": config}))
    call(path, "-o", tmp_path / "out.safetensors")
    card = (tmp_path / "out.md").read_text("utf-8")
    assert "A line drawing into the colour under the lines" in card and "--hints" not in card
    assert "It takes no hints" in card


def test_a_checkpoint_alone_is_exported_too(run: Path, tmp_path: Path) -> None:
    call(run / "small.safetensors", "-o", tmp_path / "alone.safetensors")
    card = (tmp_path / "alone.md").read_text("utf-8")
    assert "| Steps | 120 |" in card and "Machine" not in card


def test_nothing_is_overwritten_without_force(run: Path, tmp_path: Path) -> None:
    out, card = tmp_path / "shipped.safetensors", tmp_path / "shipped.md"
    card.write_text("my own notes", "utf-8")
    with pytest.raises(TrainingError, match=r"shipped.md is there already; .* --force"):
        call(run, "-o", out)
    assert not out.exists() and card.read_text("utf-8") == "my own notes"
    assert call(run, "--force", "-o", out) == 0
    with pytest.raises(TrainingError, match=r"shipped.safetensors is there already"):
        call(run, "-o", out)
    assert call(run, "--force", "-o", out) == 0


def test_a_failure_on_the_way_leaves_nothing(run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted(p.name for p in tmp_path.iterdir())

    def full(card: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "model_card", full)
    with pytest.raises(TrainingError, match=r"cannot be written \(No space left on device\)"):
        call(run, "-o", tmp_path / "shipped.safetensors")
    assert sorted(p.name for p in tmp_path.iterdir()) == before
    with pytest.raises(TrainingError, match="cannot be written"):
        call(run, "-o", tmp_path / "nowhere" / "shipped.safetensors")


def test_a_weight_too_large_for_half_precision_is_named(run: Path, tmp_path: Path, network: nn.Module) -> None:
    with torch.no_grad():
        network.get_parameter("downs.0.weight")[0, 0, 0, 0] = 1e6
    save_checkpoint(network, info(run / "small.safetensors"), torch.float32)
    with pytest.raises(TrainingError, match=r"downs.0.weight holds values that float16 cannot hold"):
        call(run, "-o", tmp_path / "shipped.safetensors")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "and not both"),
        (["{run}", "--from", "w.pth"], "and not both"),
        (["--from", "w.pth", "--mode", "picture"], "add --architecture and --mode"),
        (["--from", "w.pth", "--mode", "picture", "--architecture", "unet", "--config", "levels=8"], "is no JSON"),
        (["--from", "w.pth", "--mode", "picture", "--architecture", "unet", "--config", "[8]"], "a JSON object"),
        (["--from", "w.pth", "--mode", "picture", "--architecture", "unet", "--size", "3"], "--size must be 16 to"),
        (["{run}/.."], "is no run"),
        (["{run}", "-o", "card.md"], r"ends with .safetensors; write -o card.safetensors"),
    ],
)
def test_mistakes_are_one_plain_sentence(run: Path, tmp_path: Path, words: list[str], message: str) -> None:
    with pytest.raises(TrainingError, match=message):
        call("-o", tmp_path / "out.safetensors", *(word.format(run=run) for word in words))


def test_a_run_without_a_checkpoint_yet(run: Path, tmp_path: Path) -> None:
    (run / "small.safetensors").unlink()
    with pytest.raises(TrainingError, match=r"no checkpoint small.safetensors yet"):
        call(run, "-o", tmp_path / "out.safetensors")


def foreign(tmp_path: Path, **changes: Any) -> list[object]:
    config = CONFIG | {"channels_in": 3} | changes
    torch.save({"state_dict": build("unet", config).state_dict(), "epoch": 3}, tmp_path / "net_G.pth")
    return ["--from", tmp_path / "net_G.pth", "--architecture", "unet", "--config", json.dumps(config)]


def test_foreign_weights_become_a_checkpoint_that_says_so(tmp_path: Path) -> None:
    out = tmp_path / "theirs.safetensors"
    assert call(*foreign(tmp_path), "--mode", "picture", "--licence", "BSD-2-Clause", "-o", out) == 0
    header = read_info(out)
    assert (header.mode, header.recipe, header.licence) == (Mode.PICTURE, "foreign", "BSD-2-Clause")
    card = (tmp_path / "theirs.md").read_text("utf-8")
    assert "taken over from `net_G.pth`" in card and "linepaint-train fit" not in card
    picture = torch.randint(0, 255, (24, 17, 3), dtype=torch.uint8).numpy()
    assert Colorizer.load(out, "cpu").colorize(picture).shape == (24, 17, 3)


def test_a_licence_that_nobody_stated_is_not_made_up(tmp_path: Path) -> None:
    call(*foreign(tmp_path), "--mode", "picture", "-o", tmp_path / "theirs.safetensors")
    assert read_info(tmp_path / "theirs.safetensors").licence == "not stated"


def test_a_mode_that_the_weights_cannot_serve_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="turns 3 channels into 3"):
        call(*foreign(tmp_path), "--mode", "lineart", "-o", tmp_path / "theirs.safetensors")
    assert not (tmp_path / "theirs.safetensors").exists()
