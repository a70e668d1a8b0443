"""The window of shortcuts, About, and the list of recovered drawings."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from linepaint import __version__
from linepaint.files.autosave import Recovery
from linepaint.ui.actions import ACTIONS
from linepaint.ui.dialogs.about_dialog import AboutDialog, CheckpointOrigin, checkpoints_html, described_data
from linepaint.ui.dialogs.file_dialogs import with_suffix
from linepaint.ui.dialogs.recovery_dialog import described
from linepaint.ui.dialogs.shortcuts_dialog import ShortcutsDialog, matches


def rows(dialog: ShortcutsDialog) -> list[tuple[str, str]]:
    return [
        (item.text(0), item.text(1))
        for group, items in dialog._groups
        for item in items
        if not (group.isHidden() or item.isHidden())
    ]


def test_every_key_is_listed(qtbot: QtBot) -> None:
    dialog = ShortcutsDialog()
    qtbot.addWidget(dialog)
    listed = dict(rows(dialog))
    for spec in ACTIONS:
        if spec.shortcuts:
            assert spec.shortcuts[0] in listed[spec.plain_text], spec.id


def test_searching_narrows_the_list(qtbot: QtBot) -> None:
    dialog = ShortcutsDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClicks(dialog.search, "ctrl zoom")
    assert {text for text, _keys in rows(dialog)} >= {"Zoom In", "Zoom Out"}
    assert all("Ctrl" in keys for _text, keys in rows(dialog))
    assert matches("SAVE ctrl", "Save As", "Ctrl+Shift+S")
    assert not matches("save alt", "Save", "Ctrl+S")


def test_about_tells_version_licence_and_data(qtbot: QtBot) -> None:
    data = [{"source": "Own <drawings>; all", "pictures": 1200, "licence": "CC0"}]
    origin = CheckpointOrigin("live", "CC-BY-4.0", described_data(data))
    dialog = AboutDialog([origin])
    qtbot.addWidget(dialog)
    labels = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert __version__ in labels
    assert "GNU General Public License" in dialog.text.toPlainText()
    text = dialog.checkpoints.toPlainText()
    for expected in ("live", "CC-BY-4.0", "Own <drawings>; all", "1200", "CC0"):
        assert expected in text
    assert "No checkpoint is installed" in checkpoints_html([])


def test_data_that_says_little_is_still_told() -> None:
    assert described_data([{}]) == "a source that is not named"
    assert described_data([{"source": "A"}, {"source": "B", "licence": "MIT"}]) == "A\nB (MIT)"


def test_a_recovered_drawing_is_described(tmp_path: Path) -> None:
    saved = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
    text = described(Recovery(tmp_path / "x.ora", "x", Path("/art/page.ora"), saved, (640, 480)))
    assert "page.ora" in text
    assert "640 × 480" in text
    assert "March 2026" in text
    assert "never saved" in described(Recovery(tmp_path / "x.ora", "x", None, saved, (1, 1)))


def test_a_dot_in_a_name_is_no_suffix() -> None:
    assert with_suffix(Path("page 1.2"), ".ora") == Path("page 1.2.ora")
    assert with_suffix(Path("page.ORA"), ".ora") == Path("page.ORA")
