from datetime import timedelta

import pytest
from django.utils import timezone

from plans.models import FrozenContent, Publication, Rendering, RenderingState
from plans.queries.events import events_since
from tests import factories

pytestmark = pytest.mark.django_db

NOW = timezone.now()
HOUR = timedelta(hours=1)


def finished(publication, *, at, published, of="content"):
    """A file of this version that was finished and published at these hours from now."""
    content = FrozenContent.objects.get(pk=getattr(publication, f"{of}_id"))
    Publication.objects.filter(pk=publication.pk).update(published_at=NOW + published * HOUR)
    made = Rendering.objects.filter(content=publication.content).first()
    return Rendering.objects.create(
        content=content,
        clinic=content.clinic,
        format=f"other-{of}-{at}",
        template_version=made.template_version,
        engine_version=made.engine_version,
        state=RenderingState.READY,
        file="renderings/x.pdf",
        sha256="a" * 64,
        size=1,
        finished_at=NOW + at * HOUR,
    )


def told(clinic):
    """The files in order, each once: without findings, the patient's content and the record are the same."""
    found = [one for one in events_since(clinic, since=NOW) if one.event == "rendering.ready"]
    return list({one.key: one.about["rendering"] for one in found}.values())


def test_a_file_is_news_when_it_is_finished_and_when_it_is_published(clinic, pat):
    publication = factories.publication(pat)
    finished(publication, at=-2, published=-1)
    assert told(clinic) == []
    later = finished(publication, at=2, published=-1)
    assert told(clinic) == [str(later.pk)]


def test_files_made_ahead_come_before_those_made_since(clinic, pat):
    publication = factories.publication(pat)
    later = finished(publication, at=2, published=1)
    ahead = finished(publication, at=-2, published=1)
    assert told(clinic) == [str(ahead.pk), str(later.pk)]
    assert told(factories.clinic()) == []


def test_files_of_the_record_are_told_too(clinic, pat):
    plan = factories.plan(pat, of=factories.patient(pat, has=("sciatica",)))
    factories.approved_rule(clinic)
    publication = factories.publication(pat, of_plan=plan)
    assert publication.record_id != publication.content_id
    record = finished(publication, at=-1, published=1, of="record")
    assert told(clinic) == [str(record.pk)]
