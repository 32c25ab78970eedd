"""Leaflets on the desk: read whole, approved by language, compared with what is printed now."""

import pytest
from django.urls import reverse

from plans.actions import leaflets as writing
from plans.models import Approval, Leaflet
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import text_of

LIST = reverse("admin:plans_leaflet_changelist")
pytestmark = pytest.mark.django_db


@pytest.fixture
def client(reviewer):
    return signed_in(reviewer)


def asked(client, *rows):
    return client.post(LIST, {"action": "approve", "_selected_action": [str(row.pk) for row in rows]})


def test_all_its_words_are_read_before_they_are_approved(client, reviewer, clinic):
    texts = {"en": factories.leaflet_text(), "es": factories.leaflet_text("Su nervio", "Es largo.")}
    row = factories.leaflet(texts=texts)
    assert "Know your nerve sciatica en, es needs review" in text_of(client.get(LIST))

    shown = text_of(asked(client, row))
    assert "For – sciatica" in shown
    assert "Source – ours" in shown
    for words in ("Know your nerve (en)", "It is a long nerve.", "Su nervio (es)", "Es largo."):
        assert words in shown
    seen = [str(text.pk) for text in row.texts.all()]
    role = str(reviewer.memberships.get().pk)
    chosen = {"action": "approve", "_selected_action": [str(row.pk)], "confirmed": role, "seen": seen}
    client.post(LIST, chosen)

    assert {approval.leaflet for approval in Approval.objects.filter(clinic=clinic)} == set(row.texts.all())
    assert "en, es approved" in text_of(client.get(LIST))
    assert "Know your nerve" in text_of(client.get(reverse("admin:plans_approval_changelist")))


def test_a_change_is_shown_beside_what_is_printed_now(client, clinic):
    row = factories.approved_leaflet(clinic)
    changed = factories.leaflet_text("Know your nerve", "It runs down your leg.")
    writing.write_leaflet(
        data=factories.leaflet_data(about=("disc", "sciatica"), texts={"en": changed}), order=1
    )
    shown = text_of(asked(client, row))
    assert "In force (version 1)" not in shown  # approved for others: nothing is in force

    writing.write_leaflet(data=factories.leaflet_data(texts={"en": changed}), order=1)
    shown = text_of(asked(client, row))
    assert "In force (version 1) Waits for review (version 3)" in shown
    assert "It is a long nerve." in shown
    assert "It runs down your leg." in shown


def test_the_page_of_a_leaflet_tells_conditions_source_and_every_text(client):
    row = factories.leaflet()
    shown = text_of(client.get(reverse("admin:plans_leaflet_change", args=[row.pk])))
    for words in ("sciatica", "ours", "en, version 1, needs review", "It is a long nerve."):
        assert words in shown


def test_leaflets_of_another_clinic_are_absent(client):
    Leaflet.objects.create(code="theirs", clinic=factories.clinic(), conditions=[])
    assert "theirs" not in text_of(client.get(LIST))


def test_what_waits_is_on_the_reviewers_first_page(client):
    factories.leaflet()
    assert "1 text of leaflets" in text_of(client.get(reverse("admin:index")))


def test_queries_do_not_grow_with_leaflets(client, django_assert_max_num_queries):
    for number in range(6):
        factories.leaflet(f"leaflet-{number}")
    with django_assert_max_num_queries(14):
        client.get(LIST)


def test_a_retired_leaflet_is_called_so_and_approved_by_nobody(client, reviewer):
    row = factories.leaflet()
    writing.retire_leaflet(row)
    assert "Know your nerve sciatica en retired" in text_of(client.get(LIST))
    role = str(reviewer.memberships.get().pk)
    client.post(LIST, {"action": "approve", "_selected_action": [str(row.pk)], "confirmed": role, "seen": []})
    assert not Approval.objects.exists()
