"""The text for the record: all that was given and why, and no way into the plan."""

from dataclasses import replace

import pytest

from plans import tokens
from plans.actions.plans import save_plan
from plans.actions.teaching import record_teaching, take_back_teaching
from plans.dose import Dose, Span
from plans.libraryfiles import Level
from plans.models import DownloadLink, Mail, Plan
from plans.queries.checks import check_plan
from plans.queries.record_text import record_text
from tests import factories


@pytest.fixture
def publication(therapist):
    of = factories.patient(therapist, name="Robin Example", record_number="R-7")
    return factories.publication(
        therapist, of_plan=factories.plan(therapist, of=of, goals="Walk\nto the shop")
    )


def test_it_tells_who_what_and_how_much(publication):
    text = record_text(publication)
    assert text.startswith("Home exercise plan: Back plan\nPatient: Robin Example (R-7)\nVersion 1 of ")
    assert "\nGoals: Walk to the shop\n" in text
    assert "\n1. Heel slide: 8 to 10 times, once a day" in text
    assert f"\nSheet code: {publication.sheet_code}\n" in text
    assert "Nothing. The rules are prompts" in text


def test_it_tells_findings_and_the_reasons_to_go_on(clinic, therapist):
    factories.approved_rule(clinic, level=Level.AVOID, source="a trial")
    patient = factories.patient(therapist, has=("sciatica",))
    plan = factories.plan(therapist, of=patient)
    reasons = {one.fingerprint: "Tried here,\nwithout pain" for one in check_plan(plan).unanswered}
    publication = factories.publication(therapist, of_plan=plan, reasons=reasons)
    text = record_text(publication)
    assert "\n- Avoid, Heel slide: " in text
    assert "  Grounds: rule-x (version 1) · opinion · a trial" in text
    assert f"  Reason to go on: Tried here, without pain ({therapist})" in text


def test_it_tells_what_changed(publication, therapist):
    plan = Plan.objects.get()
    item = plan.items.get()
    item.dose = replace(item.dose, repetitions=Span(12, 12))
    save_plan(plan=plan, items=[item], by=therapist)
    second = factories.publication(therapist, of_plan=plan)
    assert "Changed since version 1 of" in record_text(second)
    assert "- Another dose: Heel slide" in record_text(second)
    assert "Changed since" not in record_text(publication)


def test_it_tells_that_it_was_taught_until_that_is_taken_back(publication, therapist):
    record_teaching(publication=publication, by=therapist)
    assert f"recorded by {therapist}." in record_text(publication)
    take_back_teaching(publication=publication, by=therapist)
    publication.refresh_from_db()
    assert "taught back" not in record_text(publication)


def test_a_sheet_in_another_language_names_the_exercises_by_code_too(clinic, therapist):
    texts = {"en": factories.exercise_text(), "es": factories.exercise_text(name="Deslizar el talón")}
    revision = factories.approved_exercise(clinic, texts=texts)
    patient = factories.patient(therapist, language="es")
    dose = Dose(sets=Span(2, 2), repetitions=Span(8, 8), hold_seconds=Span(5, 5))
    plan = factories.plan(therapist, of=patient, exercises=[revision])
    item = plan.items.get()
    item.dose = dose
    save_plan(plan=plan, items=[item], by=therapist)
    text = record_text(factories.publication(therapist, of_plan=plan))
    assert "1. Deslizar el talón (heel-slide): 2 sets, 8 times, hold 5 seconds, once a day" in text


def test_it_leads_nowhere(publication):
    link = DownloadLink.objects.get()
    token = tokens.token_of(link_id=link.pk, digest=link.token_digest)
    text = record_text(publication)
    assert token not in text
    assert str(link.pk) not in text
    assert "http" not in text


def test_it_tells_which_mails_were_sent(publication, therapist):
    mail = factories.mail(therapist, of=publication)
    assert "by mail" not in record_text(publication)
    Mail.objects.update(state="sent", finished_at=mail.created_at)
    assert "Link sent by mail to robin@example.org on" in record_text(publication)
    Mail.objects.update(written_to_file=True)
    assert "by mail" not in record_text(publication)


def test_it_tells_the_limits_and_that_nobody_checked_them(therapist):
    of = factories.patient(therapist)
    factories.limit(of, None, words="Bend your knee")
    text = record_text(factories.publication(therapist, of_plan=factories.plan(therapist, of=of)))
    assert "\nLimit: Bend your knee. Dr Ana Lee set this limit on " in text
    assert "Not checked: no movement is named that the rules know." in text
