import io
from pathlib import Path

import pytest
from PIL import Image

from installers import icons

RED, YELLOW, BLUE = (230, 84, 62), (246, 195, 68), (90, 169, 214)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGBA")


@pytest.mark.parametrize("side", icons.SIZES)
def test_at_every_size_the_tile_is_whole_and_its_corners_are_clear(side: int) -> None:
    picture = opened(icons.png_icon(side))

    assert picture.size == (side, side)
    alpha = picture.getchannel("A")
    assert alpha.getpixel((0, 0)) == alpha.getpixel((side - 1, side - 1)) == 0
    assert alpha.getpixel((side // 2, side // 2)) == 255


@pytest.mark.parametrize("side", icons.SIZES)
def test_at_every_size_the_three_colours_and_the_ink_can_be_seen(side: int) -> None:
    picture = opened(icons.png_icon(side)).convert("RGB")

    # Places in units of the drawing: within the red, the yellow and the blue area.
    for place, color in (((128, 172), RED), ((160, 122), YELLOW), ((98, 122), BLUE)):
        seen = picture.getpixel(tuple(int(each * side / 256) for each in place))
        assert max(abs(a - b) for a, b in zip(seen, color, strict=True)) < 70, (place, seen)
    assert min(sum(pixel) for pixel in picture.get_flattened_data()) < 250


def test_the_same_bytes_each_time() -> None:
    assert icons.png_icon(48) == icons.png_icon(48)


def test_a_size_that_shows_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="8 or more"):
        icons.png_icon(4)


def test_the_icon_for_windows_holds_what_its_scales_show(tmp_path: Path) -> None:
    path = tmp_path / "linepaint.ico"

    icons.write_ico(path)

    assert [each.name for each in tmp_path.iterdir()] == ["linepaint.ico"]
    with Image.open(path) as icon:
        assert icon.info["sizes"] == {(side, side) for side in (16, 24, 32, 48, 64, 128, 256)}
        for side in (16, 32, 256):
            icon.size = (side, side)
            icon.load()
            assert icon.convert("RGBA").tobytes() == opened(icons.png_icon(side)).tobytes()


def test_the_icon_for_macos_goes_up_to_512_points_and_keeps_its_margin(tmp_path: Path) -> None:
    path = tmp_path / "linepaint.icns"

    icons.write_icns(path)

    with Image.open(path) as icon:
        assert {(512, 512, 2), (256, 256, 1), (128, 128, 2), (16, 16, 2)} <= set(icon.info["sizes"])
        assert icon.size == (1024, 1024)
        # Apple's template: a tile of 824 pixels in the middle of 1024.
        assert icon.convert("RGBA").getchannel("A").point(lambda value: 255 * (value > 127)).getbbox() == (
            100,
            100,
            924,
            924,
        )
