"""What macOS reads of the application before it runs: the entries of its Info.plist.

Names and meanings are those of Apple's Information Property List reference; PyInstaller's BUNDLE writes the file.
"""

from __future__ import annotations

from ..product import PRODUCT, FileType, Product
from ..windows.version_resource import version_numbers

OLDEST_SYSTEM = "14.0"
"""The oldest macOS for which there are wheels of everything pinned in constraints.txt, on Apple's processors.

Its torch is the pickiest: 2.13.0 comes for macOS 14.0 on arm64 only, PySide6 6.11 for 13.0, and all others for that or
older. Look again when torch or PySide6 move.
"""

CATEGORY = "public.app-category.graphics-design"


def info_plist(product: Product = PRODUCT) -> dict[str, object]:
    """What to put into Info.plist beside, and in place of, what PyInstaller puts there by itself."""
    version = ".".join(str(number) for number in version_numbers(product.version)[:3])
    return {
        "CFBundleName": product.title,
        "CFBundleDisplayName": product.title,
        "CFBundleIdentifier": product.identifier,
        "CFBundleExecutable": _window_program(product),
        "CFBundlePackageType": "APPL",
        "CFBundleDevelopmentRegion": "en",
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "NSHumanReadableCopyright": product.copyright,
        "LSApplicationCategoryType": CATEGORY,
        "LSMinimumSystemVersion": OLDEST_SYSTEM,
        "NSPrincipalClass": "NSApplication",
        "NSHighResolutionCapable": True,
        # PyInstaller takes an application for one without windows when its last program, here the trainer, is made for
        # a console.
        "LSBackgroundOnly": False,
        "CFBundleDocumentTypes": [_document_type(kind) for kind in product.file_types],
        "UTImportedTypeDeclarations": [_declared(kind) for kind in product.file_types if kind.native],
    }


def _window_program(product: Product) -> str:
    return next(program.name for program in product.programs if program.windowed)


def _document_type(kind: FileType) -> dict[str, object]:
    """How the Finder offers the application for a kind of file: as the usual one, or among others."""
    return {
        "CFBundleTypeName": kind.name,
        "CFBundleTypeRole": "Editor" if kind.native else "Viewer",
        "LSHandlerRank": "Default" if kind.native else "Alternate",
        "LSItemContentTypes": [kind.uti],
    }


def _declared(kind: FileType) -> dict[str, object]:
    """A kind of file that macOS does not know by itself; imported, because it is not ours but freedesktop.org's."""
    return {
        "UTTypeIdentifier": kind.uti,
        "UTTypeDescription": kind.name,
        "UTTypeConformsTo": ["public.data", "public.image"],
        "UTTypeTagSpecification": {
            "public.filename-extension": list(kind.endings),
            "public.mime-type": [kind.mime],
        },
    }
