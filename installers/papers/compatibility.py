"""Whether what is under a licence may be part of a program under the GNU General Public License, version 3 or later.

The lists follow the Free Software Foundation's comments on licences. This is no legal advice: what is doubtful is told
to the person who publishes.
"""

from __future__ import annotations

from functools import cache

from license_expression import (  # type: ignore[import-untyped]
    AND,
    OR,
    ExpressionError,
    LicenseExpression,
    Licensing,
    get_spdx_licensing,
)

COMPATIBLE = frozenset(
    {
        "0BSD",
        "Apache-2.0",
        "Apache-2.0 WITH LLVM-exception",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "BSL-1.0",
        "CC-BY-4.0",
        "CC0-1.0",
        "FTL",
        "GPL-2.0-or-later",
        "GPL-2.0-or-later WITH Bootloader-exception",
        "GPL-3.0-only",
        "GPL-3.0-or-later",
        "GPL-3.0-or-later WITH GCC-exception-3.1",
        "HPND",
        "ICU",
        "IJG",
        "ISC",
        "LGPL-2.0-or-later",
        "LGPL-2.1-only",
        "LGPL-2.1-or-later",
        "LGPL-3.0-only",
        "LGPL-3.0-or-later",
        "LicenseRef-public-domain",
        "MIT",
        "MIT-CMU",
        "MPL-2.0",
        "OFL-1.1",
        "PSF-2.0",
        "X11",
        "Zlib",
        "blessing",
        "bzip2-1.0.6",
        "libpng-2.0",
        "libtiff",
    }
)
"""SPDX identifiers, with their exceptions. OFL-1.1 is one of fonts, which are only kept beside the program."""


def doubt(licence: str) -> str:
    """Why what is under this licence may not be part of the program, in words; "" if there is no doubt."""
    try:
        parsed = spdx().parse(licence)
    except ExpressionError:
        parsed = None
    if parsed is None:
        return f"its licence, “{licence}”, is no SPDX expression; read its text"
    refused = _refused(parsed)
    return f"not known to be compatible with the GPL: {', '.join(refused)}" if refused else ""


@cache
def spdx() -> Licensing:
    """What knows SPDX's identifiers; to read them takes half a second."""
    return get_spdx_licensing()


def _refused(expression: LicenseExpression) -> list[str]:
    """What stands in the way: nothing if one of several choices is free of it."""
    if isinstance(expression, OR):
        choices = [_refused(choice) for choice in expression.args]
        return [] if any(not choice for choice in choices) else [name for choice in choices for name in choice]
    if isinstance(expression, AND):
        return [name for part in expression.args for name in _refused(part)]
    name = str(expression)
    return [] if name in COMPATIBLE else [name]
