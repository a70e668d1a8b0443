"""A parser of command lines whose errors are one plain line, as all errors of our commands are."""

from __future__ import annotations

import argparse
from typing import NoReturn

USAGE_ERROR = 2
"""Exit status of everything that a command refuses."""


class ArgumentParser(argparse.ArgumentParser):
    """argparse's own prints the usage as well, which hides the reason."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong on stderr and exit with status 2."""
        self.exit(USAGE_ERROR, f"{self.prog}: {message}; {self.prog} --help tells more.\n")
