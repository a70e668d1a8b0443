"""Dark and light: which one is in effect, its palette, and the few style rules that Qt's Fusion style lacks.

Greys are neutral, so that they do not colour the eye that judges colours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

THEME_CHOICES: Final = ("system", "light", "dark")


@dataclass(frozen=True)
class ThemeColors:
    """The colours of one theme, each as #rrggbb."""

    window: str
    panel: str
    base: str
    alternate: str
    button: str
    border: str
    text: str
    faint_text: str
    disabled_text: str
    accent: str
    accent_text: str
    link: str
    hover: str
    checked: str


DARK: Final = ThemeColors(
    window="#2b2b2b",
    panel="#323232",
    base="#1f1f1f",
    alternate="#262626",
    button="#3c3c3c",
    border="#1a1a1a",
    text="#e8e8e8",
    faint_text="#a8a8a8",
    disabled_text="#777777",
    accent="#3f7fbf",
    accent_text="#ffffff",
    link="#7db4ea",
    hover="#474747",
    checked="#31597f",
)
LIGHT: Final = ThemeColors(
    window="#e9e9e9",
    panel="#f3f3f3",
    base="#ffffff",
    alternate="#f6f6f6",
    button="#fafafa",
    border="#bdbdbd",
    text="#1d1d1d",
    faint_text="#5c5c5c",
    disabled_text="#9a9a9a",
    accent="#2b6cab",
    accent_text="#ffffff",
    link="#1f5f9e",
    hover="#dcdcdc",
    checked="#c4daef",
)


def is_dark(choice: str, system_scheme: Qt.ColorScheme) -> bool:
    """Whether the dark theme is in effect for this choice; a system that says nothing counts as light."""
    if choice == "system":
        return system_scheme == Qt.ColorScheme.Dark
    return choice == "dark"


def palette_for(colors: ThemeColors) -> QPalette:
    """The Qt palette of a theme, disabled roles included."""
    role = QPalette.ColorRole
    palette = QPalette()
    for name, value in {
        role.Window: colors.window,
        role.WindowText: colors.text,
        role.Base: colors.base,
        role.AlternateBase: colors.alternate,
        role.Text: colors.text,
        role.PlaceholderText: colors.faint_text,
        role.Button: colors.button,
        role.ButtonText: colors.text,
        role.BrightText: "#ffffff",
        role.Highlight: colors.accent,
        role.HighlightedText: colors.accent_text,
        role.Accent: colors.accent,
        role.Link: colors.link,
        role.LinkVisited: colors.link,
        role.ToolTipBase: colors.panel,
        role.ToolTipText: colors.text,
        role.Light: colors.hover,
        role.Midlight: colors.panel,
        role.Mid: colors.border,
        role.Dark: colors.border,
        role.Shadow: "#000000",
    }.items():
        palette.setColor(name, QColor(value))
    disabled = QPalette.ColorGroup.Disabled
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(disabled, name, QColor(colors.disabled_text))
    palette.setColor(disabled, role.Highlight, QColor(colors.button))
    return palette


def style_sheet(colors: ThemeColors) -> str:
    """Rules for what a palette cannot say: dock titles, flat tool buttons, the status bar, tool tips."""
    return f"""
QToolTip {{
    color: {colors.text}; background: {colors.panel}; border: 1px solid {colors.border}; padding: 4px;
}}
QMainWindow::separator {{ background: {colors.border}; width: 3px; height: 3px; }}
QMainWindow::separator:hover {{ background: {colors.accent}; }}
QDockWidget {{ font-weight: 600; }}
QDockWidget::title {{ background: {colors.panel}; padding: 5px 8px; text-align: left; }}
QDockWidget > QWidget {{ font-weight: 400; }}
QToolBar {{ background: {colors.window}; border: none; spacing: 2px; padding: 3px; }}
QToolBar::separator {{ background: {colors.border}; margin: 4px; width: 1px; height: 1px; }}
QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 4px; }}
QToolButton:hover {{ background: {colors.hover}; }}
QToolButton:pressed {{ background: {colors.checked}; }}
QToolButton:checked {{ background: {colors.checked}; border-color: {colors.accent}; }}
QToolButton:focus {{ border-color: {colors.accent}; }}
QToolButton[quiet="true"]:checked {{ background: transparent; border-color: transparent; }}
QToolButton::menu-indicator {{ image: none; }}
QStatusBar {{ background: {colors.panel}; border-top: 1px solid {colors.border}; }}
QStatusBar::item {{ border: none; }}
QMenuBar {{ background: {colors.window}; border-bottom: 1px solid {colors.border}; }}
QDialogButtonBox, QMessageBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QAbstractSpinBox, QLineEdit, QComboBox {{ min-height: 21px; }}
QPushButton {{ min-height: 22px; padding: 0 10px; }}
QPushButton[large="true"] {{ min-height: 34px; }}
QTreeView::item, QListView::item {{ padding: 3px 2px; }}
QMenuBar::item {{ padding: 4px 9px; }}
QLabel[faint="true"] {{ color: {colors.faint_text}; }}
QLabel[faint="true"]:disabled {{ color: {colors.disabled_text}; }}
QLabel[heading="true"] {{ font-size: 20px; font-weight: 600; }}
QLabel[section="true"] {{ font-weight: 600; margin-top: 8px; }}
QPushButton[link="true"] {{
    color: {colors.link}; background: transparent; border: none; text-align: left;
    min-height: 0; padding: 4px 2px;
}}
QPushButton[link="true"]:hover, QPushButton[link="true"]:focus {{ text-decoration: underline; }}
QFrame[card="true"] {{ background: {colors.panel}; border: 1px solid {colors.border}; border-radius: 8px; }}
"""


class Theme(QObject):
    """Keeps the application in the chosen theme and follows the system while the choice is "system".

    `changed(bool)` says whether the theme that is now in effect is the dark one.
    """

    changed = Signal(bool)

    def __init__(self, choice: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        self._is_dark: bool | None = None
        self._hints = QGuiApplication.styleHints()
        self._hints.colorSchemeChanged.connect(self._on_system_scheme)
        self.choose(choice)

    @property
    def choice(self) -> str:
        """What was asked for: "system", "light" or "dark"."""
        return self._choice

    @property
    def is_dark(self) -> bool:
        """Whether the dark theme is in effect."""
        return bool(self._is_dark)

    def choose(self, choice: str) -> None:
        """Switch to "system", "light" or "dark"."""
        if choice not in THEME_CHOICES:
            raise ValueError(f"There is no theme named {choice}; choose one of {', '.join(THEME_CHOICES)}.")
        self._choice = choice
        # Where the platform can, this makes the window frame and native dialogs go along.
        if choice == "system":
            self._hints.unsetColorScheme()
        else:
            self._hints.setColorScheme(Qt.ColorScheme.Dark if choice == "dark" else Qt.ColorScheme.Light)
        self._apply(self._hints.colorScheme())

    def _on_system_scheme(self, scheme: Qt.ColorScheme) -> None:
        self._apply(scheme)

    def _apply(self, system_scheme: Qt.ColorScheme) -> None:
        dark = is_dark(self._choice, system_scheme)
        if dark == self._is_dark:
            return
        self._is_dark = dark
        colors = DARK if dark else LIGHT
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.setPalette(palette_for(colors))
        application.setStyleSheet(style_sheet(colors))
        self.changed.emit(dark)
