"""Each thing that webhooks tell is written with the change that it tells of: once, or not at all."""

import json

import pytest
from django.db import transaction
from django.urls import reverse

from plans import outbox
from plans.actions import pausing, publishing, reviewing
from plans.actions.links import LinkRefused, open_link
from plans.actions.measures import ScoreOutOfRange
from plans.handout.errors import PictureBroken
from plans.handout.formats import Copy, Format
from plans.models import OutboxEvent, Publication, Rendering, Review
from plans.rendering import claim, job, queue, sweep
from plans.tokens import token_of
from tests import factories
from tests.at_once import in_thread, someone_waits_for_a_lock
from tests.measures import tell
from tests.servers import poll
from tests.test_leases import lose

pytestmark = [pytest.mark.django_db, pytest.mark.engine]
COPIES = [factories.PATIENT_COPY]


@pytest.fixture
def publication(pat):
    return factories.publication(pat)


@pytest.fixture
def seen(pat):
    """What a publish page shows; its file is asked for."""
    return publishing.prepare(plan=factories.plan(pat), by=pat, formats=COPIES)


def publish(seen, pat):
    publishing.publish(plan=seen.check.plan, expected_hash=seen.expected_hash, by=pat, formats=COPIES)
    return Publication.objects.get()


def told():
    """The events in their order: type and data."""
    return [(event.type, json.loads(event.body)["data"]) for event in OutboxEvent.objects.order_by("pk")]


def types():
    return [event for event, _ in told()]


def test_a_file_that_is_ready(publication, clinic):
    rendering = factories.finish_file(Rendering.objects.get())
    (event,) = OutboxEvent.objects.all()
    assert (event.clinic, event.happened_at) == (clinic, rendering.finished_at)
    assert json.loads(event.body) == {
        "type": "rendering.ready",
        "timestamp": rendering.finished_at.isoformat(),
        "data": {
            "rendering": str(rendering.pk),
            "publication": str(publication.pk),
            "plan": str(publication.plan_id),
            "format": rendering.format,
            "error_code": "",
            "url": reverse("api:renderings-pdf", args=[rendering.pk]),
        },
    }


def test_a_file_that_failed(publication):
    factories.finish_file(Rendering.objects.get(), error=PictureBroken(picture="x"))
    ((event, data),) = told()
    assert (event, data["error_code"]) == ("rendering.failed", "picture_broken")


def test_a_file_that_stops_its_workers(publication):
    rendering = Rendering.objects.get()
    for _ in range(3):
        assert types() == []
        assert claim.claim_rendering(rendering.pk)
        lose(rendering)
        sweep.free_lost()
    assert types() == ["rendering.failed"]


def test_a_file_that_is_made_again_is_told_again(publication):
    rendering = factories.finish_file(Rendering.objects.get())
    queue.make_again(rendering)
    factories.finish_file(rendering)
    assert types() == ["rendering.ready"] * 2


def test_the_file_of_a_draft_is_told_when_it_is_issued(seen, pat):
    rendering = factories.finish_file(Rendering.objects.get())
    assert types() == []
    publication = publish(seen, pat)
    (event,) = OutboxEvent.objects.all()
    assert json.loads(event.body)["data"]["rendering"] == str(rendering.pk)
    assert event.happened_at == publication.published_at
    publish(publishing.prepare(plan=seen.check.plan, by=pat, formats=COPIES), pat)  # nothing has changed
    assert types() == ["rendering.ready"]


def test_files_of_the_record_are_told_too(clinic, pat):
    plan = factories.plan(pat, of=factories.patient(pat, has=("sciatica",)))
    factories.approved_rule(clinic)
    publication = factories.publication(pat, of_plan=plan)
    assert publication.record_id != publication.content_id
    publishing.ask_formats(publication=publication, formats=[Format(copy=Copy.CLINICIAN)], by=pat)
    rendering = factories.finish_file(Rendering.objects.get(content=publication.record_id))
    ((_, data),) = told()
    assert (data["rendering"], data["publication"]) == (str(rendering.pk), str(publication.pk))


def test_a_pause_and_its_end(publication, pat):
    pausing.pause_plan(plan=publication.plan, by=pat)
    pausing.pause_plan(plan=publication.plan, by=pat)
    pausing.resume_plan(plan=publication.plan, by=pat)
    pause = publication.plan.pauses.get()
    ids = {"pause": str(pause.pk), "plan": str(publication.plan_id)}
    assert told() == [("plan.paused", {**ids, "cause": "by_hand"}), ("plan.resumed", ids)]
    assert [event.happened_at for event in OutboxEvent.objects.order_by("pk")] == [
        pause.paused_at,
        pause.resumed_at,
    ]


