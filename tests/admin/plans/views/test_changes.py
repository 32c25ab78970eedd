"""A plan's page saves by itself: what it sends, and answers that it understands without losing what was typed."""

import json
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from lxml import html

from plans.actions.draft_fields import ITEM_FIELDS, PLAN_FIELDS
from plans.actions.drafts.delete import delete_draft
from plans.actions.exercises import retire_exercise
from plans.admin.plans.drafts.fields import OF_ITEM, OF_PLAN
from plans.admin.plans.forms import PlanForm
from plans.admin.plans.item_forms import ItemForm
from plans.models import AuditEvent, Patient, Plan, Reason
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import posted, text_of


@pytest.fixture
def plan(therapist):
    return factories.plan(therapist)


def address(plan_id):
    return reverse("admin:plans_plan_changes", args=[plan_id])


def send(client, plan_id, *changes, person, seen=0, **more):
    body = {"person": str(person.pk), "seen": seen, "changes": changes, **more}
    return client.post(address(plan_id), json.dumps(body), content_type="application/json")


def change(field, base, value, item=None):
    return {
        "id": str(uuid4()),
        "kind": "set",
        "item": item and str(item.pk),
        "field": field,
        "base": base,
        "value": value,
    }


def results(answer):
    assert answer.status_code == 200, answer.content
    return [outcome["result"] for outcome in answer.json()["outcomes"]]


def test_what_is_typed_is_saved_as_the_form_reads_it(desk, therapist, plan):
    item = plan.items.get()

    answer = send(
        desk,
        plan.pk,
        change("title", "Back plan", "  Knee plan "),
        change("times_per_day", "1", "2 - 3"),
        change("repetitions", "8-10", "", item),
        change("duration", "", "2", item),
        change("side", "", "left", item),
        person=therapist,
    )

    assert results(answer) == ["saved"] * 5
    assert answer.json()["number"] == 1
    assert "state" not in answer.json()
    item.refresh_from_db()
    assert (Plan.objects.get().title, item.duration_seconds_min, item.side) == ("Knee plan", 120, "left")


def test_a_switch_is_saved(desk, therapist, plan):
    item = plan.items.get()

    assert results(send(desk, plan.pk, change("offers_easier", "1", "", item), person=therapist)) == ["saved"]

    item.refresh_from_db()
    assert item.offers_easier is False


def test_rows_are_added_moved_and_removed(desk, therapist, clinic, plan):
    first = plan.items.get()
    fresh = factories.approved_exercise(clinic, "bridge")
    key = str(uuid4())
    added = {
        "id": str(uuid4()),
        "kind": "add",
        "item": key,
        "revision": str(fresh.pk),
        "after": [str(first.pk)],
        "values": {"sets": "3", "hold": "5"},
    }
    moved = {"id": str(uuid4()), "kind": "move", "item": key, "after": []}

    assert results(send(desk, plan.pk, added, moved, person=therapist)) == ["saved", "saved"]
    assert [str(item.pk) for item in plan.items.all()] == [key, str(first.pk)]

    gone = {"id": str(uuid4()), "kind": "remove", "item": key, "base": {"sets": "3", "note": ""}}
    assert results(send(desk, plan.pk, gone, person=therapist, seen=1)) == ["saved"]
    assert list(plan.items.all()) == [first]


def test_what_was_typed_wrong_is_told_and_the_rest_is_saved(desk, therapist, plan):
    item = plan.items.get()

    answer = send(
        desk,
        plan.pk,
        change("sets", "1", "three", item),
        change("goals", "", "x" * 10_000),
        change("note", "", "kept"),
        person=therapist,
    )

    told = {outcome["result"]: outcome for outcome in answer.json()["outcomes"]}
    assert sorted(results(answer)) == ["refused", "refused", "saved"]
    words = " ".join(outcome.get("words", "") for outcome in answer.json()["outcomes"])
    assert "A whole number or a range" in words
    assert "at most 600 characters (it has 10000)" in words
    assert told["saved"]
    assert Plan.objects.get().note == "kept"


def test_a_conflict_tells_who_when_and_both_and_the_whole_state(desk, therapist, clinic, plan):
    lead = factories.lead(clinic, first_name="Sam", last_name="Lee")
    item = plan.items.get()
    send(signed_in(lead), plan.pk, change("title", "Back plan", "Hip plan"), person=lead)
    send(signed_in(lead), plan.pk, change("hold", "", "5", item), person=lead, seen=1)

    answer = send(desk, plan.pk, change("title", "Back plan", "Knee plan"), person=therapist).json()

    (conflict,) = answer["outcomes"]
    assert (conflict["result"], conflict["by"], conflict["theirs"]) == (
        "conflict",
        str(lead),
        {"title": "Hip plan"},
    )
    assert len(conflict["at"]) == len("12:34")
    assert [(each["item"], each["field"], each["by"]) for each in answer["meanwhile"]] == [
        (None, "title", str(lead)),
        (str(item.pk), "hold", str(lead)),
    ]
    assert answer["state"]["plan"]["title"] == "Hip plan"
    assert answer["state"]["items"][0]["fields"]["hold"] == "5"


