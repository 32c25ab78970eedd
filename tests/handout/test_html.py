import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape

import pytest

from plans.content import ClinicContent, LaterSentence, TherapistContent, from_json
from plans.dose import Side
from plans.handout.formats import ALL_FORMATS, Copy, Format, Ink, Size
from plans.handout.html import handout_html, preview_html
from plans.handout.preflight.pdf_reader import read_pdf
from plans.languages import LANGUAGES, UnknownLanguage
from tests.content.older import sample
from tests.handout.make import html_of, pdf_of
from tests.handout.samples import (
    FINDINGS,
    LINK_URL,
    make_plan,
    make_plan_in,
    make_second_version,
    pictures,
)


def words_of(html):
    """The page's words without tags, spaces joined."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html.partition("<body")[2].partition(">")[2])).split())


def test_boxes_come_before_the_exercises_and_the_log_comes_last():
    said = words_of(html_of(make_plan()))
    parts = [
        "Call 911 now",
        "Stop, and call a doctor today",
        "8 exercises",
        "How much pain",
        "1. Pelvic tilt",
    ]
    parts += ["8. Walking", "Good to know", "Questions?", "Your log"]
    assert sorted(parts, key=said.index) == parts


def test_each_exercise_is_whole_and_in_order():
    item = make_plan().items[3]
    said = words_of(html_of(make_plan())).partition("3. Lower")[2]
    said = said[said.index("4. Glute") :]
    parts = [
        f"4. {item.name}",
        item.purpose,
        item.start,
        "Sets: 2 sets",
        "Rest: 1 minute between sets",
        *item.steps,
    ]
    parts += [*item.cautions, item.note]
    assert sorted(parts, key=said.index) == parts


def test_names_cannot_add_markup():
    nasty = '<script>alert(1)</script>"><b>'
    plan = make_plan(
        title=nasty,
        note=nasty,
        clinic=ClinicContent(name=nasty, colour='red"><script>'),
        therapist=TherapistContent(name=nasty),
    )
    for form in (Format(), Format(copy=Copy.SUMMARY), Format(copy=Copy.CLINICIAN)):
        html = html_of(plan, form)
        assert "<script" not in html
        assert "&lt;script&gt;" in html


def test_emergency_number_is_the_clinics():
    said = words_of(html_of(make_plan(clinic=ClinicContent(name="X", emergency_number="112"))))

    assert "Call 112 now" in said
    assert "911" not in said


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_no_line_of_the_warning_ends_before_the_emergency_number(language):
    page = html_of(make_plan_in(language))
    (title,) = re.findall(r'<section class="box emergency">\s*<h2>(.*?)</h2>', page)
    assert unescape(title).partition("911")[0].rstrip("\u2068").endswith("\u00a0")


def test_demonstration_line_stands_on_every_copy():
    for copy in Copy:
        assert "Demonstration, not for patients" in html_of(make_plan(), Format(copy=copy))
        assert "Demonstration" not in html_of(make_plan(demonstration=False), Format(copy=copy))


def test_changes_are_told_from_the_second_version_on():
    said = words_of(html_of(make_second_version()))

    assert "What is new since version 1 (November 20, 2026)" in said
    for part in (
        "New: Walking",
        "any more: Child's pose",
        "Cat-cow: 12 to 15 times",
        "again: Bird dog",
    ):
        assert part in said
    assert "What is new" not in html_of(make_plan())


def test_findings_are_for_the_clinician_alone():
    plan = make_plan(findings=FINDINGS)

    said = words_of(html_of(plan, Format(copy=Copy.CLINICIAN)))
    for part in (
        "Avoid: 7. Press-up",
        FINDINGS[0].reason,
        "rule-11 (version 1) · review · A, B",
        "licence PT-20817",
    ):
        assert part in said
    for copy in (Copy.PATIENT, Copy.SUMMARY):
        assert "rule-11" not in html_of(plan, Format(copy=copy))
        assert "PT-20817" not in html_of(plan, Format(copy=copy))


def test_summary_has_pictures_and_doses_only():
    html = html_of(make_plan(), Format(copy=Copy.SUMMARY))

    assert all(f"picture:{sha256}" in html for sha256 in pictures())
    assert "Hold:&nbsp;<b>5\xa0seconds</b>" in html
    assert make_plan().items[0].steps[0] not in html


@pytest.mark.parametrize(
    "form", [Format(), Format(size=Size.LARGE), Format(copy=Copy.SUMMARY)], ids=lambda form: form.key
)
def test_shared_rhythm_is_said_once_for_all_exercises(form):
    assert 1 <= html_of(make_plan(), form).count("2 times a day, every day") <= 2
    first, *rest = make_plan().items
    other = replace(first, dose=replace(first.dose, times_per_day=None))
    said = html_of(make_plan(items=(other, *rest)), form).replace("\xa0", " ")
    assert said.count("2 times a day, every day, unless it says something else.") == 1
    assert said.count("2 times a day, every day") == 1
    assert len(re.findall(r"<b>every day</b>", said)) == 1


def test_empty_address_leaves_its_code_out():
    html = handout_html(make_plan(), Format(), LANGUAGES["en"], link_url="", sheet_url="")

    assert "QR code" not in html
    assert "K7QM-4T2X" in html


def test_every_picture_has_its_words():
    for form in ALL_FORMATS:
        html = html_of(make_plan(), form)
        assert html.count("<img") == len(re.findall(r'<img src="[^"]+" alt="[^"]{10,}">', html))


def test_grey_page_has_no_clinic_colour():
    assert "#0b6e6e" in html_of(make_plan())
    assert "#0b6e6e" not in html_of(make_plan(), Format(ink=Ink.GREY))


@pytest.mark.parametrize(
    ("language", "start"),
    [
        ("en", '<html lang="en" dir="ltr"'),
        ("ar", '<html lang="ar" dir="rtl"'),
        ("zh-hans", '<html lang="zh-Hans"'),
    ],
)
def test_page_declares_language_and_direction(language, start):
    assert start in html_of(make_plan_in(language))


def test_unknown_language_is_refused():
    with pytest.raises(UnknownLanguage):
        html_of(make_plan(language="tlh"))


def test_preview_brings_its_style_and_hides_the_link():
    html = preview_html(make_plan(), Format(), address=lambda sha256: f"/pictures/{sha256}")

    assert "<style>" in html
    assert LINK_URL not in html
    assert 'src="/pictures/' in html
    assert "picture:" not in html


def test_phone_number_keeps_its_order_on_a_right_to_left_page():
    """(555) 0100-22 would print as 22-0100 (555)."""
    clinic = ClinicContent(name="Riverside", phone="(555) 0100-22")
    printed = read_pdf(pdf_of(make_plan_in("ar", clinic=clinic)))

    assert any("(555)\u00a00100-22" in page for page in printed.pages)
    assert "\u2068" not in html_of(make_plan_in("es", clinic=clinic))


def test_one_side_stands_above_the_steps_and_the_change_of_sides_below():
    bird_dog = make_plan().items[5]
    assert bird_dog.dose.side is Side.EACH
    for side, said in (
        (Side.EACH, "When one side is done, change sides."),
        (Side.LEFT, "Do this on the left side only."),
    ):
        item = replace(bird_dog, dose=replace(bird_dog.dose, side=side))
        page = words_of(html_of(make_plan(items=(item,))))
        assert (page.index(said) < page.index(item.steps[0])) is (side is Side.LEFT)
        assert ("change sides" in page) is (side is Side.EACH)


@pytest.mark.parametrize("copy", [Copy.PATIENT, Copy.CLINICIAN])
@pytest.mark.parametrize("language", LANGUAGES)
def test_how_to_breathe_stands_below_the_steps(language, copy):
    item = replace(make_plan_in(language).items[0], breathing="Hoo, haa.")
    with_words, without = (
        html_of(make_plan_in(language, items=(one,)), Format(copy=copy))
        for one in (item, replace(item, breathing=""))
    )
    assert with_words.count('class="breath"') == 1
    assert item.steps[-1] in with_words.partition("Hoo, haa.")[0]
    assert item.cautions[0] in with_words.partition("Hoo, haa.")[2]
    assert 'class="breath"' not in without


def test_content_of_schema_1_tells_the_sides_as_it_did():
    """Its steps say so themselves; a second sentence, or another one, would not be what was issued."""
    old = from_json(sample("schema_1/every_field.json"))
    assert any(item.dose.side for item in old.items)
    for side in Side:
        items = tuple(replace(item, dose=replace(item.dose, side=side)) for item in old.items)
        page = words_of(html_of(replace(old, language="en", items=items)))
        assert "When one side is done" not in page
        assert "Do this on the" not in page


def test_what_holds_later_prints_with_its_day_for_the_exercise_and_the_plan():
    day = LaterSentence(holds_from=date(2026, 5, 3), words="Lie on your side.")
    plan = make_plan()
    items = (replace(plan.items[0], sentences=(), later_sentences=(day,)), *plan.items[1:])
    said = "For you: From May 3, 2026: Lie on your side."
    for form in (Format(), Format(copy=Copy.CLINICIAN)):
        assert words_of(html_of(replace(plan, items=items), form)).count(said) == 1
        whole = replace(plan, sentences=(), later_sentences=(day,))
        assert words_of(html_of(whole, form)).count(said) == 1


def test_a_plan_that_starts_later_says_when():
    plan = make_plan()
    ahead = replace(plan, start_date=plan.issued_on + timedelta(days=60))
    for form in (Format(), Format(copy=Copy.SUMMARY), Format(copy=Copy.CLINICIAN)):
        assert "Start on:" in words_of(html_of(ahead, form))
        assert "Start on:" not in words_of(html_of(replace(plan, start_date=plan.issued_on), form))


@pytest.mark.parametrize("language", ["en", "es", "ar", "zh-hans"])
def test_sides_and_days_pass_the_preflight_in_every_language(language):
    plan = make_plan() if language == "en" else make_plan_in(language)
    day = LaterSentence(holds_from=date(2027, 5, 3), words=plan.items[0].cautions[0])
    item = replace(plan.items[0], dose=replace(plan.items[0].dose, side=Side.LEFT), later_sentences=(day,))
    plan = replace(plan, items=(item, *plan.items[1:2]), later_sentences=(day,), start_date=date(2027, 4, 1))
    assert pdf_of(plan).startswith(b"%PDF-")


@pytest.mark.parametrize("size", Size)
def test_only_a_long_name_is_broken_in_the_head(size):
    short, long = make_plan(), make_plan(patient=replace(make_plan().patient, name="Wolfeschlegel " * 5))
    form = Format(size=size)
    assert '<p class="meta"><span><b>' in html_of(short, form)
    assert '<p class="meta"><span class="long"><b>' in html_of(long, form)


def test_a_long_name_is_broken_on_the_page_for_the_fridge_too():
    long = make_plan(patient=replace(make_plan().patient, name="Wolfeschlegel " * 5))
    assert '<p class="meta"><span class="long"><b>' in html_of(long, Format(copy=Copy.SUMMARY))
