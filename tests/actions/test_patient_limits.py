"""A limit stays as it was set, acts at once on what the patient follows, and ends by its day or by a clearance."""

from datetime import timedelta
from decimal import Decimal

import pytest

from plans.actions import patients
from plans.actions.patient_facts import ImpossibleFacts
from plans.actions.patient_limits import LimitStands, LimitStays
from plans.actions.reviewing import review
from plans.models import AuditEvent, PatientLimit, Review
from plans.permissions import NotAllowed
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def of(pat):
    return factories.patient(pat)


def save(of, by, *limits, **given):
    patients.save_patient(patient=of, limits=limits, by=by, **given)


def clear(row, on):
    row.cleared_on, row.cleared_by, row.cleared_how = on, "Dr Bo Ray", "seen in clinic"
    return row


def test_it_is_kept_and_told_by_its_code_alone(of, pat):
    row = factories.limit(of, "deep_knee_flexion", side="left", at_most=Decimal("90.0"), unit="degrees")
    row.refresh_from_db()
    assert (row.movement.code, row.side, row.at_most, row.unit) == (
        "deep_knee_flexion",
        "left",
        90,
        "degrees",
    )
    event = AuditEvent.objects.get(verb="patient.limit_set")
    assert (event.created_by, event.patient_id, event.detail) == (pat, of.pk, {"code": "deep_knee_flexion"})
    factories.limit(of, None, words="No lifting")
    codes = AuditEvent.objects.filter(verb="patient.limit_set").values_list("detail__code", flat=True)
    assert set(codes) == {"deep_knee_flexion", "not checked"}


@pytest.mark.parametrize(
    "change",
    [
        {"words": "Kneel a little"},
        {"side": "left"},
        {"at_most": Decimal(90), "unit": "degrees"},
        {"movement": None},
        {"said_by": "Dr Bo Ray"},
        {"until": "tomorrow"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_was_said_is_never_changed(of, pat, change):
    row = factories.limit(of)
    tomorrow = of.clinic.today() + timedelta(days=1)
    for name, value in change.items():
        setattr(row, name, tomorrow if value == "tomorrow" else value)
    with pytest.raises(LimitStays):
        save(of, pat, row)


def test_a_clearance_ends_it_and_stays(of, pat):
    row = clear(factories.limit(of), of.clinic.today())
    save(of, pat, row)
    assert AuditEvent.objects.get(verb="patient.cleared").detail == {"code": "supine"}
    save(of, pat, row)
    row.cleared_how = "by phone"
    with pytest.raises(LimitStays):
        save(of, pat, row)
    factories.limit(of)  # the same again, beside the one that was cleared
    assert of.limits.count() == 2


def test_a_clearance_is_whole_and_not_before_the_limit(of, pat):
    row = factories.limit(of)
    row.cleared_on = of.clinic.today()
    with pytest.raises(ImpossibleFacts):
        save(of, pat, row)
    with pytest.raises(ImpossibleFacts, match="The day of a limit is later"):
        save(of, pat, clear(row, row.said_on - timedelta(days=1)))


def test_one_that_holds_is_not_removed(of, pat):
    row = factories.limit(of, until=of.clinic.today())
    with pytest.raises(LimitStands):
        save(of, pat, removed=[row.pk])
    save(of, pat, clear(row, of.clinic.today()))
    save(of, pat, removed=[row.pk])
    assert not PatientLimit.objects.exists()


def test_one_that_is_over_may_go(of, pat):
    row = factories.limit(of, until=of.clinic.today())
    past = of.clinic.today() - timedelta(days=1)
    PatientLimit.objects.update(said_on=past, until=past)
    save(of, pat, removed=[row.pk])
    assert not PatientLimit.objects.exists()


def test_what_cannot_be_is_told_by_field_and_nothing_is_kept(of, pat):
    today = of.clinic.today()
    wrong = [
        PatientLimit(words="-", said_by="Dr A", said_on=today),
        PatientLimit(words="No lifting", said_by="Dr A", said_on=today + timedelta(days=1)),
        PatientLimit(words="No lifting", said_by="Dr A", said_on=today, at_most=Decimal(3)),
    ]
    with pytest.raises(ImpossibleFacts) as told:
        save(of, pat, *wrong)
    assert [(path, problem.code) for path, problem in told.value.problems] == [
        (("limits", 0, "words"), "no_words"),
        (("limits", 1, "said_on"), "in_future"),
        (("limits", 2, "unit"), "unit_missing"),
    ]
    assert not PatientLimit.objects.exists()


def test_only_who_cares_for_the_patient_sets_one(of, clinic):
    row = PatientLimit(words="No lifting", said_by="Dr A", said_on=clinic.today())
    with pytest.raises(NotAllowed):
        save(of, factories.therapist(clinic), row)
    with pytest.raises(NotAllowed):
        save(of, factories.library_admin(clinic), row)


@pytest.fixture
def followed(pat):
    factories.movement("kneeling")
    plan = factories.plan(
        pat, exercises=[factories.approved_exercise(pat_clinic(pat), movements=("kneeling",))]
    )
    return factories.publication(pat, of_plan=plan)


def pat_clinic(pat):
    return pat.memberships.first().clinic


def test_what_the_patient_follows_is_checked_at_once(followed, pat):
    of = followed.plan.patient
    factories.limit(of, "supine", words="Do not lie on your back")
    assert not Review.objects.exists()  # the plan does not ask for it
    row = factories.limit(of, "kneeling")
    assert [one.split()[0] for one in Review.objects.get().appeared] == ["limit"]
    assert Review.objects.get().unanswered == 1
    save(of, pat, clear(row, of.clinic.today()))
    assert not Review.objects.exists()


def test_its_last_day_passes_by_itself(followed, pat):
    of = followed.plan.patient
    factories.limit(of, "kneeling", until=of.clinic.today())
    assert Review.objects.get().unanswered == 1
    past = of.clinic.today() - timedelta(days=1)
    PatientLimit.objects.update(said_on=past, until=past)
    review(publication=followed)
    assert not Review.objects.exists()
