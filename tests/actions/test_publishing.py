import threading

import pytest
from django.db import connections

from plans.actions import exercises, links, patients, publishing
from plans.actions import plans as plan_actions
from plans.actions import reasons as reasons_given
from plans.content import from_json
from plans.dose import Span
from plans.handout.formats import Copy, Format
from plans.libraryfiles import Level
from plans.models import (
    AuditEvent,
    PatientSymptom,
    Publication,
    Rendering,
    RenderingState,
)
from plans.models.base import RecordIsFinal
from plans.permissions import NotAllowed
from tests import factories

pytestmark = pytest.mark.django_db
CLINICIAN = Format(copy=Copy.CLINICIAN)


def test_publish_freezes_what_was_seen_and_asks_for_its_file(pat):
    publication = factories.publication(pat)
    content = from_json(publication.content.json)
    assert publication.number == content.version == 1
    assert str(publication.pk) == content.publication_id
    assert [item.name for item in content.items] == ["Heel slide"]
    rendering = Rendering.objects.get(content=publication.content)
    assert rendering.state == RenderingState.QUEUED
    event = AuditEvent.objects.get(verb="plan.published")
    assert (event.created_by, event.object_id) == (pat, str(publication.pk))


def test_publishing_unchanged_gives_the_same_version_and_says_so(pat):
    plan = factories.plan(pat)
    first, again = (publishing.publish(plan=plan, expected_hash=None, by=pat, formats=[]) for _ in range(2))
    assert (first.created, again.created) == (True, False)
    assert first.publication == again.publication == Publication.objects.get()


def test_editing_makes_the_next_version_and_leaves_the_first(pat):
    first = factories.publication(pat)
    before = first.content.json
    plan = first.plan
    plan.note = "Walk more."
    plan_actions.save_plan(plan=plan, by=pat)
    second = factories.publication(pat, of_plan=plan)
    first.refresh_from_db()
    assert (second.number, second.plan) == (2, first.plan)
    assert first.content.json == before
    assert from_json(second.content.json).changes.since_version == 1


def test_a_renewed_link_is_news_for_paper(pat):
    first = factories.publication(pat)
    links.renew_link(plan=first.plan, by=pat)
    assert factories.publication(pat, of_plan=first.plan).number == 2


def test_a_changed_library_does_not_reach_an_issued_version(pat, clinic):
    first = factories.publication(pat)
    factories.exercise(texts={"en": factories.exercise_text(name="Other name")})
    first.refresh_from_db()
    assert [item.name for item in from_json(first.content.json).items] == ["Heel slide"]


def test_a_deleted_exercise_does_not_reach_an_issued_version(pat, clinic):
    own = factories.approved_exercise(clinic, "own", clinic=clinic, by=factories.library_admin(clinic))
    first = factories.publication(pat, of_plan=factories.plan(pat, exercises=[own]))
    plan = first.plan
    plan_actions.save_plan(plan=plan, removed=[plan.items.get().pk], by=pat)
    exercises.delete_exercise(exercise=own.exercise, by=factories.library_admin(clinic))
    first.refresh_from_db()
    assert [item.exercise_code for item in from_json(first.content.json).items] == ["own"]


def test_what_changed_since_it_was_looked_at_is_refused(pat):
    plan = factories.plan(pat)
    seen = publishing.prepare(plan=plan, by=pat, formats=[])
    plan.title = "Another"
    plan_actions.save_plan(plan=plan, by=pat)
    with pytest.raises(publishing.PlanChanged):
        publishing.publish(plan=plan, expected_hash=seen.expected_hash, by=pat, formats=[])
    assert not Publication.objects.exists()


def test_an_empty_plan_is_refused_with_its_finding(pat):
    plan = factories.plan(pat)
    plan_actions.save_plan(plan=plan, removed=[plan.items.get().pk], by=pat)
    with pytest.raises(publishing.PublishRefused) as refused:
        factories.publication(pat, of_plan=plan)
    assert [finding.code for finding in refused.value.findings] == ["plan_empty"]


