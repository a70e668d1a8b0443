"""The colour panel: what is dragged, typed or clicked becomes the foreground, and is shown everywhere."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from linepaint.document.palette import Color
from linepaint.ui.editor import Editor
from linepaint.ui.panels.color_math import from_hex, from_hsv, hsv_shown, to_hex, to_hsv
from linepaint.ui.panels.color_panel import ColorPanel
from linepaint.ui.panels.wheel_geometry import WheelGeometry, WheelPart


@pytest.fixture
def panel(editor: Editor, action: QAction, qtbot: QtBot) -> ColorPanel:
    panel = ColorPanel(editor, action, action)
    qtbot.addWidget(panel)
    panel.resize(290, 330)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def point(at: tuple[float, float]) -> QPoint:
    return QPoint(round(at[0]), round(at[1]))


def test_a_click_in_the_ring_changes_the_hue_only(panel: ColorPanel, editor: Editor) -> None:
    editor.set_foreground((200, 50, 50))
    _hue, saturation, value = to_hsv(editor.foreground)
    green = panel.wheel.geometry_now().hue_point(1 / 3)
    QTest.mouseClick(panel.wheel, Qt.MouseButton.LeftButton, pos=point(green))
    new_hue, new_saturation, new_value = to_hsv(editor.foreground)
    assert new_hue == pytest.approx(1 / 3, abs=0.01)
    assert (new_saturation, new_value) == pytest.approx((saturation, value), abs=0.02)


def test_a_drag_in_the_square_may_leave_it(panel: ColorPanel, editor: Editor) -> None:
    geometry = panel.wheel.geometry_now()
    QTest.mousePress(panel.wheel, Qt.MouseButton.LeftButton, pos=point(geometry.saturation_value_point(0.5, 0.5)))
    QTest.mouseMove(panel.wheel, QPoint(panel.wheel.width() + 40, panel.wheel.height() + 40))
    assert editor.foreground == (0, 0, 0)
    QTest.mouseMove(panel.wheel, point(geometry.saturation_value_point(0.0, 1.0)) - QPoint(60, 60))
    QTest.mouseRelease(panel.wheel, Qt.MouseButton.LeftButton)
    assert editor.foreground == (255, 255, 255)


def test_the_wheel_keeps_its_hue_on_the_way_through_black(panel: ColorPanel, editor: Editor) -> None:
    editor.set_foreground((0, 0, 200))
    geometry = panel.wheel.geometry_now()
    for value in (0.0, 1.0):
        at = point(geometry.saturation_value_point(1.0, value))
        QTest.mouseClick(panel.wheel, Qt.MouseButton.LeftButton, pos=at)
    assert to_hsv(editor.foreground)[0] == pytest.approx(2 / 3, abs=0.01)


@pytest.mark.parametrize(
    ("typed", "color"), [("#1a2b3c", (26, 43, 60)), ("FF8000", (255, 128, 0)), ("0f0", (0, 255, 0))]
)
def test_hexadecimal_entry(panel: ColorPanel, editor: Editor, typed: str, color: Color) -> None:
    panel.hex_field.setFocus()
    panel.hex_field.selectAll()
    QTest.keyClicks(panel.hex_field, typed)
    QTest.keyClick(panel.hex_field, Qt.Key.Key_Return)
    assert editor.foreground == color
    assert panel.hex_field.text() == to_hex(color)


def test_nonsense_in_the_hexadecimal_field_goes_back(panel: ColorPanel, editor: Editor) -> None:
    before = editor.foreground
    panel.hex_field.setFocus()
    panel.hex_field.selectAll()
    QTest.keyClicks(panel.hex_field, "#12")
    QTest.keyClick(panel.hex_field, Qt.Key.Key_Return)
    assert editor.foreground == before
    assert panel.hex_field.text() == to_hex(before)


def test_rgb_entry(panel: ColorPanel, editor: Editor) -> None:
    editor.set_foreground((10, 20, 30))
    number = panel.rgb_fields._numbers[1]
    number.setFocus()
    number.selectAll()
    QTest.keyClicks(number, "200")
    assert editor.foreground == (10, 200, 30)
    slider = panel.rgb_fields._sliders[2]
    QTest.keyClick(slider, Qt.Key.Key_End)
    assert editor.foreground == (10, 200, 255)


def test_a_click_on_the_colour_behind_swaps(panel: ColorPanel, editor: Editor) -> None:
    editor.set_foreground((1, 2, 3))
    behind = panel.pair.background_rect().bottomRight() - QPoint(4, 4)
    QTest.mouseClick(panel.pair, Qt.MouseButton.LeftButton, pos=behind)
    assert (editor.foreground, editor.background) == ((255, 255, 255), (1, 2, 3))
    QTest.mouseClick(panel.pair, Qt.MouseButton.LeftButton, pos=panel.pair.foreground_rect().center())
    assert editor.foreground == (255, 255, 255)


def test_recent_colours_can_be_taken_again(panel: ColorPanel, editor: Editor) -> None:
    for color in ((1, 2, 3), (40, 50, 60)):
        editor.remember_color(color)
    QTest.mouseClick(panel.recent, Qt.MouseButton.LeftButton, pos=panel.recent.cell_rect(1).center())
    assert editor.foreground == (1, 2, 3)
    assert editor.document.recent_colors == ((40, 50, 60), (1, 2, 3))


def test_hex_is_read_strictly() -> None:
    assert from_hex(" #AbCdEf ") == (0xAB, 0xCD, 0xEF)
    for text in ("", "#", "12345", "#12345g", "red", "1234567"):
        assert from_hex(text) is None


def test_every_colour_survives_hsv() -> None:
    for color in ((0, 0, 0), (255, 255, 255), (1, 2, 3), (254, 253, 255), (90, 200, 17)):
        assert from_hsv(to_hsv(color)) == color


def test_a_grey_keeps_the_hue_that_was_shown() -> None:
    assert hsv_shown((128, 128, 128), (0.4, 0.5, 0.6))[0] == 0.4
    assert hsv_shown((0, 0, 0), (0.4, 0.5, 0.6)) == (0.4, 0.5, 0.0)


def test_the_wheels_parts_do_not_overlap() -> None:
    geometry = WheelGeometry(200, 160)
    assert geometry.part_at(*geometry.center) is WheelPart.SQUARE
    assert geometry.part_at(*geometry.hue_point(0.2)) is WheelPart.RING
    assert geometry.part_at(0, 0) is WheelPart.NOTHING
    corner = geometry.square_corner
    assert (corner[0] - 100) ** 2 + (corner[1] - 80) ** 2 < geometry.inner_radius**2
