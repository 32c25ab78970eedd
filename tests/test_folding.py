"""Words that read alike are found alike, on either database, however their accents were composed."""

import pytest
from django.urls import reverse

from plans.admin.programmes.picker import find_exercises
from plans.folding import fold
from plans.models import Patient
from tests import factories
from tests.admin.conftest import signed_in

COMPOSED, PARTED = "Ren\u00e9e Mu\u00f1oz", "Rene\u0301e Mun\u0303oz"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (COMPOSED, PARTED),
        ("RENÉE", "renee"),
        ("Straße", "STRASSE"),
        ("Søren Łoś", "soren los"),
        ("ﬁ  ne\u00a0word", "fi ne word"),
        ("İstanbul", "istanbul"),
        ("أحمد", "احمد"),
    ],
)
def test_what_reads_alike_folds_alike(one, other):
    assert fold(one) == fold(other)


def test_what_differs_stays_apart():
    assert len({fold(word) for word in ("Anna", "Hanna", "Anne", "An na", "李")}) == 5


@pytest.mark.engine
@pytest.mark.parametrize("stored", [COMPOSED, PARTED])
@pytest.mark.parametrize("typed", ["renee", "MUNOZ", "muñoz r", PARTED, "R-7É"])
def test_a_patient_is_found_at_the_desk_however_the_name_is_typed(therapist, stored, typed):
    patient = factories.patient(therapist)
    Patient.objects.filter(pk=patient.pk).update(name=stored)
    patient.refresh_from_db()
    patient.record_number = "r-7e\u0301"
    patient.save()
    factories.patient(therapist, name="Someone Else")
    page = signed_in(therapist).post(reverse("admin:plans_patient_changelist"), {"q": typed}, follow=True)
    assert [row.pk for row in page.context["cl"].result_list] == [patient.pk]


@pytest.mark.engine
def test_plans_and_exercises_are_found_however_they_are_typed(clinic, therapist):
    patient = factories.patient(therapist, name=COMPOSED)
    exercise = factories.approved_exercise(
        clinic, texts={"en": factories.exercise_text(name="Étirement léger")}
    )
    plan = factories.plan(therapist, of=patient, exercises=[exercise], title="Programa de Ciática")
    desk = signed_in(therapist)
    for typed in ("ciatica", "renee", "CIA\u0301TICA"):
        page = desk.post(reverse("admin:plans_plan_changelist"), {"q": typed}, follow=True)
        assert [row.pk for row in page.context["cl"].result_list] == [plan.pk]
    for typed in ("etirement", "le\u0301ger ETIREMENT"):
        found = find_exercises(clinic=clinic, language="en", words=typed)
        assert [one.revision for one in found] == [exercise.pk]


@pytest.mark.engine
@pytest.mark.parametrize("typed", ["slipped", "ciatica", "M81.0", "m810", "osteo", "brittle bones"])
def test_conditions_are_found_by_other_names_and_icd10(clinic, therapist, typed):
    factories.condition("other", name="Other")
    factories.condition(
        "one", name="Osteoporosis", also=["slipped disc", "Ciática", "brittle bones"], icd10=["M81.0"]
    )
    page = signed_in(therapist).post(reverse("admin:plans_condition_changelist"), {"q": typed}, follow=True)
    assert [row.code for row in page.context["cl"].result_list] == ["one"]


@pytest.mark.engine
@pytest.mark.parametrize("typed", ["press-up lying", "lying face down", "EXTENSION mckenzie"])
def test_exercises_are_found_by_their_old_names(clinic, typed):
    text = factories.exercise_text(
        name="Chest lift on your elbows", also=("Press-up lying face down", "McKenzie extension")
    )
    lift = factories.approved_exercise(clinic, "press-up", texts={"en": text})
    factories.approved_exercise(clinic, "other")
    desk = signed_in(factories.library_admin(clinic))
    page = desk.post(reverse("admin:plans_exercise_changelist"), {"q": typed}, follow=True)
    assert [row.pk for row in page.context["cl"].result_list] == [lift.exercise_id]
    assert [one.revision for one in find_exercises(clinic=clinic, language="es", words=typed)] == [lift.pk]
