"""The grid of a sheet's log: what is posted becomes rows, what cannot be kept is named, nothing told is overwritten."""

import html
import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from plans.actions.logs.paper import KeyedCell, key_in_log
from plans.dose import Span
from plans.models import AuditEvent, AuditVerb, Clinic, DayEntry, LogEntry, LogSource, Publication
from plans.queries.log_weeks import first_of_week
from plans.queries.told_cells import Cell, Row
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import text_of
from tests.admin.publications.sheets import sheet_of
from tests.logs import issued_days_ago, keys_of, tell, tell_day

DAY, WEEK = timedelta(days=1), timedelta(days=7)


@pytest.fixture
def monday(clinic):
    """The first day of the last week that is over; weeks of this clinic begin on Mondays."""
    Clinic.objects.update(week_starts_on=0)
    return first_of_week(clinic.today(), 0) - WEEK


@pytest.fixture
def publication(pat, clinic, monday):
    """Two exercises, twice a day on all days, and one on 3 days a week; issued on that Monday."""
    revisions = [factories.approved_exercise(clinic, f"exercise-{number}") for number in (0, 1, 2)]
    items = [factories.item(revision, order=order) for order, revision in enumerate(revisions, start=1)]
    items[2].dose = type(items[2].dose)(repetitions=Span(8, 8), days_per_week=Span(3, 3))
    plan = factories.plan(pat, exercises=[], times_per_day_min=2, times_per_day_max=2)
    factories.plan_actions.save_plan(plan=plan, items=items, by=pat)
    return issued_days_ago(factories.publication(pat, of_plan=plan), (clinic.today() - monday).days)


def page_of(publication, week=None):
    address = reverse("admin:plans_publication_log", args=[publication.pk])
    return f"{address}?week={week}" if week else address


def post(client, publication, week, seen=None, **fields):
    """Post a week as its form would; names are row_1_0 for the first exercise on the first day, pain_6 for the last."""
    named = {}
    for name, value in fields.items():
        stem, _, place = name.rpartition("_")
        is_row = re.fullmatch(r"row_\d", name)
        named[name if is_row else f"{stem}_{week + int(place) * DAY}"] = value
    shown = dict.fromkeys(inputs_of(client.get(page_of(publication, week))), "")
    data = {**shown, **named, "week": week.isoformat(), "seen": json.dumps(seen or {})}
    return client.post(page_of(publication), data)


def inputs_of(answer):
    """The names of the grid's fields, with their values."""
    found = re.findall(
        r'<input[^>]*type="(?:number|text)"[^>]* name="((?:row|pain)_[^"]+)" value="([^"]*)"',
        answer.content.decode(),
    )
    return dict(found)


def seen_of(answer):
    return json.loads(html.unescape(re.search(r'name="seen" value="([^"]*)"', answer.content.decode())[1]))


def rows():
    return set(LogEntry.objects.values_list("item_key", "day", "session", "outcome"))


# --- What is shown ---


def test_it_has_the_rows_of_the_paper_and_the_dates_of_the_week(desk, publication, monday):
    answer = desk.get(page_of(publication))
    words = text_of(answer)
    assert f"Week 1, from {date_format(monday, 'j F Y')}" in words
    assert "1. Exercise 0 2 times a day" in words
    assert "3. Exercise 2 (3 days a week)" in words
    assert "Pain, 0 to 10" in words
    for answer_of_week in ("1 too easy", "2 right", "3 too hard", "4 it hurt"):
        assert answer_of_week in words
    for place in range(7):
        day = monday + place * DAY
        assert f"{place + 1} {date_format(day, 'D')} {date_format(day, 'j M')}" in words


def test_a_day_that_has_not_come_has_no_field(desk, publication, clinic, monday):
    names = inputs_of(desk.get(page_of(publication, monday + WEEK)))
    days = {name.rpartition("_")[2] for name in names if name.startswith("pain")}
    assert max(days) == clinic.today().isoformat()
    assert min(days) == (monday + WEEK).isoformat()


def test_it_opens_where_keying_in_goes_on_and_another_week_can_be_chosen(desk, publication, monday, pat):
    tell_day(publication, day=monday + 6 * DAY, pain=1, source=LogSource.PAPER, by=pat)
    assert "Week 2, from" in text_of(desk.get(page_of(publication)))
    assert desk.get(page_of(publication, monday)).context["week"].number == 1
    assert desk.get(page_of(publication, "2026-13-45")).context["week"].number == 2


