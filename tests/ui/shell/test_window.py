"""The window itself: it starts fast and without torch, follows the theme, and comes back as it was left."""

import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from linepaint.ui.docks import TALL_ENOUGH_PX, arrangement
from linepaint.ui.settings import THEME
from linepaint.ui.status_bar import zoom_text
from linepaint.ui.theme import DARK, LIGHT, Theme, ThemeColors, is_dark
from linepaint.ui.window import MainWindow

MakeWindow = Callable[[], MainWindow]


@pytest.fixture(autouse=True)
def theme_put_back(qapp: QApplication) -> Iterator[None]:
    yield
    QGuiApplication.styleHints().unsetColorScheme()


def window_lightness() -> int:
    return QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness()


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two #rrggbb colours (WCAG 2)."""

    def luminance(color: str) -> float:
        channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colors", [DARK, LIGHT])
def test_text_is_readable_in_both_themes(colors: ThemeColors) -> None:
    for ground in (colors.window, colors.panel, colors.base, colors.button):
        assert contrast(colors.text, ground) >= 7
        assert contrast(colors.faint_text, ground) >= 4.5
    assert contrast(colors.accent_text, colors.accent) >= 4
    assert contrast(colors.link, colors.panel) >= 4.5


def test_the_system_decides_unless_the_artist_did() -> None:
    assert is_dark("system", Qt.ColorScheme.Dark)
    assert not is_dark("system", Qt.ColorScheme.Light)
    assert not is_dark("system", Qt.ColorScheme.Unknown)
    assert is_dark("dark", Qt.ColorScheme.Light)
    assert not is_dark("light", Qt.ColorScheme.Dark)


def test_a_change_of_the_system_is_followed_at_once(qapp: QApplication) -> None:
    theme = Theme("system")
    heard: list[bool] = []
    theme.changed.connect(heard.append)
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert window_lightness() < 80
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert window_lightness() > 180
    assert heard == [True, False]
    theme.choose("light")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert window_lightness() > 180


def test_the_theme_chosen_in_the_menu_is_remembered(make_window: MakeWindow) -> None:
    window = make_window()
    window.actions_by_id["view.theme_dark"].trigger()
    assert window_lightness() < 80
    assert window._settings.get(THEME) == "dark"
    window.actions_by_id["view.theme_light"].trigger()
    assert window_lightness() > 180


def test_size_and_panels_come_back_after_a_restart(make_window: MakeWindow) -> None:
    first = make_window()
    first.resize(771, 733)
    first.docks["palette"].hide()
    first.close()
    second = make_window()
    assert (second.width(), second.height()) == (771, 733)
    assert second.docks["palette"].isHidden()
    assert not second.docks["color"].isHidden()
    second.actions_by_id["view.reset_panels"].trigger()
    assert not second.docks["palette"].isHidden()


def test_low_windows_share_places_and_none_loses_a_panel() -> None:
    low, tall = arrangement(TALL_ENOUGH_PX - 1), arrangement(TALL_ENOUGH_PX)
    assert len(low) < len(tall)
    assert {name for group in low for name in group} == {name for group in tall for name in group}


def test_tab_on_the_canvas_hides_everything_else_and_brings_it_back(opened: MainWindow) -> None:
    opened.docks["layers"].hide()
    opened.canvas.setFocus()
    QTest.keyClick(opened.canvas, Qt.Key.Key_Tab)
    assert opened.docks["color"].isHidden()
    assert opened.statusBar().isHidden()
    QTest.keyClick(opened.canvas, Qt.Key.Key_Tab)
    assert not opened.docks["color"].isHidden()
    assert not opened.statusBar().isHidden()
    assert opened.docks["layers"].isHidden()


def test_the_status_bar_tells_size_zoom_and_the_pixel_under_the_pointer(opened: MainWindow, qtbot: QtBot) -> None:
    assert opened.status.drawing_size.text() == "160 × 120 px"
    assert opened.status.zoom.text() == zoom_text(opened.canvas.zoom)
    QTest.mouseMove(opened.canvas, opened.canvas.rect().center())
    qtbot.waitUntil(lambda: opened.status.position.text() in ("80, 60", "79, 60", "80, 59", "79, 59"))
    assert "#ffffff" in opened.status.color.text()


def test_zoom_is_written_shortly() -> None:
    assert [zoom_text(scale) for scale in (1.0, 0.333, 0.05, 16.0)] == ["100 %", "33 %", "5.0 %", "1600 %"]


def test_the_window_appears_without_torch(qapp: QApplication) -> None:
    """The preview's worker imports torch, in its own thread, once the window is up."""
    code = (
        "import sys, tempfile, pathlib\n"
        "from linepaint.ui.app import make_application, MainWindow, Settings, Theme\n"
        "application = make_application()\n"
        "folder = pathlib.Path(tempfile.mkdtemp())\n"
        "window = MainWindow(Settings(folder / 's.ini'), Theme('system'), folder / 'autosave')\n"
        "window.show(); application.processEvents()\n"
        "heavy = {'torch', 'psd_tools', 'qtawesome', 'tensorboard', 'PIL'} & set(sys.modules)\n"
        "window.close()\n"
        "sys.exit(f'imported: {heavy}' if heavy else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stderr.replace("This plugin does not support propagateSizeHints()\n", "") == ""
