"""A drawing falls into the areas an eye sees: outlines part them, gaps nearly do, corridors stay whole."""

import numpy as np
import pytest

from linepaint.imaging.basins import Basins, closed_regions, connected, find_basins
from linepaint.imaging.opencv import cv2
from linepaint.imaging.propagation import passage_costs


def paper(height: int = 120, width: int = 160) -> np.ndarray:
    return np.full((height, width), 255, np.uint8)


def two_rooms(door: int, height: int = 120, width: int = 160) -> np.ndarray:
    """A page cut in two by a wall with a door of so many pixels in it; 0: no door."""
    lines = paper(height, width)
    lines[:, width // 2 - 1 : width // 2 + 2] = 0
    top = height // 2 - door // 2
    lines[top : top + door] = 255
    return lines


def dearest_passage(lines: np.ndarray) -> float:
    return float(passage_costs(find_basins(lines)).max(initial=0))


def labels_of(basins: Basins, where: np.ndarray) -> set[int]:
    return set(np.unique(basins.labels[where]).tolist())


def test_a_closed_outline_parts_inside_from_outside() -> None:
    lines = paper()
    cv2.ellipse(lines, (80, 60), (50, 40), 20, 0, 360, 0, 2, cv2.LINE_AA)
    regions = closed_regions(find_basins(lines), gap_px=0)
    assert regions[60, 80] != regions[2, 2]
    assert regions[2, 2] == regions[117, 157], "the page around it is one"


def test_an_outline_of_one_pixel_holds() -> None:
    lines = paper()
    cv2.rectangle(lines, (30, 30), (120, 90), 0, 1)
    regions = closed_regions(find_basins(lines), gap_px=0)
    assert regions[60, 80] != regions[2, 2]


def test_pencil_grey_is_a_line_too() -> None:
    lines = two_rooms(door=0)
    lines[lines == 0] = 170
    regions = closed_regions(find_basins(lines), gap_px=0)
    assert regions[60, 10] != regions[60, 150]


@pytest.mark.parametrize("door", [4, 8, 16])
def test_a_gap_counts_as_closed_only_for_those_who_ask_for_wider(door: int) -> None:
    basins = find_basins(two_rooms(door))
    through = closed_regions(basins, gap_px=door / 2)
    shut = closed_regions(basins, gap_px=door * 2)
    assert through[60, 10] == through[60, 150]
    assert shut[60, 10] != shut[60, 150]


def test_the_narrower_the_gap_the_dearer_the_passage() -> None:
    costs = [dearest_passage(two_rooms(door)) for door in (0, 4, 12, 30, 80)]
    assert costs == sorted(costs, reverse=True)
    assert len(set(costs)) == len(costs)


def test_a_long_wavering_corridor_is_one_area() -> None:
    lines = np.zeros((120, 600), np.uint8)
    x = np.arange(600)
    middle = 60 + 25 * np.sin(x / 60)
    half = 11 + 0.7 * np.sin(x / 7)  # A shaky hand.
    y = np.arange(120)[:, None]
    lines[np.abs(y - middle) < half] = 255
    basins = find_basins(lines)
    assert len(labels_of(basins, ~basins.ink)) == 1


def test_the_page_around_a_drawing_stays_in_few_pieces() -> None:
    lines = paper(200, 200)
    cv2.circle(lines, (100, 100), 60, 0, 3)
    assert find_basins(lines).count <= 12


def test_a_blank_page_is_one_basin() -> None:
    basins = find_basins(paper())
    assert basins.count == 1 and not len(basins.passages)
    assert basins.area.tolist() == [120 * 160]
    assert not basins.ink.any()


def test_a_black_page_is_one_basin_without_paper() -> None:
    basins = find_basins(np.zeros((50, 70), np.uint8))
    assert basins.count == 1 and basins.area.tolist() == [0]


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (40, 1), (2, 2), (3, 1000)])
@pytest.mark.parametrize("value", [0, 255])
def test_strips_and_single_pixels_are_drawings_too(size: tuple[int, int], value: int) -> None:
    basins = find_basins(np.full(size, value, np.uint8))
    assert basins.labels.shape == size
    assert basins.count == 1


def test_a_line_across_a_strip_cuts_it() -> None:
    lines = np.full((1, 41), 255, np.uint8)
    lines[0, 20] = 0
    regions = closed_regions(find_basins(lines), gap_px=0)
    assert regions[0, 0] != regions[0, 40]


def test_what_is_said_of_the_basins_agrees_with_the_picture() -> None:
    lines = np.where(np.random.default_rng(5).random((90, 130)) < 0.03, 0, 255).astype(np.uint8)
    basins = find_basins(lines)
    assert basins.labels.min() == 0 and basins.labels.max() == basins.count - 1
    assert basins.area.sum() == (lines == 255).sum()
    for label, box in enumerate(basins.boxes):
        ys, xs = np.nonzero(basins.labels == label)
        assert box == (slice(ys.min(), ys.max() + 1), slice(xs.min(), xs.max() + 1))
        assert basins.center[label] == pytest.approx([xs.mean(), ys.mean()], abs=0.01)


def test_each_passage_is_listed_once_and_leads_somewhere_else() -> None:
    lines = np.where(np.random.default_rng(6).random((90, 130)) < 0.03, 0, 255).astype(np.uint8)
    passages = find_basins(lines).passages
    assert (passages[:, 0] < passages[:, 1]).all()
    assert len(np.unique(passages, axis=0)) == len(passages)


@pytest.mark.parametrize(("nodes", "pairs"), [(1, 0), (40, 25), (300, 290), (300, 900)])
def test_components_are_joined_nodes_numbered_by_their_first(nodes: int, pairs: int) -> None:
    """As a plain walk over the graph finds them: labels of areas must not depend on how they are searched."""
    joined = np.random.default_rng(nodes + pairs).integers(0, nodes, (pairs, 2)).astype(np.int32)
    neighbours: dict[int, set[int]] = {node: set() for node in range(nodes)}
    for a, b in joined.tolist():
        neighbours[a].add(b)
        neighbours[b].add(a)
    expected = np.full(nodes, -1)
    for node in range(nodes):
        if expected[node] < 0:
            number, todo = int(expected.max()) + 1, [node]
            while todo:
                at = todo.pop()
                if expected[at] < 0:
                    expected[at] = number
                    todo += neighbours[at]
    found = connected(nodes, joined)
    assert found.dtype == np.int32 and np.array_equal(found, expected)


def test_a_long_chain_is_one_component_however_its_nodes_are_numbered() -> None:
    order = np.random.default_rng(3).permutation(5000)
    for chain in (order, np.arange(5000), np.arange(5000)[::-1]):
        assert not connected(5000, np.stack([chain[:-1], chain[1:]], axis=1).astype(np.int32)).any()
