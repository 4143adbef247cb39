"""Fails where code outgrows the budgets: long functions, long files, a file over 300 lines that does not say why."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

FUNCTION, FILE, LONG_FILE = 50, 500, 300


def main() -> None:
    """Print what is over budget; exit 1 if anything is."""
    tracked = subprocess.run(["git", "ls-files", "src", "bench", "script"], capture_output=True, text=True, check=True)  # noqa: S607  git is the one on PATH
    faults = [fault for name in tracked.stdout.split() if name.endswith(".py") for fault in faults_of(Path(name))]
    print("\n".join(faults) or "within budget")
    sys.exit(bool(faults))


def faults_of(path: Path) -> Iterator[str]:
    """What is over budget in one file. Migrations are excepted."""
    if "migrations" in path.parts or not path.exists():
        return
    text = path.read_text(encoding="utf-8")
    lines = text.count("\n")
    tree = ast.parse(text)
    if lines > FILE:
        yield f"{path}: {lines} lines, {FILE} are the most"
    elif lines > LONG_FILE and "over 300 lines" not in (ast.get_docstring(tree) or ""):
        yield f"{path}: {lines} lines; over {LONG_FILE} the docstring says why ('over 300 lines since ...')"
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and (node.end_lineno or 0) - node.lineno >= FUNCTION
        ):
            yield f"{path}:{node.lineno}: {node.name} is longer than {FUNCTION} lines"


if __name__ == "__main__":
    main()
