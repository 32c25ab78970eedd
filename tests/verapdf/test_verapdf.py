"""Every format in every language is PDF/UA-1 by the reference checker."""

import pytest

from plans.handout.formats import ALL_FORMATS
from plans.languages import LANGUAGES
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
from tests.handout.scripts import SENTENCES
from tests.verapdf.vera import failures_of

pytestmark = pytest.mark.xdist_group("verapdf")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_is_accessible(language, tmp_path):
    content = make_plan_in(language, findings=FINDINGS, version=2, changes=make_second_version().changes)
    files = {form.key: pdf_of(content, form) for form in ALL_FORMATS}

    assert failures_of(files, tmp_path) == {form.key: [] for form in ALL_FORMATS}


def test_second_version_is_accessible(tmp_path):
    assert failures_of({"second": pdf_of(make_second_version())}, tmp_path) == {"second": []}


def test_checker_finds_planted_faults(tmp_path):
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
    found = failures_of({name: spoil(change) for name, change in faults.items()}, tmp_path)

    assert {name for name, rules in found.items() if rules} == set(faults)


def test_every_script_is_accessible(tmp_path):
    files = {
        f"{language}-{script}": pdf_of(plan_in(language, script))
        for language in ("en", "ar")
        for script in (*SENTENCES, "cyrillic", "vietnamese")
    }
    assert failures_of(files, tmp_path) == {name: [] for name in files}
