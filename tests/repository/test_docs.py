"""What the pages say of the repository is so: their links, the paths that they name, the commands of make."""

import re
import tomllib

import pytest
from django.apps import apps

from tests.repository.facts import ROOT, tracked

PAGES = [
    path
    for path in tracked()
    if path.suffix == ".md" and path.relative_to(ROOT).parts[0] not in ("plans", "CHANGELOG.md")
]
PATH = re.compile(
    r"`((?:bench|client|clinic|docs|locale|plans|scripts|static|templates|tests|\.ci|\.github)/[\w./-]*)(?:::\w+)?`"
)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")


def name_of(page):
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_to_a_file(page):
    assert [link for link in LINK.findall(page.read_text()) if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_path_exists(page):
    assert [path for path in PATH.findall(page.read_text()) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_make_target_exists(page):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert set(re.findall(r"`make ([a-z-]+)", page.read_text())) <= targets


def test_a_page_that_names_what_is_not_there_is_found():
    said = "See `plans/nothing.py`, `tests/dose/test_span.py::test_NAME` and [this](gone.md#part)."

    assert PATH.findall(said) == ["plans/nothing.py", "tests/dose/test_span.py"]
    assert LINK.findall(said) == ["gone.md"]


def glossary():
    """The lines of the glossary: the word, what it is, where it lives."""
    page = (ROOT / "docs/architecture.md").read_text()
    lines = page.split("\n## Glossary\n", 1)[1].splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")][
        1:
    ]


def test_each_model_has_a_line_in_the_glossary():
    models = {
        model.__name__ for model in apps.get_app_config("plans").get_models() if not model._meta.auto_created
    }

    assert models - {name for word, _, _ in glossary() for name in re.findall(r"`(\w+)`", word)} == set()


def test_each_word_of_the_glossary_is_told_in_one_line_and_has_its_place():
    words = [word for word, _, _ in glossary()]

    assert len(words) == len(set(words))
    assert [line for line in glossary() if not line[1] or not (ROOT / line[2].strip("`")).is_file()] == []


def test_each_model_of_the_glossary_stands_in_the_file_that_is_named():
    for word, _, place in glossary():
        for name in re.findall(r"`(\w+)`", word):
            assert re.search(rf"^class {name}\(", (ROOT / place.strip("`")).read_text(), re.MULTILINE), name


def test_the_layers_are_those_that_lint_holds():
    layers = next(
        one["layers"]
        for one in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
        if one["type"] == "layers"
    )
    table = (ROOT / "docs/architecture.md").read_text().split("\n## Layers\n", 1)[1].split("\n## ", 1)[0]
    told = [
        set(re.findall(r"`(\w+)`", line.split("|")[1]))
        for line in table.splitlines()
        if line.startswith("| `")
    ]

    held = [{word.strip(" ()") for word in layer.split("|")} for layer in layers]
    assert told == [
        {word for word in layer if (ROOT / "plans" / word).exists() or (ROOT / f"plans/{word}.py").exists()}
        for layer in held
    ]