@pytest.mark.parametrize("source", [LogSource.PAGE, LogSource.API])
def test_what_was_told_elsewhere_is_shown_and_has_no_field(desk, publication, monday, source):
    for session in (1, 2):
        tell(publication, day=monday, session=session, source=LogSource.API)
    tell_day(publication, day=monday, pain=4, feel="cannot", signs=["fever"], source=LogSource.API)
    LogEntry.objects.update(source=source)
    DayEntry.objects.update(source=source)
    answer = desk.get(page_of(publication, monday))
    told = {LogSource.PAGE: "told on the page", LogSource.API: "told through another system"}[source]
    assert f"2, {told}" in text_of(answer)
    assert f"4, {told}" in text_of(answer)
    assert f"yes, {told}" in text_of(answer)
    names = inputs_of(answer)
    assert f"row_1_{monday}" not in names
    assert f"pain_{monday}" not in names
    assert f"row_2_{monday}" in names


def test_it_is_written_down_who_reads_it(desk, publication, pat):
    desk.get(page_of(publication))
    event = AuditEvent.objects.get(verb=AuditVerb.LOG_VIEWED)
    assert (event.created_by, event.patient_id) == (pat, publication.plan.patient_id)


def test_a_spanish_desk_says_it_in_spanish(desk, publication, monday):
    spanish = {"accept-language": "es"}
    words = text_of(desk.get(page_of(publication), headers=spanish))
    assert f"Semana 1, desde el {monday.day} " in words
    for said in (
        "En la columna «Todo»",
        "1 demasiado fácil",
        "2 bien",
        "Dolor, 0 a 10",
        "Guardar esta semana",
    ):
        assert said in words
    data = {"week": monday.isoformat(), f"pain_{monday}": "11"}
    refused = text_of(desk.post(page_of(publication), data, headers=spanish))
    assert "Escriba un número entero de 0 a 10, o nada." in refused


# --- What is kept ---


def test_a_week_is_kept_and_leads_to_the_next(desk, publication, monday):
    first, second, third = keys_of(publication)
    answer = post(
        desk,
        publication,
        monday,
        row_1="a",
        row_2_0="1",
        row_2_1="0",
        row_3="1 3 5",
        pain_0="0",
        pain_6="10",
        feel_6="too_hard",
    )
    assert answer["Location"] == page_of(publication, monday + WEEK)
    of_first = {(first, monday + place * DAY, session, "all") for place in range(7) for session in (1, 2)}
    of_second = {(second, monday, 1, "all")} | {
        (second, monday + DAY, session, "skipped") for session in (1, 2)
    }
    of_third = {(third, monday + place * DAY, session, "all") for place in (0, 2, 4) for session in (1, 2)}
    assert rows() == of_first | of_second | of_third
    days = {row.day: (row.pain, row.feel) for row in DayEntry.objects.all()}
    assert days == {monday: (0, ""), monday + 6 * DAY: (10, "too_hard")}
    page = text_of(desk.get(answer["Location"]))
    assert ": 15 cells are kept." in page
    assert f"Pain over 5: {date_format(monday + 6 * DAY, 'D j M')}. Tell the therapist." in page


def test_pain_that_is_no_more_than_the_clinics_value_alarms_nobody(desk, publication, monday):
    answer = post(desk, publication, monday, pain_0="5")
    assert "Tell the therapist" not in text_of(desk.get(answer["Location"]))


def test_a_warning_sign_is_kept_and_said(desk, publication, monday):
    assert "a fever" in text_of(desk.get(page_of(publication, monday)))
    answer = post(desk, publication, monday, signs_2=["", "fever"])
    assert DayEntry.objects.get().signs == ["fever"]
    assert "Warning signs: " in text_of(desk.get(answer["Location"]))


@pytest.mark.parametrize("typed", ["t", "T", "10", " 10 "])
def test_ten_has_a_key_of_its_own(desk, publication, monday, typed):
    post(desk, publication, monday, pain_3=typed)
    assert DayEntry.objects.get().pain == 10


def test_empty_cells_stay_unknown(desk, publication, monday):
    answer = post(desk, publication, monday)
    assert "nothing was changed" in text_of(desk.get(answer["Location"]))
    assert not LogEntry.objects.exists()
    assert not DayEntry.objects.exists()


