"""The last two weeks on the patient's page: always of how many days, and what was not told is unknown."""

from datetime import timedelta

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans.admin.patients.log_lines import told_of
from plans.models import LogSource
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
    assert (
        "1 done , 1 skipped 2 Exercise 1: it hurt, pain It &lt;b&gt;pulled" in said
        or "It <b>pulled</b>." in said
    )
    assert "hot swollen calf" in said


def test_a_patient_who_told_nothing_is_unknown_and_not_idle(desk, publication):
    said = shown(desk, publication)

    assert "Done on 0 of 10 planned days. 9 days are unknown: nothing was told." in said
    assert "Pain: unknown, nothing was told." in said
    assert "0 done" not in said


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
