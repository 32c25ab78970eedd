"""What was approved, taken back by reviewers; the fixed words; general advice."""

import pytest
from django.urls import reverse

from plans.actions.advice import retire_advice
from plans.actions.approving import approve_exercises
from plans.models import Advice, AdviceText, Approval
from plans.queries.wording import language_ready
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import text_of

LIST = reverse("admin:plans_approval_changelist")
WORDING = reverse("admin:plans_approval_wording")


@pytest.fixture
def client(reviewer):
    return signed_in(reviewer)


def test_an_approval_is_taken_back(client, reviewer, clinic):
    approve_exercises(revisions=[factories.exercise("one")], clinic=clinic, by=reviewer)
    rows = [str(row.pk) for row in Approval.objects.all()]
    client.post(LIST, {"action": "take_back", "_selected_action": rows})
    assert not Approval.objects.filter(withdrawn_at=None).exists()
    assert {row.withdrawn_by for row in Approval.objects.all()} == {reviewer}


def test_approvals_of_another_clinic_stay(client):
    other = factories.clinic()
    factories.approved_exercise(other, "one")
    rows = [str(row.pk) for row in Approval.objects.all()]
    client.post(LIST, {"action": "take_back", "_selected_action": rows})
    assert not Approval.objects.exclude(withdrawn_at=None).exists()
    assert "one" not in text_of(client.get(LIST))


def test_the_fixed_words_of_a_language(client, reviewer, clinic):
    assert "needs review" in text_of(client.get(WORDING))
    role = reviewer.memberships.get()
    client.post(WORDING, {"role": str(role.pk), "language": "es"})
    assert language_ready(clinic, "es")
    assert not language_ready(clinic, "en")


def test_the_words_are_read_before_they_are_vouched_for(client):
    words = text_of(client.get(WORDING))
    assert "Hágalo" in words
    assert words.count("drafted by machine") == 2


@pytest.mark.parametrize("fields", [{"language": "xx"}, {"language": "es", "role": "someone"}])
def test_words_or_roles_that_are_not_there(client, reviewer, fields):
    data = {"role": str(reviewer.memberships.get().pk), **fields}
    assert client.post(WORDING, data).status_code == 403


def test_the_newest_words_of_advice_are_approved(client, reviewer, clinic):
    advice = Advice.objects.create(
        code="rest", kind="general", meant_for={"conditions": ["low_back_pain"], "regions": ["hip"]}
    )
    AdviceText.objects.create(advice=advice, language="en", number=1, words="Old words.")
    newest = AdviceText.objects.create(
        advice=advice, language="en", number=2, words="Rest when you are tired."
    )
    page = reverse("admin:plans_advice_changelist")
    assert "low back pain, exercises for hip needs review" in text_of(client.get(page))
    role = reviewer.memberships.get()
    chosen = {"action": "approve", "_selected_action": [str(advice.pk)], "confirmed": str(role.pk)}
    client.post(page, {**chosen, "seen": [str(newest.pk)]})
    assert Approval.objects.get(clinic=clinic).advice == newest
    assert "needs review" not in text_of(client.get(page))


def test_what_waits_is_on_the_reviewers_first_page(client):
    factories.exercise("one")
    factories.rule("rule-one")
    words = text_of(client.get(reverse("admin:index")))
    assert "1 exercise 1 rule 0 texts of general advice 0 texts of leaflets" in words
    assert "The handout's fixed words: English, Español" in words


def test_retired_advice_is_called_so_and_approved_by_nobody(client, reviewer):
    advice = Advice.objects.create(code="walk", kind="therapy")
    AdviceText.objects.create(advice=advice, language="en", words="Walk.")
    retire_advice(advice)
    address = reverse("admin:plans_advice_changelist")
    assert "Walk. therapy plans that note it retired" in text_of(client.get(address))
    role = str(reviewer.memberships.get().pk)
    client.post(
        address, {"action": "approve", "_selected_action": [str(advice.pk)], "confirmed": role, "seen": []}
    )
    assert not Approval.objects.exists()
