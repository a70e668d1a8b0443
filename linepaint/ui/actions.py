"""Every action of the application in one table: what it is called, its keys, its icon, its tip.

Keys are Krita's where Krita has one. Menus, tool bars and the window of keyboard shortcuts are all made from
this table; what an action does is bound to its id by the window.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class ActionSpec:
    """One action.

    `id` is "<category>.<name>". `shortcuts` are portable key names, the first is the one shown. Checkable
    ones of the same `group` exclude each other. `needs_document` ones are disabled with nothing open,
    `needs_lines` ones in a gray document too, where `gray_text` stands in place of the text. Those `on_canvas`
    take their keys only while the canvas has the focus, since panels need the same keys.
    """

    id: str
    text: str
    tip: str
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    checkable: bool = False
    group: str = ""
    needs_document: bool = True
    on_canvas: bool = False
    needs_lines: bool = False
    gray_text: str = ""

    @property
    def category(self) -> str:
        """The part of the id before the dot."""
        return self.id.partition(".")[0]

    @property
    def plain_text(self) -> str:
        """The text without the mnemonic mark and the dots that announce a dialog."""
        return self.text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


CATEGORIES: Final = {
    "file": "File",
    "edit": "Edit",
    "tool": "Tools",
    "brush": "Brush",
    "color": "Colours",
    "layer": "Layers",
    "preview": "Preview",
    "view": "View",
    "help": "Help",
}

_S = ActionSpec
# A table is read by lines; a formatter would make a page of each.
# fmt: off
ACTIONS: Final[tuple[ActionSpec, ...]] = (
    # file
    _S("file.open", "&Open…", "Open line art, a gray or a colour picture, or an OpenRaster document", ("Ctrl+O",),
       "folder-open-outline",
       needs_document=False),
    _S("file.open_as_lines", "&Line Art…", "Open a picture as line art, whatever it looks like",
       ("Ctrl+Shift+L",), "draw", needs_document=False),
    _S("file.open_as_gray", "&Gray Picture…", "Open a picture as a gray one: its tones stay, colour is laid on them",
       ("Ctrl+Shift+G",), "image-filter-black-white", needs_document=False),
    _S("file.open_as_color", "&Colour Picture (Draw Its Lines)…",
       "Draw the lines of a finished colouring, and open them",
       ("Ctrl+Shift+D",), "palette-outline", needs_document=False),
    _S("file.paste", "New from &Clipboard", "Make a new drawing of the picture in the clipboard",
       ("Ctrl+Shift+N", "Ctrl+V"), "content-paste", needs_document=False),
    _S("file.save", "&Save", "Save the drawing with its hints as OpenRaster", ("Ctrl+S",),
       "content-save-outline"),
    _S("file.save_as", "Save &As…", "Save the drawing under another name", ("Ctrl+Shift+S",)),
    _S("file.save_incremental", "Save &Incremental Version",
       "Save a copy under the next free number and go on with it",
       ("Ctrl+Alt+S",)),
    _S("file.export", "&Export…", "Write a finished picture: PNG, JPEG, WebP or PSD", ("Ctrl+Alt+Shift+S",),
       "image-outline"),
    _S("file.close", "&Close", "Close the drawing", ("Ctrl+W",)),
    _S("file.quit", "&Quit", "Leave linepaint", ("Ctrl+Q",), "exit-to-app", needs_document=False),
    # edit
    _S("edit.undo", "&Undo", "Take back the last edit", ("Ctrl+Z",), "undo"),
    _S("edit.redo", "&Redo", "Do again what was taken back", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
    _S("edit.clear_hints", "&Clear Hints", "Remove every hint from the drawing", ("Del",), "broom",
       on_canvas=True),
    # tools
    _S("tool.hint-brush", "Hint &Brush", "Paint a colour hint", ("B",), "brush", checkable=True,
       group="tool"),
    _S("tool.hint-eraser", "Hint &Eraser", "Erase hints; a pen's eraser end does the same", ("E",), "eraser",
       checkable=True, group="tool"),
    _S("tool.dot", "&Dot", "Set a single dot of colour", ("Shift+B",), "circle-medium", checkable=True,
       group="tool"),
    _S("tool.eyedropper", "Eye&dropper", "Pick a colour from the picture; hold Alt to do so with any tool",
       ("I",),
       "eyedropper", checkable=True, group="tool"),
    _S("tool.hand", "&Hand", "Move the view; hold Space to do so with any tool", ("H",),
       "hand-back-right-outline",
       checkable=True, group="tool"),
    # brush
    _S("brush.shrink", "S&maller", "Make the brush smaller", ("[",), "minus"),
    _S("brush.grow", "&Larger", "Make the brush larger", ("]",), "plus"),
    _S("brush.pressure", "Pen &Pressure Sets Size", "Let the pen's pressure change the size of the stroke",
       (),
       "draw-pen", checkable=True, needs_document=False),
    # colours
    _S("color.swap", "S&wap Colours", "Exchange foreground and background colour", ("X",), "swap-horizontal",
       needs_document=False),
    _S("color.reset", "Rese&t Colours", "Black in front, white behind", ("D",), "backup-restore",
       needs_document=False),
    # layers
    _S("layer.levels", "Line Art &Levels…", "Set what counts as black ink and as white paper", ("Ctrl+L",),
       "chart-histogram", gray_text="Gray Picture &Levels…"),
    _S("layer.paper_color", "&Paper Colour…", "Choose the colour of the paper", (), "palette-outline"),
    _S("layer.show_lines", "Show &Line Art", "Show or hide the line art", ("Ctrl+1",), checkable=True,
       gray_text="Show &Gray Picture"),
    _S("layer.show_hints", "Show &Hints", "Show or hide the hints", ("Ctrl+2", "Ctrl+H"), checkable=True),
    _S("layer.show_color", "Show &Colour", "Show or hide the generated colour", ("Ctrl+3",), checkable=True),
    _S("layer.show_paper", "Show &Paper", "Show or hide the paper", ("Ctrl+4",), checkable=True),
    _S("layer.hints_fainter", "Hints &Fainter", "Show the hints a tenth less opaque", ("Shift+O",)),
    _S("layer.hints_stronger", "Hints &Stronger", "Show the hints a tenth more opaque", ("O",)),
    # preview
    _S("preview.refresh", "&Colour Again", "Compute the colour layer again", ("F5",), "refresh"),
    _S("preview.new_seed", "Another &Variation", "Colour with another seed", ("F6",), "dice-5-outline"),
    _S("preview.checkpoint", "Checkpoint from &File…", "Use a checkpoint that you trained or were given", (),
       "folder-outline", needs_document=False),
    # view
    _S("view.zoom_in", "Zoom &In", "Zoom in", ("Ctrl++", "Ctrl+="), "magnify-plus-outline"),
    _S("view.zoom_out", "Zoom &Out", "Zoom out", ("Ctrl+-",), "magnify-minus-outline"),
    _S("view.actual_size", "&100 %", "Show one picture pixel as one screen pixel", ("Ctrl+0", "1"),
       "numeric-1-box-outline"),
    _S("view.fit", "&Fit to Window", "Show the whole drawing", ("2",), "fit-to-page-outline"),
    _S("view.rotate_left", "Rotate &Left", "Turn the view anticlockwise", ("4",), "rotate-left"),
    _S("view.rotate_right", "Rotate &Right", "Turn the view clockwise", ("6",), "rotate-right"),
    _S("view.reset_rotation", "Reset R&otation", "Turn the view upright", ("5",)),
    _S("view.mirror", "&Mirror View", "Show the drawing mirrored; the drawing itself stays as it is", ("M",),
       "flip-horizontal", checkable=True),
    _S("view.suggestions", "&Suggest Places for Hints", "Mark where the next hints would help most", ("S",),
       "lightbulb-outline", checkable=True, needs_lines=True),
    _S("view.canvas_only", "&Canvas Only", "Hide panels and tool bars", ("Tab",), checkable=True,
       on_canvas=True),
    _S("view.full_screen", "F&ull Screen", "Fill the screen", ("F11", "Ctrl+Shift+F"), "fullscreen",
       checkable=True,
       needs_document=False),
    _S("view.reset_panels", "Reset &Panels", "Put every panel back where it was at first",
       needs_document=False),
    _S("view.theme_system", "Follow the &System", "Dark or light, as the system is set", (), checkable=True,
       group="theme", needs_document=False),
    _S("view.theme_light", "&Light", "Light theme", (), checkable=True, group="theme", needs_document=False),
    _S("view.theme_dark", "&Dark", "Dark theme", (), checkable=True, group="theme", needs_document=False),
    # help
    _S("help.shortcuts", "&Keyboard Shortcuts", "List every key", ("F1",), "keyboard-outline",
       needs_document=False),
    _S("help.about", "&About linepaint", "Version, licence, and what the checkpoints were trained on", (),
       "information-outline", needs_document=False),
)
# fmt: on
