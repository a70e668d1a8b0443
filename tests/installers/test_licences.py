"""What a bundle holds and under which licences: nothing in it is left out, and nothing is told that is not in it."""

import json
import shutil
from pathlib import Path

import pytest

from installers.errors import BuildError
from installers.papers import licences
from installers.papers.compatibility import doubt
from installers.papers.components import Component, Contents, Kind, contents, system, texts, vendored
from installers.papers.components.debian_licences import library_licence
from linepaint.credits import from_json
from tests.installers.frozen_folder import Frozen, distribution, make


@pytest.fixture
def frozen(tmp_path: Path) -> Frozen:
    return make(tmp_path)


def found_in(frozen: Frozen) -> dict[str, Component]:
    found = contents(frozen.bundle, [frozen.site_packages])
    assert not found.unowned
    return {each.name: each for each in found.components}


def test_every_file_of_a_bundle_belongs_to_one_component(frozen: Frozen) -> None:
    owned = [file for each in found_in(frozen).values() for file in each.files]
    files = [path for path in frozen.bundle.rglob("*") if path.is_file() and not path.is_symlink()]
    assert sorted(owned) == sorted(path.relative_to(frozen.bundle).as_posix() for path in files)


def test_a_bundle_holds_what_was_frozen_and_nothing_else(frozen: Frozen) -> None:
    distribution(frozen.site_packages, "unused", "1", "License: MIT", {"unused.py": b""})
    names = {
        "linepaint",
        "Checkpoint live",
        "Samples",
        "CPython",
        "PyInstaller bootloader",
        "Alpha",
        "bet.a",
        "FreeType",
    }
    assert set(found_in(frozen)) == names


def test_a_distribution_is_told_with_its_licence_and_what_it_needs(frozen: Frozen) -> None:
    found = found_in(frozen)
    alpha = found["Alpha"]
    assert (alpha.version, alpha.licence, alpha.purl) == ("1.5", "MIT", "pkg:pypi/alpha@1.5")
    assert alpha.texts == ("Alpha's own words",)
    assert set(alpha.requires) == {found["bet.a"].key, found["FreeType"].key}
    assert [part.name for part in alpha.parts] == ["crate"]


def test_a_distribution_without_a_text_has_its_licences_standard_one(frozen: Frozen) -> None:
    lesser, greater = found_in(frozen)["bet.a"].texts
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in lesser
    assert "GNU GENERAL PUBLIC LICENSE" in greater


def test_a_library_in_a_wheel_is_told_with_the_wheels_text_and_its_own_version(frozen: Frozen) -> None:
    library = found_in(frozen)["FreeType"]
    assert library.kind is Kind.LIBRARY
    assert (library.version, library.licence) == ("2.14", "FTL")
    assert library.texts == ("Alpha's own words",)


def test_python_and_the_bootloader_are_those_that_were_frozen(frozen: Frozen) -> None:
    found = found_in(frozen)
    assert found["CPython"].version == "3.11.99"
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in found["CPython"].texts[0]
    assert found["PyInstaller bootloader"].texts == ("GPL with an exception",)


def test_a_checkpoint_is_told_by_its_header(frozen: Frozen) -> None:
    checkpoint = found_in(frozen)["Checkpoint live"]
    assert checkpoint.licence == "GPL-3.0-or-later"
    assert (checkpoint.facts["mode"], checkpoint.facts["steps"]) == ("lineart", "7")
    assert "Own <drawings>: 12 pictures. CC0-1.0" in checkpoint.texts[0]
    assert "GNU GENERAL PUBLIC LICENSE" in checkpoint.texts[1]


def test_a_file_of_nobody_stops_the_build(frozen: Frozen) -> None:
    frozen.add("_internal/stranger.so")
    frozen.add("notes.txt")
    assert contents(frozen.bundle, [frozen.site_packages]).unowned == ("_internal/stranger.so", "notes.txt")
    with pytest.raises(BuildError, match=r"2 files .*stranger\.so.*installers/papers/components"):
        licences.collect(frozen.bundle, [frozen.site_packages])


