"""What a bundle leaves out of the packages that it is made of, and why.

PyInstaller takes whole packages where it cannot know what they load; what the tests of the programs never load is named
here. tests/bundle runs every job of both programs without it. docs/packaging.md shows what each part saves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Part:
    """Files that are left out, by patterns of their paths below the folder of the packages; `*` matches slashes too."""

    name: str
    why: str
    patterns: tuple[str, ...]


SOURCES = Part(
    "torch: sources of its modules",
    "the compiled modules do; sources that torch itself reads stay (`reads_itself`)",
    ("torch/*.py", "torch/*.pyi", "torchgen/*.py", "functorch/*.py"),
)

LEFT_OUT = (
    Part(
        "torch: its tests, tools and headers",
        "for those who build torch; only torch_shm_manager is run",
        ("torch/test/*", "torch/bin/[!t]*", "torch/bin/test_*", "torch/include/*", "torch/share/*", "torch/lib/*.a"),
    ),
    Part(
        "torch: the compiler",
        "linepaint compiles no networks",
        (
            *(f"torch/_inductor/{name}*" for name in ("autoheuristic", "codegen", "codecache", "compile_fx")),
            *(f"torch/_inductor/{name}*" for name in ("cudagraph_trees", "fx_passes", "graph.", "ir.", "kernel")),
            *(f"torch/_inductor/{name}*" for name in ("lowering", "pattern_matcher", "scheduler.")),
            *(f"torch/_inductor/{name}*" for name in ("select_algorithm", "template_heuristics")),
            "torch/_inductor/runtime/triton_*",
            "torch/_inductor/runtime/caching*",
            "triton/*",
            "torch/_dynamo/repro/*",
            "torch/_export/serde/*",
            "torch/_export/passes/*",
            "torch/_functorch/partitioners.*",
            "torch/_vendor/quack/*",
            "torch/sparse/_triton_ops_meta.*",
            "torch/utils/cpp_extension.*",
            "torch/utils/hipify/*",
            "torchgen/api/*",
            "torchgen/dest/*",
            "torchgen/gen*",
        ),
    ),
    Part(
        "torch: its test library and benchmarks",
        "nothing else uses them",
        (
            "torch/testing/_internal/common_[!d]*",
            "torch/testing/_internal/common_d[!t]*",
            "torch/testing/_internal/distributed/[!_f]*",
            "torch/testing/_internal/generated/*",
            "torch/testing/_internal/opinfo/*",
            "torch/utils/benchmark/*",
        ),
    ),
    Part(
        "torch: quantization, pruning and pipelines over machines",
        "no recipe uses them; many machines train from a pip installation, with torchrun (docs/scale.md)",
        (
            "torch/ao/ns/*",
            "torch/ao/pruning/*",
            "torch/ao/quantization/fx/*",
            "torch/backends/_nnapi/*",
            "torch/distributed/_tools/*",
            "torch/distributed/checkpoint/*",
            "torch/distributed/elastic/*",
            "torch/distributed/pipelining/*",
        ),
    ),
    SOURCES,
    Part(
        "Qt: plugins for machines without a desktop, networks, and GTK's dialogs",
        "windows come through X11 or Wayland, native dialogs through the desktop's portal; no connection is opened",
        (
            "PySide6/Qt/plugins/egldeviceintegrations/*",
            "PySide6/Qt/plugins/generic/*",
            "PySide6/Qt/plugins/networkinformation/*",
            "PySide6/Qt/plugins/platforms/libqeglfs*",
            "PySide6/Qt/plugins/platforms/libqlinuxfb*",
            "PySide6/Qt/plugins/platforms/libqminimal*",
            "PySide6/Qt/plugins/platforms/libqvkkhrdisplay*",
            "PySide6/Qt/plugins/platforms/libqvnc*",
            "PySide6/Qt/plugins/platformthemes/libqgtk3*",
            "PySide6/Qt/plugins/tls/*",
            "PySide6/plugins/networkinformation/*",
            "PySide6/plugins/tls/*",
            "PySide6/QtNetwork*",
        ),
    ),
    Part("Qt: its own translations", "linepaint speaks English so far", ("PySide6/*translations/*",)),
    Part(
        "OpenCV: video by FFmpeg, on Windows",
        "a file of its own there; on Linux stand-ins take its place (`stand_ins`)",
        ("cv2/opencv_videoio_ffmpeg*",),
    ),
    Part(
        "SciPy: statistics, optimizers, signals, files",
        "linepaint uses its sparse matrices, graphs, linear algebra and ndimage",
        (
            *(f"scipy/{name}/*" for name in ("cluster", "fft", "fftpack", "integrate", "interpolate", "io", "odr")),
            *(f"scipy/{name}/*" for name in ("optimize", "signal", "stats", "datasets", "differentiate", "misc")),
            "scipy/_lib/cobyqa/*",
            "scipy/_lib/pyprima/*",
            "scipy/_lib/_uarray/*",
            "scipy/linalg/_decomp_interpolative*",
            "scipy/special/cython_special*",
        ),
    ),
    Part(
        "scikit-image: features, restoration, rank filters",
        "linepaint uses its colour spaces, measures, morphology and one segmentation",
        (
            *(f"skimage/{name}/*" for name in ("data", "feature", "future", "graph", "io", "registration")),
            *(f"skimage/{name}/*" for name in ("restoration", "transform")),
            "skimage/filters/rank/*",
            "skimage/filters/_multiotsu*",
            "skimage/measure/_marching_cubes*",
            "skimage/measure/_find_contours_cy*",
            "skimage/measure/_moments_cy*",
            "skimage/segmentation/_quickshift_cy*",
            "skimage/segmentation/_slic*",
            "skimage/segmentation/_watershed_cy*",
            "skimage/util/_remap*",
        ),
    ),
    Part(
        "SymPy: physics, groups, vectors, code generation",
        "torch uses its algebra alone",
        (
            *(f"sympy/{name}/*" for name in ("categories", "codegen", "combinatorics", "diffgeom", "liealgebras")),
            *(f"sympy/{name}/*" for name in ("physics", "sandbox", "stats", "testing", "vector")),
        ),
    ),
    Part(
        "matplotlib: windows, contours, rare fonts",
        "the trainer plots lines into files",
        (
            "matplotlib/_qhull*",
            "matplotlib/_tri*",
            "matplotlib/pyplot*",
            "matplotlib/mpl-data/fonts/afm/*",
            "matplotlib/mpl-data/fonts/pdfcorefonts/*",
            "matplotlib/mpl-data/fonts/ttf/DejaVuSans-*Oblique*",
            "matplotlib/mpl-data/fonts/ttf/DejaVuSansMono*",
            "matplotlib/mpl-data/fonts/ttf/DejaVuSerif*",
            "matplotlib/mpl-data/sample_data/*",
            "contourpy/*",
        ),
    ),
    Part(
        "QtAwesome: fonts but the one that icons are drawn from",
        "see docs/decisions/0005",
        (
            *(f"qtawesome/fonts/{name}*" for name in ("codicon", "elusiveicons", "fontawesome", "phosphor")),
            *(f"qtawesome/fonts/{name}*" for name in ("materialdesignicons5", "remixicon")),
        ),
    ),
    Part(
        "Linux: libraries that every desktop has",
        "graphics drivers need those of the system itself, which also keeps them up to date; the .deb depends on them",
        (
            *(
                f"{name}.so*"
                for name in ("libX11", "libX11-xcb", "libstdc++", "libgcc_s", "libfontconfig", "libfreetype")
            ),
            *(f"{name}.so*" for name in ("libexpat", "libglib-2.0", "libgthread-2.0", "libdbus-1")),
        ),
    ),
    Part("Pillow: AVIF", "linepaint opens and saves no AVIF", ("PIL/_avif*", "pillow.libs/libavif*")),
    Part(
        "packages that no program loads",
        "others name them for jobs that linepaint does not have",
        (
            *(f"{name}/*" for name in ("networkx", "setuptools", "_distutils_hack", "distutils", "wheel", "jinja2")),
            *(f"{name}/*" for name in ("markupsafe", "setuptools-*", "wheel-*", "jinja2-*", "markupsafe-*")),
            *(f"{name}/*" for name in ("tkinter", "pydoc_data")),
            "fsspec/implementations/*",
            # Where on the building machine pip found the wheel.
            "linepaint-*/direct_url.json",
        ),
    ),
    Part(
        "Python: encryption, databases, terminals",
        "for connections and prompts, of which linepaint has none",
        (
            *(f"python3.*/lib-dynload/{name}.*" for name in ("_ssl", "_hashlib", "_sqlite3", "readline", "_curses*")),
            "sqlite3/*",
            "libssl-3*",
            "libcrypto-3*",
            "sqlite3.dll",
        ),
    ),
)


_READ_ITSELF = re.compile(rb"\b_overload(_method)?\b|install_config_module\(")


def part_of(destination: str) -> Part | None:
    """The part to which a file belongs that PyInstaller would put there; None if it stays."""
    path = destination.replace("\\", "/")
    return next((part for part in LEFT_OUT if any(fnmatchcase(path, pattern) for pattern in part.patterns)), None)


@cache
def reads_itself(source: Path) -> bool:
    """Whether torch reads the source of this module of its own: options with comments, overloaded functions."""
    return _READ_ITSELF.search(source.read_bytes()) is not None


def sift(entries: Iterable[tuple[str, str, str]]) -> tuple[list[tuple[str, str, str]], dict[str, int]]:
    """PyInstaller's (destination, source, kind) without what is left out, and by name the bytes that each part had."""
    kept = []
    saved: dict[str, int] = {}
    for destination, source, kind in entries:
        part = part_of(destination)
        if part is None or (part is SOURCES and reads_itself(Path(source))):
            kept.append((destination, source, kind))
        elif kind != "SYMLINK":
            saved[part.name] = saved.get(part.name, 0) + Path(source).stat().st_size
    return kept, saved
