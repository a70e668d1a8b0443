"""What Windows shows of a program in its properties and in the task manager: its version resource.

Written in the text form that PyInstaller reads for `EXE(version=…)`: Python's notation of Microsoft's VS_VERSIONINFO.
"""

from __future__ import annotations

import re

from ..product import PRODUCT, Product, Program

US_ENGLISH, UNICODE = 0x0409, 1200
"""The language and the code page of the texts. Windows shows them whatever its own language is."""

WINDOWS_NT, APPLICATION, PRERELEASE = 0x40004, 0x1, 0x2


def version_resource(program: Program = PRODUCT.programs[0], product: Product = PRODUCT) -> str:
    """The text for one program of the product. Raises ValueError for a version that does not begin with numbers."""
    version = version_numbers(product.version)
    # 0.5.0 is a release; 0.5.0rc1 and the like only begin as one does.
    flags = 0 if re.fullmatch(r"\d+(\.\d+)*", product.version) else PRERELEASE
    texts = {
        "CompanyName": product.publisher,
        # What Windows calls the program in "Open with" and in the task manager; so it is its name, not what it does.
        "FileDescription": product.title if program.windowed else program.name,
        "FileVersion": product.version,
        "InternalName": program.name,
        "LegalCopyright": f"{product.copyright}. {product.licence}",
        "OriginalFilename": f"{program.name}.exe",
        "ProductName": product.title,
        "ProductVersion": product.version,
    }
    strings = "".join(f"        StringStruct({name!r}, {text!r}),\n" for name, text in texts.items())
    return f"""\
# UTF-8
VSVersionInfo(
  ffi=FixedFileInfo(
    filevers={version},
    prodvers={version},
    mask=0x3f,
    flags={flags:#x},
    OS={WINDOWS_NT:#x},
    fileType={APPLICATION:#x},
    subtype=0x0,
    date=(0, 0),
  ),
  kids=[
    StringFileInfo([
      StringTable('{US_ENGLISH:04x}{UNICODE:04x}', [
{strings}      ]),
    ]),
    VarFileInfo([VarStruct('Translation', [{US_ENGLISH}, {UNICODE}])]),
  ],
)
"""


def version_numbers(version: str) -> tuple[int, int, int, int]:
    """The four numbers by which Windows compares versions. Raises ValueError where there are none."""
    found = re.match(r"\d+(\.\d+){0,3}", version)
    if found is None:
        raise ValueError(f"The version {version!r} does not begin with a number.")
    first, second, third, fourth = ([int(part) for part in found.group().split(".")] + [0, 0, 0])[:4]
    return first, second, third, fourth
