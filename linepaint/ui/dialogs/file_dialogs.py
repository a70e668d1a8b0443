"""The system's own dialogs for choosing files: where each starts, and what each offers."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QWidget

OPEN_FILTERS: Final = ";;".join(
    (
        "Drawings (*.ora *.psd *.png *.jpg *.jpeg *.webp *.tif *.tiff *.bmp)",
        "OpenRaster documents (*.ora)",
        "Pictures (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.bmp)",
        "All files (*)",
    )
)
SAVE_FILTER: Final = "OpenRaster document (*.ora)"
PALETTE_FILTER: Final = "GIMP palette (*.gpl)"
CHECKPOINT_FILTER: Final = "Checkpoints (*.safetensors)"
EXPORT_FILTERS: Final = {
    ".png": "PNG picture (*.png)",
    ".jpg": "JPEG picture (*.jpg *.jpeg)",
    ".webp": "WebP picture (*.webp)",
    ".psd": "Photoshop document (*.psd)",
}


def with_suffix(path: Path, suffix: str) -> Path:
    """`path` ending in `suffix`; a dot within the name is no suffix ("page 1.2" becomes "page 1.2.ora")."""
    return path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)


def ask_open_path(parent: QWidget, folder: str) -> Path | None:
    """Which drawing to open; None when nothing was chosen."""
    name, _filter = QFileDialog.getOpenFileName(parent, "Open Drawing", folder, OPEN_FILTERS)
    return Path(name) if name else None


def ask_save_path(parent: QWidget, suggested: Path) -> Path | None:
    """Where to save a document, as it was typed: perhaps without the suffix."""
    name, _filter = QFileDialog.getSaveFileName(parent, "Save Drawing As", str(suggested), SAVE_FILTER)
    return Path(name) if name else None


def ask_export_path(parent: QWidget, suggested: Path) -> Path | None:
    """Where to write a finished picture."""
    filters = dict(EXPORT_FILTERS)
    chosen = filters.get(suggested.suffix.lower(), EXPORT_FILTERS[".png"])
    name, _filter = QFileDialog.getSaveFileName(
        parent, "Export Picture", str(suggested), ";;".join(filters.values()), chosen
    )
    return Path(name) if name else None


def ask_palette_to_import(parent: QWidget, folder: str) -> Path | None:
    """Which palette to read."""
    name, _filter = QFileDialog.getOpenFileName(parent, "Import Palette", folder, PALETTE_FILTER)
    return Path(name) if name else None


def ask_palette_to_export(parent: QWidget, suggested: Path) -> Path | None:
    """Where to write a palette; the name ends in .gpl."""
    name, _filter = QFileDialog.getSaveFileName(parent, "Export Palette", str(suggested), PALETTE_FILTER)
    return with_suffix(Path(name), ".gpl") if name else None


def ask_checkpoint(parent: QWidget, folder: str) -> Path | None:
    """Which checkpoint to colour with."""
    name, _filter = QFileDialog.getOpenFileName(parent, "Choose Checkpoint", folder, CHECKPOINT_FILTER)
    return Path(name) if name else None
