"""Every check that a change must pass, one after the other, with the time each took: `make test`.

All of them run even if one fails, so that one run tells everything.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Check:
    """A command of the environment that must end with status 0."""

    name: str
    program: str
    arguments: tuple[str, ...] = ()


CHECKS = (
    Check("lint", "ruff", ("check", ".")),
    Check("format", "ruff", ("format", "--check", ".")),
    Check("types", "mypy", ("linepaint", "trainer")),
    Check("architecture", "lint-imports"),
    Check("tests", "pytest", ("--durations=10", "--quiet")),
)


def main() -> int:
    """Run all checks; 0 if every one passed."""
    results = []
    for check in CHECKS:
        print(f"\n── {check.name}: {' '.join((check.program, *check.arguments))}", flush=True)
        began = time.monotonic()
        passed = _run(check)
        results.append((check.name, passed, time.monotonic() - began))
    print()
    for name, passed, seconds in results:
        print(f"  {'passed' if passed else 'FAILED'}  {name:<14} {seconds:6.1f} s")
    total = sum(seconds for *_, seconds in results)
    failed = [name for name, passed, _ in results if not passed]
    print(f"{'All checks passed' if not failed else 'Failed: ' + ', '.join(failed)}, {total:.0f} s in all.")
    return 1 if failed else 0


def _run(check: Check) -> bool:
    # The tests need no screen; those that do start an X server of their own.
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    program = Path(sys.executable).parent / check.program
    return subprocess.run([program, *check.arguments], cwd=ROOT, env=environment, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
