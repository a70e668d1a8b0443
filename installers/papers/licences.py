"""The licences of all that is in a bundle: for the page of licences in About, and as a text beside the programs.

    python -m installers.papers.licences BUNDLE SITE_PACKAGES…

writes both into the frozen folder, and fails where something in it belongs to nothing, or comes without its licence.
"""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Sequence
from pathlib import Path

from linepaint.credits import FILE_NAME, Notice, to_json

from ..errors import BuildError
from ..product import PRODUCT
from .compatibility import doubt
from .components import Component, Contents, contents
from .components.own import RESOURCES

JSON_PLACE = f"_internal/{RESOURCES}{FILE_NAME}"
"""Where the program looks for it, from the top of the bundle."""

TEXT_NAME = "THIRD-PARTY.txt"
WIDTH = 100

INTRODUCTION = f"""\
{PRODUCT.title} {PRODUCT.version} and what it is made of
{"=" * len(f"{PRODUCT.title} {PRODUCT.version} and what it is made of")}

{PRODUCT.title} is free software under the GNU General Public License, version 3 or later. Its source is published
wherever this program is. This folder also holds works of others, listed below, each under its own licence. The numbers
in brackets tell which of the texts after the list apply. The program shows the same under Help > About > Licences.

Libraries under the GNU Lesser General Public License, among them Qt and PySide6, were built from unchanged source and
are separate shared libraries in the folder _internal: put a version that you changed, with the same interface, in the
place of a library, and the programs use it. You may debug and reverse engineer {PRODUCT.title} for that. The source of
each is to be had where its entry says, in the version that the entry tells.
"""


def collect(bundle: Path, site_packages: Sequence[Path]) -> list[Notice]:
    """The notices of all in a bundle that was frozen from the packages in `site_packages`.

    Raises BuildError if something in it belongs to nothing, or comes without the text of its licence.
    """
    return [notice_of(each) for each in checked(contents(bundle, site_packages))]


def checked(found: Contents) -> tuple[Component, ...]:
    """The components, of which all is known. Raises BuildError."""
    if found.unowned:
        listed = ", ".join(found.unowned[:10])
        raise BuildError(
            f"{len(found.unowned)} files of the bundle belong to no known component ({listed}); leave them out, or say "
            "in installers/papers/components whose they are."
        )
    if without := [each.name for each in found.components if not any(each.texts)]:
        raise BuildError(
            f"There is no licence text for {', '.join(without)}; put it into installers/papers/texts and name it in "
            "installers/papers/components."
        )
    return found.components


def notice_of(component: Component) -> Notice:
    """What the program tells of a component."""
    parts = [f"{part.name} {part.version}".strip() for part in component.parts]
    contains = f"Compiled into it: {', '.join(parts)}." if parts else ""
    return Notice(
        name=component.name,
        version=component.version,
        licence=component.licence,
        kind=component.kind.value,
        origin=component.origin,
        note=" ".join(filter(None, (component.note, contains))),
        texts=component.texts,
    )


def doubts(components: Sequence[Component]) -> dict[str, str]:
    """Why a component may not be distributed as a part of a program under the GPL, by the component's name."""
    found = {each.name: doubt(each.licence) for each in components}
    return {name: why for name, why in found.items() if why}


def as_text(notices: Sequence[Notice]) -> str:
    """What people read: the list of all parts, then every text once, by number."""
    numbers: dict[str, int] = {}
    entries = []
    for notice in notices:
        cited = [numbers.setdefault(text, len(numbers) + 1) for text in notice.texts]
        lines = [f"{notice.name} {notice.version}".strip(), f"    {notice.licence} [{', '.join(map(str, cited))}]"]
        lines += [f"    {notice.origin}"] if notice.origin else []
        lines += textwrap.wrap(notice.note, WIDTH, initial_indent="    ", subsequent_indent="    ")
        entries.append("\n".join(lines))
    texts = [f"{f'[{number}] ':=<{WIDTH}}\n\n{text}" for text, number in numbers.items()]
    return "\n\n".join([INTRODUCTION, *entries, *texts]) + "\n"


def write_notices(notices: Sequence[Notice], bundle: Path) -> list[Path]:
    """Write the notices into the bundle, for the program and for people; the paths."""
    wanted = {bundle / JSON_PLACE: to_json(notices), bundle / TEXT_NAME: as_text(notices)}
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}.new")
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(path)
    return list(wanted)


def main() -> int:
    """Write both and tell what is doubtful; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m installers.papers.licences", description=__doc__)
    parser.add_argument("bundle", type=Path, help="the folder that was frozen")
    parser.add_argument("site_packages", type=Path, nargs="+", help="the folders of the packages it was frozen from")
    options = parser.parse_args()
    try:
        for path in write_notices(collect(options.bundle, options.site_packages), options.bundle):
            print(f"{path}: {path.stat().st_size / 1000:.0f} kB")
    except BuildError as error:
        raise SystemExit(str(error)) from error
    for name, why in doubts(contents(options.bundle, options.site_packages).components).items():
        print(f"{name}: {why}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
