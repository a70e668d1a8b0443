"""Every check that a change must pass, one after the other, with the time each took: `make check`, `make test`.

    python scripts/check.py [--bundle | --only NAME…]

All of them run even if one fails, so that one run tells everything; only what was not built is not tested.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Check:
    """A command of the environment that must end with status 0."""

    name: str
    program: str
    arguments: tuple[str, ...] = ()
    needs: str = ""
    """The check without which this one cannot run."""


CHECKS = (
    Check("lint", "ruff", ("check", ".")),
    Check("format", "ruff", ("format", "--check", ".")),
    Check("types", "mypy", ("linepaint", "trainer", "installers")),
    Check("architecture", "lint-imports"),
    Check("tests", "pytest", ("--durations=10", "--quiet")),
)

BUNDLE_CHECKS = (
    Check("tools", "python", ("scripts/bundle_tools.py",)),
    Check("bundle", "python", ("-m", "installers.bundle"), needs="tools"),
    Check("bundle-test", "pytest", ("tests/bundle", "--durations=10", "--quiet"), needs="bundle"),
)
"""What takes a quarter of an hour more: the frozen programs."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the checks that the arguments name; 0 if every one passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bundle", action="store_true", help="build and test the frozen programs too")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these checks and no others")
    options = parser.parse_args(argv)
    checks = (*CHECKS, *BUNDLE_CHECKS) if options.bundle or options.only else CHECKS
    return run([check for check in checks if not options.only or check.name in options.only])


def run(checks: Sequence[Check]) -> int:
    """Run these checks; 0 if every one passed."""
    results: list[tuple[str, bool, float]] = []
    for check in checks:
        if any(name == check.needs and not passed for name, passed, _ in results):
            results.append((check.name, False, 0.0))
            continue
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
