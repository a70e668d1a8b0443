"""The composed drawings that ship as finished pictures, to be opened as what they are: one in gray, one in colour."""

from dataclasses import replace

from .colors import darker
from .creatures import draw_bird, draw_rabbit
from .curves import box, ellipse, ribbon, smooth
from .flora import draw_bush, draw_conifer, draw_flower_head, draw_grass, draw_leaf, draw_mushroom, draw_stem_flower
from .grounds import draw_cloud
from .scenery import draw_hill, draw_mountains, height_at
from .scenes import NATURAL, Scene
from .shading import PLAIN, Tone
from .sheet import Sheet

DUSK = replace(NATURAL, sky=((70, 84, 140), (246, 190, 160)), stone=(120, 116, 150), leaf_other=(62, 104, 84))


def _rabbit(sheet: Sheet) -> None:
    """A rabbit in a clearing, under the moon of an early evening."""
    w, h = sheet.width, sheet.height
    p = DUSK
    sky = box(-0.05, -0.05, w + 0.1, h * 0.7)
    air = sheet.form(sky, p.sky[0], line=0, steady=True, tone=Tone(end=p.sky[1]))
    sheet.paint_over(air, ellipse(w * 0.72, h * 0.2, 0.18, 0.18), (255, 246, 214), opacity=0.4, blur=0.06)
    sheet.form(ellipse(w * 0.72, h * 0.2, 0.11, 0.11), (255, 246, 214), line=0, tone=PLAIN, steady=True)
    draw_mountains(sheet, p, h * 0.58, 0.24)
    far = draw_hill(sheet, h * 0.6, 0.02, (112, 140, 120))
    for x, size in ((0.04, 0.4), (0.15, 0.3), (0.26, 0.2), (0.8, 0.22), (0.9, 0.34), (1.0, 0.42)):
        draw_conifer(sheet, x * w, height_at(far, x * w) + 0.03, size, p.leaf_other, darker(p.wood, 0.3))
    draw_hill(sheet, h * 0.74, 0.012, (142, 172, 98))
    draw_bush(sheet, w * 0.12, h * 0.84, 0.15, (84, 130, 80), (206, 70, 90))
    draw_mushroom(sheet, w * 0.84, h * 0.92, 0.27, (204, 70, 60))
    draw_mushroom(sheet, w * 0.95, h * 0.95, 0.17, (204, 70, 60))
    draw_rabbit(sheet, (w * 0.47, h * 0.93, 0.52), (206, 176, 146), (70, 96, 170), (70, 96, 170))
    for x, size in ((0.08, 0.22), (0.2, 0.17), (0.7, 0.16)):
        draw_stem_flower(sheet, x * w, h * 1.01, size, p)
    for x in (0.02, 0.14, 0.28, 0.4, 0.57, 0.66, 0.77, 0.9):
        draw_grass(sheet, x * w, h * 1.0, 0.08, (96, 142, 82))


def _birds(sheet: Sheet) -> None:
    """Two birds on a branch in blossom."""
    w, h = sheet.width, sheet.height
    p = NATURAL
    sheet.form(
        box(-0.05, -0.05, w + 0.1, h + 0.1), (140, 198, 226), line=0, steady=True, tone=Tone(end=(250, 238, 214))
    )
    sheet.form(ellipse(w * 0.5, h * 0.46, 0.42, 0.42), (255, 246, 214), line=0, tone=PLAIN, steady=True)
    draw_cloud(sheet, w * 0.16, h * 0.2, 0.14)
    draw_cloud(sheet, w * 0.86, h * 0.3, 0.13)
    bark = (142, 98, 72)
    twigs = (
        ([(0.16, 0.76), (0.1, 0.6), (0.12, 0.44)], 0.02),
        ([(0.84, 0.72), (0.93, 0.58), (0.9, 0.42)], 0.02),
        ([(0.5, 0.78), (0.54, 0.88), (0.5, 0.98)], 0.018),
    )
    for path, width in twigs:
        edge = ribbon(smooth([(x * w, y * h) for x, y in path]), [width, width * 0.8, width * 0.4], round_end=True)
        sheet.form(edge, bark)
    branch = [(-0.05, 0.84), (0.2, 0.76), (0.5, 0.775), (0.8, 0.73), (1.05, 0.66)]
    sheet.form(ribbon(smooth([(x * w, y * h) for x, y in branch]), [0.045, 0.04, 0.035, 0.03]), bark)
    for x, y, size, angle in (
        (0.1, 0.6, 0.15, 150), (0.12, 0.5, 0.14, 20), (0.05, 0.82, 0.15, 60), (0.92, 0.6, 0.15, 20),
        (0.92, 0.5, 0.14, 160), (0.53, 0.88, 0.15, 20), (0.51, 0.94, 0.14, 165), (0.97, 0.7, 0.14, 60),
        (0.28, 0.79, 0.13, 80), (0.74, 0.76, 0.13, 110),
    ):  # fmt: skip
        draw_leaf(sheet, x * w, y * h, size, angle, p.leaf if size > 0.14 else p.leaf_other)
    for x, y, size in (
        (0.12, 0.43, 0.08), (0.06, 0.68, 0.07), (0.9, 0.41, 0.085), (0.96, 0.55, 0.06), (0.5, 0.97, 0.075),
        (0.17, 0.79, 0.065), (0.86, 0.755, 0.06), (0.44, 0.8, 0.055),
    ):  # fmt: skip
        draw_flower_head(sheet, x * w, y * h, size, (244, 160, 184), (250, 214, 110), 5, 0)
    draw_bird(sheet, (w * 0.34, h * 0.775, 0.42), (92, 148, 204), (54, 92, 158), p.eye)
    draw_bird(sheet, (w * 0.66, h * 0.76, 0.36), (238, 150, 84), (176, 84, 66), p.eye)


GRAY: dict[str, Scene] = {"rabbit-in-gray": Scene(512, 640, 4, 1.5, _rabbit, is_painted=True)}
"""To be shipped as gray pictures, by name."""

COLORED: dict[str, Scene] = {"birds-in-colour": Scene(640, 800, 2, 2.4, _birds)}
"""To be shipped as finished pictures in colour, by name."""
