"""Drawings made from a seed: what training, tests and samples rely on."""

import numpy as np
import pytest
from linepaint.trainer.drawings import STYLES, Drawing, draw
from linepaint.trainer.drawings.colors import random_palette
from linepaint.trainer.drawings.look import Look, Pen, Shading, random_look
from linepaint.trainer.drawings.measured import measured_palette, measured_palettes
from linepaint.trainer.drawings.painting import painted_over
from linepaint.trainer.drawings.scenes import SCENES, draw_scene
from linepaint.trainer.drawings.sheet import Sheet


def blank_sheet(pen: Pen, shading: Shading = Shading.FLAT, side: int = 200) -> Sheet:
    return Sheet(side, side, np.random.default_rng(0), Look(pen=pen, shading=shading))


def same(a: Drawing, b: Drawing) -> bool:
    pairs = ((a.lines, b.lines), (a.color, b.color), (a.flat, b.flat), (a.labels, b.labels))
    return all(np.array_equal(x, y) for x, y in pairs)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not() -> None:
    assert same(draw(7, 96), draw(7, 96))
    assert not same(draw(7, 96), draw(8, 96))


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("size", [(97, 131), (150, 64)])
def test_every_style_fills_odd_sizes_with_the_promised_arrays(style: str, size: tuple[int, int]) -> None:
    drawing = draw(3, size, style)
    assert drawing.lines.shape == size and drawing.lines.dtype == np.uint8
    assert drawing.color.shape == (*size, 3) and drawing.color.dtype == np.uint8
    assert drawing.flat.shape == (*size, 3) and drawing.flat.dtype == np.uint8
    assert drawing.labels.shape == size and drawing.labels.dtype == np.int32


@pytest.mark.parametrize("style", STYLES)
def test_lines_are_dark_on_white_and_the_colour_is_under_them(style: str) -> None:
    for seed in range(4):
        drawing = draw(seed, 128, style)
        assert np.median(drawing.lines) == 255, "most of a line drawing is paper"
        assert drawing.lines.min() < 110, "ink is dark"
        on_ink = drawing.lines < 60
        if on_ink.any():
            assert drawing.color[on_ink].astype(int).mean() < 90, "lines are multiplied into the finished picture"


def test_the_finished_picture_is_the_colour_times_the_lines() -> None:
    sheet = blank_sheet(Pen(weight=3.0, ink=20))
    sheet.form([(-0.1, -0.1), (1.1, -0.1), (1.1, 1.1), (-0.1, 1.1)], (240, 160, 80), line=0)
    sheet.line([(0.1, 0.2), (0.5, 0.8), (0.9, 0.3)])
    drawing = sheet.finished()
    expected = np.array([240, 160, 80]) * (drawing.lines[..., None] / 255.0)
    assert np.abs(drawing.color - expected).max() <= 1.0
    assert drawing.lines.min() <= 25


def test_paper_stays_white_where_nothing_was_painted() -> None:
    seen = 0
    for seed in range(12):
        drawing = draw(seed, 96, "shapes")
        bare = (drawing.labels == 0) & (drawing.lines == 255)
        bare[1:-1, 1:-1] &= (drawing.labels[2:, 1:-1] == 0) & (drawing.labels[:-2, 1:-1] == 0)
        inner = bare.copy()
        inner[:, 1:-1] &= bare[:, 2:] & bare[:, :-2]
        seen += int(inner.sum())
        assert (drawing.flat[drawing.labels == 0] == 255).all()
        assert not inner.any() or (drawing.color[inner] > 250).mean() > 0.99
    assert seen > 0


@pytest.mark.parametrize("style", STYLES)
def test_a_label_has_one_flat_colour(style: str) -> None:
    drawing = draw(5, 96, style)
    for label in np.unique(drawing.labels):
        assert len(np.unique(drawing.flat[drawing.labels == label], axis=0)) == 1


def test_a_form_in_front_hides_the_lines_and_the_colour_behind_it() -> None:
    sheet = blank_sheet(Pen(weight=2.0))
    sheet.form([(0.1, 0.4), (0.9, 0.4), (0.9, 0.6), (0.1, 0.6)], (200, 0, 0))
    sheet.form([(0.4, 0.1), (0.6, 0.1), (0.6, 0.9), (0.4, 0.9)], (0, 0, 200))
    drawing = sheet.finished()
    assert tuple(drawing.color[100, 100]) == (0, 0, 200)
    assert (drawing.lines[60:140, 90:110] == 255).all(), "the covered outline does not show through"
    assert drawing.lines[100, 80] < 40, "the front form has its own outline"


