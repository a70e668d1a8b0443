"""The recipe of a fine-tuning: that of `live` at a low rate, with a soft critic, for any network that takes hints."""

from __future__ import annotations

import json
import math

from linepaint.engine.catalog import CheckpointInfo

from ..recipe import Recipe
from ..recipe_file import parse_recipe

NAME = "finetune"

SIZE = 160
"""Side of the crops, px; where a network's stride asks for more, the least it can take."""

TEMPLATE = """\
# Fine-tuning of {name} on an artist's own pictures.
name = "{recipe}"
mode = "{mode}"
architecture = "{architecture}"
ema = 0.99

[network]
{network}

[critic]
receptive_field = 34

# Drawings of the trainer's own among the artist's, so that what they never draw is not forgotten. Their own palette is
# what is to be learned, so few pictures change their hues.
[data]
procedural = 0.15
workers = 1

[augment]
recolor = 0.15
rough_lines = 0.5

[hints]
none = 0.25
most = 64
dots = 0.5
radius = [0.004, 0.025]

# The critic starts from nothing, so it is listened to little by little.
[[stages]]
steps = {steps}
size = {size}
batch = 8
learning_rate = 1e-4
warmup = {warmup}
loss = {{ l1 = 1.0, adversarial = [0.0, 0.02] }}
"""


def finetune_recipe(info: CheckpointInfo, steps: int, stride: int = 1) -> Recipe:
    """Fine-tune a checkpoint in so many steps. stride: of its network, which sizes are multiples of."""
    text = TEMPLATE.format(
        name=info.name,
        recipe=NAME,
        mode=info.mode.value,
        architecture=info.architecture,
        network="\n".join(f"{key} = {json.dumps(value)}" for key, value in info.config.items()),
        steps=steps,
        size=math.ceil(SIZE / stride) * stride,
        warmup=min(50, steps // 10),
    )
    return parse_recipe(text, NAME)
