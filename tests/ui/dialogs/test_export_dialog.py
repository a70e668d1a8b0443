"""Export: the suffix decides the format, choices that a format lacks are off, and answers are remembered."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from linepaint.document.mode import DocumentMode
from linepaint.files.exporting import ExportOptions
from linepaint.ui.dialogs.export_dialog import FORMATS, ExportDialog, format_of, with_format
from linepaint.ui.settings import Settings

OpenDialog = Callable[..., ExportDialog]


@pytest.fixture
def open_dialog(settings: Settings, tmp_path: Path, qtbot: QtBot) -> OpenDialog:
    def make(mode: DocumentMode = DocumentMode.LINEART) -> ExportDialog:
        dialog = ExportDialog(tmp_path / "page-coloured", (160, 120), settings, mode=mode)
        qtbot.addWidget(dialog)
        dialog.open()
        qtbot.waitExposed(dialog)
        return dialog

    return make


def type_name(dialog: ExportDialog, name: str) -> None:
    dialog.path_field.setFocus()
    dialog.path_field.selectAll()
    QTest.keyClicks(dialog.path_field, name)


def test_the_answer_is_sent_and_remembered(open_dialog: OpenDialog, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = open_dialog()
    type_name(dialog, str(tmp_path / "finished.webp"))
    dialog.transparent_box.setFocus()
    QTest.keyClick(dialog.transparent_box, Qt.Key.Key_Space)
    dialog.quality_number.setFocus()
    dialog.quality_number.selectAll()
    QTest.keyClicks(dialog.quality_number, "70")
    with qtbot.waitSignal(dialog.exportWanted) as wanted:
        QTest.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    options = ExportOptions(lines=True, transparent_paper=True, quality=70, hints=False)
    assert wanted.args == [tmp_path / "finished.webp", options]
    second = open_dialog()
    assert second.path == tmp_path / "page-coloured.webp"
    assert second.options == options


def test_jpeg_has_no_transparency_and_png_no_quality(open_dialog: OpenDialog, tmp_path: Path) -> None:
    dialog = open_dialog()
    assert dialog.transparent_box.isEnabled()
    assert not dialog.quality_number.isEnabled()
    dialog.transparent_box.setFocus()
    QTest.keyClick(dialog.transparent_box, Qt.Key.Key_Space)
    type_name(dialog, str(tmp_path / "a.jpeg"))
    assert not dialog.transparent_box.isEnabled()
    assert dialog.quality_number.isEnabled()
    assert not dialog.options.transparent_paper


def test_a_gray_picture_has_neither_lines_nor_paper_to_leave_out_and_line_art_keeps_its_choices(
    open_dialog: OpenDialog, qtbot: QtBot
) -> None:
    drawn = open_dialog()
    for box in (drawn.lines_box, drawn.transparent_box):
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Space)
    QTest.mouseClick(drawn.export_button, Qt.MouseButton.LeftButton)
    dialog = open_dialog(DocumentMode.GRAYSCALE)
    assert not dialog.lines_box.isVisible() and not dialog.transparent_box.isEnabled()
    assert "no paper to leave out" in dialog.transparent_box.toolTip()
    with qtbot.waitSignal(dialog.exportWanted) as wanted:
        QTest.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    assert wanted.args[1] == ExportOptions(lines=True, transparent_paper=False)
    again = open_dialog()
    assert again.options.transparent_paper and not again.options.lines


def test_the_layers_of_a_psd_are_named_in_their_order(open_dialog: OpenDialog, tmp_path: Path) -> None:
    for mode, layers in (
        (DocumentMode.LINEART, "line art (multiply), hints, colour, paper"),
        (DocumentMode.GRAYSCALE, "hints, colour, gray picture, paper"),
    ):
        dialog = open_dialog(mode)
        type_name(dialog, str(tmp_path / "a.psd"))
        assert any(layers in label.text() for label in dialog.findChildren(QLabel))


def test_choosing_a_format_changes_the_suffix(open_dialog: OpenDialog, tmp_path: Path) -> None:
    dialog = open_dialog()
    dialog.format_box.setFocus()
    QTest.keyClick(dialog.format_box, Qt.Key.Key_End)
    assert dialog.path == tmp_path / "page-coloured.psd"
    assert not dialog.lines_box.isEnabled()


def test_a_name_without_a_known_suffix_cannot_be_exported(open_dialog: OpenDialog, tmp_path: Path) -> None:
    dialog = open_dialog()
    type_name(dialog, str(tmp_path / "a.xyz"))
    assert not dialog.export_button.isEnabled()


def test_an_existing_file_is_replaced_only_when_told_so(open_dialog: OpenDialog, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "page-coloured.png").write_bytes(b"something of the artist's")
    dialog = open_dialog()
    sent: list[Path] = []
    dialog.exportWanted.connect(lambda path, _options: sent.append(path))

    def answer(text: str) -> None:
        QTest.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
        boxes = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]
        button = next(b for b in boxes[-1].findChildren(QPushButton) if b.text().replace("&", "") == text)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    answer("Cancel")
    assert sent == []
    assert dialog.isVisible()
    answer("Replace")
    assert sent == [tmp_path / "page-coloured.png"]


def test_suffixes_and_formats() -> None:
    png, jpeg, webp, psd = FORMATS
    assert format_of(Path("a.JPG")) is jpeg
    assert format_of(Path("a.jpeg")) is jpeg
    assert format_of(Path("a")) is None
    assert with_format(Path("page 1.2"), png) == Path("page 1.2.png")
    assert with_format(Path("page.jpeg"), webp) == Path("page.webp")
    assert with_format(Path("page.psd"), psd) == Path("page.psd")
