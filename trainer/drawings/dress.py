"""Clothes on a whole body: legs and shoes, skirts and trousers, tops, sleeves and hands."""

from dataclasses import dataclass

import numpy as np

from .body import Body, Joint
from .colors import Color, darker, lighter
from .curves import Points, at_fraction, ellipse, placed, points, ribbon, smooth
from .shading import PLAIN, Tone
from .sheet import Patch, Sheet


@dataclass(frozen=True)
class Outfit:
    """What somebody wears; colours come last.

    `bottom` skirt, long skirt, shorts, trousers or dress; `legs` bare, socks or tights; `shoes` boots,
    shoes or sneakers; `sleeves` none, short, long or wide; `top` plain, striped, buttons, apron or
    vest.
    """

    bottom: str
    legs: str
    shoes: str
    sleeves: str
    top: str
    cape: bool
    main: Color
    lower: Color
    trim: Color
    leg_color: Color
    shoe_color: Color


def random_outfit(rng: np.random.Generator, cloth: tuple[Color, ...]) -> Outfit:
    """Clothes in the colours `cloth` (six or more)."""
    order = rng.permutation(len(cloth))
    return Outfit(
        bottom=str(
            rng.choice(["skirt", "long skirt", "shorts", "trousers", "dress"], p=[0.28, 0.12, 0.14, 0.24, 0.22])
        ),
        legs=str(rng.choice(["bare", "socks", "tights"], p=[0.4, 0.4, 0.2])),
        shoes=str(rng.choice(["boots", "shoes", "sneakers"])),
        sleeves=str(rng.choice(["none", "short", "long", "wide"], p=[0.15, 0.3, 0.38, 0.17])),
        top=str(rng.choice(["plain", "striped", "buttons", "apron", "vest"], p=[0.3, 0.17, 0.22, 0.13, 0.18])),
        cape=bool(rng.uniform() < 0.14),
        main=cloth[order[0]],
        lower=cloth[order[1]],
        trim=cloth[order[2]],
        leg_color=cloth[order[3]],
        shoe_color=cloth[order[4]],
    )


def draw_cape(sheet: Sheet, body: Body, color: Color) -> None:
    """A cape behind everything but the hair."""
    nx, ny = body.neck
    hem = body.hip[1] + (body.legs[0][2][1] - body.hip[1]) * 0.6
    wide = body.shoulder * 1.9
    edge = [
        (nx - body.shoulder * 0.6, ny),
        (nx - wide * 0.8, (ny + hem) / 2),
        (nx - wide, hem),
        (nx - wide * 0.3, hem * 1.01),
        (nx + wide * 0.4, hem),
        (nx + wide, hem * 1.01),
        (nx + wide * 0.8, (ny + hem) / 2),
        (nx + body.shoulder * 0.6, ny),
    ]
    patch = sheet.form(smooth(edge, closed=True), color)
    for share in (-0.7, -0.3, 0.35, 0.75):
        fold = [(nx + wide * share * 0.5, ny + 0.3 * (hem - ny)), (nx + wide * share, hem)]
        sheet.line(fold, 0.6, (0.7, 0.0), clip=patch)


def draw_legs(sheet: Sheet, body: Body, outfit: Outfit, skin: Color) -> None:
    """Both legs with socks or trousers, and shoes."""
    r = body.leg_half
    covered = outfit.bottom == "trousers"
    for index in (0, 1):
        side = -1.0 if index == 0 else 1.0
        root, knee, ankle = body.legs[index]
        _draw_shoe(sheet, body, outfit, ankle, side)
        color = outfit.lower if covered else (outfit.leg_color if outfit.legs == "tights" else skin)
        widths = (
            [r * 1.35, r * 1.15, r * 1.0, r * 1.05, r * 0.95]
            if covered
            else [r * 1.3, r * 1.0, r * 0.74, r * 0.82, r * 0.5]
        )
        calf = at_fraction(points([knee, ankle]), 0.35)
        thigh = at_fraction(points([root, knee]), 0.5)
        spine = [root, thigh, knee, (calf[0] + side * r * 0.1, calf[1]), ankle]
        leg = sheet.form(ribbon(spine, widths), color)
        if covered:
            for share in (0.0, 0.25):
                x, y = knee[0], knee[1] + share * (ankle[1] - knee[1])
                sheet.line(
                    smooth([(x - side * r, y - r * 0.5), (x, y), (x + side * r * 0.4, y - r * 0.1)]),
                    0.6,
                    clip=leg,
                )
            sheet.line(
                [(ankle[0] - r * 1.2, ankle[1] - r * 0.6), (ankle[0] + r * 1.2, ankle[1] - r * 0.6)],
                0.6,
                clip=leg,
            )
        elif outfit.legs == "bare":
            sheet.line(
                smooth(
                    [
                        (knee[0] - r * 0.3, knee[1] + r * 0.3),
                        (knee[0], knee[1] + r * 0.42),
                        (knee[0] + r * 0.3, knee[1] + r * 0.2),
                    ]
                ),
                0.5,
                clip=leg,
            )
        if outfit.legs == "socks" and not covered:
            top = at_fraction(points([root, knee, ankle]), sheet.rng.choice([0.42, 0.62, 0.8]))
            sock = points(
                [
                    (top[0] - r * 3, top[1]),
                    (top[0] + r * 3, top[1]),
                    (ankle[0] + r * 3, ankle[1] + r),
                    (ankle[0] - r * 3, ankle[1] + r),
                ]
            )
            sheet.form(sock, outfit.leg_color, clip=leg, line=0.8)
        _draw_boot(sheet, body, outfit, knee, ankle, side)


