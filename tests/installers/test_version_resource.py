import sys
import types
from dataclasses import replace
from pathlib import Path

import pytest

from installers.product import PRODUCT
from installers.windows.version_resource import version_numbers, version_resource


class Fixed:
    """PyInstaller's FixedFileInfo, which takes these names and no others."""

    def __init__(
        self,
        *,
        filevers: tuple[int, ...],
        prodvers: tuple[int, ...],
        mask: int,
        flags: int,
        OS: int,
        fileType: int,
        subtype: int,
        date: tuple[int, int],
    ) -> None:
        self.version, self.product_version, self.flags, self.mask = filevers, prodvers, flags, mask
        self.system, self.kind = OS, fileType
        assert (subtype, date) == (0, (0, 0))


def read(text: str) -> tuple[Fixed, dict[str, str]]:
    """Evaluated as PyInstaller does it, with stand-ins for its classes; the texts by name."""
    names = {
        "FixedFileInfo": Fixed,
        "VSVersionInfo": lambda ffi, kids: (ffi, kids),
        "StringFileInfo": lambda tables: tables,
        "StringTable": lambda code, strings: (code, strings),
        "StringStruct": lambda name, value: (name, value),
        "VarFileInfo": lambda variables: variables,
        "VarStruct": lambda name, values: (name, values),
    }
    fixed, ((table,), (translation,)) = eval(text, {"__builtins__": {}, **names})
    code, strings = table
    assert code == "040904b0"
    assert translation == ("Translation", [int(code[:4], 16), int(code[4:], 16)])
    return fixed, dict(strings)


@pytest.mark.parametrize("program", PRODUCT.programs, ids=lambda program: program.name)
def test_each_program_says_what_it_is(program) -> None:
    fixed, texts = read(version_resource(program))

    numbers = tuple(int(part) for part in PRODUCT.version.split("."))
    assert fixed.version == fixed.product_version == (*numbers, 0)
    assert (fixed.system, fixed.kind, fixed.flags, fixed.mask) == (0x40004, 1, 0, 0x3F)
    assert texts["ProductVersion"] == texts["FileVersion"] == PRODUCT.version
    assert texts["OriginalFilename"] == f"{program.name}.exe"
    assert texts["FileDescription"] == program.name
    assert texts["CompanyName"] == PRODUCT.publisher
    assert PRODUCT.copyright in texts["LegalCopyright"]


def test_letters_and_quotes_of_any_kind_survive() -> None:
    odd = """Zoë's "painters" \\ ©"""

    _, texts = read(version_resource(product=replace(PRODUCT, publisher=odd)))

    assert texts["CompanyName"] == odd


@pytest.mark.parametrize(
    ("version", "numbers"),
    [("0.5.0", (0, 5, 0, 0)), ("1.2", (1, 2, 0, 0)), ("1.2.3.4", (1, 2, 3, 4)), ("0.6.0rc1", (0, 6, 0, 0))],
)
def test_a_version_becomes_four_numbers(version: str, numbers: tuple[int, ...]) -> None:
    assert version_numbers(version) == numbers


def test_a_version_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="next"):
        version_numbers("next")


def test_what_is_not_released_says_so() -> None:
    fixed, _ = read(version_resource(product=replace(PRODUCT, version="0.6.0rc1")))

    assert fixed.flags == 0x2


def test_pyinstaller_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pefile")
    compat = pytest.importorskip("PyInstaller.compat")
    monkeypatch.setattr(compat, "win32api", types.ModuleType("win32api"), raising=False)
    monkeypatch.delitem(sys.modules, "PyInstaller.utils.win32.versioninfo", raising=False)
    from PyInstaller.utils.win32 import versioninfo

    path = tmp_path / "version.txt"
    path.write_text(version_resource(PRODUCT.programs[1]), "utf-8")
    resource = versioninfo.load_version_info_from_text_file(str(path))

    assert read(str(resource))[1] == read(version_resource(PRODUCT.programs[1]))[1]
    assert PRODUCT.copyright.encode("utf-16-le") in resource.toRaw()
