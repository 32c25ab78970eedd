"""A patient on the way to a plan: one dialog, one action, errors at their fields, nothing lost."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from plans.actions.clinics import change_settings
from plans.models import AuditEvent, Patient
from tests import factories
from tests.admin.forms import errors_of, text_of

QUICK = reverse("admin:plans_patient_quick")
READING = reverse("admin:plans_patient_reading")
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def library(clinic):
    factories.condition("sciatica", name="Sciatica", dates=["onset"])
    factories.condition("acl", name="ACL tear", dates=["surgery"])
    factories.symptom("night_pain", name="Night pain")


def typed(**fields):
    return {
        "new_id": str(uuid.uuid4()),
        "name": "Robin New",
        "birth_date": "1970-02-03",
        "language": "en",
        "sex": "unknown",
        "facts": "sciatica, onset 3 weeks ago\nnight pain",
        "equipment": ["mat"],
        **fields,
    }


def test_one_post_makes_the_patient_with_all_of_it(desk, therapist):
    answer = desk.post(QUICK, typed())
    patient = Patient.objects.get()
    made = html.fromstring(answer.content.decode()).xpath("//*[@data-made-patient]")[0]
    assert made.get("data-made-patient") == str(patient.pk)
    condition, symptom = patient.conditions.get(), patient.symptoms.get()
    assert (condition.condition.code, condition.onset) == ("sciatica", TODAY - timedelta(weeks=3))
    assert (symptom.symptom.code, patient.therapist, patient.equipment) == ("night_pain", therapist, ["mat"])
    assert patient.diagnoses == ""


def test_a_second_click_makes_no_second_patient(desk):
    sent = typed()
    first, second = desk.post(QUICK, sent), desk.post(QUICK, sent)
    assert first.content == second.content
    assert Patient.objects.count() == 1


def test_errors_stand_at_their_fields_and_nothing_is_lost(desk):
    answer = desk.post(QUICK, typed(name="", birth_date="1899-01-01"))
    assert len(errors_of(answer)) == 2
    page = html.fromstring(answer.content.decode())
    assert page.get_element_by_id("new-facts").text.strip() == "sciatica, onset 3 weeks ago\nnight pain"
    assert page.xpath("//input[@name='equipment'][@value='mat']/@checked")
    assert not Patient.objects.exists()


def test_a_day_that_cannot_be_is_told_at_its_condition(desk):
    answer = desk.post(QUICK, typed(facts="sciatica onset 100 years ago"))
    assert errors_of(answer) == ["The onset cannot be before the birth date."]
    assert not Patient.objects.exists()


def test_operated_is_asked_where_it_counts_and_only_while_the_line_does_not_say(desk):
    assert "Operated? When?" in text_of(desk.post(READING, typed(facts="ACL tear")))
    assert "Operated? When?" not in text_of(desk.post(READING, typed(facts="ACL tear, surgery 6 weeks ago")))
    assert "Operated? When?" not in text_of(desk.post(READING, typed(facts="sciatica")))


@pytest.mark.parametrize(
    ("fields", "operated", "surgery"),
    [
        ({"operated-acl-untold": "no"}, "no", None),
        ({"surgery-acl-untold": "2026-01-05"}, "", "2026-01-05"),
        ({"surgery-acl-untold": "2026-01-05", "operated-acl-untold": "no"}, "", "2026-01-05"),
        ({"operated-acl-untold": "nonsense"}, "", None),
    ],
)
def test_what_is_answered_of_the_operation_is_recorded(desk, fields, operated, surgery):
    desk.post(QUICK, typed(facts="ACL tear", **fields))
    row = Patient.objects.get().conditions.get()
    assert (row.operated, str(row.surgery_on) if row.surgery_on else None) == (operated, surgery)


@pytest.fixture
def knee():
    return factories.condition("knee", name="Knee replacement", dates=["onset", "surgery"], sided=True)


@pytest.mark.parametrize(
    "facts", ["Knee replacement left\nKnee replacement right", "Knee replacement left, right"]
)
def test_two_knees_have_each_their_own_fields(desk, knee, facts):
    page = html.fromstring(desk.post(READING, typed(facts=facts)).content.decode())
    fields = page.xpath("//li//*[self::input or self::select]")
    places = {"knee-left", "knee-right"}
    assert {one.get("name") for one in fields} == {
        f"{name}-{place}" for name in ("onset", "surgery", "operated") for place in places
    }
    assert len({one.get("id") for one in fields}) == len(fields) == 6
    left = {"onset-knee-left": "2026-01-04", "surgery-knee-left": "2026-01-05"}
    sent = typed(facts=facts, **left, **{"surgery-knee-right": "", "operated-knee-right": "no"})
    shown = html.fromstring(desk.post(READING, sent).content.decode())
    assert shown.xpath("//input[@name='surgery-knee-left']/@value") == ["2026-01-05"]
    assert shown.xpath("//input[@name='surgery-knee-right']/@value") == [""]
    desk.post(QUICK, sent)
    assert [
        (one.side, str(one.onset), str(one.surgery_on), one.operated)
        for one in Patient.objects.get().conditions.order_by("side")
    ] == [("left", "2026-01-04", "2026-01-05", ""), ("right", "None", "None", "no")]


@pytest.mark.parametrize(
    ("facts", "kept"),
    [
        ("Knee replacement left", ["2026-01-05"]),
        ("Knee replacement", ["2026-01-05"]),
        ("Knee replacement left\nKnee replacement right", ["", ""]),
    ],
)
def test_a_day_stays_while_the_side_of_its_line_is_typed(desk, knee, facts, kept):
    sent = typed(facts=facts, **{"surgery-knee-untold": "2026-01-05"})
    page = html.fromstring(desk.post(READING, sent).content.decode())
    assert page.xpath("//input[starts-with(@name, 'surgery-')]/@value") == kept


def test_days_of_two_sides_are_not_taken_for_one(desk, knee):
    days = {"surgery-knee-left": "2026-01-05", "surgery-knee-right": "2016-01-05"}
    page = html.fromstring(desk.post(READING, typed(facts="Knee replacement", **days)).content.decode())
    assert page.xpath("//input[@name='surgery-knee-untold']/@value") == [""]


def test_a_side_that_another_line_has_already_is_told_at_its_condition(desk, knee):
    sent = typed(facts="Knee replacement left\nKnee replacement", **{"side-knee-untold": "left"})
    assert errors_of(desk.post(QUICK, sent)) == ["This condition is recorded already on this side."]
    assert not Patient.objects.exists()
    desk.post(QUICK, {**sent, "side-knee-untold": "right"})
    assert {one.side for one in Patient.objects.get().conditions.all()} == {"left", "right"}


def test_a_side_that_is_none_is_not_recorded(desk, knee):
    desk.post(QUICK, typed(facts="Knee replacement", **{"side-knee-untold": "top"}))
    assert Patient.objects.get().conditions.get().side == ""


def test_a_line_that_tells_two_days_is_shown_and_kept_to_be_checked(desk, knee):
    sent = typed(facts="Knee replacement left, surgery 2015-03-01, surgery 2026-01-05")
    assert "kept as free words" in text_of(desk.post(READING, sent))
    desk.post(QUICK, sent)
    patient = Patient.objects.get()
    assert (str(patient.conditions.get().surgery_on), patient.diagnoses) == ("2026-01-05", sent["facts"])


def test_what_is_not_known_is_kept_in_free_words(desk):
    desk.post(QUICK, typed(facts="an odd thing\nsciatica"))
    assert Patient.objects.get().diagnoses == "an odd thing"


def test_the_clinics_usual_equipment_is_ticked(desk, clinic):
    lead = factories.lead(clinic)
    change_settings(clinic=clinic, usual_equipment=["chair", "wall"], by=lead)
    page = html.fromstring(desk.get(QUICK).content.decode())
    assert page.xpath("//input[@name='equipment'][@checked]/@value") == ["chair", "wall"]


def test_somebody_who_is_here_already_is_offered(desk, therapist, clinic):
    factories.patient(therapist, name="Robin Newman", birth_date="1970-02-03")
    factories.patient(factories.therapist(clinic), name="Robin Newcomer")
    said = text_of(desk.post(READING, typed(birth_date="")))
    assert "Here already: Robin Newman" in said
    assert "Newcomer" not in said
    assert AuditEvent.objects.filter(verb="patient.listed").count() == 1
    assert "Here already" not in text_of(desk.post(READING, typed(birth_date="1970-02-04")))


def test_a_red_flag_is_said_while_it_is_typed(desk):
    factories.symptom("saddle", name="Saddle numbness", red_flag="emergency")
    assert "red flag" in text_of(desk.post(READING, typed(facts="saddle numbness")))


def test_the_questions_of_a_reading(desk, therapist, django_assert_max_num_queries):
    factories.patient(therapist, name="Robin Newman")
    with django_assert_max_num_queries(12):
        desk.post(READING, typed())
