"""Protocols of the library on the desk: read whole, approved, compared with what plans take now."""

import pytest
from django.urls import reverse

from plans.actions import library_protocols as writing
from plans.models import Approval
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import text_of

LIST = reverse("admin:plans_libraryprotocol_changelist")
pytestmark = pytest.mark.django_db


@pytest.fixture
def client(reviewer):
    return signed_in(reviewer)


def asked(client, *revisions):
    rows = [str(revision.protocol_id) for revision in revisions]
    return client.post(LIST, {"action": "approve", "_selected_action": rows})


def page_of(revision):
    return reverse("admin:plans_libraryprotocol_change", args=[revision.protocol_id])


def test_all_of_it_is_read_before_it_is_approved(client, reviewer, clinic):
    revision = factories.library_protocol(note="The weeks are weak.")
    assert "Beginning sciatica 1 of 2 1 en, es needs review" in text_of(client.get(LIST))

    shown = text_of(asked(client, revision))
    for words in ("heel-slide: Repeat: 5 to 10 times", "from day 0 to 41 since the date of onset",
                  "Comienzo", "La pierna está tranquila.",
                  "ours. The weeks are weak."):  # fmt: skip
        assert words in shown
    role = str(reviewer.memberships.get().pk)
    chosen = {"action": "approve", "_selected_action": [str(revision.protocol_id)], "confirmed": role}
    client.post(LIST, {**chosen, "seen": [str(revision.pk)]})

    assert Approval.objects.get(clinic=clinic).protocol == revision
    assert "en, es approved" in text_of(client.get(LIST))
    assert "Beginning" in text_of(client.get(reverse("admin:plans_approval_changelist")))
    assert "0 protocols of the library" in text_of(client.get(reverse("admin:index")))


def test_a_change_is_shown_beside_what_plans_take_now(client, clinic):
    factories.approved_library_protocol(clinic)
    changed = factories.library_protocol(phase="the first weeks")

    shown = text_of(asked(client, changed))
    assert "In force (version 1) Waits for review (version 2)" in shown
    assert "Phase 1 of 2 the first weeks" in shown
    assert "heel-slide" not in shown

    page = text_of(client.get(page_of(changed)))
    assert "A newer version waits for review" in page
    assert "Phase 1 of 2" in page


def test_the_page_tells_window_doses_criteria_and_what_follows(client):
    late = factories.library_protocol("late", texts={"en": factories.protocol_text("Later")})
    page = text_of(client.get(page_of(factories.library_protocol(next="late"))))

    assert "Needs review" in page
    assert "From day 0 to 41 since the date of onset" in page
    assert "5 to 10 times" in page
    assert "Go on when The leg is calm. La pierna está tranquila. Next Later Source ours" in page
    assert page_of(late) in client.get(page_of(factories.library_protocol(next="late"))).text


def test_a_retired_one_is_shown_as_such_and_is_no_work(client):
    revision = factories.library_protocol()
    writing.retire_library_protocol(revision.protocol)

    assert "Retired" in text_of(client.get(page_of(revision)))
    assert "retired" in text_of(client.get(LIST))
    assert "Beginning" not in text_of(client.get(f"{LIST}?review=waits"))
    assert "You approve 0 versions" in text_of(asked(client, revision))


def test_the_list_asks_no_more_for_many(client, django_assert_max_num_queries):
    for number in range(4):
        factories.library_protocol(f"early-{number}")
    with django_assert_max_num_queries(20):
        client.get(LIST)
