"""The canvas: the view of the page, the cache of composited tiles, and the input that reaches the tools."""