def _draw_shoe(sheet: Sheet, body: Body, outfit: Outfit, ankle: Joint, side: float) -> None:
    s = body.leg_half * 1.25
    toe = [(-0.7, -0.5), (0.6, -0.6), (1.2, 0.1), (1.75, 0.5), (1.7, 1.0), (-0.75, 1.0), (-0.85, 0.2)]
    shoe = placed(smooth(toe, closed=True), ankle, s, 0.0, mirrored=side < 0)
    patch = sheet.form(shoe, outfit.shoe_color, tone=Tone(gleam=0.5))
    sole = placed([(-1.2, 0.78), (2, 0.78), (2, 1.4), (-1.2, 1.4)], ankle, s, 0.0, mirrored=side < 0)
    sheet.form(
        sole,
        lighter(outfit.trim, 0.4) if outfit.shoes == "sneakers" else darker(outfit.shoe_color, 0.4),
        clip=patch,
        line=0.6,
    )


def _draw_boot(sheet: Sheet, body: Body, outfit: Outfit, knee: Joint, ankle: Joint, side: float) -> None:
    if outfit.shoes != "boots" or outfit.bottom == "trousers":
        return
    r = body.leg_half
    top = at_fraction(points([knee, ankle]), 0.35)
    boot = ribbon(
        [top, at_fraction(points([knee, ankle]), 0.7), (ankle[0] + side * r * 0.1, ankle[1] + r * 0.2)],
        [r * 1.0, r * 0.8, r * 0.85],
    )
    sheet.form(boot, outfit.shoe_color, tone=Tone(gleam=0.5))
    cuff = ribbon([(top[0] - r * 1.05, top[1]), (top[0] + r * 1.05, top[1])], [r * 0.22, r * 0.22])
    sheet.form(cuff, outfit.trim, line=0.8)


def draw_bottom(sheet: Sheet, body: Body, outfit: Outfit) -> None:
    """Skirt, shorts or the seat of the trousers."""
    (wx, wy), (hx, hy) = body.waist, body.hip
    w, hip = body.waist_half, body.hip_half
    leg_end = max(body.legs[0][2][1], body.legs[1][2][1])
    if outfit.bottom in ("skirt", "long skirt", "dress"):
        share = {"skirt": 0.26, "long skirt": 0.82, "dress": 0.4}[outfit.bottom]
        hem_y = hy + share * (leg_end - hy)
        flare = hip * (1.55 + 0.7 * share)
        count = 7
        xs = np.linspace(hx + flare, hx - flare, count)
        dip = np.array([0.0, 0.035, 0.0, 0.04, 0.0, 0.035, 0.0]) * body.head_size
        hem = [(float(x), hem_y + float(d) + 0.04 * body.head_size) for x, d in zip(xs, dip, strict=True)]
        right = [(wx + w, wy), (hx + hip * 1.12, hy), hem[0]]
        left = [hem[-1], (hx - hip * 1.12, hy), (wx - w, wy)]
        color = outfit.main if outfit.bottom == "dress" else outfit.lower
        patch = sheet.form(np.concatenate([smooth(right), smooth(hem), smooth(left)]), color)
        if sheet.rng.uniform() < 0.4:
            band = np.concatenate(
                [
                    smooth([(x, y - 0.09 * body.head_size) for x, y in hem]),
                    np.add(smooth(hem[::-1]), (0, 0.1)),
                ]
            )
            sheet.form(band, outfit.trim, clip=patch, line=0.7)
        for i in range(1, count - 1):
            top = (wx + (hem[i][0] - hx) * 0.45, wy + (hem_y - wy) * sheet.rng.uniform(0.12, 0.4))
            sheet.line(
                [top, ((top[0] + hem[i][0]) / 2 + 0.006, (top[1] + hem[i][1]) / 2), hem[i]],
                0.7,
                (0.7, 0.0),
                clip=patch,
            )
    else:
        edge = [
            (wx + w, wy),
            (hx + hip * 1.08, hy - 0.02),
            (hx + hip * 1.05, hy + hip * 0.5),
            (hx, hy + hip * 0.42),
        ]
        whole = [
            *edge,
            *[(2 * hx - x if i else 2 * wx - x, y) for i, (x, y) in list(enumerate(edge))[:-1][::-1]],
        ]
        patch = sheet.form(smooth(whole, closed=True, per=4), outfit.lower)
        sheet.line([(hx, hy - hip * 0.2), (hx, hy + hip * 0.4)], 0.6, (0.5, 0), clip=patch)
        if outfit.bottom == "shorts":
            for index in (0, 1):
                root, knee, _ = body.legs[index]
                end = at_fraction(points([root, knee]), 0.62)
                r = body.leg_half
                sheet.form(ribbon([root, end], [r * 1.5, r * 1.6]), outfit.lower)


