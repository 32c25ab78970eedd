"""What the plan's page asks for while it is edited; nothing of it writes."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format
from lxml import html

from plans.actions.patients import save_patient
from plans.actions.reasons import give_reasons
from plans.libraryfiles import Anchor, Level
from plans.models import PatientCondition, Plan, PlanItem, Reason
from plans.queries.checks import check_plan
from tests import factories
from tests.admin.forms import item_row, posted, text_of
from tests.admin.plans.test_admin import ADD, NOWHERE, change_page, plan_fields

CHECK = reverse("admin:plans_plan_check")
OFFER = reverse("admin:plans_plan_offer")
ROW = reverse("admin:plans_plan_row")


@pytest.fixture
def patient(therapist):
    return factories.patient(therapist, has=("sciatica",))


@pytest.fixture
def revision(clinic):
    return factories.approved_exercise(clinic)


@pytest.fixture
def rule(clinic):
    return factories.approved_rule(
        clinic, level=Level.AVOID, rationale="it presses on the nerve", counter_evidence="a trial saw no harm"
    )


def test_findings_of_a_plan_that_is_not_saved(desk, patient, revision, rule):
    words = text_of(desk.post(CHECK, plan_fields(patient, item_row(revision))))
    assert "it presses on the nerve" in words
    assert "a trial saw no harm" in words
    assert "Your reason for going on" in words
    assert "1 reason missing" in words
    assert not Plan.objects.exists()
    assert not PlanItem.objects.exists()


def test_findings_follow_the_form_and_not_the_database(desk, therapist, patient, revision):
    plan = factories.plan(therapist, of=patient, exercises=[revision])
    data = posted(desk.get(change_page(plan)), "plan_form", **{"items-0-repetitions": "50"})
    words = text_of(desk.post(reverse("admin:plans_plan_check", args=[plan.pk]), data))
    assert "50 is outside 1-20" in words
    plan.refresh_from_db()
    assert plan.items.get().dose.repetitions.high == 10


def test_a_check_asks_the_database_no_more_often_for_more_exercises(desk, therapist, clinic, patient):
    few, many = (
        factories.plan(
            therapist, of=patient, exercises=[factories.approved_exercise(clinic, c) for c in codes]
        )
        for codes in (("one",), ("two", "three", "four", "five"))
    )
    of_many = queries_of_check(desk, many)
    assert len(of_many) == len(queries_of_check(desk, few))
    for once in ("in_use_number", "movement_implies"):
        assert sum(once in sql for sql in of_many) == 1


def queries_of_check(desk, plan):
    page, data = (
        reverse("admin:plans_plan_check", args=[plan.pk]),
        posted(desk.get(change_page(plan)), "plan_form"),
    )
    desk.post(page, data)  # what is written once is read once
    with CaptureQueriesContext(connection) as asked:
        assert desk.post(page, data).status_code == 200
    return [one["sql"] for one in asked]


def test_a_row_of_another_plan_is_none_of_this_one(desk, therapist, clinic, patient, revision):
    plan, other = (factories.plan(therapist, of=patient, exercises=[revision]) for _ in range(2))
    foreign = {"items-0-id": str(other.items.get().pk), "items-0-repetitions": "9"}
    data = posted(desk.get(change_page(plan)), "plan_form", **foreign)
    answer = desk.post(change_page(plan), data)
    assert answer.status_code == 200
    assert [str(row.dose.repetitions) for row in PlanItem.objects.all()].count("9") == 0
    assert (plan.items.count(), other.items.count()) == (1, 1)


def test_each_piece_names_the_place_that_it_replaces(desk, patient, revision):
    content = desk.post(CHECK, plan_fields(patient, item_row(revision))).content.decode()
    of_row = ("items-0-findings", "items-0-dose", "items-0-mark", "items-0-errors")
    for place in ("plan-facts", "plan-leaflets", "plan-findings", "plan-overview", *of_row):
        assert f'id="{place}"' in content
    assert content.count("hx-swap-oob") == 8


def test_a_row_that_cannot_be_read_is_never_an_all_clear(desk, patient, revision):
    row = item_row(revision)
    row["revision"] = str(uuid.uuid4())
    words = text_of(desk.post(CHECK, plan_fields(patient, row)))
    assert "1 exercise could not be read" in words
    assert "May be published" not in words


def test_a_dose_that_cannot_be_read_is_told_at_once(desk, patient, revision):
    words = text_of(desk.post(CHECK, plan_fields(patient, item_row(revision, hold="30-20"))))
    assert "from 30 to 20 is upside down" in words


def test_without_a_patient_nothing_is_checked_and_that_is_said(desk, revision):
    data = plan_fields(factories.Patient(), item_row(revision)) | {"patient": ""}
    words = text_of(desk.post(CHECK, data))
    assert "Choose the patient first" in words
    assert "May be published" not in words


def test_a_removed_row_is_not_checked(desk, patient, revision, rule):
    words = text_of(desk.post(CHECK, plan_fields(patient, item_row(revision, DELETE="on"))))
    assert "Avoid" not in words
    assert "0 exercises" in words


def test_a_reason_typed_before_saving_is_kept_with_the_plan(desk, patient, revision, rule):
    row = item_row(revision)
    item = PlanItem(pk=uuid.UUID(row["key"]), revision=revision)
    check = check_plan(Plan(patient=patient), [item])
    asked = next(finding for finding in check.findings if finding.needs_reason)
    data = plan_fields(patient, row) | {f"reason-{asked.fingerprint}": "She did it for years."}
    assert "reason missing" not in text_of(desk.post(CHECK, data))
    desk.post(ADD, data)
    assert Reason.objects.get().words == "She did it for years."
    assert Reason.objects.get().fingerprint == asked.fingerprint


def mark_of(answer, row):
    """Return the level, whether it is answered, and the words of a row's mark."""
    mark = html.fromstring(answer.content).get_element_by_id(f"items-{row}-mark")
    classes = mark.get("class").split()
    level = next((one.removeprefix("desk-level-") for one in classes if one.startswith("desk-level-")), "")
    return level, "desk-answered" in classes, " ".join("".join(mark.xpath(".//*[@title]/@title")).split())


