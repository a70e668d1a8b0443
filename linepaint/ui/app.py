"""The application: sets Qt up, opens the window, and starts what may come after it was painted."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication

from linepaint import __version__
from linepaint.ui.application import Application
from linepaint.ui.icons import app_icon
from linepaint.ui.settings import THEME, Settings, default_settings_path
from linepaint.ui.theme import Theme
from linepaint.ui.window import MainWindow

SERVICES_AFTER_MS = 50


def default_autosave_folder() -> Path:
    """Where copies of unsaved drawings are kept for this user."""
    from platformdirs import user_data_path

    return user_data_path("linepaint", appauthor=False) / "autosave"


def make_application(program: str = "linepaint") -> Application:
    """The one QApplication, with its name, style and icon; fractional screen scales are taken as they are."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = Application([program])
    application.setApplicationName("linepaint")
    application.setApplicationDisplayName("linepaint")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("linepaint")
    application.setStyle("Fusion")
    application.setWindowIcon(app_icon())
    return application


def run(argv: Sequence[str]) -> int:
    """Run the application on these files (arguments without the program's name) until its window is closed.

    Returns the exit status.
    """
    application = make_application()
    settings = Settings(default_settings_path())
    theme = Theme(settings.get(THEME), application)
    window = MainWindow(settings, theme, default_autosave_folder())
    # Said outright, because Qt does not count a window that is hidden while it finishes its work.
    window.closed.connect(application.quit)
    application.filesRequested.connect(window.files.open_first)
    window.show()
    window.files.open_first([Path(argument) for argument in argv])
    # A little later than at once: the first paint goes before torch begins to load.
    QTimer.singleShot(SERVICES_AFTER_MS, window, window.start_services)
    return application.exec()


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
