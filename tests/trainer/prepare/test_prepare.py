"""A folder of art becomes pairs: what is left out is named, and the result never depends on how the work was done."""

import csv
import importlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from linepaint.trainer.data.pictures import find_pictures, read_pair
from linepaint.trainer.data.sources import describe_sources
from linepaint.trainer.errors import TrainingError
from linepaint.trainer.prepare import workers
from linepaint.trainer.prepare.job import Summary, prepare
from linepaint.trainer.prepare.options import PrepareOptions
from linepaint.trainer.prepare.record import Outcome

from linepaint.document.document import Document
from linepaint.engine.architectures import build
from linepaint.engine.catalog import CheckpointInfo, Mode, shipped_checkpoints
from linepaint.engine.checkpoint import save_checkpoint
from linepaint.engine.errors import EngineError
from linepaint.engine.tracer import LineTracer
from linepaint.files.ora import write_ora
from linepaint.files.psd import write_psd

Art = Callable[..., np.ndarray]
Save = Callable[[Path, np.ndarray], Path]
Content = Callable[[Path], dict[str, bytes]]
QUICK = PrepareOptions(lines="fdog", least_inked=0.0)


def outcomes(summary: Summary) -> dict[str, Outcome]:
    return {record.picture: record.outcome for record in summary.records}


