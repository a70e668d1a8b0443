"""What the desktop is told: checked with the desktop's own tools where they are installed."""

import configparser
import io
import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from PIL import Image

from installers import icons
from installers.linux.desktop import desktop_entry, desktop_members, icon_members, metainfo, mime_package
from installers.places import ROOT
from installers.product import PRODUCT

DAY = datetime(2026, 3, 4, tzinfo=UTC)
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


def tool(name):
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed")
    return path


def entry():
    parsed = configparser.ConfigParser(interpolation=None)
    parsed.optionxform = str
    parsed.read_string(desktop_entry())
    return parsed["Desktop Entry"]


def test_the_entry_opens_files_with_the_windowed_program_and_offers_it_for_every_kind():
    (windowed,) = [program for program in PRODUCT.programs if program.windowed]
    assert entry()["Exec"] == f"{windowed.name} %F"
    assert entry()["Terminal"] == "false"
    assert entry()["MimeType"].rstrip(";").split(";") == [kind.mime for kind in PRODUCT.file_types]
    assert "image/openraster;" in entry()["MimeType"]


def test_windows_belong_to_the_entry_because_qt_is_told_its_name():
    told = re.findall(r'setDesktopFileName\("(.+)"\)', (ROOT / "linepaint" / "ui" / "app.py").read_text("utf-8"))
    assert told == [entry()["StartupWMClass"]]
    assert f"share/applications/{told[0]}.desktop" in [member.name for member in desktop_members(DAY)]


def test_the_entry_is_valid(tmp_path):
    path = tmp_path / "linepaint.desktop"
    path.write_text(desktop_entry('"/home/an artist/linepaint-1/linepaint"'), "utf-8")
    done = subprocess.run([tool("desktop-file-validate"), path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_only_the_native_kind_is_taught_to_the_system():
    kinds = ElementTree.fromstring(mime_package()).findall(f"{MIME}mime-type")
    assert [kind.get("type") for kind in kinds] == ["image/openraster"]
    assert [glob.get("pattern") for glob in kinds[0].findall(f"{MIME}glob")] == ["*.ora"]


def test_a_system_that_knew_no_ora_knows_it_then(tmp_path):
    folder = tmp_path / "packages"
    folder.mkdir()
    (folder / "linepaint.xml").write_text(mime_package(), "utf-8")
    subprocess.run(
        [tool("update-mime-database"), tmp_path], env={**os.environ, "PKGSYSTEM_ENABLE_FSYNC": "0"}, check=True
    )
    assert "image/openraster:*.ora" in (tmp_path / "globs").read_text("utf-8")


def test_software_centres_get_a_valid_description(tmp_path):
    path = tmp_path / f"{PRODUCT.identifier}.metainfo.xml"
    path.write_text(metainfo(DAY), "utf-8")
    component = ElementTree.fromstring(metainfo(DAY))
    assert component.findtext("id") == PRODUCT.identifier
    assert component.find("releases/release").attrib == {"version": PRODUCT.version, "date": "2026-03-04"}
    done = subprocess.run(
        [tool("appstreamcli"), "validate", "--no-net", path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_is_an_icon_for_each_size_and_one_for_all_others():
    by_name = {member.name: member for member in icon_members()}
    for side in icons.SIZES:
        picture = by_name.pop(f"share/icons/hicolor/{side}x{side}/apps/linepaint.png").content
        with Image.open(io.BytesIO(picture)) as image:
            assert image.size == (side, side)
    assert list(by_name) == ["share/icons/hicolor/scalable/apps/linepaint.svg"]
