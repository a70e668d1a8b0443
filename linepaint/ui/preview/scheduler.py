"""When to make which preview: pure bookkeeping, with the clock handed in.

While strokes go on, drafts follow each other: as soon as one ends the next begins with the newest hints, so
at most one is ever waiting. A running draft is left to finish even though newer hints exist; dropping it at
every step of the pen would mean that none ever arrives. Once nothing has changed for REST_SECONDS, the fine
picture is made, and that one is dropped as soon as the pen moves again. What was started for other settings
or another document is always dropped.

Times are seconds on any clock that only runs forward.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

REST_SECONDS: Final = 0.25
"""The pen counts as resting when nothing has changed for this long."""
SLOW_DRAFT_SECONDS: Final = 0.3
"""A machine whose drafts take longer is slow: it gets a pause after each, so that painting stays smooth."""
PAUSE_SHARE: Final = 0.5
"""Length of that pause as a share of the draft's own time …"""
LONGEST_PAUSE_SECONDS: Final = 0.6
"""… but never longer than this, so that previews keep coming however slow the machine is."""


class Stage(StrEnum):
    """The two finenesses of a preview."""

    DRAFT = "draft"
    FINAL = "final"


class Outcome(StrEnum):
    """How a job ended."""

    SHOWN = "shown"
    DROPPED = "dropped"
    FAILED = "failed"


@dataclass(frozen=True)
class _Running:
    stage: Stage
    version: int


class Scheduler:
    """Knows what is wanted, what runs and what is shown, as counters; it never sees a picture."""

    def __init__(self) -> None:
        self._version = 0
        """Counts changes; the newest one is what is wanted."""
        self._anew_version = 0
        """What was started before this version is of no use any more."""
        self._drafted_version = 0
        self._settled_version = 0
        """Up to here everything is shown in full, or is known to fail."""
        self._changed_at = 0.0
        self._pause_until = 0.0
        self._hurried = False
        self._running: _Running | None = None

    @property
    def is_busy(self) -> bool:
        """True while the fine picture of what is painted is still to come."""
        return self._settled_version < self._version

    @property
    def is_drafted(self) -> bool:
        """True when at least a draft of what is painted is on the screen."""
        return self._drafted_version == self._version

    @property
    def running_stage(self) -> Stage | None:
        """What is being made now, None when nothing is."""
        return None if self._running is None else self._running.stage

    @property
    def should_drop(self) -> bool:
        """True when what is running is of no more use and should be told to stop."""
        if self._running is None:
            return False
        if self._running.version < self._anew_version:
            return True
        return self._running.stage is Stage.FINAL and self._running.version < self._version

    def changed(self, now: float, *, anew: bool = False) -> None:
        """Hints or lines changed; `anew`: so much that a picture under way would be wrong, not just late."""
        self._version += 1
        self._changed_at = now
        self._hurried = False
        if anew:
            self._anew_version = self._version
            self._pause_until = now

    def forget(self) -> None:
        """Nothing is wanted any more (the document was closed)."""
        self._version += 1
        self._anew_version = self._drafted_version = self._settled_version = self._version

    def hurry(self) -> None:
        """Make the fine picture next, without a draft and without waiting for the pen to rest."""
        self._hurried = True

    def next_stage(self, now: float) -> Stage | None:
        """What to start now; None when nothing is wanted, something runs, or it is too early."""
        if self._running is not None or not self.is_busy:
            return None
        stage = self._wanted_stage
        return stage if now >= self._earliest_start(stage) else None

    def seconds_to_wait(self, now: float) -> float | None:
        """How long until `next_stage` has something to start; None when only an event can bring that."""
        if self._running is not None or not self.is_busy:
            return None
        return max(0.0, self._earliest_start(self._wanted_stage) - now)

    def began(self, stage: Stage) -> None:
        """A job for the newest version was started."""
        assert self._running is None, "one job at a time"
        self._running = _Running(stage, self._version)

    def ended(self, outcome: Outcome, now: float, seconds: float = 0.0) -> bool:
        """The running job ended after `seconds` of work. Returns whether its picture may be shown."""
        running, self._running = self._running, None
        assert running is not None, "only what runs can end"
        if running.version < self._anew_version or outcome is Outcome.DROPPED:
            return False
        if running.stage is Stage.DRAFT and seconds > SLOW_DRAFT_SECONDS:
            self._pause_until = now + min(seconds * PAUSE_SHARE, LONGEST_PAUSE_SECONDS)
        self.settle(running.stage, running.version, failed=outcome is Outcome.FAILED)
        return outcome is Outcome.SHOWN

    def settle(self, stage: Stage, version: int | None = None, *, failed: bool = False) -> None:
        """A picture of this version (the newest by default) is on the screen at least as fine as `stage`.

        `failed`: it is not, and trying again would not help.
        """
        version = self._version if version is None else version
        self._drafted_version = max(self._drafted_version, version)
        if stage is Stage.FINAL or failed:
            self._settled_version = max(self._settled_version, version)

    @property
    def _wanted_stage(self) -> Stage:
        if self._hurried or self.is_drafted:
            return Stage.FINAL
        return Stage.DRAFT

    def _earliest_start(self, stage: Stage) -> float:
        if self._hurried:
            return self._changed_at
        if stage is Stage.DRAFT:
            return self._pause_until
        return self._changed_at + REST_SECONDS