def test_a_cell_says_more_than_its_row(desk, publication, monday):
    post(desk, publication, monday, row_1="A", row_1_2="0")
    done = set(LogEntry.objects.filter(outcome="skipped").values_list("day", flat=True))
    assert done == {monday + 2 * DAY}
    assert LogEntry.objects.filter(outcome="all").count() == 12


def test_all_ends_where_the_exercise_ends(desk, publication, monday):
    content = publication.content
    until = monday + 3 * DAY
    changed = content.json.replace('"until":null', f'"until":"{until}"')
    assert changed != content.json
    type(content).objects.filter(pk=content.pk).update(json=changed)
    post(desk, publication, monday, row_1="a")
    assert max(LogEntry.objects.values_list("day", flat=True)) == until


def test_a_number_that_was_keyed_in_is_shown_and_corrected(desk, publication, monday):
    post(desk, publication, monday, row_1_0="2")
    answer = desk.get(page_of(publication, monday))
    name = f"row_1_{monday}"
    assert inputs_of(answer)[name] == "2"
    assert seen_of(answer) == {name: 2}
    post(desk, publication, monday, seen=seen_of(answer), row_1_0="1")
    assert LogEntry.objects.count() == 1


# --- What is not kept ---


@pytest.mark.parametrize(
    ("field", "typed", "problem"),
    [
        ("row_2_1", "11", "Write a whole number from 0 to 10, or nothing."),
        ("row_2_1", "two", "Write a whole number from 0 to 10, or nothing."),
        ("pain_1", "11", "Write a whole number from 0 to 10, or nothing."),
        ("pain_1", "3.5", "Write a whole number from 0 to 10, or nothing."),
        ("pain_1", "٣", "Write a whole number from 0 to 10, or nothing."),
        ("pain_1", "🙂", "Write a whole number from 0 to 10, or nothing."),
        ("pain_1", "9" * 5_000, "Write a whole number from 0 to 10, or nothing."),
        ("row_2_1", "1" * 5_000, "Write a whole number from 0 to 10, or nothing."),
        ("row_2", "x" * 5_000, "Write “a” for all days, or the numbers of days, such as 1 3 5."),
        ("row_2", "8", "Write “a” for all days, or the numbers of days, such as 1 3 5."),
        ("row_3", "a", "This is planned on 3 days a week: key the numbers of the days, such as 1 3 5."),
    ],
)
def test_a_bad_cell_is_named_and_the_rest_is_kept_in_the_form(
    desk, publication, monday, field, typed, problem
):
    answer = post(desk, publication, monday, row_1="a", pain_0="3", **{field: typed})
    assert answer.status_code == 400
    tuesday = date_format(monday + DAY, "D j M")
    place = {
        "row_2_1": f"2. Exercise 1, {tuesday}",
        "pain_1": f"Pain, {tuesday}",
        "row_2": "2. Exercise 1",
        "row_3": "3. Exercise 2",
    }[field]
    assert f"{place} : {problem}" in text_of(answer).replace(f"{place}:", f"{place} :")
    shown = inputs_of(answer)
    assert (shown["row_1"], shown[f"pain_{monday}"]) == ("a", "3")
    assert typed in shown.values()
    assert answer.content.count(b'aria-invalid="true"') == 1
    assert not LogEntry.objects.exists()
    assert not DayEntry.objects.exists()


def test_a_day_that_has_not_come_is_no_day_of_a_row(desk, publication, clinic, monday):
    week, today = monday + WEEK, clinic.today()
    after = min(today + DAY, week + 6 * DAY)
    answer = post(desk, publication, week, row_3=f"1{(after - week).days + 1}")
    is_over = today == week + 6 * DAY
    assert (answer.status_code == 302) is is_over
    assert LogEntry.objects.exists() is is_over


def test_fields_that_the_page_does_not_have_are_left_alone(desk, publication, clinic, monday):
    answer = post(desk, publication, monday, pain_9="3", row_9="a", row_7_1="2")
    assert answer.status_code == 302
    assert not DayEntry.objects.exists()


@pytest.mark.parametrize("feel", ["great", "x" * 200])
def test_an_answer_that_is_none_of_the_papers(desk, publication, monday, feel):
    answer = post(desk, publication, monday, feel_6=feel)
    assert answer.status_code == 400
    assert "How was this week? :" in text_of(answer).replace("week?:", "week? :")
    assert not DayEntry.objects.exists()


