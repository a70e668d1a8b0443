"""Trimming ICU's data: its container is read and written as ICU has it."""

import struct

from installers.slimming.icu import is_kept, read_package, write_package

HEADER = struct.pack("<HBB", 32, 0xDA, 0x27) + bytes(28)
ITEMS = {"icudt73l/coll/root.res": b"order", "icudt73l/de.res": b"x" * 33, "icudt73l/unames.icu": b"names!" * 3}


def test_a_package_comes_back_as_it_was_written() -> None:
    header, items = read_package(write_package(HEADER, ITEMS))
    assert header == HEADER
    assert list(items) == sorted(ITEMS)
    assert all(items[name].rstrip(b"\0") == content for name, content in ITEMS.items())


def test_entries_lie_where_icu_wants_them() -> None:
    package = write_package(HEADER, ITEMS)
    count, *places = struct.unpack_from("<I6I", package, len(HEADER))
    assert count == len(ITEMS)
    # Counted from behind the header: contents at multiples of 16 bytes, names in order, for ICU searches by halves.
    starts = places[1::2]
    assert all(start % 16 == 0 for start in starts)
    names = [package[len(HEADER) + at :].split(b"\0")[0].decode() for at in places[::2]]
    assert names == sorted(ITEMS)
    for name, start in zip(names, starts, strict=True):
        assert package[len(HEADER) + start :].startswith(ITEMS[name])


def test_the_order_of_names_stays_and_languages_go() -> None:
    assert [is_kept(f"icudt73l/{name}") for name in ("coll/root.res", "coll/ucadata.icu", "nfc.nrm", "root.res")] == [
        True
    ] * 4
    assert [is_kept(f"icudt73l/{name}") for name in ("de.res", "coll/zh.res", "zone/fr.res", "ibm-37.cnv")] == [
        False
    ] * 4
