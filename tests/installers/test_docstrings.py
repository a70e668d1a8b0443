"""Modules without docstrings do what they did."""

import importlib.util
import marshal
import sys
from pathlib import Path
from types import CodeType

import pytest

from installers.slimming import docstrings

SOURCE = b'''"""What the module is."""

from __future__ import annotations

class Pen:
    """What a pen is."""

    def draw(self) -> str:
        """Draw."""
        return "Draw."

    def rest(self) -> None:
        """Nothing is left of this one but its docstring."""

def check(x):
    assert x, "assertions stay"
    return x
'''


def loaded(content: bytes) -> dict[str, object]:
    code = marshal.loads(content[16:])
    assert isinstance(code, CodeType)
    names: dict[str, object] = {"__name__": "pens"}
    exec(code, names)
    return names


def test_docstrings_go_and_nothing_else() -> None:
    names = loaded(docstrings.without_docstrings(SOURCE, "pens.py"))
    pen = names["Pen"]
    assert isinstance(pen, type)
    assert (names.get("__doc__"), pen.__doc__, pen.draw.__doc__) == (None, None, None)  # type: ignore[attr-defined]
    assert pen().draw() == "Draw."
    assert pen().rest() is None
    with pytest.raises(AssertionError, match="assertions stay"):
        names["check"](0)  # type: ignore[operator]


def test_a_folder_is_compiled_anew_where_its_sources_are_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources, bundle = tmp_path / "site-packages", tmp_path / "bundle"
    for folder in (sources / "pens", bundle / "pens", bundle / "other"):
        folder.mkdir(parents=True)
    (sources / "pens" / "ink.py").write_bytes(SOURCE)
    header = importlib.util.MAGIC_NUMBER + bytes(12)
    for place in (bundle / "pens" / "ink.pyc", bundle / "pens" / "unknown.pyc", bundle / "other" / "ink.pyc"):
        place.write_bytes(header + marshal.dumps(compile(SOURCE, "ink.py", "exec")))
    before = (bundle / "pens" / "ink.pyc").stat().st_size
    monkeypatch.setattr(docstrings, "PACKAGES", ("pens",))
    saved = docstrings.remove_docstrings(bundle, [sources])
    assert saved == before - (bundle / "pens" / "ink.pyc").stat().st_size > 0
    assert (bundle / "pens" / "unknown.pyc").stat().st_size == before
    assert (bundle / "other" / "ink.pyc").stat().st_size == before


def test_python_itself_loads_what_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pens_without_words.pyc").write_bytes(docstrings.without_docstrings(SOURCE, "pens_without_words.py"))
    monkeypatch.syspath_prepend(tmp_path)
    try:
        assert importlib.import_module("pens_without_words").Pen().draw() == "Draw."
    finally:
        sys.modules.pop("pens_without_words", None)
