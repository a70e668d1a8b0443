"""A standing body as joints, measured in heads: proportions from a doll of 2.6 heads to an adult of 6."""

from dataclasses import dataclass

import numpy as np

Joint = tuple[float, float]

ARMS = {
    "down": (14.0, 6.0),
    "away": (32.0, 14.0),
    "hip": (46.0, -95.0),
    "wave": (118.0, 42.0),
    "raised": (150.0, 12.0),
    "front": (16.0, -62.0),
    "spread": (72.0, 8.0),
    "chest": (24.0, -128.0),
}
"""Degrees: the upper arm outwards from hanging straight down, then the forearm's further turn."""

LEGS = {
    "stand": ((3.0, 0.0), (3.0, 0.0)),
    "wide": ((13.0, -4.0), (13.0, -4.0)),
    "rest": ((2.0, 0.0), (17.0, -12.0)),
    "walk": ((20.0, -26.0), (-6.0, 10.0)),
    "shy": ((-1.0, 4.0), (7.0, -16.0)),
}
"""Angles of thigh and knee of the left and the right leg, outwards."""


@dataclass(frozen=True)
class Body:
    """Joints in sheet units. Arms and legs are (root, middle, end), the sheet's left side first."""

    head_size: float
    heads: float
    head: Joint
    neck: Joint
    waist: Joint
    hip: Joint
    shoulder: float
    waist_half: float
    hip_half: float
    arm_half: float
    leg_half: float
    arms: tuple[tuple[Joint, Joint, Joint], tuple[Joint, Joint, Joint]]
    legs: tuple[tuple[Joint, Joint, Joint], tuple[Joint, Joint, Joint]]

    @property
    def rest(self) -> float:
        """Height below the chin, in heads."""
        return self.heads - 1


def _limb(
    root: Joint, lengths: tuple[float, float], angles: tuple[float, float], side: float
) -> tuple[Joint, Joint, Joint]:
    first = np.deg2rad(angles[0])
    second = np.deg2rad(angles[0] + angles[1])
    middle = (root[0] + side * lengths[0] * float(np.sin(first)), root[1] + lengths[0] * float(np.cos(first)))
    end = (
        middle[0] + side * lengths[1] * float(np.sin(second)),
        middle[1] + lengths[1] * float(np.cos(second)),
    )
    return root, middle, end


def posed_body(
    x: float,
    floor: float,
    height: float,
    heads: float,
    arms: tuple[str, str],
    legs: str,
    broad: float = 0.5,
    sway: float = 0.0,
) -> Body:
    """A body `height` tall whose feet stand near (x, floor); `sway` -1..1 moves the hips aside."""
    h = height / heads
    rest = heads - 1
    neck_gap, torso, leg = 0.05 * rest * h, 0.385 * rest * h, 0.535 * rest * h
    shoulder = (0.2 + (0.07 + 0.03 * broad) * rest) * h
    hip_half = (0.18 + (0.075 - 0.008 * broad) * rest) * h
    top = floor - height
    shift = sway * 0.1 * rest * h * 0.4
    neck = (x - shift * 0.4, top + h * 0.97 + neck_gap)
    waist = (x + shift * 0.5, neck[1] + torso * 0.6)
    hip = (x + shift, neck[1] + torso)
    arm_lengths = (0.285 * rest * h, 0.265 * rest * h)
    pairs = []
    for side, name in ((-1.0, arms[0]), (1.0, arms[1])):
        root = (neck[0] + side * shoulder * 0.86, neck[1] + 0.05 * rest * h + 0.02 * h)
        pairs.append(_limb(root, arm_lengths, ARMS[name], side))
    feet = []
    for side, angles in ((-1.0, LEGS[legs][0]), (1.0, LEGS[legs][1])):
        root = (hip[0] + side * hip_half * 0.5, hip[1] - 0.03 * h)
        feet.append(_limb(root, (leg * 0.5, leg * 0.47), angles, side))
    return Body(
        head_size=h,
        heads=heads,
        head=(neck[0] - shift * 0.2, top + h * 0.5),
        neck=neck,
        waist=waist,
        hip=hip,
        shoulder=shoulder,
        waist_half=(0.15 + 0.062 * rest) * h,
        hip_half=hip_half,
        arm_half=(0.062 + 0.015 * rest) * h,
        leg_half=(0.085 + 0.026 * rest) * h,
        arms=(pairs[0], pairs[1]),
        legs=(feet[0], feet[1]),
    )
