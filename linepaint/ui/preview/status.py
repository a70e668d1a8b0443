"""What the window shows about the preview."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """Where the preview stands."""

    EMPTY = "empty"
    """There is no drawing."""
    OFF = "off"
    """The preview was not started yet, or was stopped."""
    STARTING = "starting"
    """The engine is not there yet."""
    DRAFT = "draft"
    """A picture is being made, or waits to be; what is shown is older than what is painted."""
    REFINING = "refining"
    """A draft of what is painted is shown, the fine picture is to come."""
    READY = "ready"
    """What is shown is the fine picture of what is painted."""
    FAILED = "failed"
    """What is shown is older than what is painted, and `message` says why."""


@dataclass(frozen=True)
class PreviewStatus:
    """Where the preview stands, in words and figures."""

    phase: Phase = Phase.EMPTY
    device_label: str = ""
    """The device that made the last picture; empty before the first."""
    seconds: float | None = None
    """How long the last picture took; None before the first."""
    doing: str = ""
    """What goes on just now, while busy."""
    message: str = ""
    """Why the preview failed or is coarser than usual; empty when all is well."""

    @property
    def is_busy(self) -> bool:
        """True while a better picture is on its way."""
        return self.phase in (Phase.STARTING, Phase.DRAFT, Phase.REFINING)
