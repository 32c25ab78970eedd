import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import translation

from plans.content import DoseChange, FindingContent, LaterSentence, PainGuide, PatientContent
from plans.dose import Dose, Side, Span
from plans.handout import phrases, strings
from plans.languages import LANGUAGES
from tests.handout.samples import make_plan, make_plan_in

ENGLISH = LANGUAGES["en"]
EVERY_PHRASE = (
    Dose(sets=Span(2, 2), repetitions=Span(1, 1), rest_seconds=Span(30, 150), times_per_day=Span(1, 1)),
    Dose(repetitions=Span(3, 4), out_seconds=Span(2, 2), back_seconds=Span(3, 3), days_per_week=Span(7, 7)),
    Dose(duration_seconds=Span(150, 150), out_seconds=Span(2, 2), days_per_week=Span(3, 3)),
    Dose(hold_seconds=Span(20, 20), out_seconds=Span(2, 2), back_seconds=Span(2, 2)),
    Dose(back_seconds=Span(2, 2)),
)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def item_with(dose, **values):
    return replace(make_plan().items[0], dose=dose, **values)


def test_summary_says_number_rhythm_and_minutes():
    assert (
        phrases.say_summary(make_plan(), ENGLISH)
        == "8 exercises · 2 times a day, every day · about\u00a065\u00a0minutes\u00a0a\u00a0day"
    )


def test_summary_is_silent_about_a_rhythm_that_differs():
    first, *rest = make_plan().items
    other = replace(first, dose=replace(first.dose, times_per_day=Span(1, 1)))

    assert "times a day" not in phrases.say_summary(make_plan(items=(other, *rest)), ENGLISH)


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ([], "Do each exercise 2 times a day, every day."),
        ([Span(1, 1)] * 3, "Do each exercise 2 times a day, every day, unless it says something else."),
        ([Span(1, 1)] * 4, ""),
    ],
)
def test_what_most_share_is_said_for_them(others, said):
    items = list(make_plan().items)
    for at, times in enumerate(others):
        items[at] = replace(items[at], dose=replace(items[at].dose, times_per_day=times))

    assert phrases.say_common_rhythm(make_plan(items=tuple(items)), ENGLISH) == said


def test_nothing_is_said_for_an_exercise_that_does_not_say_how_often():
    first, *rest = make_plan().items
    silent = replace(first, dose=replace(first.dose, times_per_day=None, days_per_week=None))

    assert phrases.say_common_rhythm(make_plan(items=(silent, *rest)), ENGLISH) == ""
    assert phrases.say_common_rhythm(make_plan(items=()), ENGLISH) == ""


def test_one_exercise_without_a_dose_has_no_minutes():
    one = replace(make_plan().items[0], dose=Dose())

    assert phrases.say_summary(make_plan(items=(one,)), ENGLISH) == "1 exercise"


@pytest.mark.parametrize(("minutes", "said"), [(0, 0), (0.2, 1), (9.1, 10), (10.1, 15), (61, 65)])
def test_minutes_are_rounded_up_and_not_too_exact(minutes, said):
    assert phrases.round_minutes(minutes) == said


def test_rhythm_stands_on_one_line():
    dose = Dose(repetitions=Span(3, 3), side=Side.EACH, times_per_day=Span(1, 2), days_per_week=Span(5, 5))

    assert [tuple(one) for one in phrases.say_dose(item_with(dose, limb="leg"), ENGLISH)] == [
        ("Repeat", "3 times, each leg"),
        ("How often", "1 to 2 times a day, 5 days a week"),
    ]


@pytest.mark.parametrize(
    ("language", "times", "said"),
    [
        ("en", Span(1, 1), "once a day"),
        ("en", Span(2, 2), "2 times a day"),
        ("es", Span(1, 1), "una vez al día"),
        ("es", Span(1, 2), "1 a 2 veces al día"),
        ("ar", Span(1, 1), "مرة واحدة في اليوم"),
        ("ar", Span(2, 2), "مرتين في اليوم"),
        ("ar", Span(1, 2), "1 إلى 2 مرات في اليوم"),
        ("ar", Span(3, 3), "3 مرات في اليوم"),
        ("zh-hans", Span(1, 1), "每天1次"),
    ],
)
def test_each_language_counts_in_its_own_way(language, times, said):
    with translation.override(language):
        assert [one.text for one in phrases.say_rhythm(Dose(times_per_day=times), LANGUAGES[language])] == [
            said
        ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "November 20, 2026"),
        ("es", "20 de noviembre de 2026"),
        ("ar", "20 نوفمبر 2026"),
        ("zh-hans", "2026年11月20日"),
    ],
)
def test_month_is_written_out(language, said):
    with translation.override(language):
        assert phrases.write_date(date(2026, 11, 20), LANGUAGES[language]) == said


