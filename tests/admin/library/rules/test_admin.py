"""Rules at the desk: versions, plans they would touch, what they reach."""

import pytest
from django.urls import reverse
from lxml import html

from plans.models import Approval, Rule
from plans.queries.rules import rules_for
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import errors_of, posted, text_of

ADD = reverse("admin:plans_rule_add")
LIST = reverse("admin:plans_rule_changelist")


def page_of(rule, way="change"):
    return reverse(f"admin:plans_rule_{way}", args=[rule.pk])


def rule_fields(**fields):
    factories.condition("sciatica")
    factories.movement("supine")
    factories.movement("prone")
    return {
        "code": "our-rule",
        "condition": "sciatica",
        "level": "avoid",
        "movements": ["supine"],
        "anchor": "onset",
        "from_day": "0",
        "to_day": "42",
        "rationale": "it presses on the nerve",
        "evidence": "opinion",
        "source": "ours",
        "review_on": "2030-01-01",
        "sentence-en": "Stop if your leg hurts more.",
        **fields,
    }


@pytest.fixture
def admin_client(clinic):
    return signed_in(factories.library_admin(clinic))


def test_a_rule_is_written_and_changed_as_versions(admin_client, clinic):
    admin_client.post(ADD, rule_fields())
    rule = Rule.objects.get()
    first = rule.revisions.get()
    assert (rule.clinic, first.number, first.to_day, first.sentences.get().language) == (clinic, 1, 42, "en")
    data = posted(admin_client.get(page_of(rule), {"edit": "1"}), "rule_form", to_day="60")
    admin_client.post(page_of(rule), data)
    assert list(rule.revisions.values_list("number", "to_day")) == [(2, 60), (1, 42)]
    assert "from day 0 to day 59 since onset" in text_of(admin_client.get(page_of(rule)))


def test_what_to_check_first_is_a_caution_of_the_whole_plan(admin_client):
    first = {"movements": [], "whole_plan": "on", "level": "caution", "check_first": "on"}
    window = {"anchor": "", "from_day": "", "to_day": ""}
    answer = admin_client.post(ADD, rule_fields(**first))
    assert "What to check first each day is a caution for the whole plan" in " ".join(errors_of(answer))
    admin_client.post(ADD, rule_fields(**first, **window))
    rule = Rule.objects.get()
    assert rule.revisions.get().check_first
    assert "to check first each day" in text_of(admin_client.get(page_of(rule)))
    data = posted(admin_client.get(page_of(rule), {"edit": "1"}), "rule_form")
    assert data["check_first"] == "on"


def test_nothing_is_claimed_that_nobody_chose(admin_client):
    fields = rule_fields()
    for name in ("condition", "level", "evidence"):
        del fields[name]
    shown = posted(admin_client.get(ADD), "rule_form", **fields)
    assert errors_of(admin_client.post(ADD, shown)).count("This field is required.") == 3
    assert not Rule.objects.exists()


def test_a_shared_rules_code_is_not_taken_again(admin_client):
    factories.rule("our-rule")
    answer = admin_client.post(ADD, rule_fields())
    assert "The clinic or the shared library has a rule with this code." in errors_of(answer)


def test_saving_what_is_shown_is_no_version(admin_client):
    admin_client.post(ADD, rule_fields())
    rule = Rule.objects.get()
    admin_client.post(page_of(rule), posted(admin_client.get(page_of(rule), {"edit": "1"}), "rule_form"))
    assert rule.revisions.count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"condition": "unknown"}, "Select a valid choice"),
        ({"movements": ["flying"]}, "Select a valid choice"),
        ({"movements": []}, "Name movements, or let it speak of the whole plan."),
        ({"whole_plan": "on"}, "It speaks of the whole plan: name no movements."),
        ({"movements": ["supine", "prone"]}, "All movements are named: let it speak of the whole plan."),
        ({"anchor": ""}, "From which date do the days count?"),
        ({"from_day": "42", "to_day": "42"}, "The window ends before it begins."),
        (
            {"anchor": "due_date", "from_day": "-182", "to_day": "1"},
            "A window that reaches the due date holds",
        ),
        ({"level": "stop", "sentence-en": ""}, "What shall the patient read"),
        ({"source": ""}, "This field is required."),
        ({"evidence": "hearsay"}, "Select a valid choice"),
        ({"review_on": "2001-01-01"}, "This day is past."),
        ({"review_on": ""}, "This field is required."),
        ({"sentence-en": ""}, "What shall the patient read when the therapist goes on?"),
        ({"rationale": "x" * 301}, "at most 300 characters"),
    ],
)
def test_what_cannot_be_is_told(admin_client, fields, words):
    answer = admin_client.post(ADD, rule_fields(**fields))
    assert any(words in error for error in errors_of(answer)), errors_of(answer)
    assert not Rule.objects.exists()


def test_a_shared_rule_is_read_only(admin_client):
    shared = factories.rule("shared").rule
    assert admin_client.post(page_of(shared), rule_fields()).status_code == 403
    assert "Edit" not in text_of(admin_client.get(page_of(shared)))


