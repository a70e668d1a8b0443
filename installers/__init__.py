"""What makes of the wheel programs that an artist double-clicks: the frozen folder, and an installer for each system.

`make bundle` runs `python -m installers.bundle`; docs/packaging.md tells what it does and why.
"""
