"""The finished picture for others: flat as PNG, JPEG, WebP, TIFF or BMP, in layers as PSD or .ora."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from linepaint.document.document import Document
from linepaint.files.errors import FileError
from linepaint.files.ora import Progress, write_ora
from linepaint.files.pictures import PICTURE_SUFFIXES, TRANSPARENT_SUFFIXES, write_picture
from linepaint.imaging.compositing import composite_document

EXPORT_SUFFIXES = (*PICTURE_SUFFIXES, ".psd", ".ora")
"""What `export_picture` can write."""


@dataclass(frozen=True)
class ExportOptions:
    """What goes into a flat picture; layered formats always hold everything."""

    lines: bool = True
    transparent_paper: bool = False
    """Leave out the paper, and the colour layer where it is white paper around the figure."""
    quality: int = 95
    """For JPEG and WebP, 1 to 100; a WebP of 100 is lossless."""
    hints: bool = False


def supports_transparency(path: Path) -> bool:
    """Say whether the format that `path` names can leave the paper out."""
    return path.suffix.lower() in TRANSPARENT_SUFFIXES


def export_picture(
    document: Document,
    path: Path,
    options: ExportOptions | None = None,
    *,
    progress: Progress | None = None,
) -> None:
    """Write `document` in the format that the suffix of `path` names, whole or not at all.

    Hidden layers stay out. Raises FileError, also for a format that cannot hold what `options` ask.
    """
    options = options or ExportOptions()
    suffix = path.suffix.lower()
    if suffix not in EXPORT_SUFFIXES:
        raise FileError.saving(path, f"a picture's name has to end in {', '.join(EXPORT_SUFFIXES)}")
    if document.is_null:
        raise FileError.saving(path, "there is no drawing to export, so open one first")
    if suffix == ".ora":
        write_ora(document, path, progress=progress, backup=False)
        return
    if suffix == ".psd":
        from linepaint.files.psd import write_psd  # Slow to import, seldom needed.

        write_psd(document, path)
    else:
        if options.transparent_paper and not supports_transparency(path):
            raise FileError.saving(path, f"{suffix[1:].upper()} holds no transparency, so choose PNG or WebP")
        pixels = composite_document(
            document,
            with_hints=options.hints,
            with_lines=options.lines,
            transparent_paper=options.transparent_paper,
        )
        if progress:
            progress(0.4)
        write_picture(path, pixels, options.quality)
    if progress:
        progress(1.0)
