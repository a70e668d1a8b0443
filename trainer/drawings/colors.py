"""Colours of a drawing: named palettes in harmony, and now and then deliberately odd ones."""

from dataclasses import dataclass

import numpy as np

Color = tuple[int, int, int]


def hsv(hue: float, saturation: float, value: float) -> Color:
    """A colour from hue in turns (wrapped) and saturation and value in 0..1 (clipped)."""
    h = (hue % 1.0) * 6.0
    s, v = min(max(saturation, 0.0), 1.0), min(max(value, 0.0), 1.0)
    channel = [v - v * s * max(0.0, min(1.0, (k := (n + h) % 6), 4 - k)) for n in (5, 3, 1)]
    r, g, b = (round(255 * c) for c in channel)
    return r, g, b


def mixed(a: Color, b: Color, share: float) -> Color:
    """`a` with `share` (0..1) of `b` in it."""
    r, g, bl = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return r, g, bl


def darker(color: Color, share: float = 0.3) -> Color:
    """The colour's own shadow, slightly cooler than plain darkening."""
    return mixed(color, (int(color[0] * 0.35), int(color[1] * 0.28), int(color[2] * 0.5)), min(share * 1.3, 1.0))


def lighter(color: Color, share: float = 0.4) -> Color:
    """The colour mixed towards white."""
    return mixed(color, (255, 255, 255), share)


SKINS: tuple[Color, ...] = (
    (255, 228, 210),
    (252, 216, 190),
    (246, 204, 172),
    (234, 184, 146),
    (212, 156, 114),
    (176, 120, 82),
    (134, 88, 60),
    (98, 64, 46),
)
HAIRS: tuple[Color, ...] = (
    (52, 44, 48),
    (74, 50, 42),
    (112, 70, 46),
    (156, 100, 58),
    (196, 140, 76),
    (232, 200, 120),
    (244, 224, 170),
    (176, 66, 44),
    (214, 108, 58),
    (220, 220, 226),
    (168, 172, 184),
    (240, 150, 176),
    (152, 112, 196),
    (96, 132, 206),
    (92, 178, 172),
    (122, 170, 92),
    (198, 54, 74),
    (58, 70, 120),
)
LEAVES: tuple[Color, ...] = (
    (104, 168, 84),
    (78, 142, 78),
    (140, 188, 92),
    (64, 120, 92),
    (166, 178, 80),
    (92, 156, 120),
)
AUTUMN: tuple[Color, ...] = ((222, 138, 58), (204, 92, 54), (236, 184, 84), (172, 74, 60), (190, 148, 70))
BLOSSOM: tuple[Color, ...] = ((246, 188, 204), (238, 164, 190), (250, 214, 220))
WOODS: tuple[Color, ...] = ((150, 104, 68), (120, 82, 58), (184, 136, 92), (98, 70, 58), (204, 164, 116))
STONES: tuple[Color, ...] = ((168, 166, 164), (140, 144, 156), (190, 180, 166), (120, 116, 124))
SKIES: tuple[tuple[Color, Color], ...] = (
    ((112, 178, 232), (214, 238, 250)),
    ((84, 144, 214), (190, 222, 240)),
    ((250, 170, 120), (254, 226, 176)),
    ((96, 88, 160), (246, 168, 150)),
    ((34, 44, 92), (86, 98, 158)),
    ((160, 206, 214), (240, 240, 220)),
    ((188, 196, 210), (228, 230, 234)),
    ((244, 190, 206), (252, 232, 222)),
)


@dataclass(frozen=True)
class Palette:
    """The colours of one drawing. `cloth` are at least six that stand well beside each other."""

    skin: Color
    hair: Color
    eye: Color
    cloth: tuple[Color, ...]
    leaf: Color
    leaf_other: Color
    flower: tuple[Color, ...]
    wood: Color
    stone: Color
    sky: tuple[Color, Color]
    backdrop: Color


def pick(rng: np.random.Generator, colors: tuple[Color, ...]) -> Color:
    """One of `colors`."""
    return colors[int(rng.integers(len(colors)))]


def varied(rng: np.random.Generator, color: Color, amount: float = 14.0) -> Color:
    """A colour near `color`."""
    r, g, b = (int(np.clip(c + rng.normal(0, amount), 0, 255)) for c in color)
    return r, g, b


def any_color(rng: np.random.Generator) -> Color:
    """Any colour at all, the middle of the gamut more often than its ends."""
    return hsv(rng.uniform(), rng.beta(2.0, 2.2), rng.beta(3.0, 1.5))


def harmony(rng: np.random.Generator) -> tuple[Color, ...]:
    """Eight colours: two or three related hues, an accent, a light and a dark neutral."""
    root = rng.uniform()
    scheme = rng.choice(5)
    offsets = [(0.0, 0.06, 0.12), (0.0, 0.5, 0.46), (0.0, 0.33, 0.66), (0.0, 0.08, 0.5), (0.0, 0.02, 0.98)][scheme]
    vivid = rng.uniform(0.25, 0.8)
    tones: list[Color] = []
    for i in range(6):
        hue = root + offsets[i % 3] + rng.normal(0, 0.015)
        tones.append(hsv(hue, vivid * rng.uniform(0.6, 1.2), rng.uniform(0.45, 0.98)))
    tones.append(hsv(root + 0.1, rng.uniform(0.02, 0.1), rng.uniform(0.9, 1.0)))
    tones.append(hsv(root, rng.uniform(0.1, 0.4), rng.uniform(0.2, 0.4)))
    return tuple(tones[i] for i in rng.permutation(8))


def random_palette(rng: np.random.Generator) -> Palette:
    """A natural palette mostly; one in six has any colour anywhere, so that only hints can tell."""
    if rng.uniform() < 0.16:
        free = [any_color(rng) for _ in range(24)]
        return Palette(
            skin=free[0],
            hair=free[1],
            eye=free[2],
            cloth=tuple(free[3:11]),
            leaf=free[11],
            leaf_other=free[12],
            flower=(free[13], free[14], free[15]),
            wood=free[16],
            stone=free[17],
            sky=(free[18], lighter(free[18], rng.uniform(0.2, 0.7))),
            backdrop=free[19],
        )
    season = (LEAVES, LEAVES, LEAVES, AUTUMN, BLOSSOM)[int(rng.integers(5))]
    cloth = harmony(rng)
    sky = SKIES[int(rng.integers(len(SKIES)))]
    root = rng.uniform()
    return Palette(
        skin=varied(rng, SKINS[min(int(rng.gamma(1.6, 1.4)), len(SKINS) - 1)], 4),
        hair=varied(rng, pick(rng, HAIRS), 9),
        eye=hsv(rng.uniform(), rng.uniform(0.35, 0.85), rng.uniform(0.45, 0.9)),
        cloth=cloth,
        leaf=varied(rng, pick(rng, season), 10),
        leaf_other=varied(rng, pick(rng, LEAVES), 10),
        flower=(
            hsv(root, 0.6, 0.95),
            hsv(root + rng.uniform(0.05, 0.2), 0.5, 0.97),
            hsv(root + rng.uniform(0.3, 0.6), 0.4, 0.97),
        ),
        wood=varied(rng, pick(rng, WOODS), 8),
        stone=varied(rng, pick(rng, STONES), 8),
        sky=(varied(rng, sky[0], 8), varied(rng, sky[1], 5)),
        backdrop=lighter(cloth[0], rng.uniform(0.45, 0.85)),
    )
