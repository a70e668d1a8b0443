"""The setup program for Windows: a script for Inno Setup 6, and what Inno Setup makes of it.

    python -m installers.windows.inno BUNDLE

writes the script for a frozen folder into build/bundle. Making the program itself takes Inno Setup's iscc, on Windows.
What never changes of the script is in installers/windows/linepaint.iss; @{name} stands there for what is put in here.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Template

from ..commands import run
from ..errors import BuildError
from ..icons import write_ico
from ..places import BUILD, ROOT
from ..product import PRODUCT, FileType, Program
from .version_resource import version_numbers

APP_ID = "69A2BCA2-E4A0-4939-8215-ECCCBA76900D"
"""By this, Windows knows all versions for the same program. It never changes, or they would lie side by side."""

TEMPLATE = Path(__file__).parent / "linepaint.iss"
ICON = BUILD / "icons" / "linepaint.ico"


class _Script(Template):
    """$ and # mean something in Inno Setup's scripts; @ does not."""

    delimiter = "@"


def render(bundle: Path, package: str = PRODUCT.name) -> str:
    """The script for a frozen folder. Raises BuildError where the folder lacks a program for Windows."""
    for program in PRODUCT.programs:
        if not (bundle / _file(program)).is_file():
            raise BuildError(f"{bundle} has no {_file(program)}; freeze the programs on Windows first (make bundle).")
    window = next(program for program in PRODUCT.programs if program.windowed)
    trainer = next(program for program in PRODUCT.programs if not program.windowed)
    bundle = bundle.resolve()
    return _Script(TEMPLATE.read_text("utf-8")).substitute(
        app_id="{{" + APP_ID + "}",
        title=_plain(PRODUCT.title),
        version=_plain(PRODUCT.version),
        numbers=".".join(str(number) for number in version_numbers(PRODUCT.version)),
        publisher=_expanded(PRODUCT.publisher),
        copyright=_expanded(PRODUCT.copyright),
        summary=_quotable(_expanded(PRODUCT.summary)),
        homepage=f"AppPublisherURL={_expanded(PRODUCT.homepage)}\n" if PRODUCT.homepage else "",
        bundle=_line(str(bundle)),
        licence=_line(str(ROOT / "LICENSE")),
        icon=_line(str(ICON)),
        out=_line(str(bundle.parent)),
        setup_name=_plain(f"{package}-{PRODUCT.version}-windows-x86_64-setup"),
        program=_plain(_file(window)),
        trainer=_plain(_file(trainer)),
        trainer_name=_plain(trainer.name),
        trainer_summary=_quotable(_expanded(trainer.summary)),
        files="\n".join(_files(bundle)),
        registry="\n".join(row for kind in PRODUCT.file_types for row in _registry(kind, _file(window))),
        releases="\n".join(f"    Release('.{ending}', '{_prog_id(kind)}');" for kind, ending in _native_endings()),
    )


def write_script(bundle: Path, package: str = PRODUCT.name) -> Path:
    """Write the script, and the icon that it names, into build/bundle; its path. Raises BuildError, OSError."""
    text = render(bundle, package)
    ICON.parent.mkdir(parents=True, exist_ok=True)
    write_ico(ICON)
    path = BUILD / f"{package}.iss"
    # With a mark at its beginning, by which Inno Setup knows that it is UTF-8.
    path.write_text(text, "utf-8-sig")
    return path


def build_setup(bundle: Path, out: Path, package: str = PRODUCT.name) -> Path:
    """Make the setup program of a frozen folder in the folder `out`; its path. Raises BuildError."""
    compiler = shutil.which("iscc")
    if compiler is None:
        raise BuildError("The build needs iscc; install Inno Setup 6.3 or later, and put its folder on the PATH.")
    run([compiler, "/Qp", f"/O{out.resolve()}", write_script(bundle, package)])
    return out / f"{package}-{PRODUCT.version}-windows-x86_64-setup.exe"


def _file(program: Program) -> str:
    return f"{program.name}.exe"


def _prog_id(kind: FileType) -> str:
    return f"{PRODUCT.name}.{kind.endings[0]}"


def _native_endings() -> Iterator[tuple[FileType, str]]:
    return ((kind, ending) for kind in PRODUCT.file_types if kind.native for ending in kind.endings)


def _files(bundle: Path) -> Iterator[str]:
    """A row for each file and folder of the bundle; its folder is the script's SourceDir."""
    for path in sorted(bundle.iterdir()):
        name = _quotable(_line(path.name))
        if path.is_dir():
            target = _quotable(_expanded(path.name))
            flags = "ignoreversion recursesubdirs createallsubdirs"
            yield f'Source: "{name}\\*"; DestDir: "{{app}}\\{target}"; Flags: {flags}'
        else:
            yield f'Source: "{name}"; DestDir: "{{app}}"; Flags: ignoreversion'


def _registry(kind: FileType, program: str) -> Iterator[str]:
    """What makes Windows offer the program for a kind of file, and open the native kind by it if no other does."""
    prog_id, command = _prog_id(kind), _quotable(f'"{{app}}\\{program}" "%1"')
    own = f"Software\\Classes\\{prog_id}"
    yield _row(own, _quotable(_expanded(kind.name)), flags="uninsdeletekey")
    yield _row(f"{own}\\DefaultIcon", f"{{app}}\\{program},0")
    yield _row(f"{own}\\shell\\open\\command", command)
    for ending in kind.endings:
        key = f"Software\\Classes\\.{ending}"
        if kind.native:
            # Taken away row by row from the last to the first: the key goes when all that was in it is gone.
            check = f"IsFree('.{ending}', '{prog_id}')"
            yield f'Root: HKA; Subkey: "{key}"; ValueType: none; Flags: uninsdeletekeyifempty'
            yield f"{_row(key, prog_id)}; Check: {check}"
        yield _row(f"{key}\\OpenWithProgids", "", name=prog_id, flags="uninsdeletevalue uninsdeletekeyifempty")


def _row(key: str, data: str, *, name: str = "", flags: str = "") -> str:
    """A value of the registry, its data ready to stand between quotes."""
    row = f'Root: HKA; Subkey: "{key}"; ValueType: string; ValueName: "{name}"; ValueData: "{data}"'
    return f"{row}; Flags: {flags}" if flags else row


def _quotable(text: str) -> str:
    """As it stands between quotes."""
    return text.replace('"', '""')


def _expanded(text: str) -> str:
    """As it stands where setup expands constants such as {app}."""
    return _line(text).replace("{", "{{")


def _plain(name: str) -> str:
    """A name that means the same wherever it stands in a script."""
    if not re.fullmatch(r"[\w.+-]+", name):
        raise BuildError(f"{name!r} cannot be part of a setup script; use letters, digits, dots and dashes only.")
    return name


def _line(text: str) -> str:
    """A text that stays on its line, and that Inno Setup's preprocessor does not take for its own."""
    if "{#" in text or any(ord(letter) < 32 for letter in text):
        raise BuildError(
            f"{text!r} cannot be part of a setup script: it has a line break, another control sign or {{#."
        )
    return text


def main() -> int:
    """Write the script for the folder that the command line names; the exit status."""
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m installers.windows.inno BUNDLE")
    try:
        print(write_script(Path(sys.argv[1])))
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
