"""Whose work linepaint is made of, told from installed packages and from what an installer's build wrote."""

import json
from pathlib import Path

import pytest

from linepaint import __version__, credits
from linepaint.credits import Notice, from_json, installed, to_json


def distribution(folder: Path, name: str, metadata: str = "", requires: tuple[str, ...] = (), **files: str) -> None:
    """A distribution in `folder` as pip leaves it; `files` are those in its .dist-info, with _ for a dot."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    lines = [f"Name: {name}", "Version: 1.0", *(f"Requires-Dist: {wish}" for wish in requires)]
    (info / "METADATA").write_text("Metadata-Version: 2.4\n" + "\n".join(lines) + "\n" + metadata, encoding="utf-8")
    record = ["METADATA"]
    for written, text in files.items():
        record.append(written.replace("_", "."))
        (info / record[-1]).write_bytes(text.encode())
    (info / "RECORD").write_text("".join(f"{info.name}/{each},,\n" for each in record), encoding="utf-8")


def test_all_that_is_needed_is_told_and_nothing_else(tmp_path: Path) -> None:
    distribution(tmp_path, "root", requires=("Middle.Part>=2", "absent", 'tool; extra == "dev"'))
    distribution(tmp_path, "middle_part", requires=('leaf (>=1) ; python_version > "3"', "root"))
    distribution(tmp_path, "leaf")
    distribution(tmp_path, "tool")
    distribution(tmp_path, "stranger")
    assert [each.name for each in installed("Root", [str(tmp_path)])] == ["leaf", "middle_part", "root"]


def test_nothing_is_told_of_what_is_not_installed(tmp_path: Path) -> None:
    assert installed("root", [str(tmp_path)]) == []


@pytest.mark.parametrize(
    ("metadata", "licence"),
    [
        ("License-Expression: MIT OR Apache-2.0\nLicense: something", "MIT OR Apache-2.0"),
        ("License: 3-Clause BSD License", "BSD-3-Clause"),
        ("License: LGPL-3.0-only", "LGPL-3.0-only"),
        ("License: Copyright (c) somebody\nClassifier: License :: OSI Approved :: MIT License", "MIT"),
        (f"License: {'long ' * 20}\nClassifier: License :: OSI Approved :: BSD License", "BSD-3-Clause"),
        ("Classifier: License :: OSI Approved :: Apache Software License", "Apache-2.0"),
        ("", "see its text"),
    ],
)
def test_the_licence_is_what_the_metadata_means(tmp_path: Path, metadata: str, licence: str) -> None:
    distribution(tmp_path, "root", metadata)
    assert installed("root", [str(tmp_path)])[0].licence == licence


def test_licence_texts_are_read_whatever_their_encoding_and_ends_of_lines(tmp_path: Path) -> None:
    distribution(tmp_path, "root", LICENSE_txt="\n one \r\ntwo\r\n\r\n", COPYING="three", README="no licence")
    (tmp_path / "root-1.0.dist-info" / "COPYING").write_bytes("Grün".encode("latin-1"))
    assert installed("root", [str(tmp_path)])[0].texts == ("Grün", " one\ntwo")


def test_the_source_is_preferred_to_the_home_page(tmp_path: Path) -> None:
    distribution(tmp_path, "root", "Home-page: https://home\nProject-URL: Source Code, https://source\n")
    distribution(tmp_path, "other", "Home-page: https://home\n")
    assert installed("root", [str(tmp_path)])[0].origin == "https://source"
    assert installed("other", [str(tmp_path)])[0].origin == "https://home"


def test_this_linepaint_tells_its_own_version_and_the_packages_it_runs_on() -> None:
    told = {each.name.lower(): each for each in installed()}
    assert told["linepaint"].version == __version__
    assert "GNU GENERAL PUBLIC LICENSE" in told["linepaint"].texts[0]
    assert {"torch", "numpy", "pyside6-essentials", "shiboken6"} <= {credits.normalized(name) for name in told}
    assert "pytest" not in told


def test_what_a_build_wrote_is_read_again_with_each_text_kept_once() -> None:
    shared = "A licence of many words.\n" * 100
    notices = [
        Notice("a", "1", "MIT", "package", "https://a", "a note", (shared, "more")),
        Notice("b", "", "MIT", texts=(shared,)),
    ]
    text = to_json(notices)
    assert from_json(text) == notices
    assert text == to_json(from_json(text))
    assert len(text) < 2 * len(shared)


def test_the_written_list_comes_before_the_installed_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notices = [Notice("part", "1", "MIT", "library", texts=("text",))]
    (tmp_path / credits.FILE_NAME).write_text(to_json(notices), encoding="utf-8")
    monkeypatch.setattr(credits.importlib.resources, "files", lambda _package: tmp_path)
    assert credits.notices() == notices
    (tmp_path / credits.FILE_NAME).unlink()
    assert "torch" in [each.name for each in credits.notices()]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format": "other", "notices": [], "texts": {}}',
        json.dumps({"format": credits.FORMAT, "notices": [{"name": "a", "texts": ["gone"]}], "texts": {}}),
    ],
)
def test_a_damaged_list_is_said_to_be_so(text: str) -> None:
    with pytest.raises(ValueError, match="reinstall linepaint"):
        from_json(text)
