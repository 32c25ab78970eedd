"""The follow-up list at home, on the patient's page and on its own: why, seen by, done, and on to the next version."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from plans.actions import follow_ups, silence
from plans.actions import plans as plan_actions
from plans.actions.follow_ups import see_follow_up
from plans.models import AuditEvent, Feel, FollowUp, FollowUpKind, Publication, User
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import text_of
from tests.logs import issued_days_ago, plan_of

HOME = reverse("admin:index")
LIST = reverse("admin:plans_followup_changelist")


@pytest.fixture
def publication(pat):
    return factories.publication(pat, of_plan=factories.plan(pat, of=factories.patient(pat, name="Zoe Lake")))


def patient_page(publication):
    return reverse("admin:plans_patient_change", args=[publication.plan.patient_id])


def act(desk, row, way, back="home"):
    return desk.post(reverse(f"admin:plans_followup_{way}", args=[row.pk]), {"back": back})


def hurt_twice(publication):
    for days_ago in (1, 0):
        entry = factories.log_entry(publication, days_ago=days_ago, feel=Feel.HURT)
        follow_ups.raise_follow_ups(plan=publication.plan, day=entry.day)
    return FollowUp.objects.get()


def test_home_and_the_patients_page_say_why(desk, publication):
    hurt_twice(publication)
    for page in (HOME, patient_page(publication), LIST):
        said = text_of(desk.get(page))
        assert "“Heel slide” hurt or could not be done in 2 sessions since" in said
        assert "Not seen yet" in said


def test_each_row_says_on_how_many_of_the_days_planned(desk, pat):
    publication = issued_days_ago(plan_of(pat), 9)
    row = hurt_twice(publication)
    for page in (HOME, patient_page(publication), LIST):
        said = text_of(desk.get(page))
        assert "Last 14 days: Done on 2 of 10 planned days. 8 days are unknown: nothing was told." in said
    plan_actions.stop_plan(plan=row.plan, by=pat)
    assert "Last 14 days: Done on 2 of" in text_of(desk.get(patient_page(publication)))


def test_a_spanish_patients_exercise_has_its_english_name_too(desk, pat, clinic):
    texts = {
        "en": factories.exercise_text(),
        "es": factories.exercise_text(name="Deslizar el talón"),
    }
    exercise = factories.approved_exercise(clinic, texts=texts)
    plan = factories.plan(pat, of=factories.patient(pat, language="es"), exercises=[exercise])
    publication = factories.publication(pat, of_plan=plan)
    hurt_twice(publication)
    for page in (HOME, LIST, patient_page(publication)):
        assert "“Deslizar el talón (Heel slide)” hurt or could not be done" in text_of(desk.get(page))
    assert "Deslizar el talón (Heel slide): it hurt" in text_of(desk.get(patient_page(publication)))


def test_nothing_to_follow_up_is_no_heading(desk, publication):
    for page in (HOME, patient_page(publication)):
        assert 'id="follow-ups"' not in desk.get(page).content.decode()
    assert "Nothing is to be followed up." in text_of(desk.get(LIST))


def test_silence_is_unknown_and_never_not_done(desk, publication, clinic):
    day = clinic.today() - timedelta(days=9)
    Publication.objects.update(issued_on=day)
    for content in [publication.content]:
        type(content).objects.filter(pk=content.pk).update(
            json=content.json.replace(f'"start_date":"{clinic.today()}"', '"start_date":null')
        )
    silence.follow_up_next()
    said = text_of(desk.get(HOME))
    assert "9 days ago: whether it was done is unknown." in said
    assert "not done" not in said.lower()


def test_seen_names_who_and_stays_and_done_goes(desk, publication, pat):
    row = factories.follow_up(publication)
    assert act(desk, row, "seen").url == f"{HOME}#follow-ups"
    assert f"Seen by {pat}" in text_of(desk.get(HOME))
    assert f"/{row.pk}/seen/" not in desk.get(HOME).content.decode()
    act(desk, row, "done")
    row.refresh_from_db()
    assert row.done_by == pat
    assert 'id="follow-ups"' not in desk.get(HOME).content.decode()


@pytest.mark.parametrize("way", ["seen", "done"])
def test_each_button_leads_back_to_where_it_stands(desk, publication, way):
    row = factories.follow_up(publication)
    pages = {"home": HOME, "patient": patient_page(publication), "list": LIST, "": HOME}
    for back, page in pages.items():
        assert act(desk, row, way, back).url.partition("#")[0] == page


def test_what_another_has_done_meanwhile_says_so(desk, publication, lead):
    row = factories.follow_up(publication)
    follow_ups.finish_follow_up(follow_up=row, by=lead)
    for way in ("seen", "done"):
        act(desk, row, way)
        assert "Somebody is done with this follow-up" in text_of(desk.get(HOME))


def test_the_next_versions_draft_opens_with_the_easier_exercise(desk, pat, clinic):
    hard, _ = factories.easier_pair(clinic)
    publication = factories.publication(pat, of_plan=factories.plan(pat, exercises=[hard]))
    row = hurt_twice(publication)
    assert "Next version, easier" in text_of(desk.get(HOME))
    answer = act(desk, row, "draft")
    assert answer.url == reverse("admin:plans_plan_change", args=[publication.plan_id])
    said = text_of(desk.get(answer.url))
    assert "An easier exercise stands in this draft now. The patient keeps what was issued until" in said
    assert "Little bridge" in said


def test_without_an_easier_exercise_the_draft_just_opens(desk, publication):
    answer = act(desk, hurt_twice(publication), "draft")
    assert "No easier exercise fits this patient, so the draft is as it was." in text_of(desk.get(answer.url))


def test_pain_of_no_exercise_offers_the_draft_alone(desk, publication):
    row = factories.follow_up(publication)
    said = text_of(desk.get(HOME))
    assert "Next version" in said
    assert "easier" not in said
    assert "This is the draft of the next version." in text_of(desk.get(act(desk, row, "draft").url))


def test_the_list_is_the_own_caseload_and_a_lead_sees_the_clinics(publication, clinic, lead):
    factories.follow_up(publication)
    colleague = factories.therapist(clinic)
    for page in (HOME, LIST):
        assert "Zoe Lake" in text_of(signed_in(lead).get(page))
        assert "Zoe Lake" not in text_of(signed_in(colleague).get(page))


def test_who_read_the_list_is_on_record(desk, publication, clinic):
    factories.follow_up(publication)
    desk.get(LIST)
    assert AuditEvent.objects.get(verb="patient.listed").detail == {"count": 1}


def test_the_gravest_stand_first(desk, publication):
    hurt_twice(publication)
    day = factories.day_entry(publication, pain=9, signs=["fever"])
    follow_ups.raise_follow_ups(plan=publication.plan, day=day.day)
    said = text_of(desk.get(HOME))
    places = [
        said.index(words) for words in ("A warning sign was ticked", "Pain 9 of 10", "“Heel slide” hurt")
    ]
    assert places == sorted(places)


def test_the_desk_says_it_in_spanish(desk, publication, pat):
    User.objects.filter(pk=pat.pk).update(desk_language="es")
    factories.symptom("fever", name="Fever")
    hurt_twice(publication)
    day = factories.day_entry(publication, pain=9, signs=["fever"])
    follow_ups.raise_follow_ups(plan=publication.plan, day=day.day)
    said = text_of(desk.get(HOME))
    assert "Dolor 9 de 10 el" in said
    assert "«Heel slide» dolió o no se pudo hacer en 2 sesiones desde el" in said
    assert re.search("Se marcó una señal de alarma el [^:]+: Tiene fiebre[.]", said)
    assert "Pendiente de ver" in said


# --- Long lists ---------------------------------------------------------------------------------------------------


def many(publication, count):
    """So many open rows: each of an item of its own, as only one of an item is open."""
    FollowUp.objects.bulk_create(
        FollowUp(
            clinic=publication.plan.patient.clinic,
            plan=publication.plan,
            publication=publication,
            kind=FollowUpKind.HURTS,
            item_key=f"00000000-0000-4000-8000-{number:012}",
            day=publication.issued_on,
            facts={"hurt": 2, "cannot": 0, "days": 2, "since": publication.issued_on.isoformat()},
        )
        for number in range(count)
    )


def test_home_shows_twelve_and_leads_to_all(desk, publication):
    many(publication, 12)
    assert "All that is to be followed up" not in text_of(desk.get(HOME))
    FollowUp.objects.all().delete()
    many(publication, 13)
    assert "All that is to be followed up" in text_of(desk.get(HOME))
    assert desk.get(HOME).content.decode().count("follow-up-why") == 12


def test_a_thousand_are_pages_that_ask_as_often_as_one(desk, publication, django_assert_max_num_queries):
    many(publication, 1)
    with django_assert_max_num_queries(15):
        desk.get(LIST)
    FollowUp.objects.all().delete()
    many(publication, 1000)
    with django_assert_max_num_queries(15):
        page = desk.get(LIST)
    assert page.content.decode().count("follow-up-why") == 50
    assert "?p=2" in page.content.decode()
    last = desk.get(LIST, {"p": "20"}).content.decode()
    assert last.count("follow-up-why") == 50
    assert "?p=19" in last
    assert "?p=21" not in last


@pytest.mark.parametrize("page", ["0", "-1", "x", "٣", "99999", "9" * 40])
def test_a_page_that_is_none_is_an_answer_all_the_same(desk, publication, page):
    many(publication, 1)
    assert desk.get(LIST, {"p": page}).status_code == 200


def test_the_rows_of_many_plans_ask_as_often_as_one(desk, pat, django_assert_max_num_queries):
    hurt = [factories.publication(pat) for _ in range(1)]
    many(hurt[0], 2)
    with django_assert_max_num_queries(15):
        desk.get(LIST)
    for _ in range(3):
        many(factories.publication(pat), 2)
    with django_assert_max_num_queries(15):
        desk.get(LIST)


def test_seen_again_by_another_keeps_the_first(desk, publication, pat, lead):
    row = factories.follow_up(publication)
    see_follow_up(follow_up=row, by=lead)
    act(desk, row, "seen")
    assert f"Seen by {lead}" in text_of(desk.get(HOME))
