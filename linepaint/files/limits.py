"""How large a file may be, checked before anything of that size is allocated.

The limits are far above what an artist makes and far below what would bring a machine down.
"""

from linepaint.files.errors import FileError

MIB = 1024 * 1024

MAX_PIXELS = 64 * MIB
"""Pixels of one picture or document: 8192 x 8192."""

MAX_SIDE = 32768
"""Pixels along one side; OpenCV addresses no more in some functions."""

MAX_FILE_BYTES = 1024 * MIB
"""Bytes of one file on disk."""

MAX_LAYERS = 256
"""Layers and groups of a layered file."""

MAX_ARCHIVE_ENTRIES = 1024
"""Files inside one .ora."""

MAX_ENTRY_BYTES = 5 * MAX_PIXELS
"""Bytes of one unpacked file inside an .ora: an uncompressed RGBA picture of MAX_PIXELS, and some."""

MAX_RATIO = 200
"""How many times larger than packed a file inside an .ora may be; PNG data hardly shrinks at all."""

RATIO_FREE_BYTES = MIB
"""Unpacked sizes up to this are never suspicious, however well they pack."""

MAX_NAME_LETTERS = 512
"""Letters of a name inside an .ora."""

MAX_XML_BYTES = MIB
"""Bytes of a stack.xml."""

MAX_JSON_BYTES = MIB
"""Bytes of the document's own metadata."""

MAX_PALETTE_BYTES = MIB
"""Bytes of a .gpl palette."""

MAX_SWATCHES = 4096
"""Colours of one palette."""


def check_size(width: int, height: int, name: str) -> None:
    """Raise FileError unless a picture of width x height pixels may be decoded."""
    if width < 1 or height < 1:
        raise FileError.opening(name, "it has no pixels")
    if width > MAX_SIDE or height > MAX_SIDE or width * height > MAX_PIXELS:
        raise FileError.opening(
            name,
            f"at {width} x {height} pixels it is too large, so scale it down to at most "
            f"{MAX_PIXELS // MIB} million pixels and {MAX_SIDE} on a side",
        )