def test_a_component_without_a_text_stops_the_build(frozen: Frozen) -> None:
    distribution(frozen.site_packages, "silent", "1", "License-Expression: MIT", {"silent.py": b""})
    frozen.add("_internal/silent.pyc")
    with pytest.raises(BuildError, match="no licence text for silent"):
        licences.collect(frozen.bundle, [frozen.site_packages])


def test_the_program_and_people_read_the_same(frozen: Frozen) -> None:
    notices = licences.collect(frozen.bundle, [frozen.site_packages])
    for_program, for_people = licences.write_notices(notices, frozen.bundle)
    assert for_program == frozen.bundle / "_internal/linepaint/resources/licences.json"
    assert from_json(for_program.read_text("utf-8")) == notices
    text = for_people.read_text("utf-8")
    assert all(f"{notice.name} {notice.version}" in text for notice in notices)
    assert text.count("Alpha's own words") == 1
    assert "separate shared libraries" in text
    before = {path: path.read_bytes() for path in (for_program, for_people)}
    again = licences.collect(frozen.bundle, [frozen.site_packages])
    licences.write_notices(again, frozen.bundle)
    assert {path: path.read_bytes() for path in before} == before
    assert not list(frozen.bundle.rglob("*.new"))


def test_what_stands_in_for_a_library_is_ours(frozen: Frozen) -> None:
    library = "opencv_python_headless.libs/libavutil-befbbc48.so.60.26.101"
    texts_of_it = {"opencv_python_headless-5.dist-info/LICENSE": b"Apache", "cv2.py": b""}
    distribution(frozen.site_packages, "opencv_python_headless", "5", "License: MIT", {library: b"", **texts_of_it})
    frozen.add(f"_internal/{library}", b"small")
    frozen.add("_internal/cv2.pyc")
    assert f"_internal/{library}" in found_in(frozen)["linepaint"].files
    frozen.add(f"_internal/{library}", b"FFmpeg version 8.1.1\0" + bytes(70_000))
    ffmpeg = found_in(frozen)["FFmpeg"]
    assert (ffmpeg.version, ffmpeg.licence) == ("8.1.1", "LGPL-2.1-or-later")
    assert "Version 2.1, February 1999" in ffmpeg.texts[0]


def test_what_is_compiled_into_a_file_of_a_wheel_is_told(frozen: Frozen) -> None:
    library = "torch/lib/libtorch_cpu.so"
    told = {"torch-2.dist-info/LICENSE": b"BSD", library: b""}
    distribution(frozen.site_packages, "torch", "2", "License-Expression: BSD-3-Clause", told)
    frozen.add(f"_internal/{library}", b"nothing of others")
    assert "Intel oneMKL" not in found_in(frozen)
    frozen.add(f"_internal/{library}", b"..Intel oneMKL FATAL ERROR..")
    found = found_in(frozen)
    assert "No reverse engineering" in found["Intel oneMKL"].texts[0]
    assert found["Intel oneMKL"].key in found["torch"].requires
    assert set(licences.doubts(list(found.values()))) == {"Intel oneMKL"}


def test_a_library_of_the_system_is_told_as_its_package(frozen: Frozen, monkeypatch: pytest.MonkeyPatch) -> None:
    package = system.Package("libnew1", "1:2.0-3", "amd64", "https://home", "new", "1:2.0-3")
    monkeypatch.setattr(system, "packages_of", lambda names: dict.fromkeys(set(names) & {"libnew.so.1"}, package))
    monkeypatch.setattr(system, "DOCUMENTS", frozen.site_packages)
    (frozen.site_packages / "libnew1").mkdir()
    (frozen.site_packages / "libnew1" / "copyright").write_text("Format: x\n\nFiles: *\nLicense: MIT\n", "utf-8")
    frozen.add("_internal/libnew.so.1")
    found = found_in(frozen)["libnew1"]
    assert (found.version, found.licence, found.files) == ("1:2.0-3", "MIT", ("_internal/libnew.so.1",))
    assert found.purl.startswith("pkg:deb/debian/libnew1@1:2.0-3?arch=amd64")
    assert found.origin == "https://sources.debian.org/src/new/1:2.0-3/"


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="a system without Debian's package management")
def test_this_systems_own_libraries_are_found() -> None:
    found = system.packages_of(["libc.so.6", "libno-such-thing.so.9"])
    assert set(found) == {"libc.so.6"}
    assert found["libc.so.6"].name == "libc6"
    (component,) = system.components({"_internal/libc.so.6": found["libc.so.6"]})
    assert component.texts[0]
    assert any("GNU LESSER GENERAL PUBLIC LICENSE" in text for text in component.texts[1:])