def test_gapped_pens_leave_gaps_of_a_few_pixels_that_clean_pens_do_not() -> None:
    def broken_share(pen: Pen) -> float:
        sheet = blank_sheet(pen, side=400)
        for i in range(12):
            sheet.line([(0.05, 0.05 + 0.08 * i), (0.95, 0.05 + 0.08 * i)], taper=(0.0, 0.0))
        rows = [sheet.finished().lines[round(400 * (0.05 + 0.08 * i)) - 3 :][:6, 30:370].min(axis=0) for i in range(12)]
        return float(np.mean(np.stack(rows) > 200))

    assert broken_share(Pen(weight=2.0, swell=0.0)) == 0.0
    assert 0.005 < broken_share(Pen(weight=2.0, swell=0.0, gaps=0.6)) < 0.3


def test_some_drawings_of_a_run_are_gapped_some_sketchy_some_shaded_softly() -> None:
    looks = [random_look(np.random.default_rng(seed), 256) for seed in range(80)]
    assert any(look.pen.gaps > 0.1 for look in looks)
    assert any(look.pen.strokes > 1 for look in looks)
    assert any(look.pen.colored for look in looks)
    assert {look.shading for look in looks} == set(Shading)


def test_shading_keeps_to_its_form_and_flat_knows_nothing_of_it() -> None:
    outline = [(0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8)]
    for shading in Shading:
        sheet = blank_sheet(Pen(weight=1.0), shading)
        sheet.form(outline, (180, 120, 90))
        drawing = sheet.finished()
        inside = drawing.color[50:150, 50:150].reshape(-1, 3)
        assert (len(np.unique(inside, axis=0)) > 1) == (shading is not Shading.FLAT)
        assert (drawing.color[:30] == 255).all()
        assert len(np.unique(drawing.flat[50:150, 50:150].reshape(-1, 3), axis=0)) == 1


def test_unusual_palettes_come_up_so_that_hints_decide() -> None:
    skins = np.array([random_palette(np.random.default_rng(seed)).skin for seed in range(150)])
    unlikely = (skins[:, 2].astype(int) > skins[:, 0].astype(int)).mean()
    assert 0.02 < unlikely < 0.25


def test_a_seed_picks_among_all_styles_when_none_is_asked_for() -> None:
    assert len(STYLES) >= 8
    pictures = [draw(seed, 32).lines.tobytes() for seed in range(8)]
    assert len(set(pictures)) == 8


def test_an_unknown_style_and_a_tiny_size_are_refused_plainly() -> None:
    with pytest.raises(ValueError, match="no drawing style"):
        draw(0, 64, "watercolour")
    with pytest.raises(ValueError, match="at least 16 pixels"):
        draw(0, (64, 8))


@pytest.mark.parametrize("name", SCENES)
def test_every_scene_draws_the_same_twice_at_a_quarter_of_its_size(name: str) -> None:
    first = draw_scene(name, 0.25)
    assert same(first, draw_scene(name, 0.25))
    assert first.lines.shape == (round(SCENES[name].height * 0.25), round(SCENES[name].width * 0.25))
    assert len(np.unique(first.labels)) > 40


def test_measured_palettes_are_many_and_their_shares_make_a_whole() -> None:
    every = measured_palettes()
    assert len(every) > 200
    for colors, shares in every:
        assert 5 <= len(colors) <= 8
        assert sum(shares) == pytest.approx(1.0)
        assert all(0 <= channel <= 255 for color in colors for channel in color)


def test_a_measured_palette_dresses_people_in_a_pictures_colours_and_leaves_skin_near_its_own() -> None:
    for seed in range(40):
        rng = np.random.default_rng(seed)
        natural = random_palette(rng)
        palette = measured_palette(rng, natural)
        assert len(palette.cloth) == 8
        assert any(set(palette.cloth[:5]) <= set(colors) for colors, _ in measured_palettes())
        assert np.abs(np.subtract(palette.skin, natural.skin)).max() < 70


def test_painting_shades_beside_a_line_and_leaves_bare_paper_alone() -> None:
    look = Look(pen=Pen(weight=2.0), occlusion=0.7)
    lines = np.full((120, 120), 255, np.uint8)
    lines[:, 58:62] = 0
    covered = np.zeros((120, 120), bool)
    covered[:60] = True
    under = np.full((120, 120, 3), 200, np.uint8)
    painted = painted_over(under, lines, covered, look, 1)
    assert painted[30, 56].mean() < painted[30, 5].mean() - 8
    assert (painted[60:] == 200).all()
    assert np.array_equal(painted_over(under, lines, covered, Look(pen=Pen(weight=2.0)), 1), under)
