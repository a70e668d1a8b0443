"""The moment that packages carry, so that the same sources make the same bytes whenever they are built.

https://reproducible-builds.org/specs/source-date-epoch/
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

from ..commands import need, run
from ..errors import BuildError
from ..places import ROOT

VARIABLE = "SOURCE_DATE_EPOCH"


def moment() -> datetime:
    """What SOURCE_DATE_EPOCH says, otherwise when the last commit was made. Raises BuildError if neither is known."""
    said = os.environ.get(VARIABLE)
    if said is None:
        if not (ROOT / ".git").exists():
            raise BuildError(
                f"This is no git checkout; say the seconds since 1970 that packages shall carry in {VARIABLE}."
            )
        said = run([need("git", "git"), "-C", ROOT, "log", "-1", "--format=%ct"]).strip()
    try:
        return datetime.fromtimestamp(int(said), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise BuildError(f"{VARIABLE} must be a number of seconds since 1970, not {said!r}.") from error
