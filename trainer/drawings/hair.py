"""Hair: what falls behind the head and what falls over the face, in pointed locks with strands."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from .colors import Color, darker, lighter
from .curves import Points, at_fraction, ellipse, joined, points, ribbon, scalloped, smooth
from .head import Head, shadow_color
from .shading import Tone
from .sheet import Patch, Sheet

LENGTHS = {"short": 0.42, "bob": 0.62, "medium": 0.95, "long": 1.55}


@dataclass(frozen=True)
class HairStyle:
    """How hair is cut and worn. Lengths are head units.

    `length` short, bob, medium or long; `tied` none, ponytail, twin, bun, buns or braid; `fringe` locks
    over the brow down to `fringe_y`; `part` -0.3..0.3 where it parts; `wave` 0..1; `volume` beyond the
    skull; `side_locks` how far they hang; `strands` drawn within; `band` a gleam across; `spiky` 0..1,
    the hem's points.
    """

    length: str
    tied: str
    fringe: int
    fringe_y: float
    part: float
    wave: float
    volume: float
    side_locks: float
    strands: int
    band: bool
    spiky: float


def random_hair_style(rng: np.random.Generator) -> HairStyle:
    """Any of the styles."""
    length = str(rng.choice(list(LENGTHS), p=[0.3, 0.22, 0.2, 0.28]))
    tied = str(rng.choice(["none", "ponytail", "twin", "bun", "buns", "braid"], p=[0.54, 0.12, 0.12, 0.06, 0.06, 0.1]))
    return HairStyle(
        length="short" if tied in ("bun", "buns") else length,
        tied=tied,
        fringe=int(rng.integers(4, 9)),
        fringe_y=rng.uniform(-0.12, 0.04),
        part=rng.uniform(-0.25, 0.25),
        wave=float(rng.choice([0.0, rng.uniform(0.2, 1.0)])),
        volume=rng.uniform(0.05, 0.13),
        side_locks=rng.uniform(0.15, 0.75),
        strands=int(rng.integers(3, 10)),
        band=bool(rng.uniform() < 0.55),
        spiky=rng.uniform(0.0, 1.0),
    )


def _ragged_edge(
    rng: np.random.Generator,
    start: tuple[float, float],
    end: tuple[float, float],
    tips: int,
    drop: float,
    lean: float,
) -> Points:
    """A lower edge of `tips` pointed locks from `start` to `end`, hanging about `drop` below it."""
    a, b = np.array(start), np.array(end)
    cuts = np.linspace(0, 1, tips + 1)
    cuts[1:-1] += rng.uniform(-0.25, 0.25, tips - 1) / tips
    notches = a + np.outer(cuts, b - a)
    notches[1:-1, 1] += rng.uniform(-0.15, 0.4, tips - 1) * drop * 0.5
    pieces = []
    for n0, n1 in pairwise(notches):
        middle = (n0 + n1) / 2
        hang = np.array([lean * rng.uniform(0.5, 1.2), rng.uniform(0.75, 1.2)]) * drop
        tip = middle + hang
        pieces += [
            [n0, n0 * 0.45 + tip * 0.55 + (n0 - middle) * 0.35, tip],
            [tip, n1 * 0.5 + tip * 0.5 + (n1 - middle) * 0.25, n1],
        ]
    return joined(*pieces, per=5)


def draw_back_hair(sheet: Sheet, head: Head, style: HairStyle, color: Color) -> None:
    """Everything behind neck and face."""
    rng = sheet.rng
    v = style.volume
    behind = shadow_color(sheet, color, 0.9) if sheet.look.shading != "flat" else color
    if style.tied in ("ponytail", "twin"):
        sides = (-1.0, 1.0) if style.tied == "twin" else (1.0 if head.turn <= 0 else -1.0,)
        for side in sides:
            _draw_tail(sheet, head, style, color, side)
    if style.tied in ("bun", "buns"):
        places = [(-0.33, -0.52), (0.33, -0.52)] if style.tied == "buns" else [(0.05 - head.turn * 0.2, -0.66)]
        for x, y in places:
            radius = 0.17 if style.tied == "buns" else 0.2
            bun = sheet.form(head.put(ellipse(x, y, radius, radius * 0.92)), color, tone=Tone(gleam=0.6))
            swirl = ellipse(x, y + 0.01, radius * 0.55, radius * 0.5, start=150, end=400)
            sheet.line(head.put(swirl), 0.7, clip=bun)
    reach = LENGTHS[style.length] if style.tied not in ("ponytail", "twin") else 0.42
    wide = 0.43 + v + (0.1 if reach > 0.6 else 0.0)
    flare = wide + (0.12 * rng.uniform() if reach > 0.8 else -0.05)
    bend = style.wave * 0.06
    right = [
        (0.0, -0.5 - v),
        (0.28, -0.46 - v * 0.9),
        (0.43 + v * 0.8, -0.25),
        (wide, 0.05),
        (wide + bend, 0.25 * reach + 0.1),
        (flare - bend, 0.62 * reach + 0.05),
        (flare, reach * 0.86),
    ]
    left = [(-x, y) for x, y in right[::-1]]
    spread = 0.12 if reach < 0.6 else 0.2
    hem = _ragged_edge(
        rng, right[-1], left[0], int(rng.integers(5, 9)), spread * (0.6 + style.spiky), rng.normal(0, 0.3)
    )
    edge = np.concatenate([smooth(right), hem, smooth(left)])
    patch = sheet.form(head.put(edge), behind, tone=Tone(strength=0.7))
    for _ in range(style.strands):
        x = rng.uniform(-0.9, 0.9) * wide
        start = max(0.3, reach * rng.uniform(0.3, 0.6))
        path = [
            (x * 0.9, start),
            (x + bend * rng.normal(), (start + reach) / 2),
            (x * rng.uniform(0.95, 1.1), reach * rng.uniform(0.85, 1.1)),
        ]
        sheet.line(head.put(smooth(path)), 0.55, (0.5, 0.3), clip=patch)


def _draw_tail(sheet: Sheet, head: Head, style: HairStyle, color: Color, side: float) -> None:
    """A tied tail of several locks, the outer ones first."""
    rng = sheet.rng
    root = (side * 0.36, -0.3) if style.tied == "twin" else (side * 0.2, -0.42)
    reach = {"short": 0.7, "bob": 0.95, "medium": 1.25, "long": 1.7}[style.length]
    out = rng.uniform(0.25, 0.55)
    for offset, share in ((0.16, 0.75), (-0.14, 0.85), (0.0, 1.0)):
        bend = style.wave * 0.1
        spine = [
            root,
            (root[0] + side * (out * 0.8 + offset * 0.2), root[1] + 0.08),
            (root[0] + side * (out + offset + bend), root[1] + reach * 0.45 * share),
            (root[0] + side * (out * 0.75 + offset * 1.2 - bend), root[1] + reach * 0.75 * share),
            (root[0] + side * (out * 0.9 + offset * 1.4), root[1] + reach * share),
        ]
        lock = sheet.form(head.put(ribbon(spine, [0.06, 0.15, 0.17, 0.1, 0.0])), color)
        for shift in (-0.05, 0.05):
            strand = [(x + shift, y) for x, y in spine]
            sheet.line(head.put(smooth(strand)[8:-4]), 0.55, (0.3, 0.5), clip=lock)


def draw_tail_ties(sheet: Sheet, head: Head, style: HairStyle, color: Color) -> None:
    """Ribbons where tails or buns are tied."""
    if style.tied == "twin":
        for side in (-1.0, 1.0):
            draw_bow(sheet, head, side * 0.44, -0.33, 0.13, color)
    elif style.tied == "buns" and sheet.rng.uniform() < 0.6:
        for side in (-1.0, 1.0):
            draw_bow(sheet, head, side * 0.33, -0.4, 0.1, color)


def draw_bow(sheet: Sheet, head: Head, x: float, y: float, size: float, color: Color) -> None:
    """A bow of two loops and a knot, head units."""
    for side in (-1.0, 1.0):
        tail = points([(x, y), (x + side * size * 0.5, y + size * 1.1), (x + side * size * 0.85, y + size * 0.9)])
        sheet.form(head.put(tail), darker(color, 0.12))
    for side in (-1.0, 1.0):
        loop = [
            (x, y),
            (x + side * size * 0.6, y - size * 0.6),
            (x + side * size * 1.15, y - size * 0.45),
            (x + side * size * 1.1, y + size * 0.4),
            (x + side * size * 0.5, y + size * 0.35),
        ]
        patch = sheet.form(head.put(smooth(loop, closed=True)), color)
        sheet.line(head.put([(x, y), (x + side * size * 0.6, y - size * 0.05)]), 0.6, (0, 0.5), clip=patch)
    sheet.form(head.put(ellipse(x, y, size * 0.24, size * 0.28)), color)


def draw_front_hair(sheet: Sheet, head: Head, face: Patch, skin: Color, style: HairStyle, color: Color) -> Patch:
    """The cap of hair over the skull with its fringe and side locks, and its shadow on the face."""
    rng = sheet.rng
    v, turn = style.volume, head.turn
    crown = (style.part * 0.5 + turn * 0.1, -0.5 - v)
    dome = [
        (-0.44 - v * 0.7, 0.06),
        (-0.46 - v * 0.8, -0.16),
        (-0.38 - v * 0.7, -0.38),
        (-0.2, -0.5 - v * 0.85),
        (0.0, -0.52 - v),
        (0.2, -0.5 - v * 0.85),
        (0.38 + v * 0.7, -0.38),
        (0.46 + v * 0.8, -0.16),
        (0.44 + v * 0.7, 0.06),
    ]
    brow = style.fringe_y
    tips: list[tuple[float, float]] = []
    xs = np.linspace(0.27, -0.27, style.fringe) + rng.uniform(-0.02, 0.02, style.fringe)
    for x in xs.tolist():
        away = np.sign(x - style.part) * 0.05
        tips.append((head.across(x + away, 0) * 1.02, brow + rng.uniform(-0.05, 0.07) + 0.1 * abs(x)))
    side_tip = style.side_locks
    right_lock = (0.4 + 0.3 * v, side_tip * rng.uniform(0.85, 1.1))
    left_lock = (-0.4 - 0.3 * v, side_tip * rng.uniform(0.85, 1.1))
    ends = [right_lock, *tips, left_lock]
    notches = []
    for (x0, y0), (x1, y1) in pairwise(ends):
        high = min(y0, y1) - rng.uniform(0.07, 0.17)
        parted = abs((x0 + x1) / 2 - style.part) < 0.07
        notches.append(((x0 + x1) / 2 + 0.02 * np.sign(x0), high - (0.14 if parted else 0.0)))
    notches[0] = (0.345, min(notches[0][1], 0.02))
    notches[-1] = (-0.345, min(notches[-1][1], 0.02))
    bend = style.wave * 0.035
    pieces: list[list[tuple[float, float]]] = [
        [dome[-1], (0.47 + v * 0.6 + bend, (0.06 + right_lock[1]) / 2), right_lock]
    ]
    for i, tip in enumerate(ends):
        if i > 0:
            n = notches[i - 1]
            pieces.append([n, (n[0] * 0.4 + tip[0] * 0.6 + 0.012, n[1] * 0.5 + tip[1] * 0.5), tip])
        if i < len(notches):
            n = notches[i]
            pieces.append([tip, (n[0] * 0.55 + tip[0] * 0.45 + 0.012, n[1] * 0.55 + tip[1] * 0.45), n])
    pieces.append([left_lock, (-0.47 - v * 0.6 - bend, (0.06 + left_lock[1]) / 2), dome[0]])
    fringe = joined(*pieces, per=5)
    edge = np.concatenate([smooth(dome), fringe])
    if sheet.look.shading != "flat":
        drop = np.array([-sheet.look.light[0] * 0.03, 0.05])
        shade = np.concatenate([fringe + drop, points([(-0.5, -0.5), (0.5, -0.5)])])
        sheet.paint_over(face, head.put(shade), shadow_color(sheet, skin))
    cap = sheet.form(head.put(edge), color, tone=Tone(size=0.55, strength=0.9))
    if style.band and sheet.look.shading != "flat":
        _paint_band(sheet, head, cap, color)
    for n in notches:
        reach = rng.uniform(0.35, 0.85)
        lift = (crown[0] + (n[0] - crown[0]) * 0.75, crown[1] * 0.6 + n[1] * 0.4 - 0.04)
        whole = smooth([n, lift, crown])
        sheet.line(head.put(whole[: max(4, int(len(whole) * reach))]), 0.75, (0.0, 0.6), clip=cap)
    for _ in range(style.strands):
        tip = ends[int(rng.integers(len(ends)))]
        start = (tip[0] * rng.uniform(0.72, 1.08), tip[1] - rng.uniform(0.08, 0.3))
        lift = (crown[0] + (start[0] - crown[0]) * 0.95, (crown[1] + start[1]) / 2 - 0.04)
        whole = smooth([start, lift, crown])
        a = rng.uniform(0.0, 0.4)
        section = whole[int(a * len(whole)) : int((a + rng.uniform(0.25, 0.5)) * len(whole))]
        if len(section) > 3:
            sheet.line(head.put(section), 0.5, (0.5, 0.5), clip=cap)
    return cap


def _paint_band(sheet: Sheet, head: Head, cap: Patch, color: Color) -> None:
    """The gleam that runs round the head: two or three bands, pointed along the strands above and below."""
    rng = sheet.rng
    side = -1.0 if sheet.look.light[0] < 0 else 1.0
    for begin, end, tall in ((-0.4, 0.03, 1.0), (0.07, 0.2, 0.6), (0.31, 0.4, 0.5)):
        a, b = (begin, end) if side < 0 else (-end, -begin)
        count = 2 * max(2, round((b - a) * 20)) + 1
        x = np.linspace(a, b, count)
        middle = -0.31 + 0.75 * x * x
        belly = tall * np.sin(np.linspace(0, np.pi, count)) ** 0.7
        tooth = np.arange(count) % 2
        lower = middle + belly * (0.018 + 0.075 * tooth * rng.uniform(0.3, 1.0, count))
        upper = middle - belly * (0.018 + 0.05 * (1 - tooth) * rng.uniform(0.2, 1.0, count))
        band = np.concatenate([np.stack([x, lower], axis=1), np.stack([x, upper], axis=1)[::-1]])
        sheet.paint_over(cap, head.put(band), lighter(color, 0.4), 0.65)


def draw_braid(sheet: Sheet, head: Head, side: float, color: Color, tie: Color, links: int = 7) -> None:
    """A braid that hangs over the shoulder in front."""
    spine = smooth([(side * 0.4, 0.2), (side * 0.5, 0.55), (side * 0.42, 0.95), (side * 0.46, 1.4)])
    for i in range(links):
        x, y = at_fraction(spine, (i + 0.5) / links)
        wide = 0.1 - 0.004 * i
        for half in (-1.0, 1.0):
            link = ellipse(x + half * wide * 0.42, y, wide * 0.72, 0.115, tilt=-half * 38)
            sheet.form(head.put(link), color)
    x, y = at_fraction(spine, 1.0)
    tuft = [
        (x - 0.05, y - 0.02),
        (x - 0.09, y + 0.12),
        (x, y + 0.25),
        (x + 0.09, y + 0.12),
        (x + 0.05, y - 0.02),
    ]
    sheet.form(head.put(smooth(tuft)), color)
    sheet.form(head.put(ellipse(x, y, 0.07, 0.04)), tie)


def draw_curls(sheet: Sheet, head: Head, color: Color) -> None:
    """A cloud of curls behind the head."""
    ring = scalloped(ellipse(0, -0.1, 0.6, 0.58), 15, 0.1, sheet.rng)
    patch = sheet.form(head.put(ring), color, tone=Tone(size=0.6))
    for _ in range(10):
        angle = sheet.rng.uniform(0, 6.28)
        x, y = 0.5 * np.cos(angle), -0.1 + 0.5 * np.sin(angle)
        sheet.line(head.put(ellipse(x, y, 0.08, 0.07, start=sheet.rng.uniform(0, 360), end=620)), 0.6, clip=patch)
