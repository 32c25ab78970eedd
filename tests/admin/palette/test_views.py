"""The palette finds what its person may open, tells the trail, and puts no word into an address."""

import pytest
from django.urls import reverse

from plans.admin.palette.views import MAX_TYPED
from plans.models import AuditEvent, AuditVerb
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import text_of

PALETTE = reverse("desk_palette")


def ask(client, words):
    return client.post(PALETTE, {"words": words})


def links(answer):
    return [part.split('"')[0] for part in answer.content.decode().split('href="')[1:]]


def test_it_finds_patients_plans_exercises_and_pages(world, desk):
    found = text_of(ask(desk, "Quentin"))
    assert "Patients Quentin Secretname" in found
    assert world.plan.title in found
    patient = reverse("admin:plans_patient_change", args=[world.patient.pk])
    assert links(ask(desk, "secretname"))[0] == patient
    assert links(ask(desk, "R-77"))[0] == patient
    exercise = reverse("admin:plans_exercise_change", args=[world.own_exercise.pk])
    assert exercise in links(ask(desk, "own slide"))
    assert links(ask(desk, "new plan"))[0] == reverse("admin:plans_plan_add")
    assert reverse("admin:plans_rule_changelist") in links(ask(desk, "rule"))


def test_a_sheets_code_is_found_as_it_is_typed_or_scanned(world, desk):
    code = world.publication.sheet_code
    page = reverse("admin:plans_publication_change", args=[world.publication.pk])
    for typed in (
        code,
        code.lower(),
        f"{code[:4]}-{code[4:8]} {code[8:]}",
        f"https://clinic.example/sheet/{code}/",
    ):
        assert links(ask(desk, typed))[0] == page
    assert page not in links(ask(desk, code[:-1]))


@pytest.mark.parametrize("who", ["colleague", "library_admin", "reviewer", "neighbour", "roleless", "root"])
def test_nobody_finds_anothers_patient(world, who):
    client = signed_in(world.people[who])
    for words in ("Quentin", "R-77", world.publication.sheet_code, world.plan.title):
        answer = ask(client, words)
        assert answer.status_code == 200
        assert b"Secretname" not in answer.content.replace(words.encode(), b"")
        assert not [
            link for link in links(answer) if str(world.patient.pk) in link or str(world.plan.pk) in link
        ]


@pytest.mark.parametrize("who", ["therapist", "lead", "library_admin", "reviewer", "roleless", "root"])
def test_every_page_that_it_names_opens(world, who):
    client = signed_in(world.people[who])
    pages = links(ask(client, ""))
    assert pages
    assert [
        page
        for page in pages
        if client.get(page, follow=page.endswith("/add/")).status_code not in (200, 286)
    ] == []


def test_a_visitor_is_sent_to_sign_in(world, client):
    answer = ask(client, "Quentin")
    assert answer.status_code == 302
    assert "Quentin" not in answer["Location"]


def test_who_finds_a_sheet_has_read_of_its_patient(world, desk):
    AuditEvent.objects.filter(verb=AuditVerb.PATIENT_LISTED).delete()
    ask(desk, world.publication.sheet_code)
    assert AuditEvent.objects.get(verb=AuditVerb.PATIENT_LISTED).detail == {"count": 1}


def test_a_spanish_desk_finds_in_spanish(world, desk):
    texts = {"en": factories.exercise_text(), "es": factories.exercise_text(name="Elevar los talones")}
    factories.exercise("heel-lift", texts=texts)
    world.people["therapist"].desk_language = "es"
    world.people["therapist"].save()
    assert "Elevar los talones" in text_of(ask(desk, "talones"))
    assert ", born " not in text_of(ask(desk, "Quentin"))


def test_the_words_come_in_the_body_alone(world, desk):
    assert desk.get(PALETTE, {"words": "Quentin"}).status_code == 405
    assert desk.get(reverse("admin:search"), {"s": "Quentin"}).status_code == 405
    page = desk.get(reverse("admin:index")).content.decode()
    assert reverse("admin:search") not in page
    assert f'hx-post="{PALETTE}"' in page
    assert not [link for link in links(ask(desk, "Quentin")) if "uentin" in link]


def test_whoever_sees_patients_has_read_them(world, desk):
    AuditEvent.objects.filter(verb=AuditVerb.PATIENT_LISTED).delete()
    ask(desk, "")
    ask(desk, "nobody of this name")
    assert not AuditEvent.objects.filter(verb=AuditVerb.PATIENT_LISTED).exists()
    ask(desk, "Quentin")
    told = AuditEvent.objects.get(verb=AuditVerb.PATIENT_LISTED)
    assert (told.clinic, told.detail) == (world.clinic, {"count": 1})


def test_rows_cost_no_queries(world, desk, therapist, clinic, django_assert_max_num_queries):
    for number in range(4):
        patient = factories.patient(therapist, name=f"Robin Many{number}")
        factories.plan(
            therapist, of=patient, exercises=[factories.approved_exercise(clinic, f"robin-{number}")]
        )
    ask(desk, "robin")
    with django_assert_max_num_queries(8):
        answer = ask(desk, "robin")
    assert text_of(answer).count("Robin Many") == 8


@pytest.mark.parametrize("words", ["\x00", "x" * 5000, "'; --", "%", "<b>", " "])
def test_odd_words_are_words(world, desk, words):
    answer = ask(desk, words)
    assert answer.status_code == 200
    assert b"<b>" not in answer.content
    assert (
        len(answer.content.decode().partition('data-palette-answer="')[2].partition('"')[0]) <= MAX_TYPED + 20
    )
