"""The plan's page: exercises with doses, findings while editing, everything written by one action."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from plans.actions.exercises import retire_exercise
from plans.actions.items import MAX_ITEMS
from plans.dose import Span
from plans.models import AuditEvent, Patient, Plan, PlanItem
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import errors_of, item_row, posted, programme, text_of

ADD = reverse("admin:plans_plan_add")
NOWHERE = "00000000-0000-4000-8000-000000000000"


def change_page(plan):
    return reverse("admin:plans_plan_change", args=[plan.pk])


def plan_fields(patient, *items, **fields):
    days = {"start_on": "2026-01-05", "review_on": "2026-03-05"}
    return {"patient": str(patient.pk), "title": "Back plan", **days, **programme(*items, **fields)}


@pytest.fixture
def patient(therapist):
    return factories.patient(therapist)


@pytest.fixture
def revision(clinic):
    return factories.approved_exercise(clinic)


def test_a_plan_is_written_with_its_exercises(desk, therapist, patient, revision):
    row = item_row(revision, sets="2", hold="20-30", duration="", rest="60", load="red band", note="slowly")
    answer = desk.post(ADD, plan_fields(patient, row))
    plan = Plan.objects.get()
    assert answer["Location"] == change_page(plan)
    assert (plan.frequency.times_per_day, plan.frequency.days_per_week) == (Span(1, 2), Span(7, 7))
    item = plan.items.get()
    assert str(item.pk) == row["key"]
    assert (item.dose.sets, item.dose.repetitions, item.dose.hold_seconds) == (
        Span(2, 2),
        Span(8, 10),
        Span(20, 30),
    )
    assert (item.dose.rest_seconds, item.dose.load, item.note) == (Span(60, 60), "red band", "slowly")
    assert AuditEvent.objects.filter(verb="plan.made", created_by=therapist).count() == 1


@pytest.mark.parametrize(
    ("typed", "seconds", "shown"),
    [("10-15", Span(600, 900), "10-15"), ("30 s", Span(30, 30), "30 s"), ("5 min", Span(300, 300), "5")],
)
def test_a_time_is_typed_in_minutes(desk, patient, revision, typed, seconds, shown):
    desk.post(ADD, plan_fields(patient, item_row(revision, repetitions="", duration=typed)))
    plan = Plan.objects.get()
    assert plan.items.get().dose.duration_seconds == seconds
    data = posted(desk.get(change_page(plan)), "plan_form")
    assert data["items-0-duration"] == shown


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"repetitions": "0"}, "Repetitions: 0 is below 1."),
        ({"hold": "30-20"}, "Hold: from 30 to 20 is upside down."),
        ({"repetitions": "", "duration": "400"}, "Time: 24000 is above 14400 seconds (4 hours)."),
        ({"duration": "10"}, "Give repetitions or time, not both."),
        ({"sets": "many"}, "A whole number or a range, such as 10, 10-15 or 10 to 15."),
        ({"sets": "2.5"}, "Whole numbers only, such as 10 or 10 to 15."),
        ({"load": "x" * 81}, "at most 80 characters"),
        ({"note": "x" * 301}, "at most 300 characters"),
        ({"revision": NOWHERE}, "This exercise is not offered."),
        ({"until": "not a day"}, "Enter a valid date."),
        ({"until": "9999-12-31"}, "The last day cannot be after"),
    ],
)
def test_an_impossible_row_is_told_at_its_field(desk, patient, revision, fields, words):
    answer = desk.post(ADD, plan_fields(patient, item_row(revision) | fields))
    assert any(words in error for error in errors_of(answer)), errors_of(answer)
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": ""}, "This field is required."),
        ({"title": "x" * 121}, "at most 120 characters"),
        ({"review_on": "2026-01-04"}, "The review cannot be before the start."),
        ({"review_on": "9999-12-31"}, "The review cannot be after"),
        ({"start_on": "2099-01-01", "review_on": "2099-02-01"}, "The start cannot be after"),
        ({"times_per_day": "11"}, "Times a day: 11 is above 10."),
        ({"days_per_week": "5-8"}, "Days a week: 8 is above 7."),
        ({"therapies": [NOWHERE]}, "Select a valid choice"),
        ({"note": "x" * 601}, "at most 600 characters"),
    ],
)
def test_an_impossible_plan_is_told_at_its_field(desk, patient, fields, words):
    answer = desk.post(ADD, plan_fields(patient, **fields))
    assert any(words in error for error in errors_of(answer)), errors_of(answer)
    assert not Plan.objects.exists()


def test_what_a_patient_has_at_home_is_named_in_words(desk, therapist, patient):
    Patient.objects.filter(pk=patient.pk).update(equipment=["light_weight", "chair"])
    plan = factories.plan(therapist, of=patient)
    words = text_of(desk.get(reverse("admin:plans_plan_change", args=[plan.pk])))
    assert "At home: chair, light weight" in words


def test_another_caseloads_patient_is_no_choice(desk, clinic):
    foreign = factories.patient(factories.therapist(clinic))
    answer = desk.post(ADD, plan_fields(foreign))
    assert any("Select a valid choice" in error for error in errors_of(answer))


def test_another_clinics_exercise_is_not_offered(desk, patient):
    neighbour = factories.clinic()
    admin = factories.library_admin(neighbour)
    theirs = factories.exercise("theirs", clinic=neighbour, by=admin)
    answer = desk.post(ADD, plan_fields(patient, item_row(theirs)))
    assert any("not offered" in error for error in errors_of(answer))


def test_a_retired_exercise_stays_in_the_plan_that_has_it(desk, therapist, patient, clinic):
    admin = factories.library_admin(clinic)
    own = factories.exercise("own", clinic=clinic, by=admin)
    plan = factories.plan(therapist, of=patient, exercises=[own])
    retire_exercise(exercise=own.exercise, by=admin)
    assert desk.post(change_page(plan), posted(desk.get(change_page(plan)), "plan_form")).status_code == 302
    answer = desk.post(ADD, plan_fields(patient, item_row(own)))
    assert any("not offered" in error for error in errors_of(answer))


def test_saving_what_is_shown_changes_nothing(desk, therapist, patient):
    plan = factories.plan(therapist, of=patient)
    before = PlanItem.objects.values().get()
    desk.post(change_page(plan), posted(desk.get(change_page(plan)), "plan_form"))
    assert PlanItem.objects.values().get() == before


def switch_of(answer):
    """The row's switch and what its label says; None where the row has none."""
    page = html.fromstring(answer.content.decode())
    found = page.xpath("//input[@type='checkbox'][contains(@name, 'offers_easier')]")
    if not found:
        return None
    # The page says it once, for all rows: a row that comes alone finds it there.
    hints = page.xpath(f"//*[@id='{found[0].get('aria-describedby')}']")
    assert all("left out by itself" in hint.text for hint in hints)
    assert len(hints) == bool(page.xpath("//*[@id='items']"))
    label = page.xpath(f"//label[@for='{found[0].get('id')}']")[0].text_content()
    return found[0].get("checked") is not None, " ".join(label.split())


