"""Too little memory, however it is said: by Python, by torch for a GPU or the CPU, by OpenCV."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from linepaint.engine.errors import OutOfMemory
from linepaint.imaging.opencv import cv2

_CPU_ALLOCATOR = ("can't allocate memory", "not enough memory")
"""What torch's allocator for the CPU says, on Unix and on Windows, in a plain RuntimeError."""


@contextmanager
def enough_memory_or(sentence: str) -> Iterator[None]:
    """Within it, every way of running out of memory becomes OutOfMemory with that sentence."""
    try:
        yield
    except (MemoryError, torch.OutOfMemoryError) as error:
        raise OutOfMemory(sentence) from error
    except cv2.error as error:
        if error.code != cv2.Error.StsNoMem:
            raise
        raise OutOfMemory(sentence) from error
    except RuntimeError as error:
        if not any(words in str(error) for words in _CPU_ALLOCATOR):
            raise
        raise OutOfMemory(sentence) from error
