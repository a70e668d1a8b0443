"""What holds for every test: it needs no screen."""

import os

# Before Qt is loaded. Tests that need a real screen start one of their own in a child process.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
