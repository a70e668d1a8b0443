"""The script for Inno Setup, read again by a small reader of its sections."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from installers.errors import BuildError
from installers.product import PRODUCT
from installers.windows import inno

Row = dict[str, str]


class Script:
    """Its sections: directives by name, or rows of named parameters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sections: dict[str, list[str]] = {}
        lines = self.sections.setdefault("", [])
        for line in text.splitlines():
            if found := re.fullmatch(r"\[(\w+)\]", line):
                assert found[1] not in self.sections
                lines = self.sections.setdefault(found[1], [])
            elif line.strip() and not line.startswith((";", "#")):
                lines.append(line)

    @property
    def setup(self) -> Row:
        pairs = [line.split("=", 1) for line in self.sections["Setup"]]
        assert len({name for name, _ in pairs}) == len(pairs)
        return dict(pairs)

    def rows(self, section: str) -> list[Row]:
        return [parameters(line) for line in self.sections[section]]

    @property
    def code(self) -> str:
        return "\n".join(self.sections["Code"])


def parameters(line: str) -> Row:
    """Name: value; Name: "a ""quoted"" value": which must be all there is in a line."""
    row: Row = {}
    rest = line
    while rest:
        found = re.match(r'(\w+): *(?:"((?:[^"]|"")*)"|([^";]*))(?:; |$)', rest)
        assert found, f"cannot be read: {rest}"
        row[found[1]] = found[3] if found[2] is None else found[2].replace('""', '"')
        rest = rest[found.end() :]
    return row


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A frozen folder as PyInstaller makes it on Windows, with an odd name in it."""
    folder = tmp_path / "made" / "linepaint"
    (folder / "_internal" / "linepaint").mkdir(parents=True)
    (folder / "odd {name}").mkdir()
    names = ("linepaint.exe", "linepaint-train.exe", "LICENSE", "_internal/python311.dll", "odd {name}/x")
    for name in names:
        (folder / name).write_bytes(b"x")
    return folder


@pytest.fixture
def script(bundle: Path) -> Script:
    return Script(inno.render(bundle))


def test_all_of_the_bundle_is_installed_and_nothing_else(script: Script, bundle: Path) -> None:
    assert script.setup["SourceDir"] == str(bundle)
    installed = set()
    for row in script.rows("Files"):
        name = row["Source"].removesuffix("\\*")
        path = bundle / name
        assert path.exists()
        assert path.is_dir() == row["Source"].endswith("\\*") == ("recursesubdirs" in row["Flags"])
        # Where setup expands constants, a brace is doubled; the names of sources are none of its business.
        assert row["DestDir"] == ("{app}\\" + name.replace("{", "{{") if path.is_dir() else "{app}")
        installed.add(path)
    assert installed == set(bundle.iterdir())


def test_what_the_script_takes_from_the_checkout_is_there(script: Script) -> None:
    assert Path(script.setup["LicenseFile"]).read_text("utf-8").lstrip().startswith("GNU GENERAL PUBLIC LICENSE")
    assert Path(script.setup["SetupIconFile"]) == inno.ICON


def test_windows_knows_every_version_for_the_same_program(script: Script) -> None:
    # Changing it would install the next version beside the present one, for ever.
    assert script.setup["AppId"] == "{{69A2BCA2-E4A0-4939-8215-ECCCBA76900D}"
    assert script.setup["AppVersion"] == PRODUCT.version
    assert script.setup["VersionInfoVersion"].startswith(PRODUCT.version)


def test_it_installs_for_one_user_without_an_administrator_and_for_all_if_asked(script: Script) -> None:
    assert script.setup["PrivilegesRequired"] == "lowest"
    assert script.setup["PrivilegesRequiredOverridesAllowed"] == "dialog"
    assert script.setup["DefaultDirName"] == "{autopf}\\linepaint"
    assert script.setup["ArchitecturesAllowed"] == script.setup["ArchitecturesInstallIn64BitMode"] == "x64compatible"
    assert {row["Root"] for row in script.rows("Registry")} == {"HKA"}


def test_it_is_packed_as_small_as_can_be(script: Script) -> None:
    assert (script.setup["Compression"], script.setup["SolidCompression"]) == ("lzma2/ultra64", "yes")


def test_both_programs_are_in_the_start_menu_and_the_desktop_is_asked_about(script: Script) -> None:
    menu = [row for row in script.rows("Icons") if row["Name"].startswith("{group}")]
    desktop = [row for row in script.rows("Icons") if row["Name"].startswith("{autodesktop}")]

    assert [row["Name"] for row in menu] == ["{group}\\linepaint", "{group}\\linepaint-train"]
    assert menu[0]["Filename"] == "{app}\\linepaint.exe"
    # cmd takes the outer quotes away and runs what is between them.
    assert menu[1]["Parameters"] == '/k "set "PATH={app};%PATH%" && linepaint-train --help"'
    assert [row["Tasks"] for row in desktop] == ["desktopicon"]
    assert all(row["Flags"] == "unchecked" for row in script.rows("Tasks"))


def test_its_own_kind_of_file_opens_by_double_click_only_where_no_other_program_does(script: Script) -> None:
    rows = script.rows("Registry")
    values = {(row["Subkey"], row["ValueName"]): row for row in rows if row["ValueType"] == "string"}
    classes = "Software\\Classes"

    assert values[(f"{classes}\\linepaint.ora\\shell\\open\\command", "")]["ValueData"] == '"{app}\\linepaint.exe" "%1"'
    assert values[(f"{classes}\\linepaint.ora", "")]["ValueData"] == "OpenRaster picture"
    assert values[(f"{classes}\\linepaint.ora", "")]["Flags"] == "uninsdeletekey"
    assert values[(f"{classes}\\.ora", "")]["Check"] == "IsFree('.ora', 'linepaint.ora')"
    assert "Release('.ora', 'linepaint.ora');" in script.code


def test_other_kinds_are_offered_and_never_taken_over(script: Script) -> None:
    rows = script.rows("Registry")
    owned = [row["Subkey"] for row in rows if re.fullmatch(r"Software\\Classes\\\.\w+", row["Subkey"])]

    assert set(owned) == {"Software\\Classes\\.ora"}
    for kind in PRODUCT.file_types:
        for ending in kind.endings:
            (offer,) = [row for row in rows if row["Subkey"] == f"Software\\Classes\\.{ending}\\OpenWithProgids"]
            assert "uninsdeletevalue" in offer["Flags"]
            command = f"Software\\Classes\\{offer['ValueName']}\\shell\\open\\command"
            assert any(row["Subkey"] == command for row in rows)


def test_everything_in_the_registry_goes_with_the_program(script: Script) -> None:
    rows = script.rows("Registry")
    whole = [row["Subkey"] for row in rows if row.get("Flags") == "uninsdeletekey"]

    for row in rows:
        goes = "uninsdelete" in row.get("Flags", "") or any(row["Subkey"].startswith(f"{key}\\") for key in whole)
        assert goes or ("Release(" in script.code and "Check" in row), row


def test_an_update_takes_the_old_modules_away_first_and_closes_the_program(script: Script) -> None:
    (row,) = script.rows("InstallDelete")

    assert row == {"Type": "filesandordirs", "Name": "{app}\\_internal", "Check": "HoldsProgram"}
    assert script.setup["CloseApplications"] == "yes"
    # Settings and autosaves lie in folders of the user's, which no row names.
    assert "UninstallDelete" not in script.sections
    assert "localappdata" not in script.text.lower()


def test_path_is_changed_only_if_asked_and_put_right_by_the_uninstaller(script: Script) -> None:
    installing, uninstalling = script.code.split("procedure CurUninstallStepChanged")

    assert "SetOnPath(WizardIsTaskSelected('path'))" in installing
    assert "SetOnPath(False)" in uninstalling
    assert script.setup["ChangesEnvironment"] == "yes"


def test_nothing_is_left_unexpanded_and_every_function_that_is_named_is_there(script: Script) -> None:
    assert "@" not in script.text
    rows = script.rows("InstallDelete") + script.rows("Registry")
    asked = {row["Check"].split("(")[0] for row in rows if "Check" in row}
    assert asked == {"HoldsProgram", "IsFree"}
    for name in asked:
        assert f"function {name}" in script.code
    assert script.code.count("begin") == len(re.findall(r"\bend[;.]", script.code))


def test_quotes_and_braces_in_texts_are_taken_literally(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = replace(PRODUCT, summary='Say "{app}"', publisher="{Zoë}")
    monkeypatch.setattr(inno, "PRODUCT", odd)

    script = Script(inno.render(bundle))

    assert script.rows("Icons")[0]["Comment"] == 'Say "{{app}"'
    assert script.setup["AppPublisher"] == "{{Zoë}"


@pytest.mark.parametrize("summary", ["two\nlines", "{#emit 1}"])
def test_texts_that_would_change_the_script_are_refused(
    bundle: Path, monkeypatch: pytest.MonkeyPatch, summary: str
) -> None:
    monkeypatch.setattr(inno, "PRODUCT", replace(PRODUCT, summary=summary))

    with pytest.raises(BuildError, match="setup script"):
        inno.render(bundle)


def test_the_homepage_is_told_where_there_is_one(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "AppPublisherURL" not in Script(inno.render(bundle)).setup
    monkeypatch.setattr(inno, "PRODUCT", replace(PRODUCT, homepage="https://linepaint.example"))
    assert Script(inno.render(bundle)).setup["AppPublisherURL"] == "https://linepaint.example"


def test_the_variant_for_graphics_cards_updates_the_other_one(bundle: Path) -> None:
    cpu, cuda = Script(inno.render(bundle)).setup, Script(inno.render(bundle, "linepaint-cuda")).setup

    assert cuda["OutputBaseFilename"] == f"linepaint-cuda-{PRODUCT.version}-windows-x86_64-setup"
    assert {name: value for name, value in cuda.items() if name != "OutputBaseFilename"} == {
        name: value for name, value in cpu.items() if name != "OutputBaseFilename"
    }


def test_a_folder_that_was_not_frozen_on_windows_is_refused(bundle: Path) -> None:
    (bundle / "linepaint-train.exe").unlink()

    with pytest.raises(BuildError, match=r"linepaint-train\.exe"):
        inno.render(bundle)


def test_setup_is_compiled_from_the_script(bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiler = tmp_path / "bin" / "iscc"
    compiler.parent.mkdir()
    # Makes what iscc would, by the switch and the script that it is given, and keeps that script.
    compiler.write_text(
        "#!/bin/sh\n"
        'name=$(sed -n "s/^OutputBaseFilename=//p" "$3")\n'
        'cp "$3" "${2#/O}/seen.iss"\n'
        '[ "$1" = /Qp ] && : > "${2#/O}/$name.exe"\n'
    )
    compiler.chmod(0o755)
    monkeypatch.setenv("PATH", f"{compiler.parent}:/usr/bin:/bin")
    monkeypatch.setattr(inno, "BUILD", tmp_path / "build")
    monkeypatch.setattr(inno, "ICON", tmp_path / "build" / "icons" / "linepaint.ico")
    out = tmp_path / "out"
    out.mkdir()

    path = inno.build_setup(bundle, out)

    assert path == out / f"linepaint-{PRODUCT.version}-windows-x86_64-setup.exe"
    assert path.is_file()
    assert inno.ICON.is_file(), "the script names it"
    assert (out / "seen.iss").read_bytes().startswith(b"\xef\xbb\xbf; linepaint"), "without it, © is read wrongly"


def test_without_inno_setup_it_says_what_to_install(
    bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(BuildError, match="Inno Setup 6"):
        inno.build_setup(bundle, tmp_path)