def test_a_plan_to_be_reviewed(clinic, pat):
    publication = factories.publication(
        pat, of_plan=factories.plan(pat, of=factories.patient(pat, has=("sciatica",)))
    )
    factories.approved_rule(clinic)
    reviewing.review(publication=publication)
    review = Review.objects.get()
    ids = {"review": str(review.pk), "publication": str(publication.pk), "plan": str(publication.plan_id)}
    assert told() == [("plan.to_be_reviewed", ids)]
    reviewing.review(publication=publication)
    assert types() == ["plan.to_be_reviewed"]


def test_a_link_that_opens_and_none_that_does_not(publication):
    link = publication.plan.links.get()
    token, born = token_of(link_id=link.pk, digest=link.token_digest), publication.plan.patient.birth_date
    with pytest.raises(LinkRefused):
        open_link(token=token, birth_date=born.replace(year=1901), address="1.2.3.4")
    open_link(token=token, birth_date=born, address="1.2.3.4")
    opening = link.openings.get(use="opened")
    ids = {"opening": str(opening.pk), "link": str(link.pk), "plan": str(publication.plan_id)}
    assert told() == [("link.opened", ids)]


def test_no_patient_data_is_written(publication, pat):
    factories.finish_file(Rendering.objects.get())
    factories.approved_measures(publication.plan.patient.clinic)
    tell(publication.plan, "function", 3, words=["Climb the stairs"], by=pat)
    pausing.pause_plan(plan=publication.plan, by=pat)
    patient = publication.plan.patient
    for event in OutboxEvent.objects.all():
        for word in (patient.name, str(patient.birth_date), publication.plan.title, "Climb the stairs"):
            assert word not in event.body


def test_a_measure_that_is_told(publication, clinic, pat):
    factories.approved_measures(clinic)
    tell(publication.plan, "pain", 7, by=pat)
    day = clinic.today().isoformat()
    ids = {"plan": str(publication.plan_id), "publication": str(publication.pk)}
    said = {"measure": "pain", "occasion": "start", "day": day, "source": "paper"}
    assert told() == [("measure.told", {**ids, **said})]
    with pytest.raises(ScoreOutOfRange):
        tell(publication.plan, "pain", 11, by=pat)
    assert len(told()) == 1


def test_what_does_not_happen_is_not_told(publication, monkeypatch):
    """The process dies between the end of the file and its event: neither is there, and the file is made again."""

    def die(rendering_id):
        raise SystemExit

    rendering = Rendering.objects.get()
    held = claim.claim_rendering(rendering.pk)
    made = {"file": "renderings/x.pdf", "size": 1, "sha256": "a" * 64}
    monkeypatch.setattr(outbox, "add_rendering_ended", die)
    with pytest.raises(SystemExit):
        claim.finish(held, made)
    monkeypatch.undo()
    rendering.refresh_from_db()
    assert (rendering.state, types()) == ("running", [])
    lose(rendering)
    sweep.free_lost()
    factories.finish_file(rendering)
    assert types() == ["rendering.ready"]


class TestAtOnce:
    """A file ends while its plan is being published: one of the two sees the other, and it is told once."""

    pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

    def beside(self, call):
        """Call it in a thread, and wait until it waits for the row that this transaction holds."""
        thread = in_thread(call)
        poll(someone_waits_for_a_lock, what="the second at the row")
        return thread

    def test_the_file_ends_first(self, seen, pat):
        with transaction.atomic():
            factories.finish_file(Rendering.objects.get())
            publisher = self.beside(lambda: publish(seen, pat))
        publisher.join()
        assert types() == ["rendering.ready"]

    def test_the_plan_is_published_first(self, seen, pat):
        held = job.claim_rendering(Rendering.objects.get().pk)
        made = {"file": "renderings/x.pdf", "size": 1, "sha256": "a" * 64}
        with transaction.atomic():
            publish(seen, pat)
            worker = self.beside(lambda: claim.finish(held, made))
        worker.join()
        assert types() == ["rendering.ready"]


def test_a_follow_up(publication):
    row = factories.follow_up(publication)
    ids = {"follow_up": str(row.pk), "plan": str(publication.plan_id), "kind": "pain"}
    assert told() == [("follow_up.raised", ids)]
    assert OutboxEvent.objects.get().happened_at == row.created_at
