"""Settings survive a restart, and a damaged file never stops the start."""

from pathlib import Path

from linepaint.ui import settings as table
from linepaint.ui.recent_files import RECENT_FILES_KEPT, menu_label, with_opened, without
from linepaint.ui.settings import Settings


def test_values_come_back_with_their_types(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "settings.ini"
    first = Settings(path)
    first.set(table.THEME, "dark")
    first.set(table.EXPORT_QUALITY, 80)
    first.set(table.EXPORT_LINES, False)
    first.set(table.RECENT_FILES, ("/a/b, c.png",))
    first.set(table.WINDOW_GEOMETRY, b"\x00\x01\xff")
    first.sync()
    second = Settings(path)
    assert second.get(table.THEME) == "dark"
    assert second.get(table.EXPORT_QUALITY) == 80
    assert second.get(table.EXPORT_LINES) is False
    assert second.get(table.RECENT_FILES) == ("/a/b, c.png",)
    assert second.get(table.WINDOW_GEOMETRY) == b"\x00\x01\xff"


def test_what_cannot_be_read_counts_as_its_default(tmp_path: Path) -> None:
    path = tmp_path / "settings.ini"
    path.write_text("[view]\ntheme=pink\n[export]\nquality=900\nlines=perhaps\n[window]\ngeometry=nonsense\n")
    settings = Settings(path)
    assert settings.get(table.THEME) == "system"
    assert settings.get(table.EXPORT_QUALITY) == 95
    assert settings.get(table.EXPORT_LINES) is True
    assert settings.get(table.WINDOW_GEOMETRY) == b""


def test_recent_files_are_newest_first_once_each_and_bounded() -> None:
    recent: tuple[str, ...] = ()
    for number in range(20):
        recent = with_opened(recent, Path(f"/art/{number}.png"))
    recent = with_opened(recent, Path("/art/12.png"))
    assert recent[0] == str(Path("/art/12.png"))
    assert recent[1] == str(Path("/art/19.png"))
    assert len(recent) == RECENT_FILES_KEPT == len(set(recent))
    assert str(Path("/art/19.png")) not in without(recent, Path("/art/19.png"))


def test_names_with_ampersands_are_shown_as_they_are() -> None:
    assert menu_label(0, "/art/cat & dog.png").startswith("&1  cat && dog.png")
    assert menu_label(11, "/art/x.png").startswith("x.png")
