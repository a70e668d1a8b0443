"""The composed drawings that ship as samples: little in them is left to chance but the hand."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from .body import posed_body
from .buildings import draw_house
from .bust import draw_bust, draw_neck
from .character import Character, draw_behind, draw_head
from .colors import Color, Palette, darker, lighter
from .creatures import draw_bird, draw_cat, draw_rabbit
from .curves import box, ellipse, points, smooth
from .drawing import Drawing
from .dress import Outfit
from .eyes import EyeStyle
from .figure import draw_whole_person
from .flora import (
    draw_bush,
    draw_conifer,
    draw_flower_head,
    draw_grass,
    draw_leaf,
    draw_mushroom,
    draw_stem_flower,
    draw_tree,
)
from .grounds import draw_cloud
from .hair import HairStyle
from .head import Head
from .look import Look, Pen, Shading
from .monsters import draw_dragon
from .objects import draw_books, draw_chest, draw_fruit, draw_gem, draw_mug, draw_teapot, draw_vase
from .scenery import draw_fence, draw_hill, draw_mountains, draw_path, draw_water, height_at
from .shading import PLAIN, Tone
from .sheet import Sheet

NATURAL = Palette(
    skin=(252, 218, 194),
    hair=(150, 92, 60),
    eye=(70, 140, 120),
    cloth=(
        (64, 92, 158),
        (206, 86, 74),
        (242, 196, 96),
        (236, 232, 222),
        (112, 154, 120),
        (150, 112, 166),
        (240, 158, 142),
        (92, 72, 76),
    ),
    leaf=(124, 182, 90),
    leaf_other=(82, 146, 86),
    flower=((236, 110, 130), (250, 200, 96), (172, 130, 206)),
    wood=(150, 104, 70),
    stone=(160, 160, 168),
    sky=((118, 182, 232), (222, 240, 248)),
    backdrop=(250, 226, 206),
)


@dataclass(frozen=True)
class Scene:
    """A composed drawing: its size in pixels, the seed of the hand's unsteadiness, and what draws it.

    `is_painted` has soft shades, and lines that are only darker than what they bound.
    """

    height: int
    width: int
    seed: int
    weight: float
    paint: Callable[[Sheet], None]
    is_painted: bool = False


def draw_scene(name: str, share: float = 1.0) -> Drawing:
    """The scene of this name at `share` of its size. Raises KeyError for a name that SCENES does not list."""
    return drawn(SCENES[name], share)


def drawn(scene: Scene, share: float = 1.0) -> Drawing:
    """A scene at `share` of its size, the same every time."""
    pen = Pen(weight=scene.weight * share, swell=0.4, taper=0.3, wobble=0.25 * share, colored=scene.is_painted)
    look = Look(pen=pen, shading=Shading.CEL, light=(-0.55, -0.83), depth=0.26, shade_tint=(92, 76, 138))
    if scene.is_painted:
        look = replace(look, shading=Shading.SOFT, smoothness=0.6, depth=0.36, occlusion=0.25)
    height, width = round(scene.height * share), round(scene.width * share)
    sheet = Sheet(height, width, np.random.default_rng(scene.seed), look)
    scene.paint(sheet)
    return sheet.finished()


def _sky(sheet: Sheet, top: Color, low: Color, horizon: float) -> None:
    sheet.form(box(-0.05, -0.05, sheet.width + 0.1, horizon + 0.1), top, line=0, steady=True, tone=Tone(end=low))


def _portrait(sheet: Sheet) -> None:
    """A girl with long hair among leaves and blossom."""
    w, h = sheet.width, sheet.height
    p = NATURAL
    sheet.form(
        box(-0.05, -0.05, w + 0.1, h + 0.1),
        (206, 228, 226),
        line=0,
        steady=True,
        tone=Tone(end=(250, 240, 224)),
    )
    sheet.form(ellipse(w * 0.5, h * 0.42, 0.43, 0.43), (252, 244, 222), tone=PLAIN, steady=True)
    for x, y, size, angle in (
        (0.06, 0.16, 0.26, 20), (0.02, 0.3, 0.26, -18), (0.12, 0.06, 0.22, 55), (0.95, 0.2, 0.26, 165),
        (0.99, 0.36, 0.24, 196),
        (0.9, 0.08, 0.22, 120), (0.03, 0.62, 0.24, -40), (0.98, 0.66, 0.24, 220), (0.0, 0.8, 0.26, -12),
        (1.0, 0.84, 0.26, 190),
    ):  # fmt: skip
        draw_leaf(sheet, x * w, y * h, size, angle, p.leaf if size > 0.23 else p.leaf_other)
    for x, y, size, color in (
        (0.07, 0.1, 0.1, 0), (0.15, 0.2, 0.065, 1), (0.93, 0.12, 0.095, 2), (0.86, 0.05, 0.06, 0),
        (0.95, 0.27, 0.06, 1),
        (0.05, 0.72, 0.085, 2), (0.96, 0.76, 0.09, 0), (0.12, 0.8, 0.055, 1), (0.89, 0.84, 0.055, 1),
    ):  # fmt: skip
        draw_flower_head(
            sheet, x * w, y * h, size, p.flower[color], (250, 214, 110), 6 if color else 8, 0 if color else 1
        )
    person = Character(
        skin=p.skin,
        hair=(158, 92, 62),
        iris=(66, 132, 128),
        accent=(226, 92, 96),
        hat=p.cloth[0],
        hair_style=HairStyle(
            length="long", tied="none", fringe=7, fringe_y=-0.05, part=0.1, wave=0.8, volume=0.11,
            side_locks=0.62, strands=24, band=True, spiky=0.5,
        ),
        eye_style=EyeStyle(
            kind="drawn", width=0.118, height=0.112, slant=0.1, lash=0.026, iris=0.64, lower_lash=True,
            crease=True, gleams=3, gaze=-0.04, inked_pupil=False,
        ),
        expression="smile",
        headwear="flower",
        curls=False,
        glasses=False,
        blush=True,
        earrings=True,
    )  # fmt: skip
    head = Head(x=w * 0.5, y=h * 0.41, size=0.53, tilt=4, turn=0.35, jaw=0.2, eye_level=0.1)
    draw_behind(sheet, head, person)
    draw_neck(sheet, head, person.skin)
    draw_bust(sheet, head, person.skin, ((88, 112, 178), (244, 240, 232), (222, 92, 92)), "sailor", 0.0)
    draw_head(sheet, head, person)


def _cottage(sheet: Sheet) -> None:
    """A house by a lake under mountains."""
    w, h = sheet.width, sheet.height
    p = NATURAL
    _sky(sheet, p.sky[0], p.sky[1], h * 0.6)
    sheet.form(ellipse(w * 0.83, h * 0.17, 0.09, 0.09), (255, 236, 160), tone=PLAIN, steady=True)
    draw_mountains(sheet, p, h * 0.52, 0.3)
    for x, y, size in ((0.2, 0.17, 0.19), (0.5, 0.12, 0.13), (0.92, 0.24, 0.15)):
        draw_cloud(sheet, x * w, y * h, size)
    draw_water(sheet, h * 0.52, (112, 172, 206), p)
    skyline = draw_hill(sheet, h * 0.56, 0.02, (150, 190, 120))
    for x, size in ((0.03, 0.15), (0.09, 0.18), (0.14, 0.13), (0.72, 0.13), (0.78, 0.17), (0.95, 0.16)):
        draw_conifer(sheet, x * w, height_at(skyline, x * w) + 0.02, size, p.leaf_other, p.wood)
    draw_water(sheet, h * 0.66, (112, 172, 206), p)
    near = draw_hill(sheet, h * 0.7, 0.02, p.leaf)
    base = height_at(near, w * 0.42) + 0.08
    draw_tree(sheet, w * 0.17, base + 0.02, 0.58, p.leaf_other, p.wood)
    draw_path(sheet, w * 0.385, base - 0.005, w * 0.5, (226, 202, 158))
    house = replace(p, cloth=((238, 220, 186), (196, 92, 72), (84, 122, 150), *p.cloth[3:]))
    draw_house(sheet, w * 0.42, base, 0.52, house)
    draw_tree(sheet, w * 0.86, base + 0.06, 0.5, p.leaf_other, p.wood)
    draw_bush(sheet, w * 0.28, base + 0.04, 0.07, p.leaf_other, p.flower[0])
    draw_bush(sheet, w * 0.68, base + 0.05, 0.08, p.leaf_other)
    draw_fence(sheet, h * 0.93, 0.1, (244, 238, 226))
    for x, size in (
        (0.06, 0.2),
        (0.12, 0.15),
        (0.19, 0.19),
        (0.26, 0.14),
        (0.76, 0.17),
        (0.83, 0.2),
        (0.9, 0.15),
        (0.96, 0.19),
    ):
        draw_stem_flower(sheet, x * w, h * 1.01, size, p)
    for x in (0.03, 0.15, 0.23, 0.33, 0.69, 0.79, 0.87, 0.94):
        draw_grass(sheet, x * w, h * 1.005, 0.07, p.leaf_other)


def _dragon(sheet: Sheet) -> None:
    """A small dragon that guards its treasure on a meadow."""
    w, h = sheet.width, sheet.height
    p = NATURAL
    _sky(sheet, (150, 196, 226), (246, 236, 214), h * 0.7)
    draw_cloud(sheet, w * 0.16, h * 0.2, 0.17)
    draw_cloud(sheet, w * 0.86, h * 0.15, 0.15)
    draw_mountains(sheet, p, h * 0.62, 0.3)
    skyline = draw_hill(sheet, h * 0.66, 0.02, (156, 194, 124))
    for x, size in ((0.06, 0.26), (0.15, 0.2), (0.9, 0.24), (0.97, 0.19)):
        draw_conifer(sheet, x * w, height_at(skyline, x * w) + 0.03, size, p.leaf_other, p.wood)
    draw_hill(sheet, h * 0.78, 0.015, p.leaf)
    draw_chest(sheet, w * 0.78, h * 0.87, 0.25, (160, 104, 64), (232, 190, 90))
    draw_dragon(sheet, (w * 0.44, h * 0.92, 0.68), (106, 168, 140), (226, 120, 84), (240, 190, 70))
    draw_gem(sheet, w * 0.66, h * 0.96, 0.11, (112, 172, 226), p.cloth[0])
    draw_gem(sheet, w * 0.88, h * 0.97, 0.09, (226, 92, 122), p.cloth[0])
    for x, y in ((0.72, 0.95), (0.75, 0.97), (0.79, 0.95), (0.83, 0.97)):
        sheet.form(ellipse(x * w, y * h, 0.03, 0.016), (246, 206, 92), tone=Tone(gleam=1.0))
    draw_mushroom(sheet, w * 0.1, h * 0.94, 0.2, (214, 82, 72))
    draw_mushroom(sheet, w * 0.18, h * 0.97, 0.13, (214, 82, 72))
    for x in (0.03, 0.24, 0.6, 0.94):
        draw_grass(sheet, x * w, h * 0.99, 0.08, p.leaf_other)
    for x, size in ((0.28, 0.13), (0.97, 0.17)):
        draw_stem_flower(sheet, x * w, h * 1.01, size, p)


def _still_life(sheet: Sheet) -> None:
    """A cat, tea and books at a window."""
    w, h = sheet.width, sheet.height
    p = NATURAL
    wall = (246, 228, 204)
    sheet.form(box(-0.05, -0.05, w + 0.1, h), wall, line=0, steady=True, tone=Tone(end=lighter(wall, 0.3)))
    frame = (250, 246, 238)
    sheet.form(box(w * 0.28, 0.05, w * 0.44, 0.56), frame)
    pane = sheet.form(box(w * 0.31, 0.085, w * 0.38, 0.5), p.sky[0], tone=Tone(end=p.sky[1]), line=0.8)
    hills = ((0.36, 0.62, 0.26, 0.16, (150, 190, 120)), (0.64, 0.63, 0.28, 0.2, p.leaf))
    for x, y, rx, ry, color in hills:
        sheet.form(ellipse(x * w, y, rx, ry), color, clip=pane, line=0.8)
    sheet.form(ellipse(w * 0.6, 0.2, 0.06, 0.06), (255, 236, 160), clip=pane, tone=PLAIN)
    sheet.form(box(w * 0.49, 0.085, w * 0.02, 0.5), frame, line=0.8)
    sheet.form(box(w * 0.31, 0.3, w * 0.38, 0.025), frame, line=0.8)
    sheet.form(box(w * 0.25, 0.6, w * 0.5, 0.04), frame)
    for side, left in ((-1.0, w * 0.2), (1.0, w * 0.8)):
        edge = [
            (left, 0.03),
            (left - side * 0.24, 0.03),
            (left - side * 0.2, 0.24),
            (left - side * 0.05, 0.4),
            (left - side * 0.07, 0.66),
            (left + side * 0.05, 0.66),
            (left + side * 0.03, 0.35),
        ]
        cloth = sheet.form(smooth(edge, closed=True, per=6), (206, 96, 84))
        for k in (0.05, 0.1, 0.15):
            sheet.line(
                smooth([(left - side * k, 0.05), (left - side * k * 0.7, 0.22), (left - side * 0.01, 0.39)]),
                0.7,
                clip=cloth,
            )
        sheet.form(box(left - 0.055, 0.385, 0.11, 0.025, 0.01), (240, 200, 110))
    sheet.form(box(w * 0.08, 0.015, w * 0.84, 0.03, 0.014), p.wood)
    table = (178, 126, 86)
    sheet.form(box(-0.05, h * 0.74, w + 0.1, h * 0.3), table, tone=Tone(end=darker(table, 0.2)))
    runner = points([(w * 0.12, h * 0.79), (w * 0.88, h * 0.79), (w * 0.97, h * 1.02), (w * 0.03, h * 1.02)])
    linen = sheet.form(runner, (240, 236, 226))
    for x0, x1 in ((0.155, 0.075), (0.845, 0.925)):
        sheet.line([(x0 * w, h * 0.79), (x1 * w, h * 1.02)], 0.7, (0, 0), clip=linen)
    draw_books(sheet, w * 0.77, h * 0.83, 0.3, (84, 112, 158), (196, 92, 82))
    draw_fruit(sheet, w * 0.77, h * 0.83 - 0.225, 0.15, (218, 74, 66), p.leaf)
    for x, y, size, hue in (
        (0.21, 0.36, 0.105, 0),
        (0.3, 0.44, 0.085, 1),
        (0.14, 0.46, 0.08, 2),
        (0.23, 0.52, 0.07, 1),
    ):
        sheet.line(smooth([(x * w, y), (w * 0.215, (y + 0.62) / 2), (w * 0.21, 0.62)]), 1.2, (0, 0))
        draw_flower_head(sheet, x * w, y, size, p.flower[hue], (250, 214, 110), 8 - hue, hue % 2)
    for angle in (200, 235, 305, 335):
        draw_leaf(sheet, w * 0.21, 0.6, 0.14, angle, p.leaf_other)
    draw_vase(sheet, w * 0.21, h * 0.85, 0.27, (112, 156, 182), (244, 238, 226))
    draw_cat(sheet, (w * 0.48, h * 0.87, 0.46), (226, 164, 98), (176, 108, 62), (132, 178, 96))
    draw_teapot(sheet, w * 0.3, h * 0.97, 0.24, (92, 146, 138), (244, 226, 196))
    draw_mug(sheet, w * 0.66, h * 0.98, 0.18, (244, 238, 226), (214, 82, 82))
    draw_fruit(sheet, w * 0.86, h * 0.98, 0.14, (238, 190, 84), p.leaf)


def _friends(sheet: Sheet) -> None:
    """Two friends in a park, with a rabbit and a bird."""
    w, h = sheet.width, sheet.height
    p = NATURAL
    _sky(sheet, (132, 192, 234), (236, 244, 240), h * 0.7)
    draw_cloud(sheet, w * 0.5, h * 0.12, 0.17)
    draw_cloud(sheet, w * 0.9, h * 0.22, 0.13)
    skyline = draw_hill(sheet, h * 0.6, 0.02, (160, 196, 128))
    for x, size in ((0.45, 0.22), (0.54, 0.26), (0.97, 0.28)):
        draw_tree(sheet, x * w, height_at(skyline, x * w) + 0.03, size, p.leaf_other, p.wood)
    draw_hill(sheet, h * 0.72, 0.012, p.leaf)
    draw_tree(sheet, w * 0.08, h * 0.82, 0.72, p.leaf_other, p.wood)
    draw_bush(sheet, w * 0.88, h * 0.8, 0.1, p.leaf_other, p.flower[0])
    draw_path(sheet, w * 0.56, h * 0.73, w * 0.5, (230, 208, 166))
    girl = Character(
        skin=(250, 214, 190), hair=(232, 184, 104), iris=(84, 128, 190), accent=(224, 88, 110),
        hat=p.cloth[1], hair_style=HairStyle("long", "twin", 6, -0.06, 0.0, 0.5, 0.09, 0.4, 6, True, 0.4),
        eye_style=EyeStyle("drawn", 0.115, 0.11, 0.1, 0.028, 0.66, True, False, 2, 0.1, True),
        expression="open", headwear="none", curls=False, glasses=False, blush=True, earrings=False,
    )  # fmt: skip
    boy = Character(
        skin=(176, 122, 86), hair=(58, 46, 50), iris=(126, 84, 52), accent=(240, 190, 84), hat=(70, 110, 170),
        hair_style=HairStyle("short", "none", 6, -0.1, -0.1, 0.0, 0.08, 0.2, 4, True, 0.9),
        eye_style=EyeStyle("drawn", 0.105, 0.09, 0.2, 0.024, 0.66, False, False, 2, -0.1, True),
        expression="grin", headwear="cap", curls=False, glasses=False, blush=True, earrings=False,
    )  # fmt: skip
    dress = Outfit(
        "dress",
        "socks",
        "shoes",
        "short",
        "plain",
        False,
        (126, 166, 214),
        (126, 166, 214),
        (248, 242, 232),
        (250, 246, 240),
        (150, 74, 70),
    )
    shorts = Outfit(
        "shorts",
        "socks",
        "sneakers",
        "short",
        "striped",
        False,
        (238, 196, 96),
        (84, 104, 142),
        (206, 86, 74),
        (244, 240, 232),
        (204, 84, 72),
    )
    body = posed_body(w * 0.37, h * 0.93, 0.72, 3.3, ("wave", "away"), "rest", 0.1, 0.2)
    draw_whole_person(sheet, body, girl, dress, turn=0.25, tilt=-3)
    body = posed_body(w * 0.64, h * 0.94, 0.7, 3.3, ("hip", "away"), "stand", 0.8, 0.0)
    draw_whole_person(sheet, body, boy, shorts, turn=-0.35, tilt=3, held="balloon")
    draw_rabbit(sheet, (w * 0.15, h * 0.95, 0.2), (244, 236, 228), (224, 120, 120), p.eye)
    draw_bird(sheet, (w * 0.89, h * 0.95, 0.15), (240, 176, 92), (100, 140, 190), p.eye)
    for x, size in ((0.03, 0.16), (0.09, 0.2), (0.3, 0.13), (0.78, 0.13), (0.97, 0.17)):
        draw_stem_flower(sheet, x * w, h * 1.01, size, p)
    for x in (0.06, 0.15, 0.34, 0.55, 0.75, 0.83, 0.94):
        draw_grass(sheet, x * w, h * 1.0, 0.06, p.leaf_other)


SCENES: dict[str, Scene] = {
    "girl-with-flowers": Scene(1280, 1024, 13, 3.3, _portrait),
    "cottage-by-the-lake": Scene(1024, 1408, 6, 2.6, _cottage),
    "little-dragon": Scene(1024, 1280, 7, 3.2, _dragon),
    "tea-and-cat": Scene(1024, 1280, 3, 3.0, _still_life),
    "friends-in-the-park": Scene(1024, 1280, 8, 2.8, _friends),
}
"""The composed drawings by name, the best one first."""
