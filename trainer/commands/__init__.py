"""The jobs of `linepaint-train`, a file each: `add_parser(jobs)` says what it takes, `run(arguments)` does it.

What a job needs is imported when it runs, so that `--help` answers at once.
"""

from __future__ import annotations

from . import ablate, evaluate, export, finetune, fit, prepare, recipes, sheet

COMMANDS = (prepare, fit, finetune, evaluate, sheet, export, ablate, recipes)
