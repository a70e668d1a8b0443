"""Measuring colourings and line drawings against the artist's own: figures, protocol, tables, plots."""
