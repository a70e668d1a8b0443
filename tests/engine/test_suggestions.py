"""Suggestions: where the next hint would help most, and nine likely colours for a region."""

from collections.abc import Callable

import numpy as np
import pytest

from linepaint.engine import Colorizer, EngineError, Stale
from linepaint.engine.catalog import CheckpointInfo, Mode
from linepaint.imaging.color_distance import ciede2000, lab_of
from linepaint.imaging.opencv import cv2

RED, GREEN = (220, 30, 40), (40, 180, 70)
CENTERS = {"circle": (80, 70), "ellipse": (240, 80), "box": (85, 190), "triangle": (253, 205)}


def hinted(lines: np.ndarray, *dabs: tuple[int, int, tuple[int, int, int]]) -> np.ndarray:
    hints = np.zeros((*lines.shape, 4), np.uint8)
    for x, y, color in dabs:
        cv2.circle(hints, (x, y), 6, (*color, 255), -1)
    return hints


def areas_of(lines: np.ndarray) -> np.ndarray:
    """A number for each closed shape."""
    return cv2.connectedComponents((lines >= 200).astype(np.uint8), connectivity=4)[1]


@pytest.fixture(params=["filler", "scatterbrain"])
def colorizer(request: pytest.FixtureRequest) -> Colorizer:
    made = request.getfixturevalue(request.param)
    assert isinstance(made, Colorizer)
    return made


def test_places_lie_on_paper_each_in_an_area_of_its_own_and_the_best_comes_first(
    colorizer: Colorizer, drawing: np.ndarray
) -> None:
    places = colorizer.open(drawing).suggest_places(hinted(drawing), 5)
    areas = areas_of(drawing)
    assert len({areas[place.y, place.x] for place in places}) == len(places) >= 4
    assert all(drawing[place.y, place.x] == 255 for place in places)
    gains = [place.gain for place in places]
    assert gains == sorted(gains, reverse=True)
    assert gains[-1] > 0 and sum(gains) <= 1


def test_what_has_a_hint_is_not_suggested_again(colorizer: Colorizer, drawing: np.ndarray) -> None:
    session, areas = colorizer.open(drawing), areas_of(drawing)
    hints = hinted(drawing, (*CENTERS["ellipse"], RED), (*CENTERS["box"], GREEN), (170, 130, (255, 255, 255)))
    suggested = {areas[place.y, place.x] for place in session.suggest_places(hints, 9)}
    assert areas[CENTERS["circle"][::-1]] in suggested
    assert not suggested & {areas[CENTERS["ellipse"][::-1]], areas[CENTERS["box"][::-1]]}


def test_following_the_suggestions_comes_to_an_end(filler: Colorizer, drawing: np.ndarray) -> None:
    session, dabs = filler.open(drawing), []
    for _ in range(12):
        places = session.suggest_places(hinted(drawing, *dabs), 1)
        if not places:
            break
        dabs.append((places[0].x, places[0].y, GREEN))
    assert 4 <= len(dabs) <= 8, "four shapes and what is around them"


def test_a_large_area_goes_before_a_small_one(filler: Colorizer) -> None:
    lines = np.full((400, 400), 255, np.uint8)
    cv2.rectangle(lines, (0, 0), (399, 399), 0, 9)
    cv2.line(lines, (0, 320), (399, 320), 0, 5)
    cv2.line(lines, (80, 320), (80, 399), 0, 5)
    places = filler.open(lines).suggest_places(hinted(lines), 3)
    assert [(place.y < 320, place.x < 80) for place in places] == [(True, False), (False, False), (False, True)]


def test_places_of_a_large_drawing_are_in_its_own_pixels(filler: Colorizer, drawing: np.ndarray) -> None:
    large = cv2.resize(drawing, None, fx=4, fy=4, interpolation=cv2.INTER_NEAREST)
    areas = areas_of(large)
    places = filler.open(large).suggest_places(hinted(large), 4)
    assert len({areas[place.y, place.x] for place in places}) == 4
    assert max(place.x for place in places) > drawing.shape[1]


