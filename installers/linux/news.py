"""What is new in this version, from CHANGELOG.md, as Debian keeps it: deb-changelog(5)."""

from __future__ import annotations

import re
import textwrap
from datetime import datetime
from email.utils import format_datetime

from ..product import PRODUCT

WIDTH = 78


def news_of(changelog: str, version: str) -> list[str]:
    """What a changelog in the form of Keep a Changelog lists under a version, without markup; [] if it is not there."""
    section = re.search(rf"^## \[{re.escape(version)}\].*?\n(.*?)(?=^## \[|\Z)", changelog, re.MULTILINE | re.DOTALL)
    if section is None:
        return []
    items = re.findall(r"^- (.+?)(?=^\s*$|^- |^#|\Z)", section[1], re.MULTILINE | re.DOTALL)
    return [_plain(item) for item in items]


def debian_changelog(changelog: str, package: str, when: datetime) -> str:
    """The entry of this version; where the changelog does not know it yet, it says that there is a new one."""
    items = news_of(changelog, PRODUCT.version) or ["New version."]
    wrapped = (textwrap.fill(item, WIDTH, initial_indent="  * ", subsequent_indent="    ") for item in items)
    body = "\n".join(wrapped)
    signed = f" -- {PRODUCT.contact}  {format_datetime(when)}\n"
    return f"{package} ({PRODUCT.version}) stable; urgency=medium\n\n{body}\n\n{signed}"


def _plain(text: str) -> str:
    text = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)
    return " ".join(re.sub(r"\*\*|`", "", text).split())
