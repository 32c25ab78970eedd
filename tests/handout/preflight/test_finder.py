"""Texts are found by what they are, not by the language of the plan that they stand in."""

from dataclasses import replace

import pytest

from plans.content import PatientContent
from plans.handout.formats import Copy, Format
from plans.handout.preflight.checks import check_pdf
from plans.handout.preflight.finder import Finder
from plans.languages import get_language
from tests.handout.make import NORMAL, html_of, pdf_of, render
from tests.handout.samples import FINDINGS, make_plan_in
from tests.handout.scripts import NAMES, SENTENCES


def plan_in(language, script, **values):
    """A plan in one language with what a therapist wrote in a script of another."""
    written = SENTENCES.get(script, NAMES.get(script, ""))
    base = make_plan_in(language)
    items = (replace(base.items[0], note=written, extra_caution=written), *base.items[1:])
    given = {"patient": PatientContent(name=NAMES.get(script, "Ana")), "note": written, "items": items}
    return make_plan_in(language, **given | values)


@pytest.mark.parametrize("script", [*SENTENCES, "cyrillic", "vietnamese"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_any_script_passes_in_a_plan_of_any_language(language, script):
    assert pdf_of(plan_in(language, script))


@pytest.mark.parametrize("script", NAMES)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_scripts_without_a_blank_between_them_pass(language, script):
    """Words that are turned round put another of their words beside the next script than the one that was typed."""
    name = NAMES[script]
    others = [*NAMES.values(), *SENTENCES.values()]
    assert pdf_of(
        plan_in(language, script, note="\n".join(f"{name}{other}\n{other}{name}" for other in others))
    )


@pytest.mark.parametrize("script", SENTENCES)
def test_any_script_passes_in_a_title_and_in_findings(script):
    findings = tuple(replace(one, reason=SENTENCES[script]) for one in FINDINGS)
    assert pdf_of(make_plan_in("es", title=SENTENCES[script], findings=findings), Format(copy=Copy.CLINICIAN))


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    ("script", "word"),
    [
        ("arabic", "استرخِ"),
        ("hebrew", "עמוקה"),
        ("devanagari", "व्यायाम"),
        ("thai", "หายใจเข้าลึกๆ"),
        ("korean", "천천히"),
    ],
)
def test_a_word_that_is_lost_is_told_in_every_script(language, script, word):
    """Words in other places than they were written are no loss; a word that is nowhere is."""
    content = plan_in(language, script)
    spoilt = render(html_of(content).replace(word, ""), language=language)
    assert {
        problem.code
        for problem in check_pdf(spoilt, content, NORMAL, get_language(content.language)).problems
    } == {"text"}


@pytest.mark.parametrize(
    ("wanted", "page"),
    [
        ("שלום", "םולש"),
        ("كتاب", "باتك"),
        ("कि", "िक"),
        ("Walk to סוק and back", "Walk to קוס and back"),
        ("A4 שלום", "A4 םולש"),
        ("ב4\u064d", "4\u064dב"),
    ],
)
def test_turned_letters_are_found(wanted, page):
    assert not Finder([page], rtl=False).lacks(wanted)


@pytest.mark.parametrize(
    ("wanted", "page"),
    [
        ("שלום", "םול"),
        ("की", "िक"),
        ("Walk to סוק", "klaW to קוס"),
        ("סוק 12", "קוס 21"),
        ("น้ำ", "นา"),
    ],
)
def test_other_letters_are_told(wanted, page):
    assert Finder([page], rtl=False).lacks(wanted)


def test_a_long_word_that_was_broken_is_found_on_a_page_from_right_to_left():
    word = "abcdefghijklmnopqrstuvwxyz"
    assert not Finder([f"{word[:15]} {word[15:]}"], rtl=True).lacks(word)
    assert Finder([f"{word[:15]} {word[16:]}"], rtl=True).lacks(word)
