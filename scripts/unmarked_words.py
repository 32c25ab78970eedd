"""Find words of the desk that nobody can translate: what templates, pages and scripts say without a mark.

Run: python -m scripts.unmarked_words        prints file, line and words; a test asks for none.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MARKS = frozenset({"gettext", "_", "_lazy", "gettext_lazy", "ngettext", "pgettext", "npgettext"})
SENTENCE = re.compile(r"^[A-Z][a-z]+\b|[A-Za-z,]{2,} [a-z]{2,}")
NO_WORDS = re.compile(r"<(svg|span)|max-age|^(True|False|Origin|Content-Language)$|^[\w/.-]+\.html$|^desk-")
"""Markup that carries no words, headers, names of files and classes."""
SEARCHED = ("plans/admin/palette/commands.py", "plans/admin/protocols/presenters.py")
"""Keys by which a word is looked up in the catalogue."""
MARKED_PART = re.compile(
    r"{% comment.*?endcomment %}|{% block bodyclass %}.*?{% endblock %}|{% blocktranslate.*?endblocktranslate %}"
    r"|<code>.*?</code>|<kbd.*?</kbd>"
    r"|<(style|script).*?</\1>|<span[^>]*material-symbols[^>]*>[^<]*</span>|class=\"[^\"]*\"|{%.*?%}|{{.*?}}|{#.*?#}",
    re.S,
)
SAYING = re.compile(r"\b(?:aria-label|title|placeholder|alt|data-key-words)=\"([^\"]*)\"")
UNSAID = re.compile(r"\|(?:default|yesno):\"(?!true,false)[^\"]*[a-z]{2}|\|pluralize")
SCRIPT_STRING = re.compile(
    r"""//[^\n]*|/\*.*?\*/|(["'])((?:\\.|(?!\1)[^\\\n])*)\1|`((?:\\.|[^`\\])*)`""", re.S
)
SELECTOR = re.compile(r"[\[\]#>=]|^\.|desk-|^use strict$|^(Arrow|Page|HX|X-|Content-)")
WORDS_OF_POSES = "static/desk/figure_words.js"
"""Its strings are names of lists."""


def unmarked() -> list[str]:
    found = [*_in_pages(), *_in_templates(), *_in_scripts()]
    return [f"{path}:{line}: {words}" for path, line, words in found]


def _in_pages() -> Iterator[tuple[str, int, str]]:
    for path in sorted((ROOT / "plans/admin").rglob("*.py")):
        name = str(path.relative_to(ROOT))
        tree = ast.parse(path.read_text(encoding="utf-8"))
        passed = set(_passed_over(tree))
        for node in ast.walk(tree):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in passed:
                continue
            if SENTENCE.search(node.value) and not NO_WORDS.search(node.value) and name not in SEARCHED:
                yield name, node.lineno, node.value


def _passed_over(tree: ast.AST) -> Iterator[int]:
    """Docstrings, types, keys, and what stands within a mark."""
    for node in ast.walk(tree):
        whole: list[ast.AST | None] = []
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            whole = [node]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in MARKS | {"cast"}:
            whole = list(node.args)
        elif isinstance(node, ast.AnnAssign):
            whole = [node.annotation]
        elif isinstance(node, ast.FunctionDef):
            whole = [node.returns, *(one.annotation for one in (*node.args.args, *node.args.kwonlyargs))]
        elif isinstance(node, ast.Subscript):
            whole = [node.slice]
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            whole = [node.value]
        yield from (id(part) for one in whole if one for part in ast.walk(one))


def _in_templates() -> Iterator[tuple[str, int, str]]:
    for folder in ("templates/desk", "templates/admin", "templates/unfold"):
        for path in sorted((ROOT / folder).rglob("*.html")):
            text = path.read_text(encoding="utf-8")
            name = str(path.relative_to(ROOT))
            for match in UNSAID.finditer(text):
                yield name, text.count("\n", 0, match.start()) + 1, match.group()
            bare = MARKED_PART.sub(lambda match: "\n" * match.group().count("\n"), text)
            for match in SAYING.finditer(bare):
                if re.search(r"[A-Za-z]{2}", match[1]):
                    yield name, bare.count("\n", 0, match.start()) + 1, match[1]
            shown = re.sub(r"<[^>]*>", lambda match: "\n" * match.group().count("\n"), bare)
            for number, line in enumerate(shown.splitlines(), start=1):
                if re.search(r"[A-Za-z]{2}", re.sub(r"&\w+;", "", line)):
                    yield name, number, line.strip()


def _in_scripts() -> Iterator[tuple[str, int, str]]:
    for path in sorted((ROOT / "static/desk").glob("*.js")):
        name, text = str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
        if name == WORDS_OF_POSES:
            continue
        for match in SCRIPT_STRING.finditer(text):
            said = match[2] if match[1] else match[3]
            if not said or not SENTENCE.search(re.sub(r"\$\{[^}]*\}", "X", said)) or SELECTOR.search(said):
                continue
            before = text[: match.start()]
            call = max(before.rfind("gettext("), before.rfind("interpolate("))
            within = call >= 0 and before[call:].count("(") > before[call:].count(")")
            if not within and " " in said:
                yield name, before.count("\n") + 1, said


if __name__ == "__main__":
    print("\n".join(unmarked()))
