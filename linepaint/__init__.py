"""linepaint: dab a few colours on a line drawing and watch the finished colouring change under the pen."""

__version__ = "0.5.0"
