"""Measures on the desk: read whole with their figures, approved by language, compared with what is asked now."""

import pytest
from django.urls import reverse

from plans.actions.library_measures import write_measure
from plans.models import Approval, Measure
from plans.queries.review_entries import EntryKind
from plans.queries.review_state import entries_of
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import text_of

LIST = reverse("admin:plans_measure_changelist")
pytestmark = pytest.mark.django_db


@pytest.fixture
def client(reviewer):
    return signed_in(reviewer)


def asked(client, *rows):
    return client.post(LIST, {"action": "approve", "_selected_action": [str(row.pk) for row in rows]})


def test_words_scale_and_figures_are_read_before_they_are_approved(client, reviewer, clinic):
    row = factories.measure(texts={"en": factories.measure_text(), "es": factories.measure_text("Su dolor")})
    assert "Your pain en, es needs review" in text_of(client.get(LIST))

    shown = text_of(asked(client, row))
    for words in (
        "Asks for – pain from 0 to 10",
        "Scale – 0–10, less is better",
        "2 points or more matter to patients (ours: people with back pain)",
        "Su dolor (es)",
        "How strong is your pain?",
        "the worst pain",
    ):
        assert words in shown
    chosen = {
        "action": "approve",
        "_selected_action": [str(row.pk)],
        "confirmed": str(reviewer.memberships.get().pk),
        "seen": [str(text.pk) for text in row.texts.all()],
    }
    client.post(LIST, chosen)

    assert {approval.measure for approval in Approval.objects.filter(clinic=clinic)} == set(row.texts.all())
    assert "en, es approved" in text_of(client.get(LIST))
    assert "Your pain" in text_of(client.get(reverse("admin:plans_approval_changelist")))


def test_a_changed_figure_is_shown_beside_what_counts_now(client, clinic):
    row = factories.approved_measure(clinic)
    write_measure(data=factories.measure_data(differences=(factories.difference("1.5"),)), order=1)
    shown = text_of(asked(client, row))
    assert "In force (version 1) Waits for review (version 2)" in shown
    assert "2 points or more matter" in shown
    assert "1.5 points or more matter" in shown


def test_the_page_of_a_measure_tells_every_text(client):
    row = factories.measure(data=factories.activities_data())
    shown = text_of(client.get(reverse("admin:plans_measure_change", args=[row.pk])))
    for words in (
        "function",
        "en, version 1, needs review",
        "Which three things are hard?",
        "more is better",
    ):
        assert words in shown


def test_measures_of_another_clinic_are_absent(client):
    Measure.objects.create(code="theirs", clinic=factories.clinic())
    assert "theirs" not in text_of(client.get(LIST))


def test_what_waits_is_on_the_reviewers_first_page(client):
    factories.measure()
    assert "1 text of measures" in text_of(client.get(reverse("admin:index")))


def test_a_measure_is_an_entry_of_the_review_with_its_facts(client, clinic):
    factories.measure()
    (entry,) = entries_of(clinic)
    assert (entry.kind, entry.regions, entry.languages) == (EntryKind.MEASURE, {"general"}, ["en"])
    page = text_of(client.get(reverse("admin:plans_approval_region", args=[clinic.pk, "general"])))
    assert "How strong is your pain?" in page
    assert "2 points or more matter to patients (ours: people with back pain)" in page


def test_queries_do_not_grow_with_measures(client, django_assert_max_num_queries):
    for number in range(6):
        factories.measure(f"measure-{number}")
    with django_assert_max_num_queries(14):
        client.get(LIST)