def test_plans_in_use_that_a_rule_would_touch(admin_client, therapist):
    patient = factories.patient(therapist, has=("sciatica",), name="Quentin Secretname")
    factories.publication(therapist, of_plan=factories.plan(therapist, of=patient))
    touched = reverse("admin:plans_rule_touched")
    answer = admin_client.post(touched, rule_fields())
    assert "1 plan in use would be touched." in text_of(answer)
    assert b"Secretname" not in answer.content
    assert "0 plans in use" in text_of(admin_client.post(touched, rule_fields(movements=["prone"])))
    assert "When the form is complete" in text_of(admin_client.post(touched, rule_fields(source="")))


def approve(reviewer, rule):
    """Go the reviewer's way: the list's action, what is asked, the click."""
    client = signed_in(reviewer)
    chosen = {"action": "approve", "_selected_action": [str(rule.pk)]}
    asked = client.post(LIST, chosen)
    seen = html.fromstring(asked.content.decode()).xpath("//input[@name='seen']/@value")
    role = str(reviewer.memberships.get().pk)
    return asked, client.post(LIST, {**chosen, "seen": seen, "confirmed": role}, follow=True)


def test_retiring_waits_for_a_reviewer(admin_client, clinic):
    admin_client.post(ADD, rule_fields())
    rule = Rule.objects.get()
    reviewer = factories.reviewer(clinic)
    approve(reviewer, rule)
    answer = admin_client.post(page_of(rule, "retire"), follow=True)
    assert "until they approve it, the rule holds as before" in text_of(answer)
    assert "Retirement waits for review" in text_of(answer)
    assert "retirement waits" in text_of(admin_client.get(LIST))
    assert [one.version for one in rules_for(clinic, language="en")] == [1]
    again = admin_client.post(page_of(rule, "retire"), follow=True)
    assert "is retired already" in text_of(again)
    asked, _ = approve(reviewer, rule)
    assert "Holds yes no more: retired" in text_of(asked)
    assert rules_for(clinic, language="en") == ()
    words = text_of(admin_client.get(page_of(rule)))
    assert "Retired" in words
    assert "Ask for its retirement" not in words
    assert "retired" in text_of(admin_client.get(LIST))


def test_a_change_is_shown_beside_what_is_in_force(admin_client, clinic):
    admin_client.post(ADD, rule_fields())
    rule = Rule.objects.get()
    reviewer = factories.reviewer(clinic)
    approve(reviewer, rule)
    shown = admin_client.get(page_of(rule), {"edit": "1"})
    admin_client.post(page_of(rule), posted(shown, "rule_form", level="caution", to_day="60"))
    for answer in (admin_client.get(page_of(rule)), approve(reviewer, rule)[0]):
        words = text_of(answer)
        assert "In force (version 1) Waits for review (version 2)" in words
        assert "Level avoid caution" in words
        assert "When from day 0 to day 41 since onset from day 0 to day 59 since onset" in words
        assert (
            "Why it presses"
            not in words.partition("Waits for review (version 2)")[2].partition("What is not")[0]
        )
    assert "a change waits" not in text_of(admin_client.get(LIST))


def test_what_was_changed_after_the_reviewer_looked_is_not_vouched_for(admin_client, clinic):
    admin_client.post(ADD, rule_fields())
    rule = Rule.objects.get()
    reviewer = factories.reviewer(clinic)
    client = signed_in(reviewer)
    seen = str(rule.revisions.get().pk)
    admin_client.post(
        page_of(rule), posted(admin_client.get(page_of(rule), {"edit": "1"}), "rule_form", level="caution")
    )
    role = str(reviewer.memberships.get().pk)
    chosen = {"action": "approve", "_selected_action": [str(rule.pk)], "seen": [seen], "confirmed": role}
    answer = client.post(LIST, chosen, follow=True)
    assert "changed after you looked" in text_of(answer)
    assert not Approval.objects.exists()


def test_approving_a_rule_with_its_sentences(clinic):
    revision = factories.rule("one")
    reviewer = factories.reviewer(clinic)
    chosen = {"action": "approve", "_selected_action": [str(revision.rule_id)]}
    client = signed_in(reviewer)
    assert "Stop if your leg" in text_of(client.post(LIST, chosen)) or "stop if your leg" in text_of(
        client.post(LIST, chosen)
    )
    role = str(reviewer.memberships.get().pk)
    client.post(LIST, {**chosen, "confirmed": role, "seen": [str(revision.pk)]})
    assert Approval.objects.exclude(rule=None).count() == Approval.objects.exclude(sentence=None).count() == 1


def test_the_coverage_report_names_what_no_rule_reaches(desk, clinic):
    factories.approved_rule(clinic, "rule-a", movements=("supine",))
    factories.approved_rule(clinic, "rule-idle", movements=("flying",))
    factories.approved_exercise(clinic, "reached")
    factories.approved_exercise(clinic, "lonely", movements=("standing",))
    factories.condition("weak_legs")
    words = text_of(desk.get(reverse("admin:plans_rule_coverage")))
    assert "Exercises that no rule speaks of: 1 of 2" in words
    assert "Lonely" in words
    assert "weak_legs" in words
    assert "rule-idle" in words


def test_queries(desk, clinic, django_assert_max_num_queries):
    for number in range(12):
        factories.rule(f"rule-{number}")
    with django_assert_max_num_queries(12):
        desk.get(LIST)
    with django_assert_max_num_queries(16):
        desk.get(reverse("admin:plans_rule_coverage"))