def test_what_dpkg_prints_is_understood() -> None:
    places = (
        "libx11-6:amd64: /usr/lib/x86_64-linux-gnu/libX11.so.6\n"
        "diversion by other from: /lib/libz.so.1\n"
        "zlib1g:amd64, zlib1g:i386: /lib/x86_64-linux-gnu/libz.so.1\n"
    )
    assert system.owners(places) == {"libX11.so.6": "libx11-6:amd64", "libz.so.1": "zlib1g:amd64"}


def test_a_copyright_file_for_machines_names_the_licences_of_its_sources_only() -> None:
    text = (
        "Format: x\n\nFiles: *\nLicense: MIT\n\nFiles: a b\nLicense: GPL-2+\n text\n\nFiles: debian/*\nLicense: ISC\n"
    )
    assert system.licence_of(text) == "MIT, GPL-2+"
    assert system.licence_of("Copyright somebody") == "see its text"


def test_the_licences_of_debian_libraries_are_expressions_without_doubt() -> None:
    names = ("libx11-6", "libglib2.0-0", "libstdc++6", "libssl3", "libdbus-1-3", "libcairo2", "libffi8")
    assert {name: doubt(library_licence(name)) for name in names} == dict.fromkeys(names, "")
    assert library_licence("libnobody-knows1") == ""


@pytest.mark.parametrize(
    ("licence", "is_doubtful"),
    [
        ("MIT", False),
        ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", False),
        ("GPL-2.0-only", True),
        ("MIT AND OpenSSL", True),
        ("MIT OR OpenSSL", False),
        ("GPL-2.0-or-later WITH Bootloader-exception", False),
        ("LicenseRef-NVIDIA-Proprietary", True),
        ("see its text", True),
        ("", True),
    ],
)
def test_licences_that_do_not_go_with_the_gpl_are_doubtful(licence: str, is_doubtful: bool) -> None:
    assert bool(doubt(licence)) == is_doubtful


def test_every_text_that_is_named_is_there_and_every_file_is_named() -> None:
    named = {name for names in texts.FILES.values() for name in names}
    named |= {name for each in vendored.KNOWN for name in each.own_texts}
    assert named == {path.stem for path in texts.FOLDER.glob("*.txt")}
    assert all(len(texts.text(name)) > 500 for name in named)


def test_known_libraries_are_told_from_the_wheels_own_files() -> None:
    known = {
        "PySide6/Qt/lib/libQt6Core.so.6": "Qt",
        "PySide6/Qt/lib/libicudata.so.73": "ICU",
        "PySide6/QtCore.abi3.so": None,
        "pillow.libs/libpng16-1d1ba958.so.16.58.0": "libpng",
        "numpy.libs/libscipy_openblas64_-32a4b2a6.so": "OpenBLAS",
        "torch/lib/libgomp.so.1": "libgomp",
        "torch/lib/libtorch_cpu.so": None,
        "qtawesome/fonts/materialdesignicons6-webfont-6.9.96.ttf": "Material Design Icons",
        "pillow.libs/libunheard-of.so.1": None,
    }
    found = {file: vendored.known(file) for file in known}
    assert {file: what and what.name for file, what in found.items()} == known


def test_an_unknown_library_in_a_wheel_stops_the_build(frozen: Frozen) -> None:
    distribution(frozen.site_packages, "gamma", "1", "License: MIT", {"gamma.libs/libunheard-of.so.1": b""})
    frozen.add("_internal/gamma.libs/libunheard-of.so.1")
    assert contents(frozen.bundle, [frozen.site_packages]).unowned == ("_internal/gamma.libs/libunheard-of.so.1",)


def test_checks_complain_about_nothing_where_all_is_known() -> None:
    component = Component("a", "1", Kind.PACKAGE, "MIT", ("text",))
    assert licences.checked(Contents((component,), ())) == (component,)
    assert json.loads(json.dumps(licences.notice_of(component).kind)) == "package"