def test_pairs_are_made_that_the_trainer_finds_with_their_sources_and_licences(
    folder: Path, tmp_path: Path, art: Art
) -> None:
    out = tmp_path / "out"
    summary = prepare([folder], out, QUICK, workers=0)
    assert summary.counts == {Outcome.KEPT: 6} and not summary.missing
    found = find_pictures(out)
    assert found[0].color.relative_to(out).as_posix() == "friends/picture1.color.webp"
    assert all(p.lines is not None for p in found)
    told = {d["source"]: d for d in describe_sources(found, [out], 0)}
    assert told["friends"]["licence"] == "CC BY 4.0, by friends." and told["mine"]["pictures"] == 3
    pair = read_pair(found[0], 1000)
    assert np.array_equal(pair.color, art(1)), "lossless"
    assert pair.lines[(art(1) == 0).all(axis=2)].mean() < 40, "the ink"
    with (out / "report.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 6 and {row["outcome"] for row in rows} == {"kept"} and rows[0]["lines"] == "fdog"


def test_everything_left_out_is_named_with_its_reason(folder: Path, tmp_path: Path, art: Art, save: Save) -> None:
    save(folder / "larger twin.png", np.kron(art(0), np.ones((2, 2, 1), np.uint8)))
    save(folder / "tiny.png", art(20, 100))
    save(folder / "gray.png", np.dstack([art(21)[..., 0]] * 3))
    save(folder / "blank.png", np.full((200, 200, 3), (200, 90, 40), np.uint8))
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    (folder / "empty.jpg").write_bytes(b"")
    (folder / "cut.png").write_bytes((folder / "mine" / "picture0.png").read_bytes()[:900])
    (folder / "brush.kra").write_bytes(b"Krita")
    (folder / "link.png").symlink_to("nowhere")
    out = tmp_path / "out"
    summary = prepare([folder], out, QUICK, workers=0)
    left_out = {name: outcome for name, outcome in outcomes(summary).items() if outcome is not Outcome.KEPT}
    assert left_out == {
        "mine/picture0.png": Outcome.TWIN,
        "tiny.png": Outcome.TINY,
        "gray.png": Outcome.GRAY,
        "blank.png": Outcome.NO_LINES,
        "broken.png": Outcome.BROKEN,
        "empty.jpg": Outcome.BROKEN,
        "cut.png": Outcome.BROKEN,
        "link.png": Outcome.BROKEN,
        "brush.kra": Outcome.UNSUPPORTED,
    }
    assert all(record.detail for record in summary.records if record.outcome is not Outcome.KEPT)
    kept = {record.name for record in summary.records if record.outcome is Outcome.KEPT}
    assert {p.color.relative_to(out).as_posix() for p in find_pictures(out)} == {f"{n}.color.webp" for n in kept}


def test_pictures_are_shrunk_and_never_enlarged(tmp_path: Path, art: Art, save: Save) -> None:
    save(tmp_path / "art" / "large.png", art(1, 400)[:, :300])
    save(tmp_path / "art" / "small.png", art(2, 150))
    prepare([tmp_path / "art"], tmp_path / "out", PrepareOptions(lines="fdog", size=200, format="png"), workers=0)
    pairs = [read_pair(p, 1000) for p in find_pictures(tmp_path / "out")]
    assert [p.lines.shape for p in pairs] == [(200, 150), (150, 150)]
    assert (tmp_path / "out" / "large.line.png").is_file()


def test_pictures_of_one_name_get_two(tmp_path: Path, art: Art, save: Save) -> None:
    save(tmp_path / "art" / "cat.png", art(1))
    save(tmp_path / "art" / "cat.bmp", art(2))
    prepare([tmp_path / "art"], tmp_path / "out", QUICK, workers=0)
    assert {p.name for p in (tmp_path / "out").glob("*.color.*")} == {"cat-png.color.webp", "cat-bmp.color.webp"}


def test_several_folders_become_sources(tmp_path: Path, art: Art, save: Save) -> None:
    save(tmp_path / "one" / "a.png", art(1))
    save(tmp_path / "two" / "a.png", art(2))
    prepare([tmp_path / "one", tmp_path / "two"], tmp_path / "out", QUICK, workers=0)
    assert [p.source for p in find_pictures(tmp_path / "out")] == ["one", "two"]


# --- the artist's own lines ------------------------------------------------------------------------


def layered(art: np.ndarray) -> tuple[Document, np.ndarray]:
    """A document of ours with lines of its own over a colouring."""
    lines = np.full(art.shape[:2], 255, np.uint8)
    lines[40:44, 20:140] = 0
    lines[20:140, 100] = 0
    document = Document.from_scan(lines)
    document.set_color_pixels(art)
    return document, lines


@pytest.mark.parametrize("kind", ["ora", "psd", "beside"])
def test_the_artists_own_lines_are_taken(tmp_path: Path, art: Art, save: Save, kind: str) -> None:
    document, lines = layered(art(3))
    finished = np.rint(art(3) * (lines[..., None] / 255.0)).astype(np.uint8)
    folder = tmp_path / "art"
    folder.mkdir()
    if kind == "ora":
        write_ora(document, folder / "a.ora")
    elif kind == "psd":
        write_psd(document, folder / "a.psd")
    else:
        save(folder / "a.color.png", finished)
        save(folder / "a.line.png", lines)
    summary = prepare([folder], tmp_path / "out", PrepareOptions(lines="auto"), workers=0)
    assert summary.records[0].lines == "layer" and summary.counts == {Outcome.KEPT: 1}
    pair = read_pair(find_pictures(tmp_path / "out")[0], 1000)
    assert np.array_equal(pair.lines < 128, lines < 128)
    assert np.abs(pair.color.astype(int) - finished).max() <= 2, "the picture with its lines in it"


def test_without_a_layer_auto_derives_and_layer_leaves_out(tmp_path: Path, art: Art, save: Save) -> None:
    save(tmp_path / "art" / "a.png", art(1))
    assert prepare([tmp_path / "art"], tmp_path / "auto", PrepareOptions(), workers=0).records[0].lines == "fdog"
    left_out = prepare([tmp_path / "art"], tmp_path / "layer", PrepareOptions(lines="layer"), workers=0).records[0]
    assert left_out.outcome is Outcome.NO_LINES and "layer" in left_out.detail


def scan_checkpoint(path: Path) -> Path:
    """A network that has learnt nothing, but always draws the same."""
    torch.manual_seed(0)
    config = {"channels": 4, "blocks": 1, "channels_in": 3, "channels_out": 1}
    network = build("cyclegan", config)
    info = CheckpointInfo(path.stem, path, Mode.SCAN, "cyclegan", config, "test", 1, {}, [], "GPL-3.0-or-later")
    save_checkpoint(network, info)
    return path


def test_traced_lines_come_from_the_checkpoint(tmp_path: Path, art: Art, save: Save) -> None:
    checkpoint = scan_checkpoint(tmp_path / "ink.safetensors")
    save(tmp_path / "art" / "a.png", art(1))
    options = PrepareOptions(lines="scan", checkpoint=str(checkpoint))
    record = prepare([tmp_path / "art"], tmp_path / "out", options, workers=1).records[0]
    traced = LineTracer.load(checkpoint, "cpu").trace(art(1))
    assert record.lines == "scan" and record.ink == pytest.approx(np.mean(traced < 128), abs=1e-4)
    if record.outcome is Outcome.KEPT:
        assert np.array_equal(read_pair(find_pictures(tmp_path / "out")[0], 1000).lines, traced)


def test_lines_are_traced_by_the_shipped_checkpoint_unless_another_is_named(
    tmp_path: Path, art: Art, save: Save
) -> None:
    save(tmp_path / "art" / "a.png", art(1))
    (shipped,) = (info for info in shipped_checkpoints() if info.mode is Mode.SCAN)
    record = prepare([tmp_path / "art"], tmp_path / "out", PrepareOptions(lines="scan"), workers=0).records[0]
    traced = LineTracer.load(shipped.path, "cpu").trace(art(1))
    assert record.lines == "scan" and record.ink == pytest.approx(np.mean(traced < 128), abs=1e-4)
    named = PrepareOptions(lines="scan", checkpoint=shipped.name)
    assert prepare([tmp_path / "art"], tmp_path / "out", named, workers=0).records == (record,), "the same checkpoint"
    other = PrepareOptions(lines="scan", checkpoint=str(scan_checkpoint(tmp_path / "ink.safetensors")))
    with pytest.raises(TrainingError, match="another checkpoint"):
        prepare([tmp_path / "art"], tmp_path / "out", other, workers=0)


def test_a_checkpoint_that_is_none_ends_the_run(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "ink.safetensors").write_bytes(b"no weights")
    options = PrepareOptions(lines="scan", checkpoint=str(tmp_path / "ink.safetensors"))
    with pytest.raises(EngineError):
        prepare([folder], tmp_path / "out", options, workers=1)


# --- the same result however it came about ---------------------------------------------------------


def test_two_workers_make_the_same_bytes_as_none(folder: Path, tmp_path: Path, content: Content) -> None:
    prepare([folder], tmp_path / "none", QUICK, workers=0)
    prepare([folder], tmp_path / "two", QUICK, workers=2)
    assert content(tmp_path / "none") == content(tmp_path / "two")


def test_parts_make_the_same_bytes_as_one_run(
    folder: Path, tmp_path: Path, art: Art, save: Save, content: Content
) -> None:
    save(folder / "z twin.png", art(0)[::1])
    prepare([folder], tmp_path / "whole", QUICK, workers=0)
    first = prepare([folder], tmp_path / "parts", QUICK, workers=0, part=(0, 2))
    assert first.missing == 3 and not (tmp_path / "parts" / "report.csv").exists()
    last = prepare([folder], tmp_path / "parts", QUICK, workers=0, part=(1, 2))
    assert last.missing == 0 and last.counts == {Outcome.KEPT: 6, Outcome.TWIN: 1}
    assert content(tmp_path / "parts") == content(tmp_path / "whole")


KILLED = """
import sys
from pathlib import Path
from linepaint.trainer.prepare.job import prepare
from linepaint.trainer.prepare.options import PrepareOptions
if __name__ == "__main__":
    prepare([Path(sys.argv[1])], Path(sys.argv[2]), PrepareOptions(lines="fdog", least_inked=0.0), workers=0)
"""


def test_killed_at_any_moment_it_ends_the_same(folder: Path, tmp_path: Path, art: Art, save: Save, content) -> None:
    for seed in range(30, 42):
        save(folder / "many" / f"{seed}.png", art(seed, 240))
    save(folder / "twin.png", art(30, 150))
    prepare([folder], tmp_path / "whole", QUICK, workers=0)
    out = tmp_path / "killed"
    child = subprocess.Popen([sys.executable, "-c", KILLED, str(folder), str(out)], env={**os.environ})
    deadline = time.monotonic() + 60
    while len(list(out.rglob("*.line.webp"))) < 3 and child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert not (out / "report.csv").exists(), "it was still at work"
    # As if the kill had fallen in the middle of a line and of a file.
    journal = next((out / ".journal").glob("*.jsonl"))
    journal.write_bytes(journal.read_bytes()[:-20])
    times = {path: path.stat().st_mtime_ns for path in out.rglob("*.webp")}
    prepare([folder], out, QUICK, workers=0)
    assert content(out) == content(tmp_path / "whole")
    again = [path for path, before in times.items() if path.exists() and path.stat().st_mtime_ns != before]
    assert len(again) <= 4, "what was done is not done again, but for the pictures it was killed at"


def test_a_run_that_is_done_does_nothing_again(
    folder: Path, tmp_path: Path, art: Art, save: Save, monkeypatch, content: Content
) -> None:
    save(folder / "z twin.png", art(0))
    out = tmp_path / "out"
    prepare([folder], out, QUICK, workers=0)
    before = content(out)
    monkeypatch.setattr("linepaint.trainer.prepare.workers.prepare_picture", lambda *_: pytest.fail("made again"))
    assert prepare([folder], out, QUICK, workers=0).counts == {Outcome.KEPT: 6, Outcome.TWIN: 1}
    assert content(out) == before


def test_new_changed_and_vanished_art_is_followed(
    folder: Path, tmp_path: Path, art: Art, save: Save, content: Content
) -> None:
    out = tmp_path / "out"
    prepare([folder], out, QUICK, workers=0)
    (folder / "mine" / "picture0.png").unlink()
    save(folder / "mine" / "picture2.png", art(40))
    save(folder / "mine" / "new.png", art(41))
    prepare([folder], out, QUICK, workers=0)
    prepare([folder], tmp_path / "fresh", QUICK, workers=0)
    assert content(out) == content(tmp_path / "fresh")


def test_a_picture_that_kills_its_worker_is_named(folder: Path, tmp_path: Path, monkeypatch) -> None:
    # The workers are new processes, and find by its name the work that is the death of them.
    monkeypatch.syspath_prepend(Path(__file__).parent)
    monkeypatch.setattr(workers, "_work", importlib.import_module("deadly_work").deadly_work)
    summary = prepare([folder], tmp_path / "out", QUICK, workers=2)
    dead = [record for record in summary.records if record.outcome is Outcome.BROKEN]
    assert [record.picture for record in dead] == ["mine/picture2.png"] and "died" in dead[0].detail
    assert summary.counts[Outcome.KEPT] == 5


# --- what is refused -------------------------------------------------------------------------------


def test_other_options_on_the_same_folder_are_refused(folder: Path, tmp_path: Path) -> None:
    prepare([folder], tmp_path / "out", QUICK, workers=0)
    with pytest.raises(TrainingError, match="another size"):
        prepare([folder], tmp_path / "out", PrepareOptions(lines="fdog", least_inked=0.0, size=100), workers=0)


def test_two_runs_at_once_are_refused(folder: Path, tmp_path: Path) -> None:
    from linepaint.trainer.prepare.journal import Journal

    other = Journal(tmp_path / "out", 0, 1)
    with pytest.raises(TrainingError, match="Another run"):
        prepare([folder], tmp_path / "out", QUICK, workers=0)
    other.close()


def test_an_output_inside_the_art_is_refused(folder: Path) -> None:
    with pytest.raises(TrainingError, match="choose another --out"):
        prepare([folder], folder / "out", QUICK, workers=0)


def test_a_folder_without_anything_is_refused(tmp_path: Path) -> None:
    (tmp_path / "art").mkdir()
    with pytest.raises(TrainingError, match="nothing in the art folder"):
        prepare([tmp_path / "art"], tmp_path / "out", QUICK, workers=0)
    shutil.rmtree(tmp_path / "art")
    with pytest.raises(TrainingError, match="is not there"):
        prepare([tmp_path / "art"], tmp_path / "out", QUICK, workers=0)
