"""The main window: puts canvas, panels, menus and commands together."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QWidget

from linepaint.document.changes import Change, ChangeKind
from linepaint.document.commands import SetSeed
from linepaint.imaging.picture_kind import PictureKind
from linepaint.ui.action_set import ActionSet
from linepaint.ui.autosaver import Autosaver, store_opener
from linepaint.ui.canvas.canvas import Canvas
from linepaint.ui.clipboard import image_in, local_files
from linepaint.ui.docks import Docks
from linepaint.ui.editor import FIRST_TOOL, TOOL_NAMES, Editor
from linepaint.ui.file_commands import FileCommands
from linepaint.ui.help_commands import HelpCommands
from linepaint.ui.icons import app_icon
from linepaint.ui.layer_commands import LayerCommands
from linepaint.ui.menu_builder import add_tool_bars, fill_menu_bar
from linepaint.ui.opening.canvas_area import CanvasArea
from linepaint.ui.palette_commands import PaletteCommands
from linepaint.ui.panels.color_panel import ColorPanel
from linepaint.ui.panels.layer_panel import LayerPanel
from linepaint.ui.panels.palette_panel import PalettePanel
from linepaint.ui.panels.preview_panel import LARGEST_SEED, PreviewPanel
from linepaint.ui.panels.tool_options_panel import ToolOptionsPanel
from linepaint.ui.preview.controller import PreviewController
from linepaint.ui.preview.engine_port import EnginePort, open_engine
from linepaint.ui.preview_link import PreviewLink
from linepaint.ui.recent_files import menu_label
from linepaint.ui.recovery import RecoveryOffer
from linepaint.ui.samples import sample_paths
from linepaint.ui.save_commands import SaveCommands
from linepaint.ui.settings import CHECKPOINT_FOLDER, DEVICE, PRESSURE, WINDOW_GEOMETRY, WINDOW_STATE, Settings
from linepaint.ui.start_page import StartPage, sample_title
from linepaint.ui.status_bar import StatusBar
from linepaint.ui.suggestion_link import SuggestionLink
from linepaint.ui.theme import Theme
from linepaint.ui.view_commands import ViewCommands

STATE_VERSION = 1
FIRST_SIZE = (1440, 960)


class MainWindow(QMainWindow):
    """One drawing and all around it: `editor`, `canvas`, `files`, `saves`, `preview`, `actions_by_id`."""

    closed = Signal()
    """Everything is written and stopped; the window is gone."""

    def __init__(
        self,
        settings: Settings,
        theme: Theme,
        autosave_folder: Path,
        *,
        open_engine: Callable[[], EnginePort] = open_engine,
    ) -> None:
        super().__init__()
        self.setWindowIcon(app_icon())
        self.setAcceptDrops(True)
        self._settings = settings
        self._may_close = False
        self.editor = Editor(self)
        self.editor.set_pressure_enabled(settings.get(PRESSURE))
        self.canvas = Canvas(self.editor)
        self.actions_by_id = ActionSet(self, self.canvas)
        self.status = StatusBar()
        self.setStatusBar(self.status)
        self.files = FileCommands(self.editor, settings, self)
        self.saves = SaveCommands(self.editor, self.files, settings, self)
        self.files.save = self.saves.save
        self._palettes = PaletteCommands(self.editor, self.files.jobs, settings, self)
        self._layers = LayerCommands(self.editor, self.actions_by_id, self)
        self._help = HelpCommands(self.files.jobs, self)
        self._make_panels()
        self._make_center()
        self.preview = PreviewController(self.editor, self, device=settings.get(DEVICE), open_engine=open_engine)
        self._preview_link = PreviewLink(self.preview, self._preview_panel, self.status, self.canvas, settings, self)
        self._suggestions = SuggestionLink(self.editor, self.preview, self.canvas, self._color_panel.suggestions, self)
        self.saves.when_settled = self._preview_link.when_settled
        open_store = store_opener(autosave_folder)
        self.autosaver = Autosaver(self.editor, open_store, lambda: self.files.origin, self)
        self._recovery = RecoveryOffer(open_store, self.files, self.autosaver, self)
        self._make_menus()
        self._views = ViewCommands(self, self.canvas, self.docks, self._tool_bars, theme, settings, self.actions_by_id)
        self._bind()
        self._connect()
        self._restore_geometry()
        self._on_opened()

    # --- making ---------------------------------------------------------------------------------

    def _make_panels(self) -> None:
        actions = self.actions_by_id
        self._color_panel = ColorPanel(self.editor, actions["color.swap"], actions["color.reset"])
        self._palette_panel = PalettePanel(self.editor)
        new_seed, refresh = actions["preview.new_seed"], actions["preview.refresh"]
        self._preview_panel = PreviewPanel(self.editor, new_seed, refresh)
        panels: dict[str, QWidget] = {
            "tool_options": ToolOptionsPanel(self.editor, actions["brush.pressure"]),
            "color": self._color_panel,
            "palette": self._palette_panel,
            "layers": LayerPanel(
                self.editor,
                actions["layer.levels"],
                actions["edit.clear_hints"],
                refresh,
                actions["layer.paper_color"],
            ),
            "preview": self._preview_panel,
        }
        self.docks = Docks(self, panels)

    def _make_center(self) -> None:
        actions = self.actions_by_id
        self._start_page = StartPage(actions["file.open"], actions["file.paste"], sample_paths())
        self._center = QStackedWidget()
        self._center.addWidget(self._start_page)
        self._canvas_area = CanvasArea(self.editor, self.canvas)
        self._center.addWidget(self._canvas_area)
        self.setCentralWidget(self._center)

    def _make_menus(self) -> None:
        self._recent_menu = QMenu("Open &Recent", self)
        self._recent_menu.aboutToShow.connect(self._fill_recent_menu)
        samples_menu = QMenu("Open Sa&mple", self)
        for path in sample_paths():
            samples_menu.addAction(sample_title(path), partial(self.files.open_path, path))
        samples_menu.setEnabled(bool(sample_paths()))
        panels_menu = QMenu("&Panels", self)
        for dock in self.docks.all:
            panels_menu.addAction(dock.toggleViewAction())
        slots = {"<recent>": self._recent_menu, "<samples>": samples_menu, "<panels>": panels_menu}
        fill_menu_bar(self.menuBar(), self.actions_by_id, slots)
        self._tool_bars = add_tool_bars(self, self.actions_by_id)

    def _bind(self) -> None:
        editor, files, saves = self.editor, self.files, self.saves
        self.actions_by_id.bind(
            {
                "file.open": files.ask_open,
                "file.open_as_lines": partial(files.ask_open, PictureKind.LINES),
                "file.open_as_gray": partial(files.ask_open, PictureKind.GRAY),
                "file.open_as_color": partial(files.ask_open, PictureKind.COLOR),
                "file.paste": files.open_clipboard,
                "file.save": saves.save,
                "file.save_as": saves.save_as,
                "file.save_incremental": saves.save_incremental,
                "file.export": saves.ask_export,
                "file.close": files.close,
                "file.quit": self.close,
                "edit.undo": editor.undo,
                "edit.redo": editor.redo,
                "brush.shrink": editor.shrink_brush,
                "brush.grow": editor.grow_brush,
                "brush.pressure": editor.set_pressure_enabled,
                "color.swap": editor.swap_colors,
                "color.reset": editor.reset_colors,
                "preview.refresh": self.preview.request_now,
                "preview.new_seed": self._choose_new_seed,
                "preview.checkpoint": self._choose_checkpoint,
                "view.suggestions": self._suggestions.mark_places,
                **{f"tool.{name}": partial(editor.set_tool, name) for name in TOOL_NAMES},
                **self._layers.handlers,
                **self._views.handlers,
                **self._help.handlers,
            }
        )

    def _connect(self) -> None:
        editor = self.editor
        editor.documentReplaced.connect(self._show_document)
        editor.changed.connect(self._on_change)
        editor.historyChanged.connect(self._show_history)
        editor.pathChanged.connect(self._show_title)
        editor.toolChanged.connect(self._show_tool)
        editor.brushChanged.connect(self._show_pressure)
        editor.message.connect(self.status.show_sentence)
        self.canvas.viewChanged.connect(self._show_zoom)
        self.canvas.cursorMoved.connect(self.status.show_pointer)
        self.canvas.cursorLeft.connect(lambda: self.status.show_pointer(None, None, None))
        self.files.opened.connect(self._on_opened)
        self.files.recentChanged.connect(self._show_recent)
        for runner in (self.files.jobs, self.saves.jobs):
            self.status.watch(runner)
        self._canvas_area.bar.readingWanted.connect(self.files.read_as)
        self._start_page.sampleChosen.connect(self.files.open_path)
        self._start_page.recentChosen.connect(self.files.open_path)
        self._palette_panel.importWanted.connect(self._palettes.ask_import)
        self._palette_panel.exportWanted.connect(self._palettes.ask_export)
        self._preview_panel.checkpointFileWanted.connect(self._choose_checkpoint)

    # --- the start ------------------------------------------------------------------------------

    def start_services(self) -> None:
        """Start the preview and look for drawings to recover; for when the window has been painted."""
        if self._may_close:
            return
        self._preview_link.start()
        self._recovery.start()

    # --- showing --------------------------------------------------------------------------------

    def _on_opened(self) -> None:
        self.editor.set_tool(FIRST_TOOL)
        self._show_document()
        self._canvas_area.show_guess(self.files.guessed)
        if not self.editor.document.is_null:
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_document(self) -> None:
        document = self.editor.document
        self._center.setCurrentWidget(self._start_page if document.is_null else self._canvas_area)
        self.actions_by_id.enable_for_document(not document.is_null, document.mode)
        self.status.show_size(document.width, document.height)
        self.status.show_pointer(None, None, None)
        self._show_zoom()
        self._show_recent()
        self._show_title()
        self._show_history()
        self._show_tool(self.editor.tool)
        self._show_pressure()

    def _on_change(self, change: Change) -> None:
        if change.kind is ChangeKind.MODE:
            self.actions_by_id.enable_for_document(True, self.editor.document.mode)

    def _show_title(self) -> None:
        if self.editor.document.is_null:
            self.setWindowTitle("linepaint")
        else:
            self.setWindowTitle(f"{self.files.shown_name}[*] — linepaint")
        self.setWindowFilePath("" if self.editor.path is None else str(self.editor.path))

    def _show_history(self) -> None:
        history = self.editor.history
        undo, redo = self.actions_by_id["edit.undo"], self.actions_by_id["edit.redo"]
        undo.setEnabled(history.can_undo)
        redo.setEnabled(history.can_redo)
        undo.setText(f"&Undo: {history.undo_text}" if history.can_undo else "&Undo")
        redo.setText(f"&Redo: {history.redo_text}" if history.can_redo else "&Redo")
        self.setWindowModified(self.editor.is_modified)

    def _show_tool(self, tool: str) -> None:
        self.actions_by_id[f"tool.{tool}"].setChecked(True)

    def _show_pressure(self) -> None:
        enabled = self.editor.pressure_enabled
        self.actions_by_id["brush.pressure"].setChecked(enabled)
        self._settings.set(PRESSURE, enabled)

    def _show_zoom(self) -> None:
        self.status.show_zoom(None if self.editor.document.is_null else self.canvas.zoom)

    def _show_recent(self) -> None:
        self._start_page.show_recent(self.files.recent)
        self._recent_menu.setEnabled(bool(self.files.recent))

    def _fill_recent_menu(self) -> None:
        self._recent_menu.clear()
        for index, path in enumerate(self.files.recent):
            text = menu_label(index, str(path))
            self._recent_menu.addAction(text, partial(self.files.open_path, path))
        self._recent_menu.addSeparator()
        self._recent_menu.addAction("Clear List", self.files.clear_recent)

    # --- the preview ----------------------------------------------------------------------------

    def _choose_new_seed(self) -> None:
        present = self.editor.document.seed
        others = [seed for seed in (random.randint(0, LARGEST_SEED) for _ in range(2)) if seed != present]
        self.editor.perform(SetSeed(others[0] if others else present + 1))
        self.editor.history.end_merging()

    def _choose_checkpoint(self) -> None:
        if self.editor.document.is_null:
            self.editor.message.emit("Open a drawing first; the checkpoint belongs to it.")
            return
        from linepaint.ui.dialogs.file_dialogs import ask_checkpoint

        path = ask_checkpoint(self, self._settings.get(CHECKPOINT_FOLDER))
        if path is not None:
            self._settings.set(CHECKPOINT_FOLDER, str(path.parent))
            self.preview.set_checkpoint(str(path))

    # --- drag and drop --------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files and pictures."""
        if local_files(event.mimeData()) or image_in(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped; a palette or a checkpoint goes to the open drawing."""
        event.acceptProposedAction()
        files = local_files(event.mimeData())
        suffix = files[0].suffix.lower() if files else ""
        is_open = not self.editor.document.is_null
        if suffix == ".gpl" and is_open:
            self._palettes.import_file(files[0])
        elif suffix == ".safetensors" and is_open:
            self.preview.set_checkpoint(str(files[0]))
        else:
            self.files.open_mime(event.mimeData())

    # --- the end --------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved changes, finish what is being written, then go."""
        if self._may_close:
            event.accept()
            self.closed.emit()
            return
        event.ignore()
        self.files.guard(self._close_for_good)

    def _close_for_good(self) -> None:
        if self.saves.jobs.running:
            # Waited for without holding up the event loop.
            self.saves.jobs.finished.connect(self.close, Qt.ConnectionType.SingleShotConnection)
            return
        self._may_close = True
        self._views.show_canvas_only(False)
        self._settings.set(WINDOW_GEOMETRY, bytes(self.saveGeometry().data()))
        self._settings.set(WINDOW_STATE, bytes(self.saveState(STATE_VERSION).data()))
        self._settings.sync()
        self.hide()
        self._preview_link.stop()
        self.autosaver.stop()
        self.files.stop_opening()
        self.files.jobs.wait()
        # Later, for Qt takes no notice of a window that is closed while it is being closed.
        QTimer.singleShot(0, self, self.close)

    def _restore_geometry(self) -> None:
        geometry, state = self._settings.get(WINDOW_GEOMETRY), self._settings.get(WINDOW_STATE)
        if not geometry or not self.restoreGeometry(geometry):
            available = self.screen().availableGeometry()
            self.resize(min(FIRST_SIZE[0], available.width()), min(FIRST_SIZE[1], available.height()))
        self.docks.arrange(self.height())
        if state:
            self.restoreState(state, STATE_VERSION)
