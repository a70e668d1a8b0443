"""The command line with checkpoints of every kind: line art, gray pictures, any pictures, and lines out of pictures."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from psd_tools import PSDImage

from linepaint.cli import main
from linepaint.document.document import Document
from linepaint.document.mode import DocumentMode
from linepaint.engine.architectures import build
from linepaint.engine.catalog import CheckpointInfo, Mode
from linepaint.engine.checkpoint import save_checkpoint
from linepaint.files.opening import open_document
from linepaint.files.ora import write_ora
from linepaint.files.pictures import read_picture, write_picture
from linepaint.files.psd import write_psd
from linepaint.imaging.compositing import composite_document
from linepaint.imaging.opencv import cv2

RED = (200, 60, 50)
Capture = pytest.CaptureFixture[str]
KINDS: dict[str, tuple[Mode, str, dict[str, Any]]] = {
    "lineart": (Mode.LINEART, "unet", {"channels_in": 1, "channels": 4, "levels": 5}),
    "hinted": (Mode.LINEART, "scribbler", {"channels_in": 5, "channels": 4, "blocks": [1, 1, 1, 1]}),
    "gray": (Mode.GRAYSCALE, "scribbler", {"channels_in": 5, "channels": 4, "blocks": [1, 1, 1, 1]}),
    "pairs": (Mode.PICTURE, "encoder-decoder", {"channels_in": 3, "channels": 4, "levels": 4}),
    "scan": (Mode.SCAN, "cyclegan", {"channels_in": 3, "channels_out": 1, "channels": 4, "blocks": 1}),
}


@pytest.fixture(scope="module")
def checkpoints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A small network of each kind, with opinions that make no sense."""
    folder, paths = tmp_path_factory.mktemp("checkpoints"), {}
    for name, (mode, architecture, config) in KINDS.items():
        torch.manual_seed(1)
        paths[name] = folder / f"{name}.safetensors"
        info = CheckpointInfo(name, paths[name], mode, architecture, config, "test", 1, {}, [], "GPL-3.0-or-later", 96)
        network = build(architecture, config)
        for parameter in network.parameters():
            if parameter.dim() > 1:
                torch.nn.init.kaiming_normal_(parameter)
        save_checkpoint(network, info)
    return paths


def status_of(*arguments: str | Path) -> int:
    try:
        return main([str(a) for a in arguments])
    except SystemExit as end:
        return int(end.code or 0)


def complaint(capsys: Capture) -> str:
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("linepaint") and len(err.splitlines()) == 1, err
    return err


