"""The bill of materials of a bundle, as CycloneDX 1.6 in JSON (ECMA-424).

    python -m installers.papers.sbom BUNDLE SITE_PACKAGES… --out FOLDER

The same bundle always gives the same bytes: the serial number is made from the content, and the time is that of
SOURCE_DATE_EPOCH where it is set (https://reproducible-builds.org/specs/source-date-epoch/).
"""

from __future__ import annotations

import argparse
import hashlib
import os
import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import cyclonedx
from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component as Entry
from cyclonedx.model.component import ComponentType
from cyclonedx.model.dependency import Dependency
from cyclonedx.model.license import License
from cyclonedx.model.tool import ToolRepository
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from ..errors import BuildError
from ..product import PRODUCT
from .compatibility import spdx
from .components import Component, Kind, Part, contents
from .licences import checked

TYPES = {
    Kind.PROGRAM: ComponentType.APPLICATION,
    Kind.PACKAGE: ComponentType.LIBRARY,
    Kind.RUNTIME: ComponentType.PLATFORM,
    Kind.LIBRARY: ComponentType.LIBRARY,
    Kind.SYSTEM: ComponentType.LIBRARY,
    Kind.FONT: ComponentType.DATA,
    Kind.CHECKPOINT: ComponentType.MACHINE_LEARNING_MODEL,
    Kind.SAMPLES: ComponentType.DATA,
}
_EPOCH = "SOURCE_DATE_EPOCH"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://cyclonedx.org/schema/bom-1.6")


def write_sbom(bundle: Path, site_packages: Sequence[Path], out: Path, name: str) -> Path:
    """Write the bill of the folder `bundle`, frozen from the packages in `site_packages`, to the file `name` in `out`.

    What stands before the version in `name` is what the bill calls the bundle: linepaint, or linepaint-cuda. Raises
    BuildError if something in the bundle belongs to nothing or comes without the text of its licence.
    """
    bundle_name = name.partition(f"-{PRODUCT.version}")[0]
    bill = bill_of(bundle, checked(contents(bundle, site_packages)), bundle_name)
    text = make_outputter(bill, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=1)
    written = out / name
    out.mkdir(parents=True, exist_ok=True)
    beside = written.with_name(f".{name}.new")
    beside.write_text(text + "\n", encoding="utf-8", newline="\n")
    beside.replace(written)
    return written


def bill_of(bundle: Path, components: Sequence[Component], name: str) -> Bom:
    """The bill of these components, whose files lie below `bundle`."""
    hashes = {file: _sha256(bundle / file) for each in components for file in each.files}
    root = Entry(
        name=name,
        version=PRODUCT.version,
        type=ComponentType.APPLICATION,
        bom_ref="bundle",
        description=PRODUCT.summary,
        licenses=[LicenseFactory().make_from_string(PRODUCT.licence)],
        purl=PackageURL("generic", None, name, PRODUCT.version),
    )
    entries = {each.key: entry_of(each, hashes) for each in components}
    needs = dict.fromkeys(entries, frozenset[str]()) | {each.key: frozenset(each.requires) for each in components}
    dependencies = [
        Dependency(entries[key].bom_ref, [Dependency(entries[wish].bom_ref) for wish in wishes if wish in entries])
        for key, wishes in needs.items()
    ]
    dependencies.append(Dependency(root.bom_ref, [Dependency(entry.bom_ref) for entry in entries.values()]))
    digest = hashlib.sha256("\n".join(f"{digest}  {file}" for file, digest in sorted(hashes.items())).encode())
    return Bom(
        serial_number=uuid.uuid5(_NAMESPACE, f"{name} {PRODUCT.version} {digest.hexdigest()}"),
        metadata=BomMetaData(component=root, tools=ToolRepository(components=[_tool()]), timestamp=_time()),
        components=entries.values(),
        dependencies=dependencies,
    )


def entry_of(component: Component, hashes: dict[str, str]) -> Entry:
    """A component as an entry of the bill.

    A part of one file has the file's own SHA-256. Where there are more, a property tells that of the list that
    sha256sum would print of them, and another how many there are.
    """
    listed = "".join(f"{hashes[file]}  {file}\n" for file in component.files)
    told = dict(component.facts)
    digest = told.pop("sha256", "") or (hashes[component.files[0]] if len(component.files) == 1 else "")
    if len(component.files) > 1:
        told["files-sha256"] = hashlib.sha256(listed.encode()).hexdigest()
    told["files"] = str(len(component.files))
    website = told.pop("homepage", "")
    references = {ExternalReferenceType.DISTRIBUTION: component.origin, ExternalReferenceType.WEBSITE: website}
    return Entry(
        name=component.name,
        version=component.version or None,
        type=TYPES[component.kind],
        bom_ref=component.key,
        description=component.note or None,
        licenses=_licences(component.licence),
        purl=PackageURL.from_string(component.purl) if component.purl else None,
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)] if digest else [],
        external_references=[ExternalReference(type=kind, url=XsUri(url)) for kind, url in references.items() if url],
        properties=[Property(name=f"linepaint:{key}", value=value) for key, value in sorted(told.items())],
        components=[_part(component.key, part) for part in component.parts],
    )


def _part(owner: str, part: Part) -> Entry:
    return Entry(
        name=part.name,
        version=part.version or None,
        type=ComponentType.LIBRARY,
        bom_ref=f"{owner}#{part.name}@{part.version}",
        licenses=_licences(part.licence),
        purl=PackageURL.from_string(part.purl) if part.purl else None,
    )


def _licences(licence: str) -> list[License]:
    """The licence as CycloneDX has it: an identifier or an expression of SPDX, else its name in words."""
    if not licence:
        return []
    factory = LicenseFactory()
    if "LicenseRef-" in licence or spdx().validate(licence).errors:
        return [factory.make_with_name(licence)]
    return [factory.make_from_string(licence)]


def _tool() -> Entry:
    return Entry(
        name="cyclonedx-python-lib",
        version=cyclonedx.__version__,
        type=ComponentType.LIBRARY,
        purl=PackageURL("pypi", None, "cyclonedx-python-lib", cyclonedx.__version__),
    )


def _time() -> datetime:
    told = os.environ.get(_EPOCH)
    return datetime.fromtimestamp(int(told), UTC) if told else datetime.now(UTC).replace(microsecond=0)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def main(arguments: Iterable[str] | None = None) -> int:
    """Write the bill; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m installers.papers.sbom", description=__doc__)
    parser.add_argument("bundle", type=Path, help="the folder that was frozen")
    parser.add_argument("site_packages", type=Path, nargs="+", help="the folders of the packages it was frozen from")
    parser.add_argument("--out", type=Path, default=Path(), help="the folder to write to")
    parser.add_argument("--name", default=f"{PRODUCT.name}-{PRODUCT.version}.cdx.json", help="the file's name")
    options = parser.parse_args(None if arguments is None else list(arguments))
    try:
        print(write_sbom(options.bundle, options.site_packages, options.out, options.name))
    except BuildError as error:
        raise SystemExit(str(error)) from error
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