def test_what_to_do_if_it_is_too_hard_is_left_off_by_a_switch(desk, therapist, patient, clinic):
    harder, _ = factories.easier_pair(clinic)
    plan = factories.plan(therapist, of=patient, exercises=[harder])
    shown = desk.get(change_page(plan))
    assert switch_of(shown) == (True, "Say what to do if this is too hard: Little bridge")
    data = posted(shown, "plan_form")
    desk.post(change_page(plan), {**data, "items-0-offers_easier": "false"})
    assert plan.items.get().offers_easier is False
    shown = desk.get(change_page(plan))
    assert switch_of(shown)[0] is False
    desk.post(change_page(plan), posted(shown, "plan_form", note="Slowly"))
    assert plan.items.get().offers_easier is False, "stays off when something else is saved"
    desk.post(
        change_page(plan), posted(desk.get(change_page(plan)), "plan_form", **{"items-0-offers_easier": "on"})
    )
    assert plan.items.get().offers_easier is True


def test_a_row_without_an_easier_exercise_has_no_switch_and_says_nothing_of_it(
    desk, therapist, patient, clinic
):
    plan = factories.plan(therapist, of=patient)
    plan.items.update(offers_easier=False)
    shown = desk.get(change_page(plan))
    assert switch_of(shown) is None
    desk.post(change_page(plan), posted(shown, "plan_form", **{"items-0-note": "Slowly"}))
    item = plan.items.get()
    assert (item.note, item.offers_easier) == ("Slowly", False)


def test_a_refused_page_keeps_the_switch_as_it_was_put(desk, therapist, patient, clinic):
    plan = factories.plan(therapist, of=patient, exercises=[factories.easier_pair(clinic)[0]])
    data = posted(desk.get(change_page(plan)), "plan_form", **{"items-0-sets": "many"})
    assert switch_of(desk.post(change_page(plan), data))[0] is True
    assert switch_of(desk.post(change_page(plan), {**data, "items-0-offers_easier": "false"}))[0] is False


