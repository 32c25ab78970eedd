"""What the handout says stands on the page: each step, dose, caution, box and sentence, whatever released it."""

from dataclasses import fields
from http import HTTPStatus

import pytest
from django.utils import translation

from plans.content import from_json
from plans.handout import phrases
from plans.handout.formats import Format
from plans.handout.html import handout_html
from plans.languages import get_language
from tests.content.older import SAMPLES
from tests.portal.whole_plan import bare, full_plan, put, read, words_of

ON_PAPER_ONLY = ("meta", "call", "logo", "log-head", "log", "contact", "ask")
"""Parts of the handout for which a page has its own: who it is for and when, whom to call, and the log."""
SAMPLE_NAMES = [f"{path.parent.name}/{path.stem}" for path in SAMPLES]


def handout(content):
    """Return the texts of the patient's copy, and by number those within its exercises."""
    language = get_language(content.language, locale=content.clinic.locale)
    page = handout_html(content, Format(), language, link_url="", sheet_url="")
    general, of_exercise = [], {}
    for text, place in read(page, without=ON_PAPER_ONLY):
        (of_exercise.setdefault(place, []) if place else general).append(text)
    return general, of_exercise


def screens(browser, path, content):
    plan = browser.get(path)
    boxes = browser.get(f"{path}warnings/")
    exercises = [browser.get(f"{path}exercise/{item.number}/") for item in content.items]
    assert {one.status_code for one in (plan, boxes, *exercises)} == {HTTPStatus.OK}
    return plan.content.decode(), boxes.content.decode(), [one.content.decode() for one in exercises]


def check(browser, path, content):
    general, of_exercise = handout(content)
    plan, boxes, exercises = screens(browser, path, content)
    assert len(of_exercise) == len(exercises) > 0
    on_screen = words_of(plan, without=["print-only"]) + words_of(boxes)
    assert [text for text in general if text not in on_screen] == []
    for number, page in enumerate(exercises, start=1):
        said = words_of(page)
        assert [text for text in of_exercise[number] if text not in said] == []
    printed = words_of(plan, without=["screen-only", "bar", "close"])
    every = [*general, *(text for texts in of_exercise.values() for text in texts)]
    assert [text for text in every if text not in printed] == []
    return on_screen, exercises


@pytest.mark.parametrize("path", SAMPLES, ids=SAMPLE_NAMES)
def test_what_older_releases_issued_stands_on_the_page_whole(issued, opened, path):
    stored = path.read_text()
    put(issued.publication, stored)

    check(opened, issued.path, from_json(stored))


@pytest.mark.parametrize("language", ["en", "es", "ar", "zh-hans"])
def test_everything_that_a_plan_may_say_stands_on_the_page(issued, opened, language):
    content = full_plan(language)
    put(issued.publication, content)

    on_screen, exercises = check(opened, issued.path, content)

    spoken = get_language(language, locale=content.clinic.locale)
    own = [content.therapist.name, content.sheet_code, content.clinic.phone, content.clinic.address,
           content.clinic.disclaimer, content.clinic.emergency_number]  # fmt: skip
    with translation.override(language):
        days = (content.issued_on, content.start_date, content.review_date)
        own += [phrases.write_date(day, spoken) for day in days]
    assert [text for text in own if bare(text) not in on_screen] == []
    with translation.override(language):
        for item, page in zip(content.items, exercises, strict=True):
            said = words_of(page)
            dose = [text for phrase in phrases.say_dose(item, spoken) for text in phrase]
            assert [text for text in dose if bare(text) not in said] == []


def test_that_plan_says_everything():
    content = full_plan()

    nothing = [field.name for field in fields(content) if not getattr(content, field.name)]
    nothing += [field.name for field in fields(content.items[0]) if not getattr(content.items[0], field.name)]
    assert nothing == ["sides_in_steps"]


def test_a_clinicians_findings_and_the_patients_name_do_not_stand_there(issued, opened):
    content = full_plan()
    put(issued.publication, content)

    plan, boxes, exercises = screens(opened, issued.path, content)

    for page in (plan, boxes, *exercises):
        for secret in (content.patient.name, content.patient.record_number, content.therapist.licence,
                       content.findings[0].message, content.findings[0].reason):  # fmt: skip
            assert secret not in page
