"""Every format in every language is PDF/UA-1 by the reference checker."""

from functools import partial

import pytest

from plans.handout.formats import ALL_FORMATS, Copy, Ink, Paper
from plans.languages import LANGUAGES
from tests.handout.library import make_leaflets
from tests.handout.make import pdf_of
from tests.handout.preflight.test_checks import (
    drop,
    drop_alternative_text,
    drop_conformance,
    empty_box_letter,
    skip_heading_level,
    spoil,
    unembed,
    untag_text,
)
from tests.handout.preflight.test_finder import plan_in
from tests.handout.samples import FINDINGS, make_plan_in, make_second_version
from tests.handout.scripts import NAMES, SENTENCES
from tests.handout.written import fill, repeat
from tests.verapdf import vera

pytestmark = pytest.mark.xdist_group("verapdf")


@pytest.fixture(scope="module")
def waiting_checker(tmp_path_factory):
    log = tmp_path_factory.mktemp("verapdf") / "log"
    with vera.checker(log) as process:
        yield process, log


@pytest.fixture
def failures_of(waiting_checker, tmp_path):
    """A function that gives the failed rules of files by name."""
    return partial(vera.failures_of, *waiting_checker, folder=tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_is_accessible(language, failures_of):
    content = make_plan_in(language, findings=FINDINGS, version=2, changes=make_second_version().changes)
    files = {form.key: pdf_of(content, form) for form in ALL_FORMATS}

    assert failures_of(files) == {form.key: [] for form in ALL_FORMATS}


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_leaflets_are_accessible(language, failures_of):
    items = make_plan_in(language).items[:1]
    content = make_plan_in(language, items=items, leaflets=make_leaflets(language)[:2])
    files = {form.key: pdf_of(content, form) for form in ALL_FORMATS if form.copy is Copy.PATIENT}

    assert failures_of(files) == {key: [] for key in files}


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_names_as_long_as_they_may_be_in_mixed_scripts_are_accessible(language, failures_of):
    """In each ink on one paper: what ink changes in a PDF, the test of every format has."""
    forms = [form for form in ALL_FORMATS if (form.paper is Paper.A4) is (form.ink is Ink.COLOUR)]
    content = fill(language, repeat(SENTENCES["mixed"] + " " + " ".join(NAMES.values()) + " "))
    files = {form.key: pdf_of(content, form) for form in forms}

    assert failures_of(files) == {form.key: [] for form in forms}


@pytest.mark.long
def test_second_version_is_accessible(failures_of):
    assert failures_of({"second": pdf_of(make_second_version())}) == {"second": []}


def test_checker_finds_planted_faults(failures_of):
    """Else the tests above would prove nothing. A wrong language is still a language, so that one is not here."""
    faults = {
        "language": drop("/Lang"),
        "alternative-text": drop_alternative_text,
        "conformance": drop_conformance,
        "heading": skip_heading_level,
        "font": unembed,
        "loose-text": untag_text,
        "empty-box": empty_box_letter,
        "marked": drop("/MarkInfo", "/Marked"),
        "title": drop("/ViewerPreferences", "/DisplayDocTitle"),
    }
    found = failures_of({name: spoil(change) for name, change in faults.items()})

    assert {name for name, rules in found.items() if rules} == set(faults)


@pytest.mark.long
def test_every_script_is_accessible(failures_of):
    files = {
        f"{language}-{script}": pdf_of(plan_in(language, script))
        for language in ("en", "ar")
        for script in (*SENTENCES, "cyrillic", "vietnamese")
    }
    assert failures_of(files) == {name: [] for name in files}