def test_an_unapproved_exercise_is_refused(pat):
    plan = factories.plan(pat, exercises=[factories.exercise()])
    with pytest.raises(publishing.PublishRefused) as refused:
        factories.publication(pat, of_plan=plan)
    codes = {finding.code for finding in refused.value.findings}
    assert {"revision_not_approved", "text_not_approved"} <= codes


def test_avoid_needs_a_reason_which_is_kept_for_the_clinician_alone(pat, clinic):
    factories.approved_rule(clinic, level=Level.AVOID)
    of = factories.patient(pat, has=["sciatica"])
    plan = factories.plan(pat, of=of)
    with pytest.raises(publishing.PublishRefused) as refused:
        factories.publication(pat, of_plan=plan)
    (finding,) = refused.value.findings
    publication = factories.publication(
        pat, of_plan=plan, reasons={finding.fingerprint: "Tried it here, leg was fine."}
    )
    content, record = from_json(publication.content.json), from_json(publication.record.json)
    assert content.findings == ()
    assert "Tried it here, leg was fine." not in publication.content.json
    assert [entry.reason for entry in record.findings if entry.level == "avoid"] == [
        "Tried it here, leg was fine."
    ]
    assert content.items[0].sentences == ("Because of your sciatica: stop if your leg hurts more.",)


def test_a_reason_is_asked_again_when_the_rule_changes(pat, clinic):
    factories.approved_rule(clinic, level=Level.AVOID)
    plan = factories.plan(pat, of=factories.patient(pat, has=["sciatica"]))
    seen = publishing.prepare(plan=plan, by=pat, formats=[])
    given = {seen.check.unanswered[0].fingerprint: "Fine."}
    assert reasons_given.give_reasons(plan=plan, reasons=given, by=pat, strict=True).may_go_to_patient
    factories.publication(pat, of_plan=plan)
    factories.approved_rule(clinic, level=Level.AVOID, rationale="new reasoning")
    plan.note = "Again."
    plan_actions.save_plan(plan=plan, by=pat)
    with pytest.raises(publishing.PublishRefused):
        factories.publication(pat, of_plan=plan)


def test_a_red_flag_stops_until_it_is_cleared_by_name(pat, clinic):
    of = factories.patient(pat)
    fever = PatientSymptom(patient=of, symptom=factories.symptom("fever", red_flag="same_day"))
    patients.save_patient(patient=of, symptoms=[fever], by=pat)
    plan = factories.plan(pat, of=of)
    with pytest.raises(publishing.PublishRefused):
        factories.publication(pat, of_plan=plan)
    fever.cleared_on, fever.cleared_by, fever.cleared_how = plan.start_on, "Dr. Lee", "seen today"
    patients.save_patient(patient=of, symptoms=[fever], by=pat)
    assert factories.publication(pat, of_plan=plan).number == 1
    assert AuditEvent.objects.filter(verb="patient.cleared", patient_id=of.pk).count() == 1


def test_a_stranger_may_not_publish(pat, clinic):
    plan = factories.plan(pat)
    for stranger in (
        factories.therapist(clinic),
        factories.library_admin(clinic),
        factories.therapist(factories.clinic()),
        factories.person(is_superuser=True),
    ):
        with pytest.raises(NotAllowed):
            publishing.prepare(plan=plan, by=stranger, formats=[])


def test_a_failing_last_write_undoes_the_publication(pat, monkeypatch):
    plan = factories.plan(pat)
    seen = publishing.prepare(plan=plan, by=pat, formats=[])

    def broken(**_):
        raise OSError

    monkeypatch.setattr(publishing, "ask", broken)
    with pytest.raises(OSError):
        publishing.publish(
            plan=plan, expected_hash=seen.expected_hash, by=pat, formats=[factories.PATIENT_COPY]
        )
    assert not Publication.objects.exists()
    assert not AuditEvent.objects.filter(verb="plan.published").exists()