def draw_top(sheet: Sheet, body: Body, outfit: Outfit, skin: Color) -> None:
    """Neck and torso."""
    (nx, ny), (wx, wy), (_, hy) = body.neck, body.waist, body.hip
    h, sh, w = body.head_size, body.shoulder, body.waist_half
    neck = ribbon([(body.head[0], body.head[1] + 0.3 * h), (nx, ny + 0.12 * h)], [0.1 * h, 0.13 * h])
    sheet.form(neck, skin, tone=Tone(strength=1.2, size=1.5))
    tucked = outfit.bottom in ("skirt", "long skirt", "dress")
    low = wy + (0.03 if tucked else 0.5) * (hy - wy)
    low_half = w if tucked else body.hip_half * 1.02
    right = [
        (nx + 0.12 * h, ny),
        (nx + sh * 0.8, ny + 0.05 * h),
        (nx + sh * 0.97, ny + 0.16 * h),
        (nx + sh * 0.8, ny + 0.4 * (wy - ny)),
        (wx + w, wy),
        (wx + low_half, low + 0.02 * h),
    ]
    left = [(2 * (nx if i < 4 else wx) - x, y) for i, (x, y) in list(enumerate(right))[::-1]]
    hem = smooth([right[-1], (wx, low + 0.05 * h), left[0]])
    scoop = smooth([left[-1], (nx, ny + 0.14 * h), right[0]])
    torso = sheet.form(np.concatenate([smooth(right), hem, smooth(left), scoop]), outfit.main)
    tall = low - ny
    if outfit.top == "striped":
        for i in range(4):
            y = ny + tall * (0.3 + 0.2 * i)
            band = ribbon([(nx - sh * 1.2, y), (nx, y + 0.02 * h), (nx + sh * 1.2, y)], [tall * 0.05] * 3)
            sheet.form(band, outfit.trim, clip=torso, line=0.5)
    elif outfit.top == "buttons":
        sheet.line([(nx, ny + 0.14 * h), (wx, low)], 0.7, (0, 0), clip=torso)
        for i in range(3):
            x, y = at_fraction(points([(nx, ny + 0.14 * h), (wx, low)]), 0.25 + 0.27 * i)
            sheet.form(ellipse(x, y, 0.028 * h, 0.028 * h), outfit.trim, line=0.6)
        _draw_collar(sheet, nx, ny, h, lighter(outfit.trim, 0.4))
    elif outfit.top == "vest":
        for s in (-1.0, 1.0):
            flap = [
                (nx + s * 0.13 * h, ny),
                (nx + s * sh, ny + 0.05 * h),
                (wx + s * w * 1.4, low + h),
                (wx + s * w * 0.3, low + h),
                (nx + s * 0.1 * h, ny + 0.4 * tall),
            ]
            sheet.form(points(flap), outfit.trim, clip=torso, line=0.8)
    elif outfit.top == "apron":
        bib = points(
            [
                (nx - sh * 0.5, ny + 0.3 * tall),
                (nx + sh * 0.5, ny + 0.3 * tall),
                (wx + w * 0.8, low),
                (wx - w * 0.8, low),
            ]
        )
        sheet.form(bib, lighter(outfit.trim, 0.6), clip=torso)
        for s in (-1.0, 1.0):
            sheet.line([(nx + s * sh * 0.45, ny + 0.3 * tall), (nx + s * 0.2 * h, ny)], 0.9, clip=torso)
    for s in (-1.0, 1.0):
        fold = [
            (wx + s * w * 1.05, wy - 0.08 * tall),
            (wx + s * w * 0.5, wy - 0.02 * tall),
            (wx + s * w * 0.2, wy - 0.06 * tall),
        ]
        sheet.line(smooth(fold), 0.6, (0.0, 0.7), clip=torso)
    if tucked:
        belt = ribbon([(wx - w * 1.02, wy), (wx, wy + 0.03 * h), (wx + w * 1.02, wy)], [0.045 * h] * 3)
        sheet.form(belt, outfit.trim, line=0.8)
    if outfit.cape:
        sheet.form(
            ribbon(
                [(nx - sh * 0.75, ny + 0.02 * h), (nx, ny + 0.13 * h), (nx + sh * 0.75, ny + 0.02 * h)],
                [0.05 * h] * 3,
            ),
            outfit.trim,
        )


