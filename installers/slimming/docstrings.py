"""Takes the docstrings out of compiled modules of other packages: nobody reads them in a frozen program.

Python's own -OO would take the assertions as well, on which some of these packages rely.
"""

from __future__ import annotations

import ast
import importlib.util
import marshal
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

PACKAGES = ("matplotlib", "mpmath", "psd_tools", "scipy", "skimage", "sympy", "torch")
"""Those with much to say. NumPy is not among them: it looks something up in its docstrings."""


def remove_docstrings(folder: Path, sources: Sequence[Path]) -> int:
    """Compile the modules below `folder` anew, without docstrings; the bytes that saved.

    `sources` are folders of packages. This must run in the Python that the bundle is made with. A module whose
    source is not found stays as it is.
    """
    compiled = [path for name in PACKAGES for path in sorted((folder / name).rglob("*.pyc"))]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        return sum(pool.map(partial(_compile_anew, folder, tuple(sources)), compiled, chunksize=64))


def without_docstrings(source: bytes, name: str) -> bytes:
    """The content of a .pyc file for a module of this source, which is called `name` in tracebacks."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        match node:
            case ast.Module(body=[first, *rest]) if _is_text(first):
                node.body = rest
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef() if _is_text(node.body[0]):
                # Something has to be left in a body that was nothing but its docstring.
                node.body = node.body[1:] or [ast.copy_location(ast.Pass(), node.body[0])]
    code = compile(tree, name, "exec", dont_inherit=True, optimize=0)
    # A header without the source's time: flags, and 8 bytes of its hash that nobody checks.
    header = importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + bytes(8)
    return header + marshal.dumps(code)


def _is_text(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(value=ast.Constant(value=str())):
            return True
    return False


def _compile_anew(folder: Path, sources: tuple[Path, ...], compiled: Path) -> int:
    module = compiled.relative_to(folder).with_suffix(".py")
    source = next((place / module for place in sources if (place / module).is_file()), None)
    if source is None:
        return 0
    before = compiled.stat().st_size
    content = without_docstrings(source.read_bytes(), module.as_posix())
    beside = compiled.with_suffix(".new")
    beside.write_bytes(content)
    beside.replace(compiled)
    return before - len(content)
