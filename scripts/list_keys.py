"""Writes docs/keys.md from the application's own table of actions: `make docs`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from linepaint.ui.actions import ACTIONS, CATEGORIES
from linepaint.ui.dialogs.shortcuts_dialog import CANVAS_GESTURES

PAGE = Path(__file__).resolve().parent.parent / "docs" / "keys.md"

HEAD = """# Keys

Krita's keys where Krita has one. **Help > Keyboard Shortcuts** (F1) lists them in the application.

<!-- Written by `make docs` from linepaint/ui/actions.py; edit that instead. -->
"""


def page() -> str:
    """The page as Markdown."""
    parts = [HEAD]
    for category, title in CATEGORIES.items():
        rows = [
            (spec.plain_text, " or ".join(f"`{key}`" for key in spec.shortcuts), spec.tip)
            for spec in ACTIONS
            if spec.category == category and spec.shortcuts
        ]
        if rows:
            parts.append(_section(title, ("Action", "Keys", "What it does"), rows))
    parts.append(_section("On the canvas", ("Action", "How"), CANVAS_GESTURES))
    return "\n".join(parts)


def _section(title: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [f"## {title}", "", _row(head), _row(("---",) * len(head)), *(_row(row) for row in rows), ""]
    return "\n".join(lines)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def main() -> int:
    """Write the page; the exit status."""
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
