"""Writes the figures of the last build into docs/packaging.md.

    python -m installers.report

They stand between two comments there, and come from `sizes.json` of the variant that LINEPAINT_VARIANT names.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

from .errors import BuildError
from .left_out import LEFT_OUT
from .places import DIST, ROOT
from .sizes import MEGABYTE, Sizes, read_sizes
from .variant import chosen_name

PAGE = ROOT / "docs" / "packaging.md"
BEGINNING, END = "<!-- figures -->\n", "<!-- end of figures -->\n"
LARGEST_PACKAGES = 12


def main() -> int:
    """Write them; the exit status."""
    try:
        path = DIST / chosen_name() / "sizes.json"
        if not path.is_file():
            raise BuildError(f"There is no {path.name} in {path.parent}; run make bundle first.")
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    PAGE.write_text(with_figures(PAGE.read_text("utf-8"), read_sizes(path)), "utf-8")
    return 0


def with_figures(page: str, sizes: Sizes) -> str:
    """The page with these figures in the place of those that it has."""
    before, _, rest = page.partition(BEGINNING)
    _, _, after = rest.partition(END)
    return before + BEGINNING + "\n" + "\n".join(tables(sizes)) + "\n" + END + after


def tables(sizes: Sizes) -> list[str]:
    """The lines of the tables."""
    reasons = {part.name: part.why for part in LEFT_OUT}
    return [
        "| built | MB |",
        "|---|---|",
        f"| the folder, unpacked | {_megabytes(sizes.unpacked)} |",
        *(f"| `{name}` | {_megabytes(size)} |" for name, size in sizes.artifacts.items() if size > MEGABYTE),
        "",
        "| left out | why | MB |",
        "|---|---|---|",
        *(f"| {name} | {reasons[name]} | {_megabytes(size)} |" for name, size in _largest(sizes.left_out)),
        "",
        "| made smaller | MB |",
        "|---|---|",
        *(f"| {name} | {_megabytes(size)} |" for name, size in _largest(sizes.slimmed)),
        "",
        "| what is left of | MB |",
        "|---|---|",
        *(f"| {name} | {_megabytes(size)} |" for name, size in _largest(sizes.packages)[:LARGEST_PACKAGES]),
        "",
        "| step | seconds |",
        "|---|---|",
        *(f"| {name} | {seconds:.0f} |" for name, seconds in sizes.seconds.items()),
    ]


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.1f}"


def _largest(sizes: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(sizes.items(), key=lambda item: -item[1])


if __name__ == "__main__":
    sys.exit(main())
