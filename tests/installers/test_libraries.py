"""What is done to libraries on Linux: stand-ins, orphans, stripping, on libraries that are made here."""

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from installers.slimming import stand_ins
from installers.slimming.elf import Symbol, defined, elf_files, is_loadable, needed, run_paths, undefined
from installers.slimming.orphans import remove_orphans
from installers.slimming.run_paths import forget_build_machine
from installers.slimming.stand_ins import StandIn, assembly, can_stand_in, put_stand_ins, version_script
from installers.slimming.stripping import strip_folder
from installers.slimming.twins import link_twins

TOOLS = can_stand_in() and all(shutil.which(name) for name in ("gcc", "readelf", "nm", "strip"))
pytestmark = pytest.mark.skipif(not TOOLS, reason="libraries are made smaller on Linux with gcc and binutils only")


def compile_library(path: Path, code: str, *flags: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    source = path.with_suffix(".c")
    source.write_text(code)
    flags = ("-shared", "-fPIC", "-g", f"-Wl,-soname,{path.name}", "-o", path, source, *flags)
    subprocess.run(["gcc", *map(str, flags)], check=True, capture_output=True)
    source.unlink()
    return path


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A library that needs two others, one of them with versions, as cv2 needs FFmpeg and OpenBLAS."""
    libs = tmp_path / "opencv.libs"
    versions = tmp_path / "versions"
    versions.write_text("FILM_1 { global: *; };\n")
    filler = "static char filler[200000] = {1}; char *weight(void) { return filler; }\n"
    film = compile_library(
        libs / "libfilm-1.so",
        "int play(int x) { return x; }\n" + filler,
        f"-Wl,--version-script,{versions}",
        "-Wl,-z,nodelete",
    )
    blas = compile_library(libs / "libblas-1.so", "int solve(int a, int b) { return 0; }\n" + filler)
    compile_library(tmp_path / "science.libs" / "libscience.so", "int my_solve(int a, int b) { return a * 10 + b; }\n")
    compile_library(libs / "liblonely.so", "int alone(void) { return 1; }\n")
    code = (
        "int play(int); int solve(int, int);\n"
        "int film(void) { return play(7); } int sum(void) { return solve(4, 2); }\n"
    )
    compile_library(tmp_path / "cv2" / "cv2.abi3.so", code, film, blas, "-Wl,-rpath,$ORIGIN/../opencv.libs")
    versions.unlink()
    return tmp_path


@pytest.fixture
def replaced(packages: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(
        stand_ins,
        "STAND_INS",
        (
            StandIn("opencv.libs/libfilm-*", "no films"),
            StandIn("opencv.libs/libblas-*", "another has it", forwards_to="science.libs/lib*", prefix="my_"),
        ),
    )
    sizes = put_stand_ins(packages)
    assert set(sizes) == {"libfilm-1.so", "libblas-1.so"}
    assert all(saved > 150_000 for saved in sizes.values())
    return packages


def answers(packages: Path) -> str:
    """What the functions return, in a process of its own: a library that was loaded once stays loaded."""
    code = (
        "import ctypes, os, sys; library = ctypes.CDLL(sys.argv[1], os.RTLD_NOW)\nprint(library.film(), library.sum())"
    )
    child = subprocess.run(
        [sys.executable, "-c", code, packages / "cv2" / "cv2.abi3.so"], capture_output=True, text=True, check=True
    )
    return child.stdout.strip()


def test_stand_ins_do_nothing_or_what_another_library_does(packages: Path, request: pytest.FixtureRequest) -> None:
    assert answers(packages) == "7 0"
    request.getfixturevalue("replaced")
    assert answers(packages) == "0 42"


def test_a_stand_in_offers_what_is_asked_of_it_and_no_more(replaced: Path) -> None:
    assert defined(replaced / "opencv.libs" / "libfilm-1.so") - {"FILM_1"} == {"play"}
    assert Symbol("play", "FILM_1") in undefined(replaced / "cv2" / "cv2.abi3.so")


def test_a_library_that_lacks_a_function_is_not_forwarded_to(packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lacking = StandIn("opencv.libs/libblas-*", "another has it", forwards_to="science.libs/lib*", prefix="your_")
    monkeypatch.setattr(stand_ins, "STAND_INS", (lacking,))
    before = (packages / "opencv.libs" / "libblas-1.so").read_bytes()
    with pytest.raises(Exception, match=r"libscience\.so lacks your_solve"):
        put_stand_ins(packages)
    assert (packages / "opencv.libs" / "libblas-1.so").read_bytes() == before


def test_functions_without_versions_need_none() -> None:
    assert version_script([Symbol("a", ""), Symbol("b", "")]) == "{ global: a; b; local: *; };\n"
    assert "jmp *x_a@GOTPCREL(%rip)" in assembly([Symbol("a", "")], {"a": "x_a"})


def test_libraries_that_nobody_needs_go_and_links_to_them(packages: Path) -> None:
    link = packages / "liblonely.so"
    link.symlink_to("opencv.libs/liblonely.so")
    removed = remove_orphans(packages, [])
    # libscience too: nothing needs it before it stands in for another.
    assert set(removed) == {"liblonely.so", "libscience.so"}
    assert not link.is_symlink()
    assert answers(packages) == "7 0"
    assert all(
        (packages / "opencv.libs" / name).exists() for name in needed(packages / "cv2" / "cv2.abi3.so") if "-1" in name
    )


def test_the_same_library_twice_is_kept_once(packages: Path) -> None:
    twin = packages / "more.libs" / "libblas-1.so"
    twin.parent.mkdir()
    shutil.copy(packages / "opencv.libs" / "libblas-1.so", twin)
    other = packages / "more.libs" / "libfilm-1.so"
    shutil.copy(packages / "science.libs" / "libscience.so", other)
    assert link_twins(packages) == twin.stat().st_size
    paths = [packages / "more.libs" / "libblas-1.so", packages / "opencv.libs" / "libblas-1.so"]
    assert sorted(path.is_symlink() for path in paths) == [False, True]
    assert paths[0].samefile(paths[1])
    assert not other.is_symlink()
    assert answers(packages) == "7 0"


def test_libraries_look_in_their_own_folder_and_not_in_one_of_the_building_machine(packages: Path) -> None:
    library = packages / "science.libs" / "libscience.so"
    compile_library(
        library, "int my_solve(int a, int b) { return a * 10 + b; }\n", "-Wl,-rpath,/home/builder/python/lib"
    )
    other = compile_library(
        packages / "science.libs" / "libother.so", "", "-Wl,-rpath,/home/builder/lib:$ORIGIN/../a.libs"
    )
    assert run_paths(library) == ["/home/builder/python/lib"]
    assert forget_build_machine(packages) == 2
    assert run_paths(library) == ["$ORIGIN"]
    assert run_paths(other) == ["$ORIGIN/../a.libs"]
    assert run_paths(packages / "cv2" / "cv2.abi3.so") == ["$ORIGIN/../opencv.libs"]
    assert b"/home/builder" not in library.read_bytes()
    assert ctypes.CDLL(os.fspath(library)).my_solve(4, 2) == 42


def test_stripped_libraries_still_load(packages: Path) -> None:
    library = packages / "cv2" / "cv2.abi3.so"
    before = sum(path.stat().st_size for path in elf_files(packages))
    mode = library.stat().st_mode
    saved = strip_folder(packages)
    assert saved == before - sum(path.stat().st_size for path in elf_files(packages)) > 0
    assert is_loadable(library)
    assert library.stat().st_mode == mode
    assert answers(packages) == "7 0"
    assert not list(packages.rglob("*.stripped")) + list(packages.rglob("*.new"))


def test_a_library_whose_segments_are_out_of_place_is_seen(packages: Path) -> None:
    library = packages / "science.libs" / "libscience.so"
    assert is_loadable(library)
    content = bytearray(library.read_bytes())
    # The first program header of a 64-bit file lies at 64; its offset in the file at 8 within.
    for header in range(64, 64 + 56 * int.from_bytes(content[56:58], "little"), 56):
        if int.from_bytes(content[header : header + 4], "little") == 1:
            content[header + 8] ^= 8
    library.write_bytes(content)
    assert not is_loadable(library)
    with pytest.raises(OSError, match="page-aligned"):
        ctypes.CDLL(os.fspath(library))
