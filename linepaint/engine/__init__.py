"""From (lines, hints) to colour: checkpoints, devices, Colorizer and Session; and back to lines: LineTracer.

Importing this package is cheap; torch is imported when the first of the names below is used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from linepaint.engine.errors import (
    CheckpointError,
    DeviceError,
    EngineError,
    OutOfMemory,
    Stale,
)

if TYPE_CHECKING:
    from linepaint.engine.colorizer import Colorizer
    from linepaint.engine.devices import Device, available_devices
    from linepaint.engine.session import Session
    from linepaint.engine.tracer import LineTracer

_NEEDS_TORCH = {
    "Colorizer": "linepaint.engine.colorizer",
    "LineTracer": "linepaint.engine.tracer",
    "Session": "linepaint.engine.session",
    "Device": "linepaint.engine.devices",
    "available_devices": "linepaint.engine.devices",
}

__all__ = [
    "CheckpointError",
    "Colorizer",
    "Device",
    "DeviceError",
    "EngineError",
    "LineTracer",
    "OutOfMemory",
    "Session",
    "Stale",
    "available_devices",
]


def __getattr__(name: str) -> object:
    """Import the module that holds a name when the name is first used (PEP 562)."""
    if name in _NEEDS_TORCH:
        return getattr(importlib.import_module(_NEEDS_TORCH[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
