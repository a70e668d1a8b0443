"""The live preview: what is wanted, when and where it is made, what the window hears of it.

Nothing here imports torch; the worker's thread does, through the engine, once the window is up.
"""
