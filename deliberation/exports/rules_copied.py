"""The rules results are computed by, as files: the modules themselves, and whatever else of ours they import. Free of Django."""

import ast
from collections.abc import Iterator
from pathlib import Path

from deliberation.exports.whole import put

SOURCE = Path(__file__).parents[2]
FIRST = "deliberation.exports.results"
ROOMS = ("deliberation", "elicitation")
EMPTY = '"""Part of the rules of Groundwork, copied as they were when this package was made."""\n'


def copy(folder: Path) -> None:
    """Write the rules below `folder`, as importable packages, with their licence."""
    for name in sorted(modules()):
        path = _path(name)
        put(folder / path.relative_to(SOURCE), path.read_text(encoding="utf-8"))
        for parent in path.relative_to(SOURCE).parents[:-1]:
            put(folder / parent / "__init__.py", EMPTY)
    put(folder / "LICENSE", (SOURCE / "LICENSE").read_text(encoding="utf-8"))


def modules() -> set[str]:
    """The names of all modules results rest on."""
    found, waiting = set[str](), [FIRST]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _imported(name)
    return found


def _imported(name: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(_path(name).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ROOMS:
            module = str(node.module)
            within = [f"{module}.{one.name}" for one in node.names]
            yield from [one for one in within if _path(one).exists()] or [module]


def _path(name: str) -> Path:
    return SOURCE / f"{name.replace('.', '/')}.py"
