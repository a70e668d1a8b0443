"""For which processors a bundle is built: `cpu`, or `cuda` for NVIDIA cards too. LINEPAINT_VARIANT chooses."""

from __future__ import annotations

import os
from dataclasses import dataclass

from .errors import BuildError
from .product import PRODUCT

VARIABLE = "LINEPAINT_VARIANT"


@dataclass(frozen=True)
class Variant:
    """One of the two.

    `torch` is the requirement by which pip finds its torch, `package` what its packages are called.
    """

    name: str
    torch: str
    package: str


def variants(torch_version: str) -> dict[str, Variant]:
    """Both, with this version of torch.

    PyPI's torch for Linux is the one for CUDA and names no local version; `===` asks for just that one where an index
    with builds for processors only, such as 2.13.0+cpu, is named beside it. pip prefers the latter otherwise.
    """
    return {
        "cpu": Variant("cpu", f"torch=={torch_version}", PRODUCT.name),
        "cuda": Variant("cuda", f"torch==={torch_version}", f"{PRODUCT.name}-cuda"),
    }


def chosen_name() -> str:
    """The name of the variant to build: the environment's, otherwise that of the torch installed. Raises BuildError."""
    name = os.environ.get(VARIABLE) or installed_name()
    if name not in ("cpu", "cuda"):
        raise BuildError(f"{VARIABLE} must be cpu or cuda, not {name}.")
    return name


def installed_name() -> str:
    """The variant of the torch that runs the checkout: what pip found here once, it finds again."""
    import torch

    return "cuda" if torch.version.cuda else "cpu"
