"""What movements, conditions and symptoms say while they change."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from plans.actions import approving
from plans.actions.library_review import send_back
from plans.contraindications import CircularVocabulary, RedFlag
from plans.libraryfiles import Region
from plans.models import Approval, Condition, Movement, VocabularyRevision
from plans.queries.approvals import vocabulary_work
from plans.queries.review_entries import picture_seen, seen_of
from plans.queries.review_state import entry_of
from plans.queries.rules import vocabulary_for
from tests import factories
from tests.words import condition, load, movement, symptom

pytestmark = pytest.mark.django_db


def withdraw(by, **approvals):
    approving.withdraw(approvals=Approval.objects.filter(**approvals), by=by)


def words(clinic):
    """What the rules read of the entries under change."""
    vocabulary = vocabulary_for(clinic)
    return (
        vocabulary.wider("lift", where="x"),
        vocabulary.with_parents("tumour", where="x"),
        "tumour" in vocabulary.cause_first,
        vocabulary.gravest_flag("numb", None),
    )


BEFORE = {
    "movements": (movement("bend"), movement("lift", "bend")),
    "conditions": (condition("cancer"), condition("tumour", "cancer", first=True)),
    "symptoms": (symptom("numb", RedFlag.EMERGENCY),),
}


AFTER = {
    "movements": (movement("bend"), movement("lift")),
    "conditions": (condition("cancer"), condition("tumour")),
    "symptoms": (symptom("numb"),),
}


STRICT = ({"lift", "bend"}, ("tumour", "cancer"), True, RedFlag.EMERGENCY)


WEAK = ({"lift"}, ("tumour",), False, None)


def test_loading_the_same_words_twice_changes_nothing():
    assert load(**BEFORE) == 0
    assert load(**BEFORE) == 0
    assert VocabularyRevision.objects.count() == 5
    assert not VocabularyRevision.objects.exclude(number=1).exists()


def test_what_is_weaker_waits_for_each_clinics_reviewer(clinic, reviewer):
    other = factories.clinic()
    load(**BEFORE)
    assert not vocabulary_work(clinic).exists()
    assert load(**AFTER) == 3
    assert words(clinic) == words(other) == STRICT
    assert {str(row.entry) for row in vocabulary_work(clinic)} == {"lift", "tumour", "numb"}
    approving.approve(things=vocabulary_work(clinic), clinic=clinic, by=reviewer)
    assert words(clinic) == WEAK
    assert words(other) == STRICT
    assert not vocabulary_work(clinic).exists()


def test_an_approval_of_words_can_be_taken_back(clinic, reviewer):
    load(**BEFORE)
    load(**AFTER)
    approving.approve(things=vocabulary_work(clinic), clinic=clinic, by=reviewer)
    withdraw(reviewer, clinic=clinic)
    assert words(clinic) == STRICT


def test_what_is_stricter_holds_at_once(clinic):
    load(**AFTER)
    load(**BEFORE)
    vocabulary = vocabulary_for(clinic)
    assert vocabulary.wider("lift", where="x") == {"lift", "bend"}
    assert vocabulary.with_parents("tumour", where="x") == ("tumour", "cancer")
    assert "tumour" in vocabulary.cause_first


def test_a_change_of_a_change_lets_nothing_slip(clinic, reviewer):
    load(**BEFORE)
    load(**AFTER)
    load(**{**AFTER, "movements": (movement("bend"), movement("turn"), movement("lift", "turn"))})
    assert words(clinic)[0] == {"lift", "bend", "turn"}
    approving.approve(things=vocabulary_work(clinic), clinic=clinic, by=reviewer)
    assert words(clinic)[0] == {"lift", "turn"}


def test_words_that_turn_round_are_judged_both_ways(clinic):
    load(movements=BEFORE["movements"])
    load(movements=(movement("bend", "lift"), movement("lift")))
    vocabulary = vocabulary_for(clinic)
    assert vocabulary.wider("bend", where="x") == vocabulary.wider("lift", where="x") == {"bend", "lift"}


def test_a_circle_in_the_words_is_refused_and_nothing_is_written():
    load(movements=BEFORE["movements"])
    with pytest.raises(CircularVocabulary), transaction.atomic():
        load(movements=(replace(movement("bend"), implies=("lift",)),))
    assert not Movement.objects.get(code="bend").implies.exists()


OLD = {"sided": True, "ask_which": True, "region": Region.HIP}
NEW = {"sided": False, "ask_which": False, "region": Region.KNEE}


def says(clinic):
    """What acts of a condition's own facts."""
    vocabulary = vocabulary_for(clinic)
    return {
        "sided": "hip" in vocabulary.sided,
        "ask_which": "hip" in vocabulary.ask_which,
        "region": vocabulary.regions.get("hip"),
    }


