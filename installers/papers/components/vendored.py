"""What wheels bring of others: native libraries beside their modules, Qt in PySide6, fonts in qtawesome."""

from __future__ import annotations

import fnmatch
import mmap
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from .component import Component, Kind, Part
from .texts import text, texts_of_expression

Version = Callable[[Path, str], str]
"""From a file and the version of the distribution that brings it to the version of what it is."""

GCC = "GPL-3.0-or-later WITH GCC-exception-3.1"
QT_NOTE = (
    "Used under the LGPL, version 3. The libraries are files of their own below _internal/PySide6/Qt; put others of "
    "the same interface in their place to use linepaint with a changed Qt. What Qt itself contains of others is "
    "listed at https://doc.qt.io/qt-6/licenses-used-in-qt.html"
)
FFMPEG_NOTE = (
    "Used under the LGPL, version 2.1 or later; configured without its parts under the GPL. The libraries are files of "
    "their own and may be exchanged."
)
MKL_NOTE = (
    "Compiled into PyTorch for processors. Its licence permits redistribution but neither modification nor reverse "
    "engineering, which the GPL demands of what is one work with it."
)


@dataclass(frozen=True)
class Vendored:
    """A thing that wheels bring.

    patterns find its files, as for fnmatch, below the folder of packages. version: how its version is found. own_texts
    name files in installers/papers/texts; without them the texts are those that the wheel brings, or else those of the
    licence. mark: bytes that its file contains, where it is compiled into a file that belongs to the wheel.
    """

    name: str
    patterns: tuple[str, ...]
    licence: str
    version: Version
    origin: str = ""
    own_texts: tuple[str, ...] = ()
    note: str = ""
    kind: Kind = Kind.LIBRARY
    mark: bytes = b""

    def matches(self, file: str) -> bool:
        """Whether one of the patterns finds the file."""
        return any(fnmatch.fnmatchcase(file, pattern) for pattern in self.patterns)


def of_file_name(path: Path, _parent: str) -> str:
    """The version after ".so." or else in the name: that of the library's interface, not always of its release."""
    match = re.search(r"\.so\.([0-9][0-9a-z.]*)$", path.name) or re.search(
        r"[-.]v?(\d[0-9a-z.]*)\.(?:so|ttf)$", path.name
    )
    return match.group(1) if match else ""


def of_parent(_path: Path, parent: str) -> str:
    """The version of the wheel."""
    return parent


def not_told(_path: Path, _parent: str) -> str:
    """No version: nothing tells it."""
    return ""


