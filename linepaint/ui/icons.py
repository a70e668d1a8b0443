"""Icons: glyphs of the icon font that QtAwesome bundles, drawn in the colours of the present palette.

Only the font is used, not the package: importing qtawesome reads every class of Qt by name, which alone
takes a quarter of the time the window has to appear in. Drawing at paint time keeps icons sharp at every
scale and lets them follow a change of theme without being made anew.
"""

from __future__ import annotations

import importlib.resources
import json
from functools import cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
)

_FONT: Final = "materialdesignicons6-webfont-6.9.96.ttf"
_NAMES: Final = "materialdesignicons6-webfont-charmap-6.9.96.json"


def icon(name: str, checked_name: str | None = None) -> QIcon:
    """The icon called `name` in Material Design Icons 6; `checked_name` is shown where a button is checked.

    Raises KeyError for a name that the font does not have.
    """
    return QIcon(_GlyphEngine(_glyph(name), _glyph(checked_name or name)))


def app_icon() -> QIcon:
    """linepaint's own icon."""
    source = importlib.resources.files("linepaint.resources") / "icons" / "linepaint.svg"
    return QIcon(str(source))


class _GlyphEngine(QIconEngine):
    def __init__(self, glyph: str, checked_glyph: str) -> None:
        super().__init__()
        self._glyph = glyph
        self._checked_glyph = checked_glyph

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        font = QFont(_font_family())
        font.setPixelSize(max(1, round(min(rect.width(), rect.height()) * 0.94)))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        painter.setPen(_ink(mode))
        glyph = self._checked_glyph if state == QIcon.State.On else self._glyph
        painter.drawText(QRectF(rect), Qt.AlignmentFlag.AlignCenter, glyph)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _GlyphEngine(self._glyph, self._checked_glyph)


def _ink(mode: QIcon.Mode) -> QColor:
    palette = QGuiApplication.palette()
    if mode == QIcon.Mode.Disabled:
        return palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
    if mode == QIcon.Mode.Selected:
        return palette.color(QPalette.ColorRole.HighlightedText)
    return palette.color(QPalette.ColorRole.ButtonText)


@cache
def _fonts_folder() -> Path:
    import importlib.util

    spec = importlib.util.find_spec("qtawesome")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("QtAwesome, whose icon font is used, is not installed; run `make setup`.")
    return Path(next(iter(spec.submodule_search_locations))) / "fonts"


@cache
def _codes() -> dict[str, str]:
    names: dict[str, str] = json.loads((_fonts_folder() / _NAMES).read_text(encoding="utf-8"))
    return names


def _glyph(name: str) -> str:
    return chr(int(_codes()[name], 16))


@cache
def _font_family() -> str:
    number = QFontDatabase.addApplicationFont(str(_fonts_folder() / _FONT))
    families = QFontDatabase.applicationFontFamilies(number)
    if not families:
        raise RuntimeError(f"The icon font {_FONT} could not be loaded; run `make setup` again.")
    return families[0]
