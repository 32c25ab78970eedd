"""The trail and the webhooks hear that something was told: seldom, and without a word of it."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from plans.actions.logs.announcing import A_LINE_EACH
from plans.models import AuditEvent, LogSource, OutboxEvent
from tests.logs import plan_of, tell, tell_day

SECRET = "Xylophone in the attic"


@pytest.fixture
def publication(pat):
    return plan_of(pat)


def events():
    return OutboxEvent.objects.filter(type="log.told")


def lines():
    return AuditEvent.objects.filter(verb="log.told")


def test_the_first_telling_is_told_with_ids_and_codes_alone(publication, clinic):
    tell(publication, pain_after=9, feel="hurt", words=SECRET)

    body = json.loads(events().get().body)
    happened_at = events().get().happened_at
    assert body["type"] == "log.told"
    assert body["data"] == {
        "plan": str(publication.plan_id),
        "publication": str(publication.pk),
        "day": clinic.today().isoformat(),
        "source": "page",
        "quiet_until": (happened_at + A_LINE_EACH).isoformat(),
    }
    line = lines().get()
    assert (line.created_by, line.patient_id) == (None, publication.plan.patient_id)
    assert line.detail == {"day": clinic.today().isoformat(), "source": "page"}


def test_what_follows_within_minutes_makes_no_further_event(publication, pat):
    for session in (1, 2, 3):
        tell(publication, session=session)
    tell_day(publication, pain=9)

    assert (events().count(), lines().count()) == (1, 1)
    AuditEvent.objects.update(created_at=timezone.now() - A_LINE_EACH - timedelta(seconds=1))
    tell(publication, session=4)
    assert (events().count(), lines().count()) == (2, 2)


def test_each_person_who_tells_stands_in_the_trail(publication, pat):
    tell(publication)
    tell(publication, session=2, source=LogSource.PAPER, by=pat)
    tell(publication, session=3, source=LogSource.PAPER, by=pat)

    assert events().count() == 1
    assert set(lines().values_list("created_by", flat=True)) == {None, pat.pk}
    assert lines().count() == 2


def test_another_plan_is_told_of_by_itself(publication, pat):
    tell(publication)
    tell(plan_of(pat))

    assert events().count() == 2


def test_words_stand_in_no_event_and_no_trail(publication, caplog):
    tell(publication, words=SECRET)
    tell_day(publication, pain=3, words=SECRET)

    told = [*OutboxEvent.objects.values_list("body", flat=True), *map(str, AuditEvent.objects.values())]
    assert not any(SECRET in text for text in [*told, caplog.text])
