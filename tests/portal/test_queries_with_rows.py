"""However long a patient has told, and however many others there are, each screen asks the database as often."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans.models import LogSource
from plans.queries.logs.adherence import _RHYTHMS
from plans.queries.logs.versions import _KEYS
from tests import factories
from tests.logs import issued_days_ago, keys_of, tell, tell_day

SCREENS = ("", "exercise/1/", "log/", "log/1/", "progress/", "reminders/", "warnings/")


@pytest.fixture
def asked(issued, opened):
    """A function that returns how often each screen, and a tick, asks the database."""

    def ask():
        counts = {screen: count(lambda screen=screen: opened.get(issued.path + screen)) for screen in SCREENS}
        told = {
            "item": str(keys_of(issued.publication)[0]),
            "session": "1",
            "outcome": "all",
            "id": str(uuid4()),
        }
        return counts | {"a tick": count(lambda: opened.post(f"{issued.path}log/", told))}

    return ask


def count(call):
    _RHYTHMS.clear()
    _KEYS.clear()
    with CaptureQueriesContext(connection) as queries:
        assert call().status_code in (200, 303)
    return len(queries)


def test_they_do_not_grow(issued, asked):
    issued_days_ago(issued.publication, 40)
    asked()
    before = asked()
    today = issued.clinic.today()
    for days in range(30):
        keyed = {"day": today - timedelta(days=days), "source": LogSource.PAPER, "by": issued.therapist}
        for session in (1, 2):
            tell(issued.publication, session=session, **keyed)
        tell_day(issued.publication, pain=days % 4, **keyed)
    for _ in range(3):
        tell(factories.publication(issued.therapist))

    after = asked()

    assert after == before
    assert max(after.values()) <= 22