# --- Two people ---


def test_the_second_of_two_sees_what_the_first_keyed_in_and_keeps_all_that_was_typed(
    desk, publication, monday, clinic
):
    lead = factories.lead(clinic)
    post(signed_in(lead), publication, monday, row_1_0="2", pain_0="6")
    answer = post(desk, publication, monday, row_1_0="1", row_2_0="2")
    assert answer.status_code == 400
    assert f"Meanwhile {lead} keyed in 2. Save again to have yours instead." in text_of(answer)
    shown = inputs_of(answer)
    assert (shown[f"row_1_{monday}"], shown[f"row_2_{monday}"]) == ("1", "2")
    assert LogEntry.objects.count() == 2
    again = post(desk, publication, monday, seen=seen_of(answer), row_1_0="1", row_2_0="2", pain_0="6")
    assert again.status_code == 302
    assert LogEntry.objects.count() == 3


def test_what_others_filled_in_elsewhere_on_the_sheet_is_shown_before_one_goes_on(
    desk, publication, monday, clinic
):
    shown = desk.get(page_of(publication, monday))
    post(signed_in(factories.lead(clinic)), publication, monday, pain_4="6")
    answer = post(desk, publication, monday, seen=seen_of(shown), row_1_0="2")
    assert answer["Location"] == page_of(publication, monday)
    page = desk.get(answer["Location"])
    assert "Meanwhile somebody else filled in 1 cell of this week. It is shown now." in text_of(page)
    assert inputs_of(page)[f"pain_{monday + 4 * DAY}"] == "6"


@pytest.mark.parametrize("seen", ["", "[", "[]", '{"pain_x": {}}', "null", "[" * 40_000, "9" * 5_000])
def test_a_form_that_does_not_say_what_it_showed_overwrites_nothing(desk, publication, monday, pat, seen):
    cell = Cell(row=Row.PAIN, day=monday)
    key_in_log(publication=publication, cells=[KeyedCell(cell=cell, value=6)], by=pat)
    data = {"week": monday.isoformat(), "seen": seen, f"pain_{monday}": "2"}
    assert desk.post(page_of(publication), data).status_code == 400
    assert DayEntry.objects.get().pain == 6


# --- Ways to it, and who may ---


def test_the_sheets_code_leads_to_it(desk, publication):
    address = page_of(publication)
    code = publication.sheet_code
    palette = desk.post(reverse("desk_palette"), {"words": f"{code[:4]}-{code[4:]}".lower()})
    assert "Key in the log of this sheet" in text_of(palette)
    assert address in palette.content.decode()
    page = desk.get(reverse("admin:plans_publication_change", args=[publication.pk]))
    assert address in page.content.decode()
    found = desk.post(reverse("admin:plans_publication_changelist"), {"q": code}, follow=True)
    assert address in found.content.decode()


def test_only_who_treats_the_patient(publication, clinic, monday):
    other = signed_in(factories.therapist(clinic))
    assert other.get(page_of(publication)).status_code == 404
    answer = other.post(page_of(publication), {"week": monday.isoformat(), f"pain_{monday}": "2"})
    assert answer.status_code == 404
    assert not DayEntry.objects.exists()


def test_a_stopped_plans_sheet_is_keyed_in_up_to_its_end(desk, publication, monday):
    type(publication.plan).objects.update(stopped_on=monday + 2 * DAY)
    answer = desk.get(page_of(publication))
    days = {name.rpartition("_")[2] for name in inputs_of(answer) if name.startswith("pain")}
    assert max(days) == (monday + 2 * DAY).isoformat()


def test_few_questions(desk, pat, monday, django_assert_max_num_queries):
    publication = sheet_of(pat, issued_on=monday)
    with django_assert_max_num_queries(13):
        desk.get(page_of(publication))
    everything = {f"row_{number}": "a" for number in range(1, 9)} | {f"pain_{day}": "2" for day in range(7)}
    with django_assert_max_num_queries(700):
        post(desk, publication, monday, **everything)
    assert LogEntry.objects.count() == 56
    with django_assert_max_num_queries(13):
        desk.get(page_of(publication, monday))
    assert Publication.objects.count() == 1
