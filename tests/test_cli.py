"""The command line: files and folders are coloured; each mistake is one plain line, status 2, and no file."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from linepaint import __version__
from linepaint.cli import main, sample_path
from linepaint.document.document import Document
from linepaint.document.tiles import TiledImage
from linepaint.engine import CheckpointError
from linepaint.engine.architectures import build
from linepaint.engine.catalog import CheckpointInfo, Mode
from linepaint.engine.checkpoint import save_checkpoint
from linepaint.files.opening import open_document
from linepaint.files.ora import write_ora
from linepaint.files.pictures import read_picture, write_picture
from linepaint.imaging.opencv import cv2
from linepaint.networks.live import HintDecoder

RED, BLUE = (220, 30, 40), (30, 60, 210)
Capture = pytest.CaptureFixture[str]
Run = Callable[..., int]


def box() -> np.ndarray:
    """A closed box on a page of 100 × 120."""
    lines = np.full((100, 120), 255, np.uint8)
    cv2.rectangle(lines, (20, 20), (100, 80), 0, 2)
    return lines


def hints(color: tuple[int, int, int]) -> np.ndarray:
    """One dab in the box."""
    pixels = np.zeros((100, 120, 4), np.uint8)
    cv2.circle(pixels, (60, 50), 6, (*color, 255), -1)
    return pixels


def is_filled(path: Path, color: tuple[int, int, int]) -> bool:
    """The box, lines and all, is of that colour."""
    picture = read_picture(path)
    return bool(np.abs(picture[24:76, 24:96].astype(int) - color).max() <= 3) and not picture[20, 20:100].any()


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small network that adds nothing to the propagated hints."""
    config = {
        f"{part}_{what}": [4 if what == "channels" else 1] * 4
        for part in ("encoder", "decoder")
        for what in ("channels", "blocks")
    }
    path = tmp_path_factory.mktemp("checkpoint") / "plain.safetensors"
    torch.manual_seed(0)
    info = CheckpointInfo("plain", path, Mode.LINEART, "live", config, "test", 1, {}, [], "GPL-3.0-or-later")
    save_checkpoint(build("live", config), info)
    return path


@pytest.fixture
def colorize(checkpoint: Path) -> Run:
    return lambda *arguments: status_of("colorize", *arguments, "--checkpoint", checkpoint, "--device", "cpu")


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    write_picture(tmp_path / "box.png", box())
    return tmp_path / "box.png"


@pytest.fixture
def red(tmp_path: Path) -> Path:
    write_picture(tmp_path / "red.png", hints(RED))
    return tmp_path / "red.png"


def status_of(*arguments: str | Path) -> int:
    try:
        return main([str(a) for a in arguments])
    except SystemExit as end:
        return int(end.code or 0)


def complaint(capsys: Capture) -> str:
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith("\n") and len(err.splitlines()) == 1, err
    assert err.startswith("linepaint"), err
    return err


def test_a_drawing_and_its_hints_become_a_picture(colorize: Run, lines: Path, red: Path, capsys: Capture) -> None:
    out = lines.with_name("out.png")
    assert colorize(lines, "--hints", red, "-o", out) == 0
    assert is_filled(out, RED)
    assert capsys.readouterr() == ("", "")


def test_clamped_a_hint_stays_in_its_own_region(colorize: Run, lines: Path, red: Path) -> None:
    open_, clamped = lines.with_name("open.png"), lines.with_name("clamped.png")
    assert colorize(lines, "--hints", red, "-o", open_) == 0
    assert colorize(lines, "--hints", red, "--clamp", "-o", clamped) == 0
    outside = 2, 2
    assert read_picture(open_)[outside][1] < 100, "without it, red goes where no other hint is"
    assert tuple(read_picture(clamped)[outside][:3]) == (255, 255, 255)