def say(**facts):
    return load(conditions=(condition("hip", **facts),))


@pytest.mark.parametrize(("old", "new"), [(OLD, NEW), (NEW, OLD)])
@pytest.mark.parametrize("fact", OLD)
def test_a_changed_fact_of_a_condition_acts_when_it_is_approved(clinic, reviewer, fact, old, new):
    other = factories.clinic()
    changed = {**old, fact: new[fact]}
    assert say(**old) == 0
    assert says(clinic) == old
    assert say(**changed) == 1
    assert say(**changed) == 0
    assert says(clinic) == old
    approving.approve(things=vocabulary_work(clinic), clinic=clinic, by=reviewer)
    assert says(clinic) == changed
    assert says(other) == old
    withdraw(reviewer, clinic=clinic)
    assert says(clinic) == old


def test_a_region_that_is_new_or_gone_waits(clinic, reviewer):
    say()
    say(region=Region.HIP)
    assert says(clinic)["region"] is None
    approving.approve(things=vocabulary_work(clinic), clinic=clinic, by=reviewer)
    say()
    assert says(clinic)["region"] == "hip"
    approving.approve(things=vocabulary_work(clinic), clinic=clinic, by=reviewer)
    assert says(clinic)["region"] is None


def test_what_was_sent_back_does_not_act(clinic, reviewer):
    say(**OLD)
    say(**NEW)
    entry = Condition.objects.get(code="hip")
    shown = entry_of(clinic, "condition", entry.pk)
    send_back(
        kind="condition", pk=entry.pk, seen=seen_of(shown, picture_seen(shown)), words="Why?", clinic=clinic,
        by=reviewer,
    )  # fmt: skip
    assert says(clinic) == OLD
    assert vocabulary_work(clinic).exists()


def test_old_new_and_old_libraries_in_turn_act_as_they_are_approved(clinic, reviewer):
    say(**OLD)
    say(**NEW)
    say(**OLD)
    assert says(clinic) == OLD
    say(**NEW)
    approving.approve(things=vocabulary_work(clinic), clinic=clinic, by=reviewer)
    assert says(clinic) == NEW
    say(**OLD)
    assert says(clinic) == NEW
    approving.approve(things=vocabulary_work(clinic), clinic=clinic, by=reviewer)
    assert says(clinic) == OLD


def test_of_several_that_wait_none_acts_beside_the_one_in_force(clinic, reviewer):
    say(**OLD)
    say(**NEW)
    approving.approve(things=vocabulary_work(clinic), clinic=clinic, by=reviewer)
    say(sided=True, region=Region.SHOULDER)
    say(ask_which=True, region=Region.NECK)
    assert says(clinic) == NEW


def test_an_entry_without_versions_keeps_its_facts_when_it_changes(clinic):
    factories.condition("hip", **OLD)
    assert say(**NEW) == 1
    assert says(clinic) == OLD


def test_an_entry_without_versions_gets_its_gets_its_first_one_when_it_changes(clinic):
    factories.condition("cancer")
    Condition.objects.create(code="tumour", name="tumour", parent=factories.condition("cancer"))
    load(conditions=(condition("tumour"),))
    assert vocabulary_for(clinic).with_parents("tumour", where="x") == ("tumour", "cancer")


def test_two_clinics_and_many_changes_cost_no_query(clinic, django_assert_num_queries):
    load(**BEFORE)
    load(**AFTER)
    with django_assert_num_queries(2):
        vocabulary_for(clinic)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        (("movement", "condition"), "vocabulary_revision_of_one_entry"),
        ((), "vocabulary_revision_of_one_entry"),
        (("movement",), "vocabulary_"),
    ],
)
def test_a_version_belongs_to_one_entry_once(columns, constraint):
    load(movements=(movement("supine"),))
    rows = {"movement": factories.movement("supine"), "condition": factories.condition()}
    with pytest.raises(IntegrityError), transaction.atomic():
        VocabularyRevision.objects.create(number=1, **{name: rows[name] for name in columns})


def test_a_version_of_words_names_its_entry():
    load(movements=(movement("supine"),))
    assert str(VocabularyRevision.objects.get()) == "supine, version 1"