def test_pain_ranges_follow_the_clinic():
    assert phrases.say_pain(PainGuide()) == {"go": "0 to 3", "ease": "4 to 5", "stop": "6 to 10"}
    assert phrases.say_pain(PainGuide(go_on_to=2, ease_off_to=3))["ease"] == "3"


def test_footer_tells_a_loose_page():
    assert phrases.say_footer(make_plan()) == "Ana Whitfield (R-1042) · version 1 · K7QM-4T2X"


@pytest.mark.parametrize(
    ("name", "number", "said"),
    [
        ("Ana Whitfield", "R-1042", "Ana Whitfield (R-1042)"),
        ("Maximilian Featherstone", "R-1042", "Maximilian Featherstone"),
        ("Maximilian Featherstonehaugh-Whitfield", "", "Maximilian Featherstonehau…"),
    ],
)
def test_footer_of_large_print_has_room_for_the_name_before_the_number(name, number, said):
    content = make_plan(patient=PatientContent(name=name, record_number=number))

    assert phrases.say_footer(content, is_large=True) == f"{said} · version 1 · K7QM-4T2X"


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_words_leave_room_for_both_numbers(language):
    with translation.override(language):
        said = phrases.say_page()
    assert said["between"]
    assert "{" not in "".join(said.values())


@pytest.mark.parametrize(("first", "said"), [(0, "Mon"), (5, "Sat"), (6, "Sun")])
def test_a_week_has_each_day_and_begins_where_the_clinic_says(first, said):
    week = phrases.say_weekdays(first)
    assert week[0] == said
    assert week[-first:] + week[:-first] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def test_grounds_name_rule_version_evidence_and_source():
    finding = FindingContent(
        code="rule",
        level="avoid",
        message="",
        rule="rule-11",
        rule_version="2",
        evidence="review",
        source="A, B",
    )
    assert phrases.say_grounds(finding) == "rule-11 (version 2) · review · A, B"
    assert phrases.say_grounds(replace(finding, rule="", rule_version="", evidence="", source="")) == ""


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
class TestTranslations:
    def test_fixed_sentences_are_translated(self, language):
        english_signs = {
            *strings.say_emergencies(),
            *strings.say_same_day_signs(),
            strings.say_same_day_title(),
        }
        with translation.override(language):
            signs = {*strings.say_emergencies(), *strings.say_same_day_signs(), strings.say_same_day_title()}
            strings.check_words(LANGUAGES[language])
        assert len(signs) == len(english_signs)
        assert not signs & english_signs

    def test_doses_are_said_without_english(self, language):
        item = make_plan().items[1]
        said = " ".join(f"{label} {text}" for label, text in phrases.say_dose(item, LANGUAGES[language]))
        assert "times" not in said
        assert "15" in said
        assert "30" in said

    @pytest.mark.parametrize("limb", ["", "leg", "arm"])
    @pytest.mark.parametrize("side", Side)
    @pytest.mark.parametrize("dose", EVERY_PHRASE)
    def test_no_word_of_a_dose_is_left_in_english(self, language, dose, side, limb):
        item = item_with(replace(dose, side=side), limb=limb)
        own = {word for phrase in phrases.say_dose(item, LANGUAGES[language]) for word in phrase}
        assert not own & {word for phrase in phrases.say_dose(item, ENGLISH) for word in phrase if word}
        assert not re.search(r"\b(the|to|and|with|each|there|back|sets?)\b", " ".join(own))

    def test_summary_line_is_translated(self, language):
        with translation.override(language):
            assert "exercise" not in phrases.say_summary(make_plan_in(language), LANGUAGES[language])


