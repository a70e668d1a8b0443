"""What the application remembers between two runs: a table of settings, kept in one INI file.

A value that cannot be read any more (an older version, an edited file) counts as its default; nothing raises.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QByteArray, QSettings

T = TypeVar("T")


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One remembered value: its key in the file, its default, and how stored text becomes the value.

    `cast` raises ValueError or TypeError for what it does not accept.
    """

    key: str
    default: T
    cast: Callable[[Any], T]


def _flag(stored: Any) -> bool:
    if isinstance(stored, bool):
        return stored
    if str(stored).lower() in ("true", "1"):
        return True
    if str(stored).lower() in ("false", "0"):
        return False
    raise ValueError(f"{stored!r} is neither true nor false")


def _whole_number(lowest: int, highest: int) -> Callable[[Any], int]:
    def cast(stored: Any) -> int:
        value = int(stored)
        if not lowest <= value <= highest:
            raise ValueError(f"{value} is not between {lowest} and {highest}")
        return value

    return cast


def _one_of(*choices: str) -> Callable[[Any], str]:
    def cast(stored: Any) -> str:
        if stored not in choices:
            raise ValueError(f"{stored!r} is not one of {choices}")
        return str(stored)

    return cast


def _paths(stored: Any) -> tuple[str, ...]:
    entries = [stored] if isinstance(stored, str) else list(stored or ())
    return tuple(str(entry) for entry in entries if entry)


def _bytes(stored: Any) -> bytes:
    if isinstance(stored, QByteArray):
        return bytes(stored.data())
    return bytes(stored)


THEME: Final = Setting("view/theme", "system", _one_of("system", "light", "dark"))
WINDOW_GEOMETRY: Final = Setting("window/geometry", b"", _bytes)
WINDOW_STATE: Final = Setting("window/state", b"", _bytes)
_NO_PATHS: Final[tuple[str, ...]] = ()
RECENT_FILES: Final = Setting("files/recent", _NO_PATHS, _paths)
OPEN_FOLDER: Final = Setting("files/open_folder", "", str)
SAVE_FOLDER: Final = Setting("files/save_folder", "", str)
EXPORT_FOLDER: Final = Setting("export/folder", "", str)
EXPORT_SUFFIX: Final = Setting("export/suffix", ".png", _one_of(".png", ".jpg", ".webp", ".psd"))
EXPORT_LINES: Final = Setting("export/lines", True, _flag)
EXPORT_HINTS: Final = Setting("export/hints", False, _flag)
EXPORT_TRANSPARENT: Final = Setting("export/transparent_paper", False, _flag)
EXPORT_QUALITY: Final = Setting("export/quality", 95, _whole_number(1, 100))
PALETTE_FOLDER: Final = Setting("palette/folder", "", str)
DEVICE: Final = Setting("preview/device", "auto", str)
CHECKPOINT_FOLDER: Final = Setting("preview/checkpoint_folder", "", str)
PRESSURE: Final = Setting("brush/pressure", True, _flag)


def default_settings_path() -> Path:
    """Where the settings of this user are: `settings.ini` in the folder that the system keeps for them."""
    from platformdirs import user_config_path

    return user_config_path("linepaint", appauthor=False) / "settings.ini"


class Settings:
    """The settings file. Qt writes it whole and locks it against a second instance."""

    def __init__(self, path: Path) -> None:
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    def get(self, setting: Setting[T]) -> T:
        """The stored value, or the setting's default where nothing usable is stored."""
        if not self._store.contains(setting.key):
            return setting.default
        try:
            return setting.cast(self._store.value(setting.key))
        except (TypeError, ValueError):
            return setting.default

    def set(self, setting: Setting[T], value: T) -> None:
        """Remember `value`; it reaches the disk at the next turn of the event loop or at `sync`."""
        stored: object = value
        if isinstance(value, bytes):
            stored = QByteArray(value)
        elif isinstance(value, tuple):
            stored = list(value)
        self._store.setValue(setting.key, stored)

    def sync(self) -> None:
        """Write what was set to disk now."""
        self._store.sync()
