"""What a built bundle really holds, found from its files.

    python -m installers.papers.components BUNDLE SITE_PACKAGES…

prints every component, and what belongs to none.
"""

from __future__ import annotations

import fnmatch
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from linepaint.credits import normalized

from ...product import PRODUCT
from ...slimming.stand_ins import STAND_INS
from . import distributions, own, runtime, system, vendored
from .component import Component, Kind, Part

__all__ = ["Component", "Contents", "Kind", "Part", "contents"]

INSIDE = "_internal/"
STAND_IN_BYTES = 64 * 1024
"""A library that linepaint stands in for, and that is smaller: the stand-in, linepaint's own (installers/slimming)."""
PAPERS = ("LICENSE", "THIRD-PARTY.txt")
"""What lies beside the programs."""


@dataclass(frozen=True)
class Contents:
    """The components of a bundle by key, and the files, from its top, that belong to none of them."""

    components: tuple[Component, ...]
    unowned: tuple[str, ...]


def contents(bundle: Path, site_packages: Sequence[Path]) -> Contents:
    """Look through the folder `bundle`, which was frozen from the packages in `site_packages`.

    Links own nothing: what they lead to does. Raises ValueError where a checkpoint is damaged or PyInstaller is
    missing.
    """
    sorter = _Sorter(bundle, site_packages)
    for path in sorted(bundle.rglob("*")):
        if path.is_file() and not path.is_symlink():
            sorter.put(path.relative_to(bundle).as_posix())
    return sorter.contents()


class _Sorter:
    """Puts each file with whose it is; what belongs to nobody is taken for the system's last."""

    def __init__(self, bundle: Path, site_packages: Sequence[Path]) -> None:
        self._bundle = bundle
        self._site_packages = site_packages
        self._distributions = distributions.installed(site_packages)
        self._by_path = distributions.owners(self._distributions)
        self._ours: list[str] = []
        self._samples: list[str] = []
        self._checkpoints = defaultdict[str, list[str]](list)
        self._bootloader: list[str] = []
        self._python: list[str] = []
        self._packages = defaultdict[str, list[str]](list)
        self._vendored = defaultdict[tuple[str, vendored.Vendored], list[str]](list)
        self._rest: list[str] = []

    def put(self, file: str) -> None:
        inside = file.removeprefix(INSIDE)
        if inside == file:
            programs = {program.name for program in PRODUCT.programs}
            (self._bootloader if file.removesuffix(".exe") in programs else self._top(file)).append(file)
        elif own.IS_OURS.match(inside):
            self._put_ours(file, inside)
        elif runtime.BOOTLOADER_FILES.fullmatch(file):
            self._bootloader.append(file)
        elif owner := distributions.owner_of(inside, self._by_path):
            self._put_packages(file, inside, owner)
        elif runtime.is_python(inside):
            self._python.append(file)
        else:
            self._rest.append(file)

    def contents(self) -> Contents:
        found = [own.program(self._ours)] if self._ours else []
        found += [own.samples(self._samples)] if self._samples else []
        for stem, files in sorted(self._checkpoints.items()):
            weights = self._bundle / f"{INSIDE}{own.RESOURCES}checkpoints/{stem}.safetensors"
            found.append(own.checkpoint(weights, files))
        if self._python:
            found.append(runtime.python(self._python, self._site_packages))
        if self._bootloader:
            found.append(runtime.bootloader(self._bootloader, self._site_packages))
        found += self._package_components()
        libraries = [file for file in self._rest if ".so" in file]
        packages = system.packages_of(Path(file).name for file in libraries)
        of_system = {file: packages[Path(file).name] for file in libraries if Path(file).name in packages}
        found += system.components(of_system)
        unowned = tuple(file for file in self._rest if file not in of_system)
        return Contents(tuple(sorted(found, key=lambda each: each.key)), unowned)

    def _top(self, file: str) -> list[str]:
        return self._ours if file in PAPERS else self._rest

    def _put_ours(self, file: str, inside: str) -> None:
        name = inside.removeprefix(own.RESOURCES)
        if name.startswith("samples/"):
            self._samples.append(file)
        elif name.startswith("checkpoints/"):
            self._checkpoints[Path(name).stem].append(file)
        else:
            self._ours.append(file)

    def _put_packages(self, file: str, inside: str, name: str) -> None:
        files = self._packages[name]
        what = vendored.known(inside)
        if what is None:
            # A library of another's that is not known yet must not pass for the wheel's own.
            (self._rest if ".libs/" in inside else files).append(file)
        elif _may_be_stood_in(inside) and (self._bundle / file).stat().st_size < STAND_IN_BYTES:
            self._ours.append(file)
        else:
            self._vendored[name, what].append(file)

    def _package_components(self) -> list[Component]:
        made: list[Component] = []
        for name, files in sorted(self._packages.items()):
            parent = distributions.component(self._distributions[name], files, self._packages)
            brought = [
                vendored.component(what, self._bundle / sorted(its)[0], its, parent)
                for (owner, what), its in self._vendored.items()
                if owner == name
            ]
            for file in parent.files:
                path = self._bundle / file
                if what := vendored.contained(file.removeprefix(INSIDE), path):
                    brought.append(vendored.component(what, path, [], parent))
            parts = tuple(
                part
                for part in parent.parts
                if not part.optional and not any(vendored.is_same(each.name, part) for each in brought)
            )
            # Of some wheels only what they bring is there, such as a font.
            if parent.files:
                made.append(replace(parent, parts=parts, requires=(*parent.requires, *(each.key for each in brought))))
            made += brought
        keys = {each.key: each.key for each in made}
        keys |= {normalized(each.name): each.key for each in made if each.kind is Kind.PACKAGE}
        return _merged(
            replace(each, requires=tuple(sorted({keys[wish] for wish in each.requires if wish in keys})))
            for each in made
        )


def _may_be_stood_in(inside: str) -> bool:
    return any(fnmatch.fnmatchcase(inside, stand_in.pattern) for stand_in in STAND_INS)


def _merged(components: Iterable[Component]) -> list[Component]:
    """The components, those of one key put together: NumPy and SciPy may bring the same libraries."""
    by_key: dict[str, Component] = {}
    for each in components:
        if other := by_key.get(each.key):
            each = replace(
                other,
                files=tuple(sorted({*other.files, *each.files})),
                texts=tuple(dict.fromkeys((*other.texts, *each.texts))),
                note=" ".join(dict.fromkeys((other.note, each.note))).strip(),
            )
        by_key[each.key] = each
    return list(by_key.values())