def test_a_new_row_comes_with_its_switch(desk, patient, clinic):
    harder, easier = factories.easier_pair(clinic)
    address = reverse("admin:plans_plan_row")

    def row(revision):
        return desk.get(address, {"patient": patient.pk, "revision": revision.pk})

    assert switch_of(row(harder)) == (True, "Say what to do if this is too hard: Little bridge")
    assert switch_of(row(easier)) is None


def test_what_a_row_says_is_not_folded_away(desk, therapist, patient):
    plan = factories.plan(therapist, of=patient)

    def is_open():
        page = html.fromstring(desk.get(change_page(plan)).content.decode())
        return page.xpath("//fieldset[@data-row]//details")[0].get("open") is not None

    assert not is_open()
    plan.items.update(back_seconds_min=3, back_seconds_max=3)
    assert is_open()


def test_rows_are_moved_and_removed(desk, therapist, clinic, patient):
    names = ("one", "two", "three")
    revisions = [factories.approved_exercise(clinic, name) for name in names]
    plan = factories.plan(therapist, of=patient, exercises=revisions)
    moved = {"items-0-order": 3, "items-1-DELETE": "on", "items-2-order": 1}
    desk.post(change_page(plan), posted(desk.get(change_page(plan)), "plan_form", **moved))
    assert [item.revision.exercise.code for item in plan.items.all()] == ["three", "one"]
    assert [item.order for item in plan.items.all()] == [1, 2]


def test_a_foreign_items_id_cannot_be_taken_over(desk, therapist, patient, revision):
    other = factories.plan(therapist)
    stolen = other.items.get()
    row = item_row(revision, key=str(stolen.pk))
    answer = desk.post(ADD, plan_fields(patient, row))
    stolen.refresh_from_db()
    assert stolen.plan == other
    assert answer.status_code == 200


def test_two_who_write_at_once(desk, therapist, patient):
    plan = factories.plan(therapist, of=patient)
    data = posted(desk.get(change_page(plan)), "plan_form", title="Second")
    item = plan.items.get()
    item.note = "meanwhile"
    item.save()
    answer = desk.post(change_page(plan), data)
    assert "Someone changed this since you opened it" in text_of(answer)
    plan.refresh_from_db()
    assert plan.title != "Second"


def test_an_item_that_someone_removed_meanwhile_is_told(desk, therapist, patient):
    plan = factories.plan(therapist, of=patient)
    data = posted(desk.get(change_page(plan)), "plan_form")
    plan.items.all().delete()
    assert "Someone changed this" in text_of(desk.post(change_page(plan), data))


def test_a_plan_keeps_its_patient(desk, therapist, patient):
    plan = factories.plan(therapist, of=patient)
    other = factories.patient(therapist)
    desk.post(change_page(plan), posted(desk.get(change_page(plan)), "plan_form", patient=str(other.pk)))
    plan.refresh_from_db()
    assert plan.patient == patient