def test_a_row_that_went_is_a_conflict_without_a_value(desk, therapist, clinic, plan):
    lead, item = factories.lead(clinic), plan.items.get()
    gone = {"id": str(uuid4()), "kind": "remove", "item": str(item.pk), "base": {}}
    send(signed_in(lead), plan.pk, gone, person=lead)

    (told,) = send(desk, plan.pk, change("note", "", "mine", item), person=therapist).json()["outcomes"]

    assert (told["result"], told["theirs"]) == ("conflict", None)


def test_a_retired_exercise_is_refused_in_words(desk, therapist, clinic, plan):
    admin = factories.library_admin(clinic)
    own = factories.approved_exercise(clinic, "own", clinic=clinic, by=admin)
    retire_exercise(exercise=own.exercise, by=admin)
    added = {
        "id": str(uuid4()),
        "kind": "add",
        "item": str(uuid4()),
        "revision": str(own.pk),
        "after": [],
        "values": {},
    }

    (told,) = send(desk, plan.pk, added, person=therapist).json()["outcomes"]

    assert "not offered any more" in told["words"]


def test_a_new_plan_is_a_draft_at_once(desk, therapist):
    patient, key = factories.patient(therapist), uuid4()

    first = send(desk, key, person=therapist, patient=str(patient.pk))
    again = send(desk, key, person=therapist, patient=str(patient.pk))

    assert Plan.objects.get().pk == key
    assert first.json() == again.json()
    assert first.json()["state"]["plan"]["title"] == "Your exercises"


def test_a_draft_for_a_foreign_patient_is_not_begun(desk, therapist, clinic):
    foreign = factories.patient(factories.therapist(clinic))

    assert send(desk, uuid4(), person=therapist, patient=str(foreign.pk)).status_code == 403
    assert not Plan.objects.exists()


def test_a_draft_that_was_deleted_meanwhile_says_so(desk, therapist, clinic, plan):
    colleague, key = factories.therapist(clinic), plan.pk
    delete_draft(plan=plan, by=therapist)

    answer = send(desk, key, change("goals", "", "x"), person=therapist)
    assert (answer.status_code, answer.json()["code"]) == (410, "draft_deleted")
    assert "was deleted" in answer.json()["words"]

    theirs = send(signed_in(colleague), key, change("goals", "", "x"), person=colleague)
    assert theirs.json()["code"] == "not_allowed"


@pytest.mark.parametrize("there", [True, False])
def test_a_plan_that_is_not_yours_is_told_in_words_whether_it_is_there_or_not(
    desk, therapist, clinic, plan, there
):
    Patient.objects.update(therapist=factories.therapist(clinic))

    answer = send(desk, plan.pk if there else uuid4(), change("goals", "", "x"), person=therapist)

    assert answer.status_code == 403
    assert "handed over" in answer.json()["words"]


def test_an_ended_session_is_told_by_a_code(desk, therapist, plan):
    Session.objects.all().delete()

    answer = send(desk, plan.pk, change("goals", "", "x"), person=therapist)

    assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")


def test_nobody_saves_what_another_typed(desk, therapist, clinic, plan):
    answer = send(desk, plan.pk, change("goals", "", "x"), person=factories.lead(clinic))

    assert (answer.status_code, answer.json()["code"]) == (409, "other_person")
    assert Plan.objects.get().goals == ""


def test_an_old_token_is_told_by_a_code_and_the_next_one_saves(therapist, plan):
    client = Client(enforce_csrf_checks=True)
    client.force_login(therapist)

    old = send(client, plan.pk, change("goals", "", "x"), person=therapist)
    token = client.get(reverse("admin:session")).json()["token"]
    body = {"person": str(therapist.pk), "seen": 0, "changes": [change("goals", "", "x")]}
    new = client.post(
        address(plan.pk), json.dumps(body), content_type="application/json", headers={"X-CSRFToken": token}
    )

    assert (old.status_code, old.json()["code"]) == (403, "old_token")
    assert results(new) == ["saved"]