def of_content(pattern: bytes, path: Path, parent: str) -> str:
    """The first group of a pattern that the file's bytes contain; what its name tells where they do not."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        match = re.search(pattern, content)
        return match.group(1).decode("ascii") if match else of_file_name(path, parent)


def _libs(*names: str) -> tuple[str, ...]:
    return tuple(f"*.libs/{name}[-.]*" for name in names)


def _font(name: str, files: str, licence: str, origin: str, text_name: str = "") -> Vendored:
    patterns = (f"qtawesome/fonts/{files}*.ttf",)
    return Vendored(name, patterns, licence, of_file_name, origin, (text_name or licence,), kind=Kind.FONT)


_FFMPEG = partial(of_content, rb"FFmpeg version ([0-9][0-9.]*)")
_VPX = partial(of_content, rb"WebM Project VP8 Encoder v([0-9.]+)")
_OPENBLAS = partial(of_content, rb"OpenBLAS ([0-9]+\.[0-9.]+[0-9])")
_PNG = partial(of_content, rb"libpng version ([0-9.]+[0-9])")
_AVIF = partial(of_content, rb"[^0-9.](1\.[0-9]+\.[0-9]+)\x00")

_PLACES = ("PySide6/Qt/", "torch/lib/", "qtawesome/fonts/")
"""Where there is something, beside the folders *.libs."""

KNOWN = (
    Vendored("ICU", ("PySide6/Qt/lib/libicu*",), "ICU", of_file_name, "https://icu.unicode.org", ("ICU",)),
    Vendored(
        "Qt",
        ("PySide6/Qt/*",),
        "LGPL-3.0-only",
        of_parent,
        "https://download.qt.io/official_releases/qt/",
        ("LGPL-3.0", "GPL-3.0"),
        QT_NOTE,
    ),
    Vendored(
        "FFmpeg",
        _libs("libavcodec", "libavformat", "libavutil", "libswscale", "libswresample"),
        "LGPL-2.1-or-later",
        _FFMPEG,
        "https://ffmpeg.org/download.html",
        ("LGPL-2.1",),
        FFMPEG_NOTE,
    ),
    Vendored("libvpx", _libs("libvpx"), "BSD-3-Clause", _VPX, "https://chromium.googlesource.com/webm/libvpx"),
    Vendored("libaom", _libs("libaom"), "BSD-2-Clause", of_file_name, "https://aomedia.googlesource.com/aom"),
    Vendored("libavif", _libs("libavif"), "BSD-2-Clause", _AVIF, "https://github.com/AOMediaCodec/libavif"),
    Vendored("OpenSSL", _libs("libssl", "libcrypto"), "OpenSSL", of_file_name, "https://openssl-library.org/source/"),
    Vendored("libdrm", _libs("libdrm"), "MIT", of_file_name, "https://gitlab.freedesktop.org/mesa/drm", ("libdrm",)),
    Vendored(
        "OpenBLAS",
        ("*.libs/libopenblas*", "*.libs/libscipy_openblas*"),
        "BSD-3-Clause",
        _OPENBLAS,
        "https://github.com/OpenMathLib/OpenBLAS",
        ("OpenBLAS",),
    ),
    Vendored(
        "libgfortran", _libs("libgfortran"), GCC, of_file_name, "https://gcc.gnu.org", ("GCC-exception-3.1", "GPL-3.0")
    ),
    Vendored(
        "libquadmath", _libs("libquadmath"), "LGPL-2.1-or-later", of_file_name, "https://gcc.gnu.org", ("LGPL-2.1",)
    ),
    Vendored(
        "libgomp",
        ("torch/lib/libgomp*", "*.libs/libgomp*"),
        GCC,
        of_file_name,
        "https://gcc.gnu.org",
        ("GCC-exception-3.1", "GPL-3.0"),
    ),
    Vendored("libpng", _libs("libpng16"), "libpng-2.0", _PNG, "https://www.libpng.org"),
    Vendored("libjpeg-turbo", _libs("libjpeg"), "IJG AND BSD-3-Clause", of_file_name, "https://libjpeg-turbo.org"),
    Vendored("libtiff", _libs("libtiff"), "libtiff", of_file_name, "https://gitlab.com/libtiff/libtiff"),
    Vendored(
        "libwebp",
        _libs("libwebp", "libwebpmux", "libwebpdemux", "libsharpyuv"),
        "BSD-3-Clause",
        of_file_name,
        "https://chromium.googlesource.com/webm/libwebp",
    ),
    Vendored("OpenJPEG", _libs("libopenjp2"), "BSD-2-Clause", of_file_name, "https://github.com/uclouvain/openjpeg"),
    Vendored("Little CMS", _libs("liblcms2"), "MIT", of_file_name, "https://github.com/mm2/Little-CMS"),
    Vendored("FreeType", _libs("libfreetype"), "FTL", of_file_name, "https://freetype.org"),
    Vendored("HarfBuzz", _libs("libharfbuzz"), "MIT", of_file_name, "https://github.com/harfbuzz/harfbuzz"),
    Vendored(
        "Brotli", _libs("libbrotlicommon", "libbrotlidec"), "MIT", of_file_name, "https://github.com/google/brotli"
    ),
    Vendored("XZ Utils", _libs("liblzma"), "0BSD", of_file_name, "https://tukaani.org/xz/"),
    Vendored("Zstandard", _libs("libzstd"), "BSD-3-Clause", of_file_name, "https://github.com/facebook/zstd"),
    Vendored("libXau", _libs("libXau"), "MIT", of_file_name, "https://gitlab.freedesktop.org/xorg/lib/libxau"),
    Vendored("libxcb", _libs("libxcb"), "MIT", of_file_name, "https://gitlab.freedesktop.org/xorg/lib/libxcb"),
    Vendored(
        "Intel oneMKL",
        ("torch/lib/libtorch_cpu.*",),
        "LicenseRef-Intel-Simplified-2022-10",
        not_told,
        "https://www.intel.com/content/www/us/en/developer/tools/oneapi/onemkl.html",
        ("Intel-oneMKL",),
        MKL_NOTE,
        mark=b"Intel oneMKL",
    ),
    _font("Material Design Icons", "materialdesignicons", "Apache-2.0", "https://pictogrammers.com/library/mdi/"),
    _font("Font Awesome", "fontawesome", "OFL-1.1", "https://github.com/FortAwesome/Font-Awesome"),
    _font("Elusive Icons", "elusiveicons", "OFL-1.1", "https://github.com/dovy/elusive-icons"),
    _font("Codicons", "codicon", "CC-BY-4.0", "https://github.com/microsoft/vscode-codicons"),
    _font("Remix Icon", "remixicon", "Apache-2.0", "https://github.com/Remix-Design/RemixIcon"),
    _font("Phosphor Icons", "phosphor", "MIT", "https://github.com/phosphor-icons/core", "Phosphor"),
)


def known(file: str) -> Vendored | None:
    """What a file is; `file` is relative to the folder of packages. None if it is the wheel's own."""
    if not file.startswith(_PLACES) and ".libs/" not in file:
        return None
    return next((each for each in KNOWN if not each.mark and each.matches(file)), None)


def contained(file: str, path: Path) -> Vendored | None:
    """What is compiled into a file that belongs to its wheel."""
    for each in KNOWN:
        if each.mark and each.matches(file):
            with path.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as content:
                if content.find(each.mark) >= 0:
                    return each
    return None


def is_same(name: str, part: Part) -> bool:
    """Whether a part that a wheel tells of is the thing of this name: "libjpeg / libjpeg-turbo" is "libjpeg-turbo"."""
    return re.search(rf"(?<![\w-]){re.escape(name.lower())}(?![\w-])", part.name.lower()) is not None


def component(what: Vendored, first: Path, files: Iterable[str], parent: Component) -> Component:
    """The component of these files, the first of which lies at `first`, that `parent` brings."""
    texts = tuple(text(name) for name in what.own_texts)
    told = [part.version for part in parent.parts if part.version and is_same(what.name, part)]
    return Component(
        name=what.name,
        version=told[0] if told else what.version(first, parent.version),
        kind=what.kind,
        licence=what.licence,
        texts=texts or parent.texts or texts_of_expression(what.licence),
        files=tuple(sorted(files)),
        origin=what.origin,
        note=" ".join(part for part in (f"Brought by {parent.name}.", what.note) if part),
    )
