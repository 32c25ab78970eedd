import ast

import pytest

from plans.rendering.versions import PLANS

PARTS = ("django.conf", "django.template", "django.utils")
"""Of Django: settings, templates, translations. Neither its models nor its connections."""
MODULES = sorted((PLANS / "handout").rglob("*.py"))


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


@pytest.mark.parametrize("path", MODULES, ids=[str(path.relative_to(PLANS)) for path in MODULES])
def test_a_handout_is_made_without_a_database(path):
    of_django = {name for name in imported(path) if name.partition(".")[0] == "django"}
    assert all(name.startswith(PARTS) for name in of_django)