def _draw_collar(sheet: Sheet, x: float, y: float, h: float, color: Color) -> None:
    for s in (-1.0, 1.0):
        flap = [
            (x, y + 0.15 * h),
            (x + s * 0.13 * h, y - 0.04 * h),
            (x + s * 0.25 * h, y + 0.06 * h),
            (x + s * 0.17 * h, y + 0.22 * h),
        ]
        sheet.form(points(flap), color, line=0.8)


def draw_arm(sheet: Sheet, body: Body, outfit: Outfit, skin: Color, index: int) -> Joint:
    """One arm with its sleeve and hand; returns where the hand is."""
    side = -1.0 if index == 0 else 1.0
    root, elbow, wrist = body.arms[index]
    r = body.arm_half
    reach = points([elbow, wrist])
    hand = at_fraction(points([elbow, (2 * wrist[0] - elbow[0], 2 * wrist[1] - elbow[1])]), 0.5 + 0.12 * 0.5)
    _draw_hand(sheet, hand, elbow, wrist, r, skin, side)
    upper = at_fraction(points([root, elbow]), 0.5)
    spine = [root, upper, elbow, at_fraction(reach, 0.5), wrist]
    if outfit.sleeves in ("long", "wide"):
        wide = 1.0 if outfit.sleeves == "long" else 2.2
        sleeve = sheet.form(
            ribbon(spine, [r * 1.45, r * 1.35, r * 1.2, r * 1.15 * (1 + wide) / 2, r * 1.0 * wide]),
            outfit.main,
            rooted=outfit.sleeves == "long",
        )
        ex, ey = elbow
        sheet.line(
            smooth([(ex - side * r, ey - r * 0.6), (ex, ey), (ex + side * r * 0.7, ey - r * 0.2)]),
            0.6,
            (0.1, 0.7),
            clip=sleeve,
        )
        sheet.line(
            smooth([(ex - side * r, ey + r * 0.5), (ex, ey + r * 0.5), (ex + side * r * 0.4, ey + r * 0.2)]),
            0.5,
            (0.1, 0.7),
            clip=sleeve,
        )
        if outfit.sleeves == "long":
            cuff = at_fraction(reach, 0.86)
            sheet.form(ribbon([cuff, wrist], [r * 1.18, r * 1.12]), outfit.trim, line=0.8)
    else:
        sheet.form(
            ribbon(spine, [r * 1.25, r * 1.1, r * 0.85, r * 0.85, r * 0.65]),
            skin,
            rooted=outfit.sleeves != "none",
        )
        if outfit.sleeves == "short":
            sheet.form(ribbon([upper, root], [r * 1.9, r * 1.6], round_end=True), outfit.main)
            sheet.form(
                ribbon([at_fraction(points([root, upper]), 0.88), upper], [r * 1.9, r * 1.95]),
                outfit.trim,
                line=0.7,
            )
    if outfit.sleeves in ("long", "wide"):
        _round_shoulder(sheet, root, r, outfit.main)
    return hand


def _round_shoulder(sheet: Sheet, root: Joint, r: float, color: Color) -> Patch:
    return sheet.form(ellipse(root[0], root[1] + r * 0.35, r * 1.35, r * 1.3), color, line=0, tone=PLAIN)


def _draw_hand(sheet: Sheet, hand: Joint, elbow: Joint, wrist: Joint, r: float, skin: Color, side: float) -> None:
    angle = float(np.rad2deg(np.arctan2(wrist[1] - elbow[1], wrist[0] - elbow[0]))) - 90.0
    s = r * 1.3
    palm = [(-0.5, -0.8), (0.5, -0.8), (0.68, 0.1), (0.5, 0.85), (0.0, 1.1), (-0.5, 0.85), (-0.66, 0.1)]
    thumb = [
        (side * -0.45, -0.5),
        (side * -0.95, 0.0),
        (side * -0.95, 0.45),
        (side * -0.7, 0.4),
        (side * -0.4, 0.1),
    ]
    sheet.form(placed(smooth(thumb, closed=True), hand, s, angle), skin, line=0.9)
    patch: Points = placed(smooth(palm, closed=True), hand, s, angle)
    shown = sheet.form(patch, skin, line=0.9)
    for x in (-0.25, 0.1):
        sheet.line(placed([(x, 0.35), (x * 1.1, 1.0)], hand, s, angle), 0.5, (0.5, 0), clip=shown)
