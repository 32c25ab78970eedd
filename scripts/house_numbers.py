"""Numbers about the code of one or two checkouts, side by side.

Run: python -m scripts.house_numbers [--quick] [--comments] [CHECKOUT ...]     (default: this one)
For example: git worktree add /tmp/before 4e860fa && python -m scripts.house_numbers /tmp/before .

`--quick` leaves out what a rendering passes, for which one is made. `--comments` also prints the 50 comments that were
drawn, each beside its line, for a reader to judge.
"""

import argparse
import ast
import io
import os
import random
import re
import statistics
import subprocess
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("plans", "clinic")
DRAWN = 50
SEED = 11
NO_COMMENT = re.compile(r"#\s*(noqa|type:|fmt:|pragma|!|---)")
"""Words to a tool, and headings."""
SMALL_WORDS = frozenset(
    re.findall(
        r"\w+",
        """a an and are as at be been but by for from has have if in into is it its no not of on one only or so than
        that the their them then there they this to too was what when which who with would""",
    )
)


class Comment(NamedTuple):
    """A comment of one or more lines, and the line of code that it stands at or above."""

    place: str
    words: str
    code: str


def modules(root: Path) -> list[Path]:
    """Return the hand-written modules, without migrations and without the mere markers of packages."""
    found = (path for package in PACKAGES for path in (root / package).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts and path.name != "__init__.py")


def trees(root: Path) -> Iterator[ast.Module]:
    """Yield the syntax tree of each module."""
    return (ast.parse(path.read_text()) for path in modules(root))


def length_of(path: Path) -> int:
    return len(path.read_text().splitlines())


