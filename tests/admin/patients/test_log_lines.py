"""The last two weeks on the patient's page: always of how many days, and what was not told is unknown."""

from datetime import timedelta
from html import unescape

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from plans.actions.logs import set_intention
from plans.admin.patients.log_lines import told_of
from plans.models import LogSource, Symptom
from plans.queries.logs.adherence import _RHYTHMS
from plans.queries.patient_plans import plans_of_patient
from tests import factories
from tests.admin.forms import text_of
from tests.logs import issue_again, issued_days_ago, keys_of, plan_of, tell, tell_day

DAY = timedelta(days=1)


@pytest.fixture
def publication(therapist):
    made = issued_days_ago(plan_of(therapist, 2), 9)
    _RHYTHMS.clear()
    return made


def shown(desk, publication):
    patient = publication.plan.patient_id
    return text_of(desk.get(reverse("admin:plans_patient_change", args=[patient])))


def test_days_done_stand_with_days_planned_and_the_last_pain(desk, therapist, publication, clinic):
    today = clinic.today()
    key_in = {"source": LogSource.PAPER, "by": therapist}
    for days, pain in ((3, 7), (1, 2)):
        tell(publication, day=today - days * DAY, pain_after=pain, **key_in)
    tell(publication, keys_of(publication)[1], day=today - DAY, outcome="skipped", reason="pain", feel="hurt",
         words="It <b>pulled</b>.", **key_in)  # fmt: skip
    tell_day(publication, signs=["hot_swollen_calf"], words="Calf.")

    said = shown(desk, publication)

    assert "What the patient told in the last 14 days Done on 2 of 10 planned days." in said
    assert "7 days are unknown: nothing was told." in said
    assert "Worst pain 7 of 10; the last told was 2, on" in said
    assert "1 done, 1 skipped 2 Exercise 0: pain 2 after" in said
    assert "Exercise 1: skipped (pain), it hurt It <b>pulled</b>." in said
    assert "A hot, swollen calf the day: Calf." in said


def of_today(publication):
    patient = publication.plan.patient
    return told_of(patient, plans_of_patient(patient))[0].days[0]


def test_a_part_is_not_done_and_each_exercise_is_named_with_what_was_told(therapist):
    publication = plan_of(therapist, 6)
    whole, right, part, hurt, unsaid, left = keys_of(publication)
    for key in (whole, right):
        tell(publication, key)
    tell(publication, right, session=2, feel="right", pain_before=1)
    tell(publication, part, outcome="part", pain_before=3, pain_after=7)
    tell(publication, hurt, outcome="skipped", reason="pain", feel="hurt", words="It pulled.")
    for key in (unsaid, left):
        tell(publication, key, outcome="skipped", reason="time")
    tell_day(publication, feel="too_hard")

    day = of_today(publication)

    assert (day.exercises, day.pain) == ("3 done, 1 in part, 3 skipped", 7)
    assert day.remarks == [
        ("Exercise 1", "just right, pain 1 before", ""),
        ("Exercise 2", "in part, pain 3 before and 7 after", ""),
        ("Exercise 3", "skipped (pain), it hurt", "It pulled."),
        ("Exercise 4, Exercise 5", "skipped (no time)", ""),
        ("the day", "too hard", ""),
    ]


@pytest.mark.parametrize(
    ("outcome", "counted", "remarks"),
    [
        ("all", "1 done", []),
        ("part", "1 in part", [("Exercise 0", "in part", "")]),
        ("skipped", "1 skipped", [("Exercise 0", "skipped", "")]),
    ],
)
def test_what_is_none_is_not_counted(publication, outcome, counted, remarks):
    tell(publication, outcome=outcome)

    day = of_today(publication)

    assert (day.exercises, day.remarks) == (counted, remarks)


def test_warning_signs_are_called_by_their_names_in_the_readers_language(therapist, clinic):
    factories.approved_signs(
        clinic,
        factories.sign_data("fever"),
        factories.sign_data(
            "double_vision",
            name="Seeing double",
            sentences={"en": "You see double.", "es": "Ve doble."},
        ),
    )
    publication = plan_of(therapist)
    tell_day(publication, signs=["double_vision", "fever", "hot_swollen_calf"])

    assert of_today(publication).signs == ["Seeing double", "Fever", "A hot, swollen calf"]
    with translation.override("es"):
        assert of_today(publication).signs == [
            "Ve doble",
            "Tiene fiebre",
            "Tiene la pantorrilla caliente e hinchada",
        ]


def test_a_sign_that_left_the_library_is_told_as_the_sheet_says_it(therapist, clinic):
    factories.approved_signs(clinic, factories.sign_data("double_vision"))
    publication = plan_of(therapist)
    tell_day(publication, signs=["double_vision"])
    Symptom.objects.update(code="other")

    assert of_today(publication).signs == ["You have double vision."]


def test_a_patient_who_told_nothing_is_unknown_and_not_idle(desk, publication):
    said = shown(desk, publication)

    assert "Done on 0 of 10 planned days. 9 days are unknown: nothing was told." in said
    assert "Pain: unknown, nothing was told." in said
    assert "0 done" not in said


def test_the_goal_and_when_and_where_stand_with_the_day_on_which_they_were_written(desk, publication, clinic):
    assert "Goal:" not in shown(desk, publication)
    set_intention(plan=publication.plan, goal="Walk <b>far</b>", when_and_where="At noon", by=None)

    page = desk.get(reverse("admin:plans_patient_change", args=[publication.plan.patient_id]))

    day = date_format(clinic.today(), "DATE_FORMAT")
    assert f"Goal: Walk <b>far</b> When and where: At noon Written on {day}" in unescape(text_of(page))
    assert "Walk <b>far" not in page.content.decode()

    set_intention(plan=publication.plan, goal="", when_and_where="", by=None)
    assert "Written on" not in shown(desk, publication)


def test_a_draft_has_no_log(desk, therapist):
    patient = factories.plan(therapist).patient

    page = text_of(desk.get(reverse("admin:plans_patient_change", args=[patient.pk])))

    assert "What the patient told" not in page


def test_the_queries_do_not_grow_with_plans_and_rows(therapist, clinic, publication):
    from django.db import connection

    patient, today = publication.plan.patient, clinic.today()

    def count():
        states = plans_of_patient(patient)
        _RHYTHMS.clear()
        with CaptureQueriesContext(connection) as queries:
            told_of(patient, states)
        return len(queries)

    few = count()
    other = issued_days_ago(
        factories.publication(
            therapist,
            of_plan=factories.plan(
                therapist, of=patient, exercises=[publication.plan.items.first().revision]
            ),
        ),
        9,
    )
    for one in (publication, other):
        for days in range(9):
            tell(one, day=today - days * DAY, source=LogSource.PAPER, by=therapist, pain_after=days)
        issue_again(one, therapist)

    assert few == 5
    assert count() == few