def test_what_is_looked_at_is_rendered_before_the_click_and_found_again(pat):
    plan = factories.plan(pat)
    seen = publishing.prepare(plan=plan, by=pat, formats=[factories.PATIENT_COPY])
    early = Rendering.objects.get(content=seen.frozen)
    publication = factories.publication(pat, of_plan=plan)
    assert publication.content == seen.frozen
    assert Rendering.objects.get(content=publication.content) == early


def test_the_clinicians_copy_is_made_from_the_record(pat):
    publication = factories.publication(pat, formats=(factories.PATIENT_COPY, CLINICIAN))
    assert Rendering.objects.get(format=CLINICIAN.key).content == publication.record


def test_records_are_final(pat):
    publication = factories.publication(pat)
    for record in (publication, publication.content, AuditEvent.objects.first()):
        with pytest.raises(RecordIsFinal):
            record.save()
        with pytest.raises(RecordIsFinal):
            record.delete()


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_issue_one_version(pat):
    plan = factories.plan(pat)
    seen = publishing.prepare(plan=plan, by=pat, formats=[])
    made, late, barrier = [], [], threading.Barrier(2)

    def click():
        try:
            barrier.wait()
            published = publishing.publish(plan=plan, expected_hash=seen.expected_hash, by=pat, formats=[])
            made.append(published.publication)
        except publishing.AlreadyPublished as error:
            late.append(error.publication)
        finally:
            connections.close_all()

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert made == late == list(Publication.objects.all())
    again = publishing.prepare(plan=plan, by=pat, formats=[])
    assert publishing.publish(
        plan=plan, expected_hash=again.expected_hash, by=pat, formats=[]
    ) == publishing.Published(publication=made[0], created=False)


def test_a_version_of_other_words_counts_as_published_meanwhile(pat):
    """Changed, published and changed back: what was seen stands there again, but the patient has something else."""
    plan = factories.plan(pat)
    seen = publishing.prepare(plan=plan, by=pat, formats=[])
    for note in ("Other words.", ""):
        plan.note = note
        plan_actions.save_plan(plan=plan, by=pat)
        if note:
            other = factories.publication(pat, of_plan=plan)
    with pytest.raises(publishing.AlreadyPublished) as told:
        publishing.publish(plan=plan, expected_hash=seen.expected_hash, by=pat, formats=[])
    assert told.value.publication == other


def test_a_reason_that_came_too_late_is_not_written(pat, clinic):
    factories.approved_rule(clinic, level=Level.AVOID)
    plan = factories.plan(pat, of=factories.patient(pat, has=["sciatica"]))
    seen = publishing.prepare(plan=plan, by=pat, formats=[])
    name = seen.check.unanswered[0].fingerprint
    factories.publication(pat, of_plan=plan, reasons={name: "First."})
    with pytest.raises(publishing.AlreadyPublished):
        publishing.publish(
            plan=plan, expected_hash=seen.expected_hash, by=pat, formats=[], reasons={name: "Second."}
        )
    assert [reason.words for reason in plan.reasons.all()] == ["First."]


def test_publishing_asks_the_database_as_often_for_many_exercises_as_for_one(
    pat, clinic, django_assert_max_num_queries
):
    plan = factories.plan(pat, exercises=[factories.approved_exercise(clinic, f"e-{n}") for n in range(4)])
    with django_assert_max_num_queries(33):
        publishing.prepare(plan=plan, by=pat, formats=[factories.PATIENT_COPY])
    with django_assert_max_num_queries(31):
        publishing.publish(plan=plan, expected_hash=None, by=pat, formats=[factories.PATIENT_COPY, CLINICIAN])


def test_a_dose_left_blank_takes_the_plans_frequency(pat):
    publication = factories.publication(pat)
    assert from_json(publication.content.json).items[0].dose.days_per_week == Span(7, 7)


def test_publishing_a_stopped_plan_starts_it_again_with_a_new_sheet(pat):
    first = factories.publication(pat)
    plan_actions.stop_plan(plan=first.plan, by=pat)
    second = factories.publication(pat, of_plan=first.plan)
    assert second.number == 2
    second.plan.refresh_from_db()
    assert second.plan.stopped_on is None
