"""Changed movements, conditions and symptoms at the desk: shown beside what counts, approved by name."""

import pytest
from django.urls import reverse
from lxml import html

from plans.models import Approval
from plans.queries.approvals import vocabulary_work
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import text_of
from tests.words import make_words

KINDS = {
    "movement": "Always includes wide nothing wider",
    "condition": "Wider condition wide none Cause first the cause is treated before any exercise no",
    "symptom": "Red flag emergency none",
}


@pytest.fixture
def client(reviewer):
    return signed_in(reviewer)


@pytest.fixture
def changed(db):
    make_words()
    make_words(weaker=True)


def entry_of(kind, clinic):
    return getattr(vocabulary_work(clinic).exclude(**{kind: None}).get(), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_change_is_seen_beside_what_counts_and_approved(client, reviewer, clinic, changed, kind):
    entry = entry_of(kind, clinic)
    listed = reverse(f"admin:plans_{kind}_changelist")
    assert text_of(client.get(listed)).count("a change waits") == 1
    page = reverse(f"admin:plans_{kind}_change", args=[entry.pk])
    assert KINDS[kind] in text_of(client.get(page))
    chosen = {"action": "approve", "_selected_action": [str(entry.pk)]}
    asked = client.post(listed, chosen)
    assert KINDS[kind] in text_of(asked)
    seen = html.fromstring(asked.content.decode()).xpath("//input[@name='seen']/@value")
    client.post(listed, {**chosen, "seen": seen, "confirmed": str(reviewer.memberships.get().pk)})
    assert Approval.objects.get().vocabulary.entry == entry
    assert "a change waits" not in text_of(client.get(listed))
    assert KINDS[kind] not in text_of(client.get(page))
    approvals = text_of(client.get(reverse("admin:plans_approval_changelist")))
    assert "changed, version 2" in approvals


def test_what_waits_is_on_the_reviewers_first_page(client, changed):
    words = text_of(client.get(reverse("admin:index")))
    assert "1 changed movement" in words
    assert "1 changed condition" in words
    assert "1 changed symptom" in words


def test_a_library_admin_sees_the_change_and_cannot_approve_it(clinic, changed):
    client = signed_in(factories.library_admin(clinic))
    listed = reverse("admin:plans_condition_changelist")
    assert "a change waits" in text_of(client.get(listed, {"review": "waits"}))
    chosen = {"action": "approve", "_selected_action": [str(entry_of("condition", clinic).pk)]}
    client.post(listed, {**chosen, "confirmed": "1"})
    assert not Approval.objects.exists()


def test_queries(client, changed, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get(reverse("admin:plans_condition_changelist"))
