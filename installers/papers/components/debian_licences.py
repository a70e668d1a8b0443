"""The licences of libraries that Debian's copyright files do not tell apart from those of the sources around them.

A copyright file lists the licences of all files of a source package, tests and build scripts included; these are the
licences of the libraries that are built from it, as their own authors state them.
"""

from __future__ import annotations

import fnmatch

_GCC = "GPL-3.0-or-later WITH GCC-exception-3.1"

LICENCES = {
    "libatk1.0-*": "LGPL-2.0-or-later",
    "libblkid1": "LGPL-2.1-or-later",
    "libbrotli1": "MIT",
    "libbsd0": "BSD-3-Clause",
    "libbz2-1.0": "bzip2-1.0.6",
    "libcairo*": "LGPL-2.1-only OR MPL-1.1",
    "libcap2": "BSD-3-Clause OR GPL-2.0-only",
    "libcom-err2": "MIT",
    "libdatrie1": "LGPL-2.1-or-later",
    "libdbus-1-3": "AFL-2.1 OR GPL-2.0-or-later",
    "libexpat1": "MIT",
    "libffi[0-9]": "MIT",
    "libfontconfig1": "HPND",
    "libfreetype6": "FTL OR GPL-2.0-or-later",
    "libfribidi0": "LGPL-2.1-or-later",
    "libgcc-s1": _GCC,
    "libgcrypt20": "LGPL-2.1-or-later",
    "libgdk-pixbuf-*": "LGPL-2.1-or-later",
    "libglib2.0-0*": "LGPL-2.1-or-later",
    "libgpg-error0": "LGPL-2.1-or-later",
    "libgraphite2-3": "LGPL-2.1-or-later OR MPL-1.1 OR GPL-2.0-or-later",
    "libgssapi-krb5-2": "MIT",
    "libharfbuzz0b": "MIT",
    "libicu*": "ICU",
    "libjpeg62-turbo": "IJG AND BSD-3-Clause AND Zlib",
    "libk5crypto3": "MIT",
    "libkeyutils1": "LGPL-2.0-or-later",
    "libkrb5*": "MIT",
    "liblz4-1": "BSD-2-Clause",
    "liblzma5": "LicenseRef-public-domain",
    "libmd0": "BSD-3-Clause",
    "libmount1": "LGPL-2.1-or-later",
    "libpango*": "LGPL-2.0-or-later",
    "libpcre2-8-0": "BSD-3-Clause",
    "libpixman-1-0": "MIT",
    "libpng16-16*": "libpng-2.0",
    "libreadline8*": "GPL-3.0-or-later",
    "libselinux1": "LicenseRef-public-domain",
    "libsqlite3-0": "blessing",
    "libssl3*": "Apache-2.0",
    "libstdc++6": _GCC,
    "libsystemd0": "LGPL-2.1-or-later",
    "libthai0": "LGPL-2.1-or-later",
    "libtinfo6": "X11",
    "libuuid1": "BSD-3-Clause",
    "libwayland-*": "MIT",
    "libx11-*": "MIT",
    "libxau6": "MIT",
    "libxcb*": "MIT",
    "libxdmcp6": "MIT",
    "libxext6": "MIT",
    "libxkbcommon*": "MIT",
    "libxrender1": "MIT",
    "libzstd1": "BSD-3-Clause OR GPL-2.0-only",
    "zlib1g": "Zlib",
}
"""By the name of the binary package, as for fnmatch."""


def library_licence(package: str) -> str:
    """The SPDX expression of a package's library, or "" if it is not listed."""
    return next((licence for name, licence in LICENCES.items() if fnmatch.fnmatchcase(package, name)), "")