def test_the_longest_plan_is_saved_as_a_browser_sends_it(desk, therapist, patient, revision):
    plan = factories.plan(therapist, of=patient, exercises=[revision] * MAX_ITEMS)
    shown = desk.get(change_page(plan))
    form = html.fromstring(shown.content.decode()).get_element_by_id("plan_form")
    typed = form.xpath(".//*[@name][not(@type='checkbox')]/@name")
    fields = {**dict.fromkeys(typed, ""), **posted(shown, "plan_form")}
    assert len(fields) > 15 * MAX_ITEMS
    sent = urlencode({**fields, "title": "A very long plan", "items-499-DELETE": "on"})
    answer = desk.post(change_page(plan), sent, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 302
    plan.refresh_from_db()
    assert (plan.title, plan.items.count()) == ("A very long plan", MAX_ITEMS - 1)


def test_more_exercises_than_a_plan_holds_are_refused_in_words(desk, patient, revision, monkeypatch):
    monkeypatch.setattr("plans.actions.items.MAX_ITEMS", 1)
    answer = desk.post(ADD, plan_fields(patient, item_row(revision), item_row(revision)))
    assert "A plan or protocol holds at most 1 exercises." in text_of(answer)
    assert not Plan.objects.exists()


def test_look_and_publish_saves_and_goes_on(desk, patient, revision):
    answer = desk.post(ADD, plan_fields(patient, item_row(revision), _publish="1"))
    assert answer["Location"] == reverse("admin:plans_plan_publish", args=[Plan.objects.get().pk])


def test_a_new_plan_is_for_the_patient_in_the_address(desk, patient):
    answer = desk.get(ADD, {"patient": str(patient.pk)}, follow=True)
    data = posted(answer, "plan_form")
    assert (data["patient"], data["start_on"]) == (str(patient.pk), timezone.localdate().isoformat())
    assert "The plan has no exercise." not in text_of(answer)


def test_a_new_plan_shows_the_clinics_review_day_from_the_start(desk, patient):
    page = text_of(desk.get(ADD, {"patient": str(patient.pk)}, follow=True))
    assert "No review date" not in page


def test_a_foreign_patient_in_the_address_is_not_shown(clinic, desk):
    foreign = factories.patient(factories.therapist(clinic), name="Quentin Secretname")
    assert b"Secretname" not in desk.get(ADD, {"patient": str(foreign.pk)}, follow=True).content


def test_words_are_not_code(desk, therapist, patient):
    plan = factories.plan(therapist, of=patient, title="<script>alert(1)</script>", goals="<b>x</b>")
    item = plan.items.get()
    item.note = "<script>alert(2)</script>"
    item.save()
    content = desk.get(change_page(plan)).content.decode()
    assert "<script>alert" not in content
    assert "<b>x</b>" not in content


def test_looking_is_recorded(desk, therapist, patient):
    plan = factories.plan(therapist, of=patient)
    desk.get(change_page(plan))
    assert (
        AuditEvent.objects.filter(verb="plan.viewed", object_id=str(plan.pk), created_by=therapist).count()
        == 1
    )


def test_queries_do_not_grow_with_exercises(desk, therapist, clinic, patient, django_assert_max_num_queries):
    revisions = [factories.approved_exercise(clinic, f"exercise-{number}") for number in range(8)]
    plan = factories.plan(therapist, of=patient, exercises=revisions)
    with django_assert_max_num_queries(48):
        shown = desk.get(change_page(plan))
    data = posted(shown, "plan_form")
    with django_assert_max_num_queries(45):
        desk.post(reverse("admin:plans_plan_check", args=[plan.pk]), data)
    with django_assert_max_num_queries(12):
        desk.get(reverse("admin:plans_plan_changelist"))


def test_a_colleague_sees_nothing_of_it(clinic, therapist, patient):
    plan = factories.plan(therapist, of=patient)
    colleague = signed_in(factories.therapist(clinic))
    assert colleague.get(change_page(plan)).status_code == 302
    assert colleague.post(reverse("admin:plans_plan_check", args=[plan.pk])).status_code == 404


def test_a_copy_is_a_draft_of_its_own(desk, therapist, patient):
    plan = factories.plan(therapist, of=patient)
    answer = desk.post(reverse("admin:plans_plan_copy", args=[plan.pk]))
    copy = Plan.objects.exclude(pk=plan.pk).get()
    assert answer["Location"] == change_page(copy)
    assert copy.items.count() == 1


def test_the_newest_revisions_are_taken_when_there_are_some(desk, therapist, patient, clinic):
    admin = factories.library_admin(clinic)
    old = factories.approved_exercise(clinic, "own", clinic=clinic, by=admin)
    plan = factories.plan(therapist, of=patient, exercises=[old])
    factories.exercise("own", clinic=clinic, by=admin, source="another")
    offered, taken_back = "Take the newest approved revision", "Take the newest revisions back"
    assert offered not in text_of(desk.get(change_page(plan)))
    new = factories.approved_exercise(clinic, "own", clinic=clinic, by=admin, source="a third")
    assert offered in text_of(desk.get(change_page(plan)))
    desk.post(reverse("admin:plans_plan_newest", args=[plan.pk]))
    assert plan.items.get().revision == new
    words = text_of(desk.get(change_page(plan)))
    assert offered not in words
    assert taken_back in words
    answer = desk.post(reverse("admin:plans_plan_former", args=[plan.pk]), follow=True)
    assert "Taken back" in text_of(answer)
    assert taken_back not in text_of(answer)
    assert plan.items.get().revision == old
    again = desk.post(reverse("admin:plans_plan_former", args=[plan.pk]), follow=True)
    assert "No exercise of this plan can go back" in text_of(again)


def test_a_number_that_was_skipped_is_no_row(desk, patient, revision):
    data = plan_fields(patient, {}, item_row(revision))
    desk.post(ADD, data)
    assert Plan.objects.get().items.count() == 1
