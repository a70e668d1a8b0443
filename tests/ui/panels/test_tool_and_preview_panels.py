"""Tool options and preview panel: they show the editor and change it, nothing else."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from linepaint.document.commands import SetCheckpoint
from linepaint.document.document import Document
from linepaint.ui.editor import TOOL_NAMES, Editor
from linepaint.ui.panels.preview_panel import AUTO_DEVICE, PreviewPanel, checkpoint_entries
from linepaint.ui.panels.slider_scale import SLIDER_STEPS, brush_size_at, slider_position
from linepaint.ui.panels.tool_options_panel import TOOL_TEXTS, ToolOptionsPanel
from linepaint.ui.preview.status import Phase, PreviewStatus
from linepaint.ui.preview_link import status_sentence
from linepaint.ui.tools.brush_sizes import MAX_BRUSH_PX, MIN_BRUSH_PX


@pytest.fixture
def options(editor: Editor, action: QAction, qtbot: QtBot) -> ToolOptionsPanel:
    panel = ToolOptionsPanel(editor, action)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


@pytest.fixture
def preview(editor: Editor, action: QAction, qtbot: QtBot) -> PreviewPanel:
    panel = PreviewPanel(editor, action, action)
    qtbot.addWidget(panel)
    panel.show_shipped([("live", "lineart"), ("manga", "lineart"), ("tones", "grayscale"), ("scan", "scan")])
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def test_size_by_number_and_slider(options: ToolOptionsPanel, editor: Editor) -> None:
    options.size_number.setFocus()
    options.size_number.selectAll()
    QTest.keyClicks(options.size_number, "120")
    assert editor.brush_size == 120
    assert options.size_slider.value() == slider_position(120)
    QTest.keyClick(options.size_slider, Qt.Key.Key_Home)
    assert editor.brush_size == MIN_BRUSH_PX
    assert options.size_number.value() == round(MIN_BRUSH_PX)


def test_pressure_can_be_switched_off(options: ToolOptionsPanel, editor: Editor) -> None:
    options.pressure_box.setFocus()
    QTest.keyClick(options.pressure_box, Qt.Key.Key_Space)
    assert not editor.pressure_enabled


def test_tools_without_a_size_show_none_and_every_tool_is_explained(options: ToolOptionsPanel, editor: Editor) -> None:
    assert set(TOOL_TEXTS) == set(TOOL_NAMES)
    editor.set_tool("hand")
    assert not options.size_slider.isVisible()
    editor.set_tool("dot")
    assert options.size_slider.isVisible()


def test_the_slider_reaches_every_size_from_end_to_end() -> None:
    assert brush_size_at(0) == MIN_BRUSH_PX
    assert brush_size_at(SLIDER_STEPS) == MAX_BRUSH_PX
    sizes = [brush_size_at(step) for step in range(SLIDER_STEPS + 1)]
    assert sizes == sorted(sizes)
    for size in (1.0, 5.0, 20.0, 300.0, 1000.0):
        assert brush_size_at(slider_position(size)) == pytest.approx(size, rel=0.02)


def test_choosing_a_checkpoint_is_an_edit(preview: PreviewPanel, editor: Editor) -> None:
    preview.checkpoints.setFocus()
    QTest.keyClick(preview.checkpoints, Qt.Key.Key_Down)
    assert editor.document.checkpoint == "manga"
    editor.undo()
    assert preview.checkpoints.currentText() == "live"


def test_from_file_asks_and_leaves_the_choice(preview: PreviewPanel, editor: Editor, qtbot: QtBot) -> None:
    preview.checkpoints.setFocus()
    with qtbot.waitSignal(preview.checkpointFileWanted):
        QTest.keyClick(preview.checkpoints, Qt.Key.Key_End)
    assert preview.checkpoints.currentText() == "live"
    assert not editor.history.can_undo


def test_a_checkpoint_file_is_shown_by_its_name(preview: PreviewPanel, editor: Editor) -> None:
    editor.perform(SetCheckpoint("/models/mine.safetensors"))
    assert preview.checkpoints.currentText() == "mine.safetensors"
    assert checkpoint_entries(["live"], "live") == [("live", "live")]


def test_typing_a_seed_is_one_step(preview: PreviewPanel, editor: Editor) -> None:
    preview.seed.setFocus()
    preview.seed.selectAll()
    QTest.keyClicks(preview.seed, "123")
    QTest.keyClick(preview.seed, Qt.Key.Key_Return)
    assert editor.document.seed == 123
    editor.undo()
    assert editor.document.seed == 0
    assert preview.seed.value() == 0


def test_the_chosen_device_is_kept_until_devices_are_known(preview: PreviewPanel, qtbot: QtBot) -> None:
    preview.show_device("cuda:0")
    assert preview.devices.currentData() == AUTO_DEVICE
    preview.show_devices([("cpu", "CPU"), ("cuda:0", "NVIDIA H200")])
    assert preview.devices.currentText() == "NVIDIA H200"
    preview.devices.setFocus()
    with qtbot.waitSignal(preview.deviceChosen) as chosen:
        QTest.keyClick(preview.devices, Qt.Key.Key_Up)
    assert chosen.args == ["cpu"]


def test_the_busy_mark_turns_only_while_busy_and_seen(preview: PreviewPanel) -> None:
    mark = preview.mark
    preview.show_status("Colouring…", True)
    assert mark.is_busy
    assert mark._timer
    preview.hide()
    assert not mark._timer
    preview.show()
    preview.show_status("Up to date", False)
    assert not mark._timer


def test_every_state_of_the_preview_is_told_in_words() -> None:
    for phase in Phase:
        status = PreviewStatus(phase=phase, device_label="CPU", seconds=0.1234, message="It failed.")
        assert status_sentence(status)
    assert status_sentence(PreviewStatus(Phase.READY, "CPU", 0.1234)) == "Up to date · CPU · 0.12 s"
    assert status_sentence(PreviewStatus(Phase.FAILED, message="No memory.")) == "No memory."


def test_only_checkpoints_of_the_documents_mode_are_offered(preview: PreviewPanel, editor: Editor) -> None:
    def offered() -> list[str]:
        return [preview.checkpoints.itemText(i) for i in range(preview.checkpoints.count())]

    assert "manga" in offered() and not {"tones", "scan"} & set(offered())
    gray = Document.from_gray(np.full((8, 9), 128, np.uint8))
    gray.checkpoint = "tones"
    editor.set_document(gray)
    assert offered()[0] == "tones" == preview.checkpoints.currentText()
    assert not {"live", "manga", "scan"} & set(offered())