@pytest.mark.parametrize("number", [0, 2, 3, 5, 10, 11, 20, 99, 100, 101, 1000000])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_range_keeps_its_numbers(language, number):
    """A range ("1 to 2 times") goes by its higher number: a form that hides the number would hide the range."""
    for dose in (
        Dose(sets=Span(1, number)),
        Dose(repetitions=Span(1, number)),
        Dose(times_per_day=Span(1, number)),
    ):
        text = phrases.say_dose(item_with(dose), LANGUAGES[language])[0].text
        assert "1" in text
        assert str(number) in text


def test_missing_translation_is_refused_by_name():
    """Without compiled translations a Spanish handout would come out half English."""
    with translation.override("en"), pytest.raises(strings.WordsMissing, match="'es'"):
        strings.check_words(LANGUAGES["es"])


def test_short_lines_keep_the_labels_that_tell_times_apart():
    dose = Dose(sets=Span(2, 2), repetitions=Span(3, 3), hold_seconds=Span(5, 5), rest_seconds=Span(30, 30))

    said = [tuple(one) for one in phrases.shorten(phrases.say_dose(item_with(dose), ENGLISH), ENGLISH)]

    assert said == [
        ("", "2 sets"),
        ("", "3 times"),
        ("Hold", "5 seconds"),
        ("Rest", "30 seconds between sets"),
    ]


def test_news_of_a_dose_are_what_it_did_not_say_before():
    before = Dose(sets=Span(1, 1), repetitions=Span(10, 10), hold_seconds=Span(5, 5))

    def news(limb="", **values):
        change = DoseChange(name="Bridge", before=before, after=replace(before, **values), limb=limb)
        return phrases.say_news(change, ENGLISH)

    assert news(repetitions=Span(12, 15)) == ("12 to 15 times",)
    assert news(hold_seconds=None) == ("10 times",)
    assert news(side=Side.LEFT, limb="leg") == ("10 times, left leg only",)
    assert news(sets=Span(3, 3)) == ("3 sets",)
    assert news(sets=None) == ("10 times", "5 seconds")
    before = replace(before, sets=Span(2, 2))
    assert news(sets=Span(1, 1)) == ("1 set",)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("side", Side)
def test_the_sides_are_said_from_the_dose_in_every_language(language, side):
    item = replace(make_plan().items[0], dose=Dose(repetitions=Span(5, 5), side=side))
    said = phrases.say_sides(item, LANGUAGES[language])
    assert said
    assert (said == phrases.say_sides(item, ENGLISH)) is (language == "en")
    assert phrases.say_sides(replace(item, sides_in_steps=True), LANGUAGES[language]) == ""
    assert phrases.say_sides(replace(item, dose=Dose(repetitions=Span(5, 5))), LANGUAGES[language]) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_that_holds_later_names_its_day_in_every_language(language):
    later = [LaterSentence(holds_from=date(2026, 5, 3), words="Lie on your side.")]
    with translation.override(language):
        (said,) = phrases.say_later(later, LANGUAGES[language])
        day = phrases.write_date(date(2026, 5, 3), LANGUAGES[language])
    assert day in said
    assert said.endswith("Lie on your side.")
    assert said.startswith("From May 3, 2026: ") is (language == "en")


def test_a_start_is_told_when_it_is_not_the_day_of_issue():
    plan = make_plan()
    ahead = plan.issued_on + timedelta(days=60)
    assert phrases.say_start(replace(plan, start_date=ahead), ENGLISH) == phrases.write_date(ahead, ENGLISH)
    assert phrases.say_start(replace(plan, start_date=plan.issued_on), ENGLISH) == ""
    assert phrases.say_start(replace(plan, start_date=None), ENGLISH) == ""


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Call Riverside: 555\u00a00100", "Call Riverside:\u00a0555\u00a00100"),
        ("请致电Riverside：555\u00a00100", "请致电Riverside：\u2060555\u00a00100"),
    ],
)
def test_no_line_ends_before_a_telephone_number(said, kept):
    assert phrases.keep_number(said, phrases.keep_together("555 0100")) == kept


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_heading_with_the_clinics_number_is_not_broken_before_it(language):
    clinic = make_plan().clinic
    with translation.override(language):
        said = phrases.say_questions(clinic)
    before, number = said.split("555")
    assert before[-1] in (phrases.NO_BREAK, phrases.WORD_JOINER)
    assert number.startswith(f"{phrases.NO_BREAK}0100")
