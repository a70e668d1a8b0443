"""The model card of a checkpoint: a page of Markdown that says what it is, where it came from and what it cannot do.

Everything in it is read from the checkpoint's header and from its run's folder; nothing is claimed beyond that.
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safetensors import safe_open

from linepaint.engine.architectures import build_hollow
from linepaint.engine.catalog import SUFFIX, CheckpointInfo, Mode, read_info
from linepaint.engine.whole_picture import SOURCE_CHANNELS

from .errors import TrainingError
from .evaluation.figures import ARROWS, figures_of
from .run_folder import RECIPE_NAME, RunFacts, read_facts

log = logging.getLogger(__name__)

EVALUATION_NAME = "evaluation.json"
"""What `linepaint-train evaluate --out` writes; in the run's folder it is taken for the run's own."""

TASKS = {
    Mode.LINEART: "A line drawing{hints} into the colour under the lines; ink is never redrawn.",
    Mode.GRAYSCALE: "A gray picture{hints} into its colours; how light each pixel is stays.",
    Mode.SCAN: "A colour picture into the line drawing that it could have come from.",
    Mode.PICTURE: "A picture into another, as the pairs that it was trained on taught.",
}
HINTED = "A colour without a hint is a guess. Paint a hint wherever the colour matters."
UNHINTED = "It takes no hints: its colours are guesses that cannot be steered."
COLORING_LIMITS = (
    "The people in its pictures are not a fair sample of people. Do not take the colours that it gives to skin "
    "for a judgement of anything.",
)
LIMITS = {
    Mode.LINEART: COLORING_LIMITS,
    Mode.GRAYSCALE: COLORING_LIMITS,
    Mode.SCAN: ("Its lines are what it takes for outlines: shadows and textures can become ink, faint edges can go.",),
    Mode.PICTURE: ("What it adds to a picture is made up. Take nothing in it for evidence.",),
}
USE = {
    Mode.LINEART: "linepaint colorize drawing.png{hints} --checkpoint {name} -o coloured.png",
    Mode.GRAYSCALE: "linepaint colorize gray.png{hints} --checkpoint {name} -o coloured.png",
    Mode.SCAN: "linepaint lines picture.png --checkpoint {name} -o lines.png",
    Mode.PICTURE: "linepaint colorize picture.png{hints} --checkpoint {name} -o made.png",
}


@dataclass(frozen=True)
class Card:
    """What a model card is written from.

    info: the header. hints: whether it takes them. parameters: how many numbers; precision: in which dtype; size: of
    the file, bytes; sha256: its checksum. recipe, facts, evaluation: of the run, where there is one. origin: where
    foreign weights came from. In Markdown, for checkpoints that are shipped: credits, who made what it was trained on,
    instead of the header's own words; figures, instead of those of an evaluation; weak, where those are low, a
    sentence each.
    """

    info: CheckpointInfo
    hints: bool
    parameters: int
    precision: str
    size: int
    sha256: str
    recipe: str = ""
    facts: RunFacts | None = None
    evaluation: dict[str, Any] | None = None
    origin: str = ""
    credits: str = ""
    figures: str = ""
    weak: tuple[str, ...] = ()


def card_of(checkpoint: Path, run: Path | None = None, origin: str = "") -> Card:
    """What there is to say about a checkpoint file. Raises EngineError if it is none, TrainingError if a file of its
    run is damaged."""
    info = read_info(checkpoint)
    with safe_open(str(checkpoint), framework="numpy") as file:
        parts = [file.get_slice(name) for name in file.keys()]  # noqa: SIM118, not a dictionary
        parameters = sum(math.prod(part.get_shape()) for part in parts)
        precisions = sorted({str(part.get_dtype()) for part in parts})
    with checkpoint.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    facts = read_facts(run) if run else None
    return Card(
        info=info,
        hints=takes_hints(info),
        parameters=parameters,
        precision=", ".join(precisions).replace("F", "float").replace("Bfloat", "bfloat"),
        size=checkpoint.stat().st_size,
        sha256=digest,
        recipe=_text(run / RECIPE_NAME) if run else "",
        # A run that went on since then knows other things than this checkpoint.
        facts=facts if facts is not None and facts.steps == info.steps else None,
        evaluation=read_evaluation(run, info) if run else None,
        origin=origin,
    )


def takes_hints(info: CheckpointInfo) -> bool:
    """Whether the network that a header describes is shown colour hints. Raises ValueError for an unknown one."""
    channels = getattr(getattr(build_hollow(info.architecture, info.config), "config", None), "channels_in", None)
    return channels is None or channels > SOURCE_CHANNELS[info.mode]


def read_evaluation(run: Path, info: CheckpointInfo) -> dict[str, Any] | None:
    """What RUN/evaluation.json holds; None where there is none, or only one from before the run's last steps.

    Raises TrainingError if it is damaged.
    """
    path, measured = run / EVALUATION_NAME, run / f"{info.recipe}{SUFFIX}"
    if not path.exists():
        return None
    if measured.exists() and path.stat().st_mtime < measured.stat().st_mtime:
        log.warning(
            "%s is older than the checkpoint and is left out; write it anew with linepaint-train evaluate.", path
        )
        return None
    try:
        evaluation = json.loads(path.read_text("utf-8"))
        for key, kind in (("protocol", dict), ("drawings", list), ("results", list)):
            if not isinstance(evaluation[key], kind):
                raise ValueError(f"{key} is no {kind.__name__}")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TrainingError(f"{path} is damaged ({error}); write it anew with linepaint-train evaluate.") from error
    return dict(evaluation)


def model_card(card: Card) -> str:
    """The page."""
    sections = [_head(card), _training(card), _data(card), _figures(card), _limits(card)]
    return "\n\n".join(section for section in sections if section) + "\n"


def _head(card: Card) -> str:
    info = card.info
    rows = [
        ("File", f"`{info.path.name}`, {card.size:,} bytes, {card.precision}, {card.parameters:,} parameters"),
        ("SHA-256", f"`{card.sha256}`"),
        ("Mode", f"`{info.mode.value}`"),
        ("Architecture", f"`{info.architecture}`, config `{json.dumps(info.config)}`"),
        ("Trained at", f"up to {info.size} px"),
        ("Licence of the weights", info.licence or "not stated"),
    ]
    task = TASKS[info.mode].format(hints=" and colour hints" if card.hints else "")
    use = USE[info.mode].format(hints=" --hints hints.png" if card.hints else "", name=info.path.name)
    return f"# Model card: {info.name}\n\n{task}\n\n{_table(('', ''), rows)}\n\n```sh\n{use}\n```"


def _training(card: Card) -> str:
    info, facts = card.info, card.facts
    if card.origin:
        return f"## How it came about\n\nNot trained by linepaint: its weights were taken over from {card.origin}."
    rows = [("Recipe", f"`{info.recipe}`"), ("Steps", f"{info.steps:,}")]
    if facts is not None:
        if facts.steps_asked != facts.steps:
            rows[-1] = ("Steps", f"{info.steps:,} of {facts.steps_asked:,}")
        rows += [
            ("Pictures seen", f"{facts.images:,}"),
            ("Time", _duration(facts.seconds)),
            ("Machine", f"{facts.machine}, {facts.device}, {_counted(facts.processes, 'process', 'processes')}"),
            ("Precision, torch", f"{facts.precision}, {facts.torch}"),
        ]
        if facts.losses:
            last = ", ".join(f"{name} {value:.4g}" for name, value in facts.losses.items())
            rows.append(("Losses at the end", last))
    recipe = f"\n\n```toml\n{card.recipe.strip()}\n```" if card.recipe else ""
    return f"## How it was trained\n\nWith `linepaint-train fit`.\n\n{_table(('', ''), rows)}{recipe}"


def _data(card: Card) -> str:
    rows = []
    for entry in card.info.data:
        entry = entry if isinstance(entry, dict) else {"source": entry}
        pictures = entry.get("pictures") or 0
        rows.append((entry.get("source", ""), pictures or "–", entry.get("licence", "not stated")))
    if not rows:
        return "## What it was trained on\n\nThe checkpoint does not say."
    total = sum(count for _, count, _ in rows if isinstance(count, int))
    said = f"{_counted(total, 'picture', 'pictures')} of others." if total else "No pictures of others."
    told = card.credits or _table(("source", "pictures", "licence"), rows)
    return f"## What it was trained on\n\n{said}\n\n{told}"


def _figures(card: Card) -> str:
    parts = []
    if card.figures:
        parts.append(card.figures)
    elif card.evaluation is not None:
        parts.append(_evaluation(card.evaluation, card.info.mode))
    elif card.info.metrics:
        parts.append(_table(("figure", "value"), [(n, f"{v:g}") for n, v in card.info.metrics.items()]))
    else:
        parts.append("None were taken. `linepaint-train evaluate` measures it.")
    return "## Figures\n\n" + "\n\n".join(parts)


def _evaluation(evaluation: dict[str, Any], mode: Mode) -> str:
    """The table of what `evaluate` measured."""
    protocol, results = evaluation["protocol"], [r for r in evaluation["results"] if isinstance(r, dict)]
    figures = [f for f in figures_of(mode) if any(_number(r, f.key) is not None for r in results)]
    headings = ["", "hints", *(" ".join(p for p in (f.heading, f.unit, ARROWS[f.better]) if p) for f in figures)]
    rows = [(r.get("name", ""), r.get("hints", ""), *(f.shown(_number(r, f.key)) for f in figures)) for r in results]
    count = _counted(len(evaluation["drawings"]), "drawing", "drawings")
    said = f"`linepaint-train evaluate` on {count} at {protocol.get('size')} px, seed {protocol.get('seed')}:"
    return f"{said}\n\n{_table(headings, rows)}"


def _number(result: dict[str, Any], key: str) -> float | None:
    figures = result.get("figures")
    value = figures.get(key) if isinstance(figures, dict) else None
    return float(value) if isinstance(value, int | float) else None


def _limits(card: Card) -> str:
    info, facts = card.info, card.facts
    said = [
        f"It was trained at up to {info.size} px. Larger pictures are worked on at a smaller size or are new to it.",
        "What its sources do not show it has never seen: other styles and subjects come out worse.",
    ]
    if card.hints:
        said.append(HINTED)
    elif info.mode in (Mode.LINEART, Mode.GRAYSCALE):
        said.append(UNHINTED)
    said += (*LIMITS[info.mode], *card.weak)
    if facts is not None and facts.steps < facts.steps_asked:
        said.append(f"Its training was ended early, at step {facts.steps:,} of {facts.steps_asked:,}.")
    if card.evaluation is None and not info.metrics and not card.figures:
        said.append("Nobody has measured it yet.")
    return "## Limits\n\n" + "\n".join(f"- {sentence}" for sentence in said)


def _table(headings: Sequence[object], rows: Sequence[Sequence[object]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(_cell(value) for value in line)} |" for line in lines)


def _cell(value: object) -> str:
    """Text that stays in its cell: a licence may hold anything."""
    text = " ".join(str(value).split())
    return text.replace("|", "\\|").replace("<", "&lt;")


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60} min"


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise TrainingError(
            f"{path} cannot be read ({error}); write it anew, or export the checkpoint alone."
        ) from error