def docstring_share(root: Path) -> float:
    """Return the share of functions that carry a docstring, in percent."""
    functions = [
        node
        for tree in trees(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return 100 * sum(ast.get_docstring(node) is not None for node in functions) / len(functions)


def repeated_class_names(root: Path) -> dict[str, int]:
    """Return the names that several classes of modules have, without those that a framework asks for."""
    names = Counter(node.name for tree in trees(root) for node in tree.body if isinstance(node, ast.ClassDef))
    del names["Command"]
    return {name: count for name, count in sorted(names.items()) if count > 1}


# --- Circles: of what stands beside each other in one folder, as `acyclic_siblings` of import-linter looks at it -----


def imported(path: Path, root: Path) -> Iterator[str]:
    """Yield the dotted names that a module imports, to the names inside modules."""
    package = path.relative_to(root).parent.parts
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            for alias in node.names:
                yield ".".join((*base, *([node.module] if node.module else []), alias.name))


def module_named(name: str, known: frozenset[str]) -> str | None:
    """Return the module that a dotted name means: itself, or the one that it stands in."""
    while name and name not in known:
        name = name.rpartition(".")[0]
    return name or None


def import_graph(root: Path) -> dict[str, set[str]]:
    """Return for each module and package which others it imports."""
    paths = [path for package in PACKAGES for path in (root / package).rglob("*.py")]
    names = {}
    for path in paths:
        parts = path.relative_to(root).with_suffix("").parts
        names[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    known = frozenset(names)
    return {
        name: {other for found in imported(path, root) if (other := module_named(found, known))} - {name}
        for name, path in names.items()
    }


def circles(root: Path) -> list[list[str]]:
    """Return the groups of siblings that import each other in a circle, wherever there are some."""
    graph = import_graph(root)
    between: dict[str, dict[str, set[str]]] = {}
    for name, others in graph.items():
        for other in others:
            mine, its = name.split("."), other.split(".")
            depth = next((n for n, (a, b) in enumerate(zip(mine, its, strict=False)) if a != b), None)
            if depth:  # neither inside the other, and one package above both
                siblings = between.setdefault(".".join(mine[:depth]), {})
                siblings.setdefault(".".join(mine[: depth + 1]), set()).add(".".join(its[: depth + 1]))
    return [circle for siblings in between.values() for circle in _circles_of(siblings)]


def _circles_of(graph: dict[str, set[str]]) -> list[list[str]]:
    reached = {name: _reached(graph, name) for name in graph}
    together = {
        frozenset(other for other in reached[name] if name in reached.get(other, ()))
        for name in graph
        if name in reached[name]
    }
    return sorted(sorted(circle) for circle in together)


def _reached(graph: dict[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = graph.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


# --- Comments ---------------------------------------------------------------------------------------------------------


def comments_of(path: Path, root: Path) -> Iterator[Comment]:
    """Yield the comments of a module; lines of their own that follow each other are one."""
    text = path.read_text()
    lines = text.splitlines()
    blocks: list[list[tokenize.TokenInfo]] = []
    for token in filter(_is_comment, tokenize.generate_tokens(io.StringIO(text).readline)):
        last = blocks[-1][-1] if blocks else None
        if last and _alone(last) and _alone(token) and token.start == (last.start[0] + 1, last.start[1]):
            blocks[-1].append(token)
        else:
            blocks.append([token])
    for block in blocks:
        last = block[-1]
        below = (line for line in lines[last.start[0] :] if line.strip())
        code = next(below, "") if _alone(last) else last.line[: last.start[1]]
        words = " ".join(token.string.lstrip("# ") for token in block)
        yield Comment(f"{path.relative_to(root)}:{block[0].start[0]}", words, code.strip())


def _alone(token: tokenize.TokenInfo) -> bool:
    return token.line.strip().startswith("#")


def _is_comment(token: tokenize.TokenInfo) -> bool:
    return token.type == tokenize.COMMENT and not NO_COMMENT.match(token.string)


def drawn_comments(root: Path) -> list[Comment]:
    """Return comments drawn at random, the same on each run."""
    every = [comment for path in modules(root) for comment in comments_of(path, root)]
    return sorted(random.Random(SEED).sample(every, min(DRAWN, len(every))))


def repeats_its_line(comment: Comment) -> bool:
    """Return whether all that the comment says stands in its line of code already: nothing is left for a reason."""
    said, written = _stems(comment.words), _stems(comment.code)
    return bool(said) and said <= written


def _stems(text: str) -> set[str]:
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", text)
    return {part.lower()[:5].rstrip("s") for part in parts if part.lower() not in SMALL_WORDS}


# --- The table --------------------------------------------------------------------------------------------------------


def way_of_a_rendering(root: Path) -> dict[str, str]:
    """Return how far a rendering's id travels, counted in a process that runs the checkout's own code."""
    ended = subprocess.run(
        [sys.executable, ROOT / "scripts/house_numbers_rendering.py"],
        cwd=root,
        env={**os.environ, "CHECKOUT": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    found = re.search(r"^files passed: (\d+), returns: (\d+)$", ended.stdout, re.MULTILINE)
    if found is None:
        raise ValueError(ended.stdout)
    return {
        "files that a rendering's id passes (at most 12)": found[1],
        "returns on that way (at most 12)": found[2],
    }


def numbers(root: Path, *, quick: bool = False) -> dict[str, str]:
    """Return the numbers of a checkout by their names."""
    lengths = [length_of(path) for path in modules(root)]
    found = circles(root)
    drawn = drawn_comments(root)
    return {
        "modules": str(len(lengths)),
        "files directly in plans/api (at most 12)": str(
            len([path for path in (root / "plans/api").glob("*.py") if path.name != "__init__.py"])
        ),
        "circles of imports (none)": str(len(found)),
        "functions with a docstring (at most 30 %)": f"{docstring_share(root):.1f} %",
        "lines of a module, median (at most 80)": f"{statistics.median(lengths):g}",
        "lines of a module, most (at most 300)": str(max(lengths)),
        f"of {len(drawn)} drawn comments, those that repeat their line (none)": str(
            sum(map(repeats_its_line, drawn))
        ),
        "names that several classes have": str(len(repeated_class_names(root))),
        **({} if quick else way_of_a_rendering(root)),
    }


def print_table(roots: Sequence[Path], *, quick: bool) -> None:
    tables = [numbers(root, quick=quick) for root in roots]
    names = list(dict.fromkeys(name for table in tables for name in table))
    wide = max(map(len, names))
    print(" " * wide, *(f"{root.name or root!s:>14.14}" for root in roots))
    for name in names:
        print(f"{name:{wide}}", *(f"{table.get(name, '-'):>14}" for table in tables))


def print_details(root: Path, *, comments: bool) -> None:
    for circle in circles(root):
        print("circle:", " ".join(circle))
    print(
        "classes of one name:",
        ", ".join(f"{name} x{count}" for name, count in repeated_class_names(root).items()),
    )
    if comments:
        for comment in drawn_comments(root):
            said = "repeats its line" if repeats_its_line(comment) else ""
            print(f"\n{comment.place} {said}\n    # {comment.words}\n    {comment.code}")


def main() -> None:
    """Read the arguments, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("checkouts", nargs="*", type=Path, default=[ROOT])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--comments", action="store_true")
    given = parser.parse_args()
    roots = [path.resolve() for path in given.checkouts]
    print_table(roots, quick=given.quick)
    for root in roots:
        print(f"\n{root.name}")
        print_details(root, comments=given.comments)


if __name__ == "__main__":
    main()
