"""Change the engine's code in one place at a time and see whether its tests notice.

Run: python scripts/mutation.py [--jobs N] [PATH ...]     (default: plans/contraindications plans/dose)

Prints each change that no test noticed, and the counts; the exit code is 1 if there is one that
scripts/mutation_equivalents.txt does not explain. Each change runs in a forked child in which pytest is already
imported, so a thousand of them take minutes. Text is not changed: messages are for people.
"""

import argparse
import ast
import copy
import importlib.abc
import importlib.machinery
import importlib.util
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent
EQUIVALENTS = ROOT / "scripts" / "mutation_equivalents.txt"
TESTS = ("tests/contraindications", "tests/dose", "tests/test_exceptions.py")
SLOW = ("tests/contraindications/test_properties.py", "tests/contraindications/test_starter_library.py")
SECONDS = 120

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Continue: ast.Break,
}


class Change(NamedTuple):
    """One changed place: where, what it became, and the whole changed module."""

    path: str
    line: int
    source: str
    before: str
    after: str
    tree: ast.Module

    def __str__(self) -> str:
        return f"{self.path}: {self.source}: {self.before} -> {self.after}"


def find_changes(path: Path) -> Iterator[Change]:
    """Yield every change of a file, in the order of its syntax tree."""
    text = path.read_text()
    tree, lines = ast.parse(text), text.splitlines()
    decorators = {id(part) for node in ast.walk(tree) for part in _decoration(node)}
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in decorators:
            continue
        for replacement in _replacements(node):
            changed = copy.deepcopy(tree)
            target = next(other for position, other in enumerate(ast.walk(changed)) if position == number)
            _put(changed, target, copy.deepcopy(replacement))
            after = ast.unparse(replacement) or "nothing"
            name = str(path.relative_to(ROOT))
            yield Change(
                name,
                node.lineno,
                lines[node.lineno - 1].strip(),
                _first_line(ast.unparse(node)),
                _first_line(after),
                changed,
            )


def _decoration(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the parts of a class's decorators: frozen or slotted, it computes the same."""
    if isinstance(node, ast.ClassDef):
        for decorator in node.decorator_list:
            yield from ast.walk(decorator)


def _first_line(text: str) -> str:
    return " ".join(text.split())[:160]


def _replacements(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(left=left, ops=[op], comparators=comparators) if type(op) in SWAPS:
            yield ast.Compare(left=left, ops=[SWAPS[type(op)]()], comparators=comparators)
        case ast.Compare(left=left, ops=[first, second], comparators=comparators):
            yield ast.Compare(left=left, ops=[SWAPS[type(first)](), second], comparators=comparators)
            yield ast.Compare(left=left, ops=[first, SWAPS[type(second)]()], comparators=comparators)
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(op=SWAPS[type(op)](), values=values)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in SWAPS:
            yield ast.BinOp(left=left, op=SWAPS[type(op)](), right=right)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.Constant(value=bool() as value):
            yield ast.Constant(value=not value)
        case ast.Constant(value=int() as value):
            yield ast.Constant(value=value + 1)
        case ast.If(test=test, body=body, orelse=orelse):
            yield ast.If(test=ast.UnaryOp(op=ast.Not(), operand=test), body=body, orelse=orelse)
        case ast.IfExp(body=body, orelse=orelse):
            yield body
            yield orelse
        case ast.Continue():
            yield ast.Break()
        case ast.Return(value=ast.expr() as value) if ast.unparse(value) != "None":
            yield ast.Return(value=ast.Constant(value=None))
        case ast.Expr(value=ast.Yield() | ast.YieldFrom() | ast.Call()) | ast.Raise():
            yield ast.Pass()


def _put(tree: ast.Module, target: ast.AST, replacement: ast.AST) -> None:
    ast.copy_location(replacement, target)
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is target:
                setattr(parent, field, replacement)
            elif isinstance(value, list) and any(entry is target for entry in value):
                value[next(n for n, entry in enumerate(value) if entry is target)] = replacement
    ast.fix_missing_locations(tree)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from a changed syntax tree."""

    def __init__(self, change: Change) -> None:
        parts = Path(change.path).with_suffix("").parts
        self.is_package = parts[-1] == "__init__"
        self.name = ".".join(parts[:-1] if self.is_package else parts)
        self.change = change

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.name:
            return None
        place = str(ROOT / self.change.path)
        return importlib.util.spec_from_file_location(
            fullname, place, loader=self, submodule_search_locations=[place] if self.is_package else None
        )

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.change.tree, str(module.__file__), "exec"), module.__dict__)


def run_tests(change: Change | None) -> int:
    """Run the tests in this process, which ends with pytest's exit code."""
    with open(os.devnull, "w") as silence:
        os.dup2(silence.fileno(), 1)
        os.dup2(silence.fileno(), 2)
    if change:
        sys.meta_path.insert(0, _Finder(change))
    hypothesis.settings.register_profile(
        "mutation", max_examples=30, database=None, derandomize=True, deadline=None
    )
    hypothesis.settings.load_profile("mutation")
    plain = [
        "-x",
        "-q",
        "--noconftest",
        "-c",
        os.devnull,
        "--rootdir",
        str(ROOT),
        "-p",
        "no:cacheprovider",
        "--assert=plain",
    ]
    plain += ["-p", "no:django", "-p", "no:xdist"]
    return next((code for tests in _near_first(change) if (code := int(pytest.main([*plain, *tests])))), 0)


def _near_first(change: Change | None) -> Iterator[list[str]]:
    """Yield arguments for pytest, those first that are quick or near the change: most changes end there."""
    near = Path("tests", *Path(change.path).parts[1:-1], f"test_{Path(change.path).name}") if change else None
    if near and near.exists():
        yield [str(near)]
    yield [*TESTS, *(f"--ignore={path}" for path in SLOW)]
    yield [*SLOW]


def start(change: Change | None) -> int:
    """Start a child for one change and give its process id; it ends by itself after SECONDS."""
    child = os.fork()
    if child:
        return child
    signal.alarm(SECONDS)
    code = 3
    try:
        code = run_tests(change)
    finally:
        os._exit(code)


def run_all(changes: Sequence[Change], jobs: int) -> list[Change]:
    """Give the changes that no test noticed."""
    survivors, running, waiting = [], {}, list(reversed(changes))
    while waiting or running:
        while waiting and len(running) < jobs:
            change = waiting.pop()
            running[start(change)] = change
        ended, status = os.wait()
        change = running.pop(ended)
        if status == 0:
            survivors.append(change)
            print(f"not noticed, line {change.line}: {change}", flush=True)
    return survivors


def main() -> int:
    """Read the arguments, run, report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="*", default=["plans/contraindications", "plans/dose"])
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    if os.waitpid(start(None), 0)[1]:
        print("The tests fail on the unchanged code.")
        return 2
    named = [ROOT / path for path in given.paths]
    files = [file for path in named for file in ([path] if path.is_file() else sorted(path.rglob("*.py")))]
    changes = [change for file in files for change in find_changes(file)]
    survivors = run_all(changes, given.jobs)
    explained = {line.split("  # ")[0] for line in EQUIVALENTS.read_text().splitlines()}
    open_ones = [change for change in survivors if str(change) not in explained]
    print(
        f"{len(changes)} changes, {len(changes) - len(survivors)} noticed, {len(survivors)} not: "
        f"{len(survivors) - len(open_ones)} explained as equivalent, {len(open_ones)} open."
    )
    return 1 if open_ones else 0


if __name__ == "__main__":
    sys.exit(main())