@pytest.mark.parametrize("suffix", [".jpg", ".webp", ".tiff", ".bmp"])
def test_the_ending_of_the_name_decides_the_format(colorize: Run, lines: Path, suffix: str) -> None:
    out = lines.with_name(f"out{suffix}")
    assert colorize(lines, "-o", out) == 0
    assert read_picture(out).shape == (100, 120, 3)


def test_an_ora_holds_lines_hints_and_colour_in_layers(colorize: Run, lines: Path, red: Path) -> None:
    out = lines.with_name("out.ora")
    assert colorize(lines, "--hints", red, "--seed", "5", "-o", out) == 0
    document = open_document(out)
    assert np.array_equal(document.lines.lines, box())
    assert np.array_equal(document.hints.pixels.read(), hints(RED))
    assert document.color.pixels is not None and tuple(document.color.pixels[70, 30]) == RED
    assert (document.checkpoint, document.seed) == ("plain", 5)


def test_hints_inside_a_document_are_used_unless_others_are_named(colorize: Run, red: Path, tmp_path: Path) -> None:
    document = Document.from_scan(box())
    document.hints.pixels = TiledImage.from_array(hints(BLUE))
    write_ora(document, tmp_path / "own.ora")
    assert colorize(tmp_path / "own.ora", "-o", tmp_path / "blue.png") == 0
    assert is_filled(tmp_path / "blue.png", BLUE)
    assert colorize(tmp_path / "own.ora", "--hints", red, "-o", tmp_path / "out.png") == 0
    assert is_filled(tmp_path / "out.png", RED)


def test_an_ora_can_be_coloured_in_place(colorize: Run, tmp_path: Path) -> None:
    document = Document.from_scan(box())
    document.hints.pixels = TiledImage.from_array(hints(BLUE))
    path = tmp_path / "own.ora"
    write_ora(document, path)
    assert colorize(path, "-o", path) == 0
    reopened = open_document(path)
    assert reopened.color.pixels is not None and tuple(reopened.color.pixels[70, 30]) == BLUE
    assert np.array_equal(reopened.hints.pixels.read(), hints(BLUE))


@pytest.mark.parametrize("kind", ["png", "ora", "psd"])
def test_format_outdoes_the_name(colorize: Run, lines: Path, kind: str) -> None:
    assert colorize(lines, "--format", kind, "-o", lines.with_name("out")) == 0
    assert open_document(lines.with_name(f"out.{kind}")).size == (120, 100)


def test_layers_come_as_pictures_of_their_own(colorize: Run, lines: Path, red: Path) -> None:
    assert colorize(lines, "--hints", red, "--layers", "-o", lines.with_name("out.png")) == 0
    assert tuple(read_picture(lines.with_name("out.colors.png"))[70, 30]) == RED
    assert np.array_equal(read_picture(lines.with_name("out.lines.png")), box())


