"""What a bundle leaves out: the right files, counted, and nothing that linepaint is made of."""

from pathlib import Path

import pytest

from installers.left_out import LEFT_OUT, part_of, reads_itself, sift


@pytest.mark.parametrize(
    ("destination", "part"),
    [
        ("torch/bin/test_jit", "torch: its tests, tools and headers"),
        ("torch/bin/protoc", "torch: its tests, tools and headers"),
        ("torch/nn/modules/conv.py", "torch: sources of its modules"),
        ("torch/_inductor/codegen/cpp.pyc", "torch: the compiler"),
        ("PySide6/Qt/plugins/tls/libqopensslbackend.so", "Qt: plugins for machines without a desktop, networks"),
        ("scipy/optimize/_highspy/_core.cpython-311-x86_64-linux-gnu.so", "SciPy: statistics"),
        ("python3.11/lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so", "Python: encryption"),
        ("cv2\\opencv_videoio_ffmpeg500_64.dll", "OpenCV: video"),
    ],
)
def test_what_nobody_loads_is_left_out(destination: str, part: str) -> None:
    found = part_of(destination)
    assert found is not None
    assert found.name.startswith(part)


@pytest.mark.parametrize(
    "destination",
    [
        "linepaint/cli.pyc",
        "linepaint/resources/checkpoints/live.safetensors",
        "torch/bin/torch_shm_manager",
        "torch/lib/libtorch_cpu.so",
        "torch/nn/modules/conv.pyc",
        "torch/_inductor/config.pyc",
        "torch/testing/_internal/common_dtype.pyc",
        "torch/testing/_internal/distributed/fake_pg.pyc",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "scipy/sparse/csgraph/_shortest_path.cpython-311-x86_64-linux-gnu.so",
        "skimage/segmentation/_felzenszwalb_cy.cpython-311-x86_64-linux-gnu.so",
        "qtawesome/fonts/materialdesignicons6-webfont-6.9.96.ttf",
        "matplotlib/mpl-data/fonts/ttf/DejaVuSans.ttf",
        "matplotlib/mpl-data/fonts/ttf/STIXGeneral.ttf",
    ],
)
def test_what_the_programs_load_stays(destination: str) -> None:
    assert part_of(destination) is None


def test_every_part_says_why_and_has_a_name_of_its_own() -> None:
    assert all(part.why and part.patterns for part in LEFT_OUT)
    assert len({part.name for part in LEFT_OUT}) == len(LEFT_OUT)


READ = [
    "from torch.utils._config_module import install_config_module\ninstall_config_module(1)\n",
    "import torch\n_install_config_module(modules[__name__])\n",
    "from torch._jit_internal import _overload as overload\n",
    "@torch._jit_internal._overload_method\ndef forward(x): ...\n",
]


@pytest.mark.parametrize("source", READ)
def test_sources_that_torch_reads_itself_stay(source: str, tmp_path: Path) -> None:
    plain, read = tmp_path / "conv.py", tmp_path / "config.py"
    plain.write_text("op_overload = packet_overloads = 1\n")
    read.write_text(source)
    assert not reads_itself(plain)
    assert reads_itself(read)
    entries = [("torch/nn/conv.py", str(plain), "DATA"), ("torch/_dynamo/config.py", str(read), "DATA")]
    kept, saved = sift(entries)
    assert kept == entries[1:]
    assert saved == {"torch: sources of its modules": plain.stat().st_size}


def test_links_count_nothing(tmp_path: Path) -> None:
    library = tmp_path / "libssl-3.so"
    library.write_bytes(bytes(100))
    kept, saved = sift([("libssl-3.so", str(library), "BINARY"), ("libssl-3-link.so", "libssl-3.so", "SYMLINK")])
    assert kept == []
    assert sum(saved.values()) == 100
