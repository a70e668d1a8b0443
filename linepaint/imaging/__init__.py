"""Pure functions on arrays: strokes, compositing, pyramids, line clean-up, regions. numpy and OpenCV."""
