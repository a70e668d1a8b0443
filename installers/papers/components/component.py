"""What a component of a bundle is: a part that somebody made, under a licence of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What sort of part it is; the page of licences and the bill of materials tell it."""

    PROGRAM = "program"
    PACKAGE = "package"
    RUNTIME = "runtime"
    LIBRARY = "library"
    SYSTEM = "system library"
    FONT = "font"
    CHECKPOINT = "checkpoint"
    SAMPLES = "samples"


@dataclass(frozen=True)
class Part:
    """Something that is compiled into a component, as the component's own bill of materials tells.

    What is `optional` may be missing.
    """

    name: str
    version: str
    licence: str
    purl: str
    optional: bool = False


@dataclass(frozen=True)
class Component:
    """A part of the bundle.

    licence: an SPDX expression where there is one, otherwise in words. texts: the licences in full. files: what it has
    in the bundle, as paths from its top; empty for what is compiled into the files of another. purl: its package URL,
    or empty. requires: the keys of the components that it needs. parts: what is compiled into it. facts: what else is
    told in the bill of materials, by name.
    """

    name: str
    version: str
    kind: Kind
    licence: str
    texts: tuple[str, ...]
    files: tuple[str, ...] = ()
    purl: str = ""
    origin: str = ""
    note: str = ""
    requires: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    facts: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def key(self) -> str:
        """What tells it from the other components of the bundle."""
        return f"{self.kind.name.lower()}:{self.name.lower()}@{self.version}"
