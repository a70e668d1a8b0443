"""What tells a Linux desktop of the program: an entry in its menus, kinds of files, icons, a description.

All texts are pure functions of the product. The specifications are those of freedesktop.org: Desktop Entry 1.5, Shared
MIME-info Database 0.21, Icon Theme 0.13, and AppStream 0.16.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterable
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from .. import icons
from ..product import PRODUCT, FileType, Product
from .archive import Member

KEYWORDS = ("line art", "drawing", "colour", "color", "colorize", "comic", "manga", "flats", "hints")
CATEGORIES = ("Graphics", "2DGraphics", "RasterGraphics")
DESKTOP_ID = "linepaint"
"""What the application tells Qt in setDesktopFileName; by it, desktops find the icon of a window."""


def desktop_entry(command: str = PRODUCT.name, product: Product = PRODUCT) -> str:
    """The entry of the desktop's menus; `command` is what it runs, quoted as Desktop Entry asks where it needs quotes.

    It offers to open all kinds of files that the product opens. Which of several programs opens a file by double click
    is for the desktop and the person to say; the low preference keeps linepaint from becoming it for pictures
    by chance.
    """
    lines = {
        "Type": "Application",
        "Name": product.title,
        "GenericName": "Line Art Colouring",
        "Comment": product.summary,
        "Exec": f"{command} %F",
        "Icon": product.name,
        "Terminal": "false",
        "StartupNotify": "true",
        "StartupWMClass": DESKTOP_ID,
        "Categories": _list(CATEGORIES),
        "Keywords": _list(KEYWORDS),
        "MimeType": _list(each.mime for each in product.file_types),
        "InitialPreference": "1",
    }
    return "[Desktop Entry]\n" + "".join(f"{key}={value}\n" for key, value in lines.items())


def mime_package(product: Product = PRODUCT) -> str:
    """The native kinds of file, for systems that do not know them; where they are known, this says the same again."""
    kinds = "".join(_mime_type(each) for each in product.file_types if each.native)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">\n'
        f"{kinds}</mime-info>\n"
    )


def metainfo(released: datetime, product: Product = PRODUCT) -> str:
    """What software centres show. The homepage is left out where the product has none yet."""
    homepage = f'  <url type="homepage">{escape(product.homepage)}</url>\n' if product.homepage else ""
    binaries = "".join(f"    <binary>{escape(each.name)}</binary>\n" for each in product.programs)
    kinds = "".join(f"    <mediatype>{escape(each.mime)}</mediatype>\n" for each in product.file_types)
    categories = "".join(f"    <category>{each}</category>\n" for each in CATEGORIES)
    keywords = "".join(f"    <keyword>{escape(each)}</keyword>\n" for each in KEYWORDS)
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>{escape(product.identifier)}</id>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>{escape(product.licence)}</project_license>
  <name>{escape(product.title)}</name>
  <summary>{escape(product.summary)}</summary>
  <developer_name>{escape(product.publisher)}</developer_name>
  <description>
    <p>{escape(product.description)}</p>
  </description>
  <launchable type="desktop-id">{DESKTOP_ID}.desktop</launchable>
{homepage}  <icon type="stock">{escape(product.name)}</icon>
  <categories>
{categories}  </categories>
  <keywords>
{keywords}  </keywords>
  <provides>
{binaries}{kinds}  </provides>
  <content_rating type="oars-1.1"/>
  <releases>
    <release version={quoteattr(product.version)} date="{released:%Y-%m-%d}"/>
  </releases>
</component>
"""


def icon_members(below: str = "share") -> list[Member]:
    """The icon at all sizes, and as a drawing for any other, as files of the theme that all themes fall back to."""
    theme, name = f"{below}/icons/hicolor", PRODUCT.name
    drawing = importlib.resources.files("linepaint.resources") / "icons" / f"{name}.svg"
    sizes = [Member(f"{theme}/{side}x{side}/apps/{name}.png", icons.png_icon(side)) for side in icons.SIZES]
    return [*sizes, Member(f"{theme}/scalable/apps/{name}.svg", drawing.read_bytes())]


def desktop_members(released: datetime, below: str = "share", command: str = PRODUCT.name) -> list[Member]:
    """All of it, as files below the folder that is /usr/share or its like."""
    texts = {
        f"applications/{DESKTOP_ID}.desktop": desktop_entry(command),
        f"mime/packages/{PRODUCT.name}.xml": mime_package(),
        f"metainfo/{PRODUCT.identifier}.metainfo.xml": metainfo(released),
    }
    return [*(Member(f"{below}/{name}", text.encode()) for name, text in texts.items()), *icon_members(below)]


def _list(values: Iterable[str]) -> str:
    return "".join(f"{value};" for value in values)


def _mime_type(kind: FileType) -> str:
    globs = "".join(f"    <glob pattern={quoteattr(f'*.{ending}')}/>\n" for ending in kind.endings)
    comment = f"    <comment>{escape(kind.name)}</comment>\n"
    return f"  <mime-type type={quoteattr(kind.mime)}>\n{comment}{globs}  </mime-type>\n"