def test_a_rows_mark_is_of_its_own_findings_and_stays_after_the_reason(desk, therapist, clinic, patient):
    """One card holds a caution of the first row and an avoid of the second: the first is not to be avoided."""
    bend = factories.movement("lumbar_flexion")
    factories.movement("end_range_lumbar_flexion").implies.set([bend])
    little, far = (
        factories.approved_exercise(clinic, code, movements=[movement])
        for code, movement in (("little", "lumbar_flexion"), ("far", "end_range_lumbar_flexion"))
    )
    factories.approved_rule(clinic, "bend", level=Level.CAUTION, movements=("lumbar_flexion",))
    factories.approved_rule(clinic, "far", level=Level.AVOID, movements=("end_range_lumbar_flexion",))
    plan = factories.plan(therapist, of=patient, exercises=[little, far])
    check = check_plan(plan)
    assert len([card for card in check.cards if card.level == Level.AVOID]) == 1
    address = reverse("admin:plans_plan_check", args=[plan.pk])
    data = posted(desk.get(change_page(plan)), "plan_form")
    answer = desk.post(address, data)
    assert mark_of(answer, 0)[:2] == ("caution", False)
    assert mark_of(answer, 1)[:2] == ("avoid", False)
    card = next(card for card in check.cards if card.level == Level.AVOID)
    give_reasons(plan=plan, reasons={card.cause: "Seen with the surgeon."}, by=therapist, strict=True)
    answer = desk.post(address, data)
    assert mark_of(answer, 0) == ("", False, "")
    assert mark_of(answer, 1) == ("avoid", True, "1 finding, Avoid, answered")


def test_seen_names_the_sheet_only_where_it_says_something(desk, clinic, patient, revision):
    said = "Seen; the sheet says what to watch for."
    data = plan_fields(patient, item_row(revision)) | {"review_on": ""}
    chips = html.fromstring(desk.post(CHECK, data).content).xpath("//*[@data-words]/@data-words")
    assert chips
    assert set(chips) == {"Seen."}
    factories.approved_rule(clinic, level=Level.CAUTION)
    chips = html.fromstring(desk.post(CHECK, data).content).xpath("//*[@data-words]/@data-words")
    assert said in chips


def test_a_reason_for_what_fell_away_is_left_out(desk, patient, revision):
    answer = desk.post(ADD, plan_fields(patient, item_row(revision)) | {"reason-abc": "for nothing"})
    assert answer.status_code == 302
    assert not Reason.objects.exists()


def test_a_row_says_when_its_easier_exercise_is_held_up_and_the_hint_stands_once(
    desk, therapist, clinic, patient
):
    harder, _ = factories.easier_pair(clinic)
    another = factories.approved_exercise(clinic, "another")
    held = "“Little bridge” is left out of the sheet"
    assert held not in text_of(desk.post(CHECK, plan_fields(patient, item_row(harder))))
    factories.approved_rule(clinic, "no-prone", level=Level.AVOID, movements=("prone",))
    assert held in text_of(desk.post(CHECK, plan_fields(patient, item_row(harder))))
    off = item_row(harder, offers_easier="false")
    assert held not in text_of(desk.post(CHECK, plan_fields(patient, off)))
    plan = factories.plan(therapist, of=patient, exercises=[harder, another])
    assert text_of(desk.get(change_page(plan))).count("is left out by itself") == 1