@pytest.mark.parametrize(
    "body",
    [
        b"\xff",
        b"[]",
        b"{}",
        b'{"person": "x", "seen": "many", "changes": []}',
        b'{"person": "x", "seen": 0, "changes": [{"id": "1"}]}',
        json.dumps({"person": "x", "seen": 0, "changes": [change("patient", "", "y")]}).encode(),
        json.dumps({"person": "x", "seen": 0, "changes": [change("therapies:1", "", "1")]}).encode(),
        json.dumps({"person": "x", "seen": 0, "changes": [change("title", "", 7)]}).encode(),
        json.dumps({"person": "x", "seen": 0, "changes": [{}] * 2001}).encode(),
    ],
)
def test_what_no_page_of_ours_sends_is_refused(desk, plan, body):
    answer = desk.post(address(plan.pk), body, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_page")


def test_saving_asks_few_questions_however_long_the_plan(
    desk, therapist, clinic, django_assert_max_num_queries
):
    revision = factories.approved_exercise(clinic)
    plan = factories.plan(therapist, exercises=[revision] * 60)
    last = plan.items.last()

    with django_assert_max_num_queries(26):
        answer = send(desk, plan.pk, change("hold", "", "5", last), person=therapist)
    assert results(answer) == ["saved"]


# --- Going on from a page that saved itself ------------------------------------------------------------------------


def done(plan):
    return reverse("admin:plans_plan_done", args=[plan.pk])


def test_from_a_saved_page_one_goes_on_to_publishing_or_stays(desk, plan):
    assert desk.post(done(plan), {"_publish": "1"})["Location"] == reverse(
        "admin:plans_plan_publish", args=[plan.pk]
    )
    assert "Saved." in text_of(desk.post(done(plan), {"_save": "1"}, follow=True))


def test_what_the_form_says_besides_is_not_written_again(desk, plan):
    desk.post(done(plan), {"title": "Knee plan", "_save": "1"})

    assert Plan.objects.get().title == "Back plan"


# --- The form, written whole ---------------------------------------------------------------------------------------


def test_a_form_that_is_sent_whole_names_who_changed_what(desk, therapist, clinic, plan):
    page = reverse("admin:plans_plan_change", args=[plan.pk])
    typed = posted(desk.get(page), "plan_form", goals="Stairs")
    lead = factories.lead(clinic, first_name="Sam", last_name="Lee")
    send(signed_in(lead), plan.pk, change("title", "Back plan", "Hip plan"), person=lead)

    said = text_of(desk.post(page, typed))

    assert "Changed meanwhile by Sam Lee: title." in said
    assert Plan.objects.get().goals == ""


def test_a_page_that_saves_itself_leaves_one_line_in_the_trail_and_no_reason(desk, therapist, plan):
    for number in range(3):
        base = Plan.objects.get().goals
        send(desk, plan.pk, change("goals", base, f"Stairs {number}"), person=therapist, seen=number)

    changed = AuditEvent.objects.filter(verb__in=("plan.changed", "plan.made"), object_id=str(plan.pk))
    assert changed.count() == 1
    assert not Reason.objects.exists()


# --- What the page asks for besides --------------------------------------------------------------------------------


def test_a_row_that_somebody_else_added_comes_with_its_id_and_dose(desk, plan):
    item = plan.items.get()
    row = desk.get(reverse("admin:plans_plan_stored_row", args=[plan.pk, item.pk]), {"index": "7"})

    words = row.content.decode()
    assert f'name="items-7-key" value="{item.pk}"' in words
    assert 'name="items-7-repetitions" value="8-10"' in words
    assert text_of(row).startswith("Heel slide")


def test_a_row_of_another_plan_is_not_given(desk, therapist, plan):
    other = factories.plan(therapist)

    assert (
        desk.get(reverse("admin:plans_plan_stored_row", args=[plan.pk, other.items.get().pk])).status_code
        == 404
    )


@pytest.mark.parametrize(
    "name", ["title", "goals", "note", "items-0-note", "items-0-extra_caution", "items-0-load"]
)
def test_no_browser_cuts_off_what_is_pasted(desk, plan, name):
    page = html.fromstring(desk.get(reverse("admin:plans_plan_change", args=[plan.pk])).content.decode())

    (field,) = page.xpath(f"//*[@name='{name}']")
    assert "maxlength" not in field.attrib


def test_the_page_knows_the_state_that_it_shows(desk, plan):
    page = desk.get(reverse("admin:plans_plan_change", args=[plan.pk]))
    state = json.loads(html.fromstring(page.content.decode()).get_element_by_id("draft-state").text)
    shown = posted(page, "plan_form")

    assert state["number"] == 0
    for name, text in state["plan"].items():
        assert shown.get(name, "") == text
    fields = state["items"][0]["fields"]
    assert fields.pop("offers_easier") == "1"
    for name, text in fields.items():
        assert shown.get(f"items-0-{name}", "") == text


def test_looking_at_how_it_stands_writes_nothing(desk, therapist, clinic, plan):
    lead = factories.lead(clinic)
    send(signed_in(lead), plan.pk, change("title", "Back plan", "Hip plan"), person=lead)
    before = AuditEvent.objects.count()

    told = send(desk, plan.pk, person=therapist).json()

    assert told["state"]["plan"]["title"] == "Hip plan"
    assert (Plan.objects.get().draft_number, AuditEvent.objects.count()) == (1, before)


def test_no_field_of_the_form_is_left_out_of_what_is_saved():
    of_plan = set(PlanForm.base_fields) - {"patient", "seen", "therapies", "leaflets"}
    of_item = set(ItemForm.base_fields) - {"key", "order"}

    assert set(OF_PLAN.names) == of_plan
    assert set(OF_ITEM.names) == of_item
    assert {OF_PLAN.column(name) for name in OF_PLAN.names} == set(PLAN_FIELDS)
    assert {OF_ITEM.column(name) for name in OF_ITEM.names} == set(ITEM_FIELDS)
