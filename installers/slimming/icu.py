"""Leaves out of ICU's data, which Qt's core library is linked to, what Qt does not ask of it.

Qt has its own languages, alphabets and encodings, and asks ICU for the order of names alone. ICU's data is one
constant of a library of its own: a table of names, sorted, and behind it what each of them stands for, each at a
multiple of 16 bytes. The layout is that of ICU's `common/ucmndata.h`: a header, whose first number is its length, then
the count of entries, then for each the place of its name and of its content, counted from behind the header.
"""

from __future__ import annotations

import re
import struct
import tempfile
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from ..commands import need, run
from .elf import replace_library
from .stand_ins import can_stand_in

KEPT = (
    "*.icu",
    "*.nrm",
    "coll/root.res",
    "coll/res_index.res",
    "pool.res",
    "root.res",
    "res_index.res",
    "supplementalData.res",
    "timezoneTypes.res",
    "keyTypeData.res",
)
"""The tables of ICU's own that are no language's, and the order of names that holds where a language has no other."""

_ALIGNMENT = 16
_LIBRARY = "PySide6/Qt/lib/libicudata.so.*"


def trim_icu(folder: Path) -> int:
    """Trim the data below `folder`, where the packages are; the bytes that saved. Raises BuildError."""
    saved = 0
    for library in sorted(folder.glob(_LIBRARY)) if can_stand_in() else ():
        name, offset, size = _constant(library)
        content = library.read_bytes()
        header, items = read_package(content[offset : offset + size])
        kept = {item: data for item, data in items.items() if is_kept(item)}
        before = library.stat().st_size
        _link(library, name, write_package(header, kept))
        saved += before - library.stat().st_size
    return saved


def is_kept(item: str) -> bool:
    """Whether an entry stays; `item` is its name, such as icudt73l/coll/root.res."""
    return any(fnmatchcase(item.partition("/")[2], pattern) for pattern in KEPT)


def read_package(package: bytes) -> tuple[bytes, dict[str, bytes]]:
    """A package's header, and its entries by name, in their order."""
    (length,) = struct.unpack_from("<H", package)
    table = package[length:]
    (count,) = struct.unpack_from("<I", table)
    places = [struct.unpack_from("<II", table, 4 + 8 * index) for index in range(count)]
    ends = [start for _, start in places[1:]] + [len(table)]
    items = {}
    for (name_at, start), end in zip(places, ends, strict=True):
        items[table[name_at : table.index(b"\0", name_at)].decode("ascii")] = table[start:end]
    return package[:length], items


def write_package(header: bytes, items: Mapping[str, bytes]) -> bytes:
    """The package of these entries."""
    names = b""
    name_places = []
    first_name = 4 + 8 * len(items)
    for item in sorted(items):
        name_places.append(first_name + len(names))
        names += item.encode("ascii") + b"\0"
    body = bytearray(_padded(first_name + len(names)) - first_name - len(names))
    places = []
    for item in sorted(items):
        places.append(first_name + len(names) + len(body))
        body += items[item] + bytes(_padded(len(items[item])) - len(items[item]))
    table = b"".join(struct.pack("<II", *pair) for pair in zip(name_places, places, strict=True))
    return header + struct.pack("<I", len(items)) + table + names + bytes(body)


def _padded(length: int) -> int:
    return -(-length // _ALIGNMENT) * _ALIGNMENT


def _constant(library: Path) -> tuple[str, int, int]:
    """The name of the library's one constant, and where in the file it lies: offset and size, in bytes."""
    symbols = run([need("readelf", "binutils"), "--dyn-syms", "--wide", library])
    found = re.search(r":\s+([0-9a-f]+)\s+(\w+)\s+OBJECT\s+GLOBAL\s+DEFAULT\s+\d+\s+(icudt\d+_dat)\b", symbols)
    assert found is not None, library
    address, size, name = int(found[1], 16), int(found[2], 0), found[3]
    segments = run([need("readelf", "binutils"), "--segments", "--wide", library])
    for offset, start, length in re.findall(
        r"^\s*LOAD\s+(0x[0-9a-f]+)\s+(0x[0-9a-f]+)\s+0x[0-9a-f]+\s+(0x[0-9a-f]+)", segments, re.MULTILINE
    ):
        if int(start, 16) <= address < int(start, 16) + int(length, 16):
            return name, address - int(start, 16) + int(offset, 16), size
    raise AssertionError(f"{name} lies in no segment of {library}")


def _link(library: Path, name: str, package: bytes) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        data, source, made = (Path(scratch) / part for part in ("data.bin", "data.s", "data.so"))
        data.write_bytes(package)
        source.write_text(
            '.section .note.GNU-stack,"",@progbits\n.section .rodata\n.balign 16\n'
            f'.globl {name}\n.type {name}, @object\n{name}:\n.incbin "{data}"\n.size {name}, .-{name}\n',
            "utf-8",
        )
        run([need("gcc", "gcc"), "-shared", "-nostdlib", "-s", f"-Wl,-soname,{library.name}", source, "-o", made])
        replace_library(library, made)
