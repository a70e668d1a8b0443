"""Undo and redo: the commands done and undone, bounded by the memory that they keep."""

from __future__ import annotations

from linepaint.document.changes import Change
from linepaint.document.commands import Command
from linepaint.document.document import Document

DEFAULT_LIMIT_BYTES = 512 * 2**20


class History:
    """The edits of one document, and the only way to make them.

    Beyond `limit_bytes` the oldest edits are forgotten; the newest can always be undone, whatever it costs.
    """

    def __init__(self, document: Document, limit_bytes: int = DEFAULT_LIMIT_BYTES) -> None:
        self.document = document
        self.limit_bytes = limit_bytes
        self._done: list[Command] = []
        self._undone: list[Command] = []
        self._nbytes = 0
        self._may_merge = False
        self._saved_at: int | None = 0
        """How many commands were done when the document was saved; None when no undo or redo leads there."""

    @property
    def can_undo(self) -> bool:
        """True when there is an edit to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """True when an edit was taken back and nothing else was done since."""
        return bool(self._undone)

    @property
    def undo_text(self) -> str:
        """What `undo` would take back, or ""."""
        return self._done[-1].text if self._done else ""

    @property
    def redo_text(self) -> str:
        """What `redo` would do again, or ""."""
        return self._undone[-1].text if self._undone else ""

    @property
    def nbytes(self) -> int:
        """Memory that the commands keep."""
        return self._nbytes

    @property
    def is_clean(self) -> bool:
        """True when the document stands as it was last saved (or as it was when this history began)."""
        return self._saved_at == len(self._done)

    def perform(self, command: Command) -> None:
        """Apply a command, keep it, and notify the document's subscribers."""
        change = command.apply(self.document)
        self._keep(command)
        self.document.notify(change)

    def push_applied(self, command: Command) -> None:
        """Keep a command whose work is already done and shown, such as a finished stroke."""
        self._keep(command)

    def undo(self) -> Change | None:
        """Take the last edit back and notify; None when there is none."""
        if not self._done:
            return None
        command = self._done.pop()
        self._undone.append(command)
        self._may_merge = False
        change = command.revert(self.document)
        self.document.notify(change)
        return change

    def redo(self) -> Change | None:
        """Do the edit last taken back again and notify; None when there is none."""
        if not self._undone:
            return None
        command = self._undone.pop()
        self._done.append(command)
        self._may_merge = False
        change = command.apply(self.document)
        self.document.notify(change)
        return change

    def end_merging(self) -> None:
        """Let the next command start a new step; call it where a drag ends."""
        self._may_merge = False

    def mark_saved(self) -> None:
        """Remember that the document as it stands is on disk."""
        self._saved_at = len(self._done)

    def mark_unsaved(self) -> None:
        """Remember that no state of this history is on disk, as for a recovered document."""
        self._saved_at = None

    def _keep(self, command: Command) -> None:
        if command.changes_nothing:
            return
        if self._saved_at is not None and self._saved_at > len(self._done):
            self._saved_at = None
        self._nbytes -= sum(undone.nbytes for undone in self._undone)
        self._undone.clear()
        merged = self._merged_with_last(command)
        if merged is not None:
            self._nbytes -= self._done.pop().nbytes
            command = merged
        if not command.changes_nothing:
            self._nbytes += command.nbytes
            self._done.append(command)
        self._may_merge = True
        self._forget_oldest()

    def _merged_with_last(self, command: Command) -> Command | None:
        # What was saved must stay a step of its own, or undo could not lead back to it.
        if not self._done or not self._may_merge or self.is_clean:
            return None
        return command.merged_with(self._done[-1])

    def _forget_oldest(self) -> None:
        forgotten = 0
        while self._nbytes > self.limit_bytes and forgotten < len(self._done) - 1:
            self._nbytes -= self._done[forgotten].nbytes
            forgotten += 1
        del self._done[:forgotten]
        if self._saved_at is not None:
            self._saved_at = self._saved_at - forgotten if self._saved_at >= forgotten else None
