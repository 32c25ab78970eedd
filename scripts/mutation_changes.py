"""Which changes of a file are tried: one condition, number, operator, result or call at a time, as syntax trees.

Text is not changed: messages are for people.
"""

import ast
import copy
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

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
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
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


def find_changes(path: Path, *, root: Path) -> Iterator[Change]:
    """Yield every change of a file below the root, in the order of its syntax tree."""
    text = path.read_text()
    tree, lines = ast.parse(text), text.splitlines()
    left = {id(part) for node in ast.walk(tree) for part in _decoration_and_types(node)}
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in left:
            continue
        for replacement in _replacements(node):
            changed = copy.deepcopy(tree)
            target = next(other for position, other in enumerate(ast.walk(changed)) if position == number)
            _put(changed, target, copy.deepcopy(replacement))
            after = ast.unparse(replacement) or "nothing"
            name = str(path.relative_to(root))
            yield Change(
                name,
                node.lineno,
                lines[node.lineno - 1].strip(),
                _first_line(ast.unparse(node)),
                _first_line(after),
                changed,
            )


def _decoration_and_types(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the parts of a class's decorators, as frozen or slotted it computes the same, and of annotations."""
    found: list[ast.AST | None] = []
    match node:
        case ast.ClassDef():
            found = [*node.decorator_list]
        case ast.FunctionDef():
            found = [node.returns]
        case ast.arg() | ast.AnnAssign():
            found = [node.annotation]
    for part in found:
        if part is not None:
            yield from ast.walk(part)


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
