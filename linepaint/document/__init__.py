"""The picture as data: layers, sparse tiles, hints, palette, commands and undo. Needs numpy only."""
