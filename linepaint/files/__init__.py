"""Bytes to documents and back: OpenRaster, PSD, pictures, palettes and autosaves.

No Qt and no torch. Every reader checks size limits before it decodes, and every problem with a file comes out
as one `errors.FileError` whose message is a plain sentence that can be shown as it is.
"""
