import plistlib
from dataclasses import replace

import pytest

from installers.macos.info_plist import info_plist
from installers.product import PRODUCT


@pytest.fixture
def plist() -> dict:
    """As macOS reads it: written and read again."""
    read: dict = plistlib.loads(plistlib.dumps(info_plist()))
    assert read == info_plist()
    return read


def test_it_says_what_the_application_is(plist: dict) -> None:
    assert plist["CFBundleIdentifier"] == PRODUCT.identifier
    assert plist["CFBundleName"] == plist["CFBundleDisplayName"] == PRODUCT.title
    assert plist["CFBundleShortVersionString"] == plist["CFBundleVersion"] == PRODUCT.version
    assert plist["NSHumanReadableCopyright"] == PRODUCT.copyright
    assert plist["LSApplicationCategoryType"] == "public.app-category.graphics-design"


def test_a_double_click_opens_a_window(plist: dict) -> None:
    windowed = [program.name for program in PRODUCT.programs if program.windowed]

    assert [plist["CFBundleExecutable"]] == windowed
    # PyInstaller would have said that there are no windows, because the other program is made for a console.
    assert plist["LSBackgroundOnly"] is False
    assert plist["NSHighResolutionCapable"] is True
    assert plist["NSPrincipalClass"] == "NSApplication"


def test_only_its_own_kind_of_file_opens_in_it_by_itself(plist: dict) -> None:
    ranks = {kind["LSItemContentTypes"][0]: kind["LSHandlerRank"] for kind in plist["CFBundleDocumentTypes"]}
    roles = {kind["LSItemContentTypes"][0]: kind["CFBundleTypeRole"] for kind in plist["CFBundleDocumentTypes"]}

    assert set(ranks) == {kind.uti for kind in PRODUCT.file_types}
    assert [uti for uti, rank in ranks.items() if rank == "Default"] == ["org.freedesktop.openraster"]
    assert {rank for uti, rank in ranks.items() if uti != "org.freedesktop.openraster"} == {"Alternate"}
    assert [uti for uti, role in roles.items() if role == "Editor"] == ["org.freedesktop.openraster"]


def test_the_kind_of_file_that_macos_does_not_know_is_told(plist: dict) -> None:
    (told,) = plist["UTImportedTypeDeclarations"]

    assert told["UTTypeIdentifier"] == "org.freedesktop.openraster"
    assert told["UTTypeTagSpecification"]["public.filename-extension"] == ["ora"]
    assert told["UTTypeTagSpecification"]["public.mime-type"] == ["image/openraster"]
    assert "public.image" in told["UTTypeConformsTo"]
    assert "UTExportedTypeDeclarations" not in plist, "that would claim the format as ours"


def test_it_asks_for_the_macos_of_the_wheels(plist: dict) -> None:
    assert plist["LSMinimumSystemVersion"] == "14.0"


def test_versions_are_three_numbers_as_macos_wants_them() -> None:
    assert info_plist(replace(PRODUCT, version="0.6.0rc1"))["CFBundleShortVersionString"] == "0.6.0"
