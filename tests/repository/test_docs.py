"""What the pages say of the repository is so: their links, the paths that they name, the commands of make."""

import re

import pytest

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
