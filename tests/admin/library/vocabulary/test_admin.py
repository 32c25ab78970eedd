"""Changed movements, conditions and symptoms at the desk: shown beside what counts, approved by name."""

import pytest
from django.urls import reverse
from lxml import html

from plans.actions.signs import retire_symptom
from plans.contraindications import RedFlag
from plans.libraryfiles import Audience, Region
from plans.models import Approval, Symptom
from plans.queries.approvals import sign_work, vocabulary_work
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


def approve(client, reviewer, *symptoms):
    """Look at what waits of these symptoms, then approve it; what was shown."""
    listed = reverse("admin:plans_symptom_changelist")
    chosen = {"action": "approve", "_selected_action": [str(symptom.pk) for symptom in symptoms]}
    asked = client.post(listed, chosen)
    seen = html.fromstring(asked.content.decode()).xpath("//input[@name='seen']/@value")
    client.post(listed, {**chosen, "seen": seen, "confirmed": str(reviewer.memberships.get().pk)})
    return text_of(asked)


def test_a_new_sign_is_read_whole_and_approved_in_all_its_languages(client, reviewer, clinic):
    said = factories.sign_data(
        audience=Audience(regions=(Region.NECK,), conditions=("sciatica",)),
        sentences={"en": "You see double.", "es": "Ve doble."},
        needs_answer=True,
    )
    factories.condition("sciatica")
    symptom = factories.signs(said)[0].symptom
    listed = reverse("admin:plans_symptom_changelist")
    assert "You see double. needs review" in text_of(client.get(f"{listed}?review=waits"))
    page = text_of(client.get(reverse("admin:plans_symptom_change", args=[symptom.pk])))
    assert "You see double. en, version 1, needs review" in page
    assert "For: sciatica, exercises for neck. Only where the clinic names who answers." in page
    shown = approve(client, reviewer, symptom)
    for line in (
        "en – You see double.",
        "es – Ve doble.",
        "Printed – emergency",
        "For – sciatica, exercises for neck",
    ):
        assert line in shown
    assert list(sign_work(clinic)) == []
    assert "You see double." not in text_of(client.get(f"{listed}?review=waits"))
    assert "needs review" not in text_of(client.get(reverse("admin:plans_symptom_change", args=[symptom.pk])))


def test_a_changed_sign_is_seen_beside_the_one_in_force(client, reviewer, clinic):
    symptom = factories.approved_signs(clinic, factories.sign_data())[0].symptom
    factories.signs(factories.sign_data(red_flag=RedFlag.SAME_DAY, sentences={"en": "You see two."}))
    shown = approve(client, reviewer, symptom)
    assert "Printed emergency same day" in shown
    assert "en You have double vision. You see two." in shown
    assert "Red flag emergency same day" in shown  # what the rules read in it waits as well
    assert list(sign_work(clinic)) == list(vocabulary_work(clinic)) == []


def test_the_list_of_signs_asks_as_often_for_many(client, clinic, django_assert_max_num_queries):
    factories.signs(*(factories.sign_data(f"sign_{n}") for n in range(3)))
    with django_assert_max_num_queries(20) as few:
        client.get(reverse("admin:plans_symptom_changelist"))
    factories.signs(*(factories.sign_data(f"sign_{n}") for n in range(12)))
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("admin:plans_symptom_changelist"))


def test_the_first_page_of_a_reviewer_counts_signs_that_wait(client, clinic):
    assert "warning signs" not in text_of(client.get(reverse("admin:index")))
    factories.signs(factories.sign_data(sentences={"en": "You see double.", "es": "Ve doble."}))
    assert "2 sentences of warning signs" in text_of(client.get(reverse("admin:index")))


def test_a_retired_sign_is_called_so_and_approved_by_nobody(client, reviewer, clinic):
    factories.signs(factories.sign_data())
    row = Symptom.objects.get()
    retire_symptom(row)
    address = reverse("admin:plans_symptom_changelist")
    shown = text_of(client.get(address))
    assert "Double vision Emergency retired" in shown or "Double vision emergency retired" in shown
    role = str(reviewer.memberships.get().pk)
    client.post(
        address, {"action": "approve", "_selected_action": [str(row.pk)], "confirmed": role, "seen": []}
    )
    assert not Approval.objects.filter(sign__isnull=False).exists()