def test_the_map_is_high_where_a_hint_is_missing(colorizer: Colorizer, drawing: np.ndarray) -> None:
    session = colorizer.open(drawing)
    gain = session.suggestion_map(hinted(drawing, (*CENTERS["box"], RED)))
    assert gain.shape == drawing.shape and gain.dtype == np.float32
    assert gain.min() >= 0 and 0.99 <= gain.max() <= 1
    assert gain[CENTERS["ellipse"][::-1]] > 5 * gain[CENTERS["box"][::-1]]


def test_nine_colours_all_distinct(colorizer: Colorizer, drawing: np.ndarray) -> None:
    colors = colorizer.open(drawing).suggest_colors(hinted(drawing, (*CENTERS["box"], RED)), *CENTERS["circle"])
    assert len(colors) == 9
    lab = lab_of(np.array(colors))
    apart = ciede2000(lab[:, None], lab[None])[~np.eye(9, dtype=bool)]
    assert apart.min() > 7.5, "8, but for rounding to whole steps of a channel"


def test_the_drawings_own_colours_are_among_them(colorizer: Colorizer, drawing: np.ndarray) -> None:
    odd = (12, 250, 190)
    colors = colorizer.open(drawing).suggest_colors(hinted(drawing, (*CENTERS["box"], odd)), *CENTERS["circle"])
    assert ciede2000(lab_of(np.array(colors)), lab_of(np.array(odd))).min() < 2
    assert len(colorizer.open(drawing).suggest_colors(hinted(drawing), *CENTERS["circle"], count=3)) == 3


def test_background_is_likeliest_white(filler: Colorizer, drawing: np.ndarray) -> None:
    assert min(filler.open(drawing).suggest_colors(hinted(drawing), 5, 5)[0]) > 245


def test_asking_again_gives_the_same_and_leaves_the_preview_alone(scatterbrain: Colorizer, drawing: np.ndarray) -> None:
    session, hints = scatterbrain.open(drawing), hinted(drawing, (*CENTERS["box"], RED))
    colors = session.color_layer(hints).copy()
    first = session.suggest_places(hints, 4), session.suggest_colors(hints, 80, 70)
    other = scatterbrain.open(drawing)
    assert (other.suggest_places(hints, 4), other.suggest_colors(hints, 80, 70)) == first
    assert np.array_equal(session.colors, colors)
    assert np.array_equal(session.color_layer(hints), colors)


@pytest.mark.parametrize("scribble", [None, (3, 3)])
def test_an_empty_page_and_one_of_few_pixels_are_no_trouble(
    filler: Colorizer, scribble: tuple[int, int] | None
) -> None:
    lines = np.full((40, 7), 255, np.uint8)
    if scribble is not None:
        lines[scribble] = 0
    session = filler.open(lines)
    hints = np.zeros((40, 7, 4), np.uint8)
    assert len(session.suggest_places(hints, 5)) <= 5
    assert len(session.suggest_colors(hints, 6, 39)) == 9


def test_what_cannot_be_answered_is_refused_in_a_sentence(
    filler: Colorizer, drawing: np.ndarray, whole: Callable[..., CheckpointInfo]
) -> None:
    session = filler.open(drawing)
    with pytest.raises(ValueError, match="must have the drawing's size"):
        session.suggest_places(np.zeros((5, 5, 4), np.uint8), 3)
    with pytest.raises(ValueError, match="no pixel"):
        session.suggest_colors(hinted(drawing), drawing.shape[1], 0)
    gray = Colorizer.load(whole("unet", Mode.GRAYSCALE, 5).path, "cpu").open(drawing)
    with pytest.raises(EngineError, match="line art"):
        gray.suggest_places(hinted(drawing), 3)


def test_a_stale_question_is_given_up(filler: Colorizer, drawing: np.ndarray) -> None:
    session = filler.open(drawing)
    with pytest.raises(Stale):
        session.suggest_places(hinted(drawing), 3, is_stale=lambda: True)
    with pytest.raises(Stale):
        session.suggest_colors(hinted(drawing), 5, 5, is_stale=lambda: True)