def test_size_is_that_of_the_networks_work_and_not_of_the_picture(
    colorize: Run, lines: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, ...]] = []
    forward = HintDecoder.forward

    def watched(self: HintDecoder, features: list[torch.Tensor], *rest: torch.Tensor) -> torch.Tensor:
        seen.append(tuple(rest[0].shape[2:]))
        return forward(self, features, *rest)

    monkeypatch.setattr(HintDecoder, "forward", watched)
    assert colorize(lines, "--size", "64", "-o", lines.with_name("out.png")) == 0
    assert seen == [(64, 64)]
    assert read_picture(lines.with_name("out.png")).shape == (100, 120, 3)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two drawings, a text, and hints for one of them in a folder beside."""
    drawings, marks = tmp_path / "drawings", tmp_path / "marks"
    drawings.mkdir()
    marks.mkdir()
    write_picture(drawings / "one.png", box())
    write_picture(drawings / "two.webp", box(), quality=100)
    (drawings / "notes.txt").write_text("not a drawing", "utf-8")
    write_picture(marks / "two.png", hints(BLUE))
    return drawings


def test_a_folder_is_coloured_with_the_hints_of_the_same_name(colorize: Run, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    assert colorize(folder, "--hints", tmp_path / "marks", "-o", out) == 0
    assert sorted(p.name for p in out.iterdir()) == ["one.png", "two.png"]
    assert is_filled(out / "two.png", BLUE)
    assert is_filled(out / "one.png", (255, 255, 255))


def test_one_broken_drawing_does_not_hold_up_the_others(
    colorize: Run, folder: Path, tmp_path: Path, capsys: Capture
) -> None:
    (folder / "broken.png").write_bytes(b"oops")
    assert colorize(folder, "--format", "ora", "-o", tmp_path / "out") == 2
    assert "broken.png" in complaint(capsys)
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["one.ora", "two.ora"]


def bad_arguments(tmp_path: Path) -> dict[str, tuple[tuple[str | Path, ...], str]]:
    """Mistake: what is typed, and what the one line must say."""
    good, out = tmp_path / "box.png", tmp_path / "made" / "out.png"
    return {
        "nothing": ((), "required: LINES"),
        "no out": ((good,), "-o"),
        "unknown option": ((good, "-o", out, "--speed"), "unrecognized arguments: --speed"),
        "no lines": ((tmp_path / "gone.png", "-o", out), "gone.png"),
        "lines are empty": ((tmp_path / "empty.png", "-o", out), "empty.png"),
        "lines are text": ((tmp_path / "text.png", "-o", out), "text.png"),
        "lines are cut": ((tmp_path / "cut.png", "-o", out), "cut.png"),
        "folder without drawings": ((tmp_path / "empty-folder", "-o", tmp_path / "made"), "no drawings"),
        "no hints": ((good, "--hints", tmp_path / "gone.png", "-o", out), "gone.png"),
        "hints of other proportions": ((good, "--hints", tmp_path / "wide.png", "-o", out), "wide.png"),
        "hints are a folder": ((good, "--hints", tmp_path / "empty-folder", "-o", out), "must be a file too"),
        "hints are no folder": ((tmp_path / "full-folder", "--hints", good, "-o", out), "must be a folder too"),
        "out is a folder": ((good, "-o", tmp_path / "empty-folder"), "must be a file too"),
        "out is a file": ((tmp_path / "full-folder", "-o", good), "must be a folder too"),
        "out is the drawing": ((good, "-o", good), "overwrite the line drawing"),
        "out is the folder": ((tmp_path / "full-folder", "-o", tmp_path / "full-folder"), "overwrite the line drawing"),
        "two of one name": ((tmp_path / "twins", "-o", tmp_path / "made"), "both a.jpg and a.png"),
        "out of no known kind": ((good, "-o", tmp_path / "made" / "out.xyz"), "out.xyz"),
        "out without an ending": ((good, "-o", tmp_path / "made" / "out"), "has to end in"),
        "out in a file": ((good, "-o", good / "out.png"), "out.png"),
        "format": ((good, "-o", out, "--format", "gif"), "invalid choice: 'gif'"),
        "size is no number": ((good, "-o", out, "--size", "big"), "invalid int value: 'big'"),
        "size too small": ((good, "-o", out, "--size", "8"), "between 32 and 4096"),
        "size too large": ((good, "-o", out, "--size", "99999"), "between 32 and 4096"),
        "seed too large": ((good, "-o", out, "--seed", str(2**64)), "--seed"),
        "seed below nought": ((good, "-o", out, "--seed", "-1"), "--seed"),
        "device": ((good, "-o", out, "--device", "tpu"), "no device tpu"),
        "checkpoint name": ((good, "-o", out, "--checkpoint", "mystery"), "no checkpoint mystery"),
        "checkpoint is a picture": ((good, "-o", out, "--checkpoint", good), "not a safetensors file"),
        "checkpoint is a folder": ((good, "-o", out, "--checkpoint", tmp_path / "empty-folder"), "is a folder"),
    }


@pytest.mark.parametrize("mistake", bad_arguments(Path()))
def test_a_mistake_is_one_line_and_leaves_nothing(
    mistake: str, lines: Path, tmp_path: Path, checkpoint: Path, capsys: Capture
) -> None:
    (tmp_path / "empty.png").touch()
    (tmp_path / "text.png").write_text("this is no picture", "utf-8")
    (tmp_path / "cut.png").write_bytes(lines.read_bytes()[:60])
    write_picture(tmp_path / "wide.png", np.zeros((10, 300, 4), np.uint8))
    (tmp_path / "empty-folder").mkdir()
    for name in ("full-folder/a.png", "twins/a.png", "twins/a.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write_picture(tmp_path / name, box())
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    arguments, reason = bad_arguments(tmp_path)[mistake]
    defaults = [] if "--checkpoint" in arguments or not arguments else ["--checkpoint", checkpoint]
    assert status_of("colorize", *arguments, *defaults) == 2
    assert reason in complaint(capsys)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert not (tmp_path / "made").exists(), "not even a folder"


def test_too_little_memory_is_one_line(
    colorize: Run, lines: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_large(*_: object) -> None:
        raise torch.OutOfMemoryError("Tried to allocate 40 GiB")

    monkeypatch.setattr(HintDecoder, "forward", too_large)
    assert colorize(lines, "-o", lines.with_name("out.png")) == 2
    assert "not enough memory" in complaint(capsys)
    assert not lines.with_name("out.png").exists()


def test_ctrl_c_is_no_traceback(colorize: Run, lines: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(HintDecoder, "forward", interrupted)
    assert colorize(lines, "-o", lines.with_name("out.png")) == 130
    assert capsys.readouterr().err == ""
    assert not lines.with_name("out.png").exists()


def test_the_version_is_told(capsys: Capture) -> None:
    assert status_of("--version") == 0
    assert capsys.readouterr().out == f"linepaint {__version__}\n"


def test_help_names_the_jobs(capsys: Capture) -> None:
    assert status_of("--help") == 0
    assert "linepaint colorize --help" in capsys.readouterr().out
    assert status_of("colorize", "--help") == 0
    assert "--hints" in capsys.readouterr().out


def test_without_a_screen_the_window_is_refused_with_what_to_do_instead(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert status_of("drawing.png") == 2
    assert "linepaint colorize" in complaint(capsys)


def test_the_self_test_says_in_one_line_what_it_did(capsys: Capture) -> None:
    assert status_of("--self-test") == 0
    out, err = capsys.readouterr()
    assert err == "" and len(out.splitlines()) == 1
    assert out.startswith(sample_path().stem) and "reopened unchanged" in out


def test_a_self_test_that_fails_says_why(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(*_: object, **__: object) -> None:
        raise CheckpointError("live.safetensors is damaged.")

    monkeypatch.setattr("linepaint.self_test.Colorizer.load", damaged)
    assert status_of("--self-test") == 2
    assert complaint(capsys) == "linepaint: The self-test failed: live.safetensors is damaged.\n"


CHILD = """
import sys
from linepaint.cli import main
status = main(sys.argv[1:])
# Half of torch is for compiling networks; importing it would take seconds of every start.
print(*sorted({"torch._dynamo", "sympy"} & set(sys.modules)))
sys.exit(status)
"""


def test_a_real_process_says_nothing_and_imports_no_more_than_it_needs(
    lines: Path, red: Path, checkpoint: Path
) -> None:
    out = lines.with_name("out.png")
    arguments = ["colorize", lines, "--hints", red, "-o", out, "--checkpoint", checkpoint]
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *map(str, arguments)], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "\n", "")
    assert is_filled(out, RED)


def test_a_real_process_ends_with_the_status_and_the_one_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "linepaint", "colorize", "box.png"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1 and "-o" in done.stderr
