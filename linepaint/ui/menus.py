"""Where the actions sit: menu bar and tool bars as nested literals of action ids."""

from __future__ import annotations

from typing import Final

SEPARATOR: Final = "-"

# A menu is (title, entries). An entry is an action id, SEPARATOR, a menu, or "<slot>" for a menu filled
# while the application runs.
Menu = tuple[str, tuple["str | Menu", ...]]

# fmt: off
MENU_BAR: Final[tuple[Menu, ...]] = (
    ("&File", (
        "file.open", ("Ope&n As", ("file.open_as_lines", "file.open_as_gray", "file.open_as_color")),
        "<recent>", "<samples>", "file.paste", SEPARATOR,
        "file.save", "file.save_as", "file.save_incremental", "file.export", SEPARATOR,
        "file.close", "file.quit",
    )),
    ("&Edit", (
        "edit.undo", "edit.redo", SEPARATOR,
        "edit.clear_hints", SEPARATOR,
        "color.swap", "color.reset",
    )),
    ("&View", (
        "view.zoom_in", "view.zoom_out", "view.actual_size", "view.fit", SEPARATOR,
        "view.rotate_left", "view.rotate_right", "view.reset_rotation", "view.mirror", SEPARATOR,
        "view.suggestions", SEPARATOR,
        "view.canvas_only", "view.full_screen", SEPARATOR,
        ("&Theme", ("view.theme_system", "view.theme_light", "view.theme_dark")),
        "<panels>", "view.reset_panels",
    )),
    ("&Layer", (
        "layer.show_lines", "layer.show_hints", "layer.show_color", "layer.show_paper", SEPARATOR,
        "layer.hints_fainter", "layer.hints_stronger", SEPARATOR,
        "layer.levels", "layer.paper_color",
    )),
    ("&Tools", (
        "tool.hint-brush", "tool.hint-eraser", "tool.dot", "tool.eyedropper", "tool.hand", SEPARATOR,
        "brush.shrink", "brush.grow", "brush.pressure", SEPARATOR,
        "preview.refresh", "preview.new_seed", "preview.checkpoint",
    )),
    ("&Help", ("help.shortcuts", "help.about")),
)

# (object name, title, area, entries)
TOOL_BARS: Final[tuple[tuple[str, str, str, tuple[str, ...]], ...]] = (
    ("tools", "Tools", "left", (
        "tool.hint-brush", "tool.hint-eraser", "tool.dot", "tool.eyedropper", "tool.hand", SEPARATOR,
        "color.swap", "color.reset", SEPARATOR,
        "edit.undo", "edit.redo", SEPARATOR,
        "view.zoom_in", "view.zoom_out", "view.fit", "view.actual_size", "view.mirror", SEPARATOR,
        "preview.new_seed",
    )),
)
# fmt: on