def photo(height: int = 90, width: int = 131) -> np.ndarray:
    """A colour picture without any clean paper, uint8 [height, width, 3]."""
    y, x = np.mgrid[:height, :width]
    return np.stack([60 + x, 200 - y, 90 + (x + y) // 3], axis=2).clip(0, 255).astype(np.uint8)


def box() -> np.ndarray:
    """A line drawing of the same size."""
    lines = np.full((90, 131), 255, np.uint8)
    cv2.rectangle(lines, (20, 20), (110, 70), 0, 2)
    return lines


def luma(picture: np.ndarray) -> np.ndarray:
    return cv2.cvtColor(picture[..., :3], cv2.COLOR_RGB2GRAY).astype(int)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    write_picture(tmp_path / "photo.png", photo())
    return tmp_path / "photo.png"


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    hints = np.zeros((90, 131, 4), np.uint8)
    hints[40:50, 60:70] = (*RED, 255)
    write_picture(tmp_path / "marks.png", hints)
    return tmp_path / "marks.png"


@pytest.mark.parametrize("kind", ["lineart", "hinted"])
def test_line_art_is_coloured_under_its_lines(
    checkpoints: dict[str, Path], kind: str, tmp_path: Path, marks: Path, capsys: Capture
) -> None:
    lines, out = box(), tmp_path / "out.png"
    write_picture(tmp_path / "box.png", lines)
    assert (
        status_of("colorize", tmp_path / "box.png", "--hints", marks, "-o", out, "--checkpoint", checkpoints[kind]) == 0
    )
    made = read_picture(out)
    assert np.abs(made[42:48, 62:68].astype(int) - RED).max() <= 3
    assert not made[lines == 0].any()
    assert capsys.readouterr() == ("", "")


def test_a_gray_picture_keeps_its_tones_untouched_by_the_clean_up_of_scans(
    checkpoints: dict[str, Path], picture: Path, marks: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.png"
    assert status_of("colorize", picture, "--hints", marks, "-o", out, "--checkpoint", checkpoints["gray"]) == 0
    made = read_picture(out)
    assert np.abs(luma(made) - luma(photo())).max() <= 1
    red, green, blue = made[45, 65].astype(int)
    assert red > green + 40 and red > blue + 40


@pytest.mark.parametrize("suffix", [".ora", ".psd"])
def test_a_coloured_gray_picture_lies_over_the_gray_one_in_layers(
    checkpoints: dict[str, Path], picture: Path, tmp_path: Path, suffix: str
) -> None:
    flat, layered = tmp_path / "flat.png", tmp_path / f"layered{suffix}"
    for out in (flat, layered):
        assert status_of("colorize", picture, "-o", out, "--checkpoint", checkpoints["gray"]) == 0
    document = open_document(layered)
    assert document.mode is DocumentMode.GRAYSCALE and document.lines.visible
    assert np.array_equal(document.lines.lines, luma(photo()))
    if suffix == ".psd":
        psd = PSDImage.open(layered)
        assert [layer.name for layer in psd] == ["Paper", "Gray picture", "Colour"]
        assert np.array_equal(np.asarray(psd.topil().convert("RGB")), read_picture(flat))
    else:
        assert np.array_equal(composite_document(document), read_picture(flat))
        assert np.abs(luma(composite_document(document)) - luma(photo())).max() <= 1


@pytest.mark.parametrize("suffix", [".ora", ".psd"])
def test_in_layers_the_source_of_a_network_of_pairs_is_hidden_and_the_colour_is_all(
    checkpoints: dict[str, Path], picture: Path, tmp_path: Path, suffix: str
) -> None:
    flat, layered = tmp_path / "flat.png", tmp_path / f"layered{suffix}"
    for out in (flat, layered):
        assert status_of("colorize", picture, "-o", out, "--checkpoint", checkpoints["pairs"]) == 0
    if suffix == ".psd":
        psd = PSDImage.open(layered)
        assert [(layer.name, layer.visible) for layer in psd if layer.name == "Line art"] == [("Line art", False)]
        assert np.array_equal(np.asarray(psd.topil().convert("RGB")), read_picture(flat))
        return
    document = open_document(layered)
    assert not document.lines.visible
    assert np.abs(document.lines.lines.astype(int) - luma(photo())).max() <= 1
    assert document.color.pixels is not None
    assert np.array_equal(document.color.pixels, read_picture(flat))


def test_layers_of_a_gray_picture_come_as_pictures_of_their_own(
    checkpoints: dict[str, Path], picture: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.png"
    assert status_of("colorize", picture, "--layers", "-o", out, "--checkpoint", checkpoints["gray"]) == 0
    assert np.array_equal(read_picture(tmp_path / "out.gray.png"), luma(photo()))
    assert np.array_equal(read_picture(tmp_path / "out.colors.png"), read_picture(out))
    assert not (tmp_path / "out.lines.png").exists()


def test_the_shipped_checkpoint_makes_a_gray_document_that_keeps_every_tone(picture: Path, tmp_path: Path) -> None:
    gray = luma(photo()).astype(np.uint8)
    write_picture(tmp_path / "gray.png", gray)
    out = tmp_path / "out"
    command = ("colorize", tmp_path / "gray.png", "--checkpoint", "grayscale", "--format", "ora", "-o", out)
    assert status_of(*command) == 0
    document = open_document(tmp_path / "out.ora")
    assert document.mode is DocumentMode.GRAYSCALE and document.checkpoint == "grayscale"
    assert np.array_equal(document.lines.lines, gray)
    assert np.abs(luma(composite_document(document)) - gray).max() <= 1


def test_a_gray_document_is_not_taken_for_line_art(
    checkpoints: dict[str, Path], tmp_path: Path, capsys: Capture
) -> None:
    write_ora(Document.from_gray(luma(photo()).astype(np.uint8)), tmp_path / "own.ora")
    out = tmp_path / "out.png"
    assert status_of("colorize", tmp_path / "own.ora", "-o", out, "--checkpoint", checkpoints["lineart"]) == 2
    assert complaint(capsys) == (
        "linepaint: Cannot open own.ora: it is a gray picture, so colour it with --checkpoint grayscale.\n"
    )
    assert not out.exists()


def test_a_coloured_gray_ora_can_be_coloured_again_in_place(
    checkpoints: dict[str, Path], picture: Path, marks: Path, tmp_path: Path
) -> None:
    path = tmp_path / "own.ora"
    first = ("colorize", picture, "-o", path, "--checkpoint", checkpoints["gray"])
    assert status_of(*first) == 0
    again = ("colorize", path, "--hints", marks, "-o", path, "--checkpoint", checkpoints["gray"])
    assert status_of(*again) == 0
    document = open_document(path)
    colors = document.color.pixels
    assert document.mode is DocumentMode.GRAYSCALE and colors is not None
    assert np.abs(luma(colors) - luma(photo())).max() <= 1


def test_any_picture_goes_through_a_network_of_pairs(
    checkpoints: dict[str, Path], picture: Path, marks: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.png"
    assert status_of("colorize", picture, "--hints", marks, "-o", out, "--checkpoint", checkpoints["pairs"]) == 0
    made = read_picture(out)
    assert made.shape == (90, 131, 3)
    assert (made[40:50, 60:70] == RED).all()


@pytest.mark.parametrize("kind", ["gray", "pairs"])
def test_layered_files_of_others_are_refused_where_tones_matter(
    checkpoints: dict[str, Path], kind: str, tmp_path: Path, capsys: Capture
) -> None:
    psd, out = tmp_path / "made.psd", tmp_path / "out.png"
    write_psd(Document.from_scan(box()), psd)
    assert status_of("colorize", psd, "-o", out, "--checkpoint", checkpoints[kind]) == 2
    assert "export the picture as a PNG" in complaint(capsys)
    assert not out.exists()


def test_a_folder_of_gray_pictures(checkpoints: dict[str, Path], tmp_path: Path, capsys: Capture) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    write_picture(folder / "one.png", photo())
    write_picture(folder / "two.webp", photo(51, 40), quality=100)
    (folder / "broken.png").write_bytes(b"oops")
    assert status_of("colorize", folder, "-o", out, "--checkpoint", checkpoints["gray"]) == 2
    assert "broken.png" in complaint(capsys)
    assert {p.name: read_picture(p).shape for p in out.iterdir()} == {"one.png": (90, 131, 3), "two.png": (51, 40, 3)}


def test_a_seed_is_a_variation(checkpoints: dict[str, Path], tmp_path: Path) -> None:
    write_picture(tmp_path / "page.png", box())
    made = []
    for index, seed in enumerate(("1", "1", "2")):
        out = tmp_path / f"{index}.png"
        run = ("colorize", tmp_path / "page.png", "--seed", seed, "-o", out, "--checkpoint", checkpoints["lineart"])
        assert status_of(*run) == 0
        made.append(read_picture(out))
    assert np.array_equal(made[0], made[1]) and not np.array_equal(made[0], made[2])


def test_a_scan_checkpoint_gives_no_colour_and_says_where_it_belongs(
    checkpoints: dict[str, Path], picture: Path, tmp_path: Path, capsys: Capture
) -> None:
    assert status_of("colorize", picture, "-o", tmp_path / "out.png", "--checkpoint", checkpoints["scan"]) == 2
    assert "linepaint lines" in complaint(capsys)


# --- linepaint lines -------------------------------------------------------------------------------


@pytest.fixture
def trace(checkpoints: dict[str, Path]) -> Callable[..., int]:
    return lambda *arguments: status_of("lines", *arguments, "--checkpoint", checkpoints["scan"], "--device", "cpu")


@pytest.mark.parametrize("name", ["out.png", "out.webp", "out.jpg", "deep/out.tiff"])
def test_a_picture_becomes_a_line_drawing_of_its_size(
    trace: Callable[..., int], picture: Path, tmp_path: Path, name: str, capsys: Capture
) -> None:
    assert trace(picture, "-o", tmp_path / name) == 0
    assert read_picture(tmp_path / name).shape[:2] == (90, 131)
    assert capsys.readouterr() == ("", "")
    if name.endswith(".png"):
        assert read_picture(tmp_path / name).ndim == 2, "gray, as lines are"


def test_the_networks_size_can_be_bounded(trace: Callable[..., int], picture: Path, tmp_path: Path) -> None:
    assert trace(picture, "--size", "48", "-o", tmp_path / "out.png") == 0
    assert read_picture(tmp_path / "out.png").shape == (90, 131)


def test_a_folder_keeps_its_names_and_goes_on_after_a_broken_picture(
    trace: Callable[..., int], tmp_path: Path, capsys: Capture
) -> None:
    folder, out = tmp_path / "in", tmp_path / "deep" / "out"
    folder.mkdir()
    write_picture(folder / "one.png", photo())
    write_picture(folder / "two.jpg", photo(51, 40))
    (folder / "broken.png").write_bytes(b"oops")
    (folder / "notes.txt").write_text("no picture", "utf-8")
    assert trace(folder, "-o", out) == 2
    assert "broken.png" in complaint(capsys)
    assert {p.name: read_picture(p).shape for p in out.iterdir()} == {"one.png": (90, 131), "two.png": (51, 40)}


def mistakes(folder: Path) -> dict[str, tuple[tuple[str | Path, ...], str]]:
    """Mistake: what is typed, and what the one line must say."""
    good, out = folder / "photo.png", folder / "made" / "out.png"
    return {
        "nothing": ((), "required: PICTURE"),
        "no out": ((good,), "-o"),
        "no picture": ((folder / "gone.png", "-o", out), "gone.png"),
        "picture is text": ((folder / "text.png", "-o", out), "text.png"),
        "picture is a document": ((folder / "own.ora", "-o", out), "own.ora"),
        "folder without pictures": ((folder / "empty", "-o", folder / "made"), "no pictures"),
        "out is a folder": ((good, "-o", folder / "empty"), "must be a file too"),
        "out is a file": ((folder / "full", "-o", good), "must be a folder too"),
        "out is the picture": ((good, "-o", good), "overwrite the picture"),
        "out is the folder": ((folder / "full", "-o", folder / "full"), "overwrite the picture"),
        "out of no known kind": ((good, "-o", folder / "made" / "out.ora"), "has to end in"),
        "size": ((good, "-o", out, "--size", "8"), "between 32 and 4096"),
        "device": ((good, "-o", out, "--device", "tpu"), "no device tpu"),
        "checkpoint name": ((good, "-o", out, "--checkpoint", "mystery"), "no checkpoint mystery"),
        "checkpoint of another mode": ((good, "-o", out, "--checkpoint", "live"), "for lineart, not for scan"),
    }


@pytest.mark.parametrize("mistake", mistakes(Path()))
def test_a_mistake_is_one_line_and_leaves_nothing(
    mistake: str, checkpoints: dict[str, Path], picture: Path, tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / "text.png").write_text("this is no picture", "utf-8")
    write_ora(Document.from_scan(np.full((9, 9), 255, np.uint8)), tmp_path / "own.ora")
    (tmp_path / "empty").mkdir()
    (tmp_path / "full").mkdir()
    write_picture(tmp_path / "full" / "a.png", photo())
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    arguments, reason = mistakes(tmp_path)[mistake]
    defaults = [] if "--checkpoint" in arguments or not arguments else ["--checkpoint", checkpoints["scan"]]
    assert status_of("lines", *arguments, *defaults) == 2
    assert reason in complaint(capsys)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert not (tmp_path / "made").exists(), "not even a folder"


def test_without_a_shipped_checkpoint_it_says_how_to_get_one(
    picture: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linepaint.engine.tracer.shipped_checkpoints", list)
    assert status_of("lines", picture, "-o", tmp_path / "out.png") == 2
    said = complaint(capsys)
    assert "--checkpoint" in said and "linepaint-train fit onepunch-scan" in said


def test_help_tells_of_lines(capsys: Capture) -> None:
    assert status_of("lines", "--help") == 0
    assert "--checkpoint" in capsys.readouterr().out
    assert status_of("--help") == 0
    assert "linepaint lines" in " ".join(capsys.readouterr().out.split())


CHILD = """
import sys
from linepaint.cli import main
status = main(sys.argv[1:])
print(*sorted({"torch._dynamo", "sympy"} & set(sys.modules)))
sys.exit(status)
"""


def test_a_real_process_with_noise_imports_no_more_than_it_needs(
    checkpoints: dict[str, Path], picture: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.png"
    run = ["colorize", picture, "-o", out, "--checkpoint", checkpoints["lineart"]]
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *map(str, run)], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "\n", "")
    assert out.exists()