def test_recent_reasons_of_the_own_hand_are_offered(desk, therapist, clinic, patient, revision, rule):
    plan = factories.plan(therapist, of=patient, exercises=[revision])
    asked = next(finding for finding in check_plan(plan).findings if finding.needs_reason)
    give_reasons(plan=plan, reasons={asked.fingerprint: "Eased in the clinic."}, by=therapist, strict=True)
    other = factories.patient(therapist, has=("sciatica",))
    content = desk.post(CHECK, plan_fields(other, item_row(revision))).content.decode()
    assert re.search(r'<button[^>]*data-chip="reason-\w+"[^>]*>Eased in the clinic.</button>', content)


def test_sources_that_disagree_stand_side_by_side(desk, clinic, patient):
    both = factories.approved_exercise(clinic, "press-up", disagreement=factories.disagreement())
    words = text_of(desk.post(CHECK, plan_fields(patient, item_row(both))))
    assert "Guide A recommends it." in words
    assert "Guide B warns of it." in words
    assert "What would justify going on the pain draws back." in words


def test_exercises_are_found_by_name_position_and_kind(desk, clinic, patient):
    factories.approved_exercise(clinic, "glute-bridge")
    factories.exercise("bird-dog")
    query = {"patient": str(patient.pk)}
    assert "Glute bridge" in text_of(desk.get(OFFER, {**query, "q": "brid"}))
    assert "Bird dog" not in text_of(desk.get(OFFER, {**query, "q": "brid"}))
    everything = text_of(desk.get(OFFER, {**query, "q": "supine mobility"}))
    assert "Glute bridge" in everything
    assert "not approved in this language" in everything
    assert "Nothing fits these words" in text_of(desk.get(OFFER, {**query, "q": "zumba"}))


def test_a_row_comes_with_the_default_dose(desk, clinic, patient):
    one = factories.approved_exercise(clinic, "glute-bridge")
    query = {"patient": str(patient.pk), "revision": str(one.pk), "index": "4"}
    content = desk.get(ROW, query).content.decode()
    assert 'name="items-4-repetitions" value="8-10"' in content
    assert f'name="items-4-revision" value="{one.pk}"' in content
    assert "Glute bridge" in content


@pytest.mark.parametrize("revision_id", ["", "nonsense", NOWHERE])
def test_no_row_for_what_is_not_there(desk, patient, revision_id):
    assert desk.get(ROW, {"patient": str(patient.pk), "revision": revision_id}).status_code == 404


def test_a_get_does_not_check(desk):
    assert desk.get(CHECK).status_code == 405


def test_a_rule_that_opens_while_the_plan_goes_on_asks_for_its_reason_and_tells_its_day(
    desk, therapist, clinic, revision
):
    factories.condition("pregnancy")
    factories.approved_rule(
        clinic, condition="pregnancy", level=Level.AVOID, anchor=Anchor.DUE_DATE, from_day=-182, to_day=22
    )
    patient = factories.patient(therapist, has=())
    has = PatientCondition(
        patient=patient, condition=factories.condition("pregnancy"), due_on=factories.in_days(192)
    )
    save_patient(patient=patient, conditions=[has], by=therapist)
    days = {"start_on": str(factories.in_days(0)), "review_on": str(factories.in_days(28))}
    words = text_of(desk.post(CHECK, plan_fields(patient, item_row(revision), **days)))
    day = factories.in_days(10)
    assert f"avoid from {day}, while this plan goes on" in words
    assert f"Printed for the patient, from {date_format(day)}" in words
    assert "1 reason missing" in words
    days["review_on"] = str(factories.in_days(9))
    assert "avoid from" not in text_of(desk.post(CHECK, plan_fields(patient, item_row(revision), **days)))


def test_the_check_says_each_dose_in_one_line_and_what_is_wrong_in_a_row(desk, therapist, patient, revision):
    plan = factories.plan(therapist, of=patient, exercises=[revision])
    address = reverse("admin:plans_plan_check", args=[plan.pk])
    data = posted(desk.get(change_page(plan)), "plan_form", times_per_day="2")
    data |= {"items-0-sets": "2 to 3", "items-0-repetitions": "10 a 12", "items-0-note": "Use the red chair."}
    page = html.fromstring(desk.post(address, data).content.decode())
    said = " ".join(page.get_element_by_id("items-0-dose").text_content().split())
    assert said.startswith("2–3 × 10–12, ")
    assert "2 times a day" in said
    assert said.endswith("“Use the red chair.”")
    wrong = desk.post(address, {**data, "items-0-hold": "5 to"}).content.decode()
    errors = html.fromstring(wrong).get_element_by_id("items-0-errors")
    assert [(line.get("data-field"), line.text) for line in errors] == [
        ("hold", "Hold: A range needs both of its ends, such as 10 to 15.")
    ]
