"""One click from a follow-up to the draft of the next version, with what the library offers in the exercise's place."""

import pytest

from plans.actions import follow_ups
from plans.actions.follow_up_drafts import open_next_draft
from plans.contraindications import Level
from plans.dose import Dose, Span
from plans.models import Exercise, Feel, FollowUp, Publication
from plans.permissions import NotAllowed
from plans.queries.replacements import Relation
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(clinic):
    """The harder one and its easier one."""
    return factories.easier_pair(clinic)


def follow_up(publication, **fields):
    """What comes of three days on which the first exercise went so."""
    for days_ago in (2, 1, 0):
        entry = factories.log_entry(publication, days_ago=days_ago, **fields)
        follow_ups.raise_follow_ups(plan=publication.plan, day=entry.day)
    return FollowUp.objects.get()


def exercises_of(plan):
    return list(plan.items.values_list("revision__exercise__code", flat=True))


@pytest.mark.parametrize("told", [{"feel": Feel.HURT}, {"feel": Feel.CANNOT}, {"pain_after": 8}])
def test_what_hurts_gives_way_to_the_easier_one(pat, pair, told):
    publication = factories.publication(pat, of_plan=factories.plan(pat, exercises=[pair[0]]))
    row = follow_up(publication, **told)
    opened = open_next_draft(follow_up=row, by=pat)
    assert (opened.relation, opened.replaced) == (Relation.EASIER, 1)
    assert exercises_of(publication.plan) == ["little-bridge"]
    row.refresh_from_db()
    assert (row.seen_by, row.is_open) == (pat, True)


def test_what_is_too_easy_gives_way_to_the_harder_one(pat, pair):
    publication = factories.publication(pat, of_plan=factories.plan(pat, exercises=[pair[1]]))
    opened = open_next_draft(follow_up=follow_up(publication, feel=Feel.TOO_EASY), by=pat)
    assert (opened.relation, opened.replaced) == (Relation.HARDER, 1)
    assert exercises_of(publication.plan) == ["bridge"]


def test_nothing_is_issued(pat, pair):
    publication = factories.publication(pat, of_plan=factories.plan(pat, exercises=[pair[0]]))
    open_next_draft(follow_up=follow_up(publication, feel=Feel.HURT), by=pat)
    assert list(Publication.objects.all()) == [publication]
    # The page shows it as a change of the draft, which can be undone there.
    assert set(publication.plan.draft_changes.values_list("field", flat=True)) >= {"revision"}


def test_the_dose_comes_along_as_far_as_it_fits(pat, clinic):
    hard, _easy = factories.easier_pair(
        clinic,
        dose=Dose(sets=Span(1, 1), duration_seconds=Span(30, 30)),
        safe={"duration_seconds": Span(10, 60)},
    )
    dose = Dose(sets=Span(3, 3), repetitions=Span(12, 12), times_per_day=Span(2, 2))
    item = factories.item(hard, dose=dose, order=1, note="Slowly.")
    plan = factories.plan(pat, exercises=[])
    plan.items.bulk_create([item_of(plan, item)])
    publication = factories.publication(pat, of_plan=plan)
    open_next_draft(follow_up=follow_up(publication, feel=Feel.HURT), by=pat)
    (stored,) = plan.items.all()
    assert (stored.dose.sets, stored.dose.repetitions) == (Span(3, 3), None)
    assert (stored.dose.duration_seconds, stored.dose.times_per_day) == (Span(30, 30), Span(2, 2))
    assert stored.note == "Slowly."


def item_of(plan, item):
    item.plan = plan
    return item


def test_an_exercise_that_the_rules_avoid_is_not_offered(pat, clinic, pair):
    factories.approved_rule(clinic, movements=("prone",), level=Level.AVOID)
    of = factories.patient(pat, has=["sciatica"])
    publication = factories.publication(pat, of_plan=factories.plan(pat, of=of, exercises=[pair[0]]))
    opened = open_next_draft(follow_up=follow_up(publication, feel=Feel.HURT), by=pat)
    assert (opened.relation, opened.replaced) == (Relation.EASIER, 0)
    assert exercises_of(publication.plan) == ["bridge"]


@pytest.mark.parametrize("fields", [{"approved": False}, {"equipment": ("resistance_band",)}])
def test_nor_one_that_nobody_approved_or_for_which_a_thing_is_missing(pat, clinic, fields):
    hard, _ = factories.easier_pair(clinic, **fields)
    publication = factories.publication(pat, of_plan=factories.plan(pat, exercises=[hard]))
    opened = open_next_draft(follow_up=follow_up(publication, feel=Feel.HURT), by=pat)
    assert opened.replaced == 0


def test_nor_one_that_the_plan_has_already(pat, pair):
    publication = factories.publication(pat, of_plan=factories.plan(pat, exercises=list(pair)))
    opened = open_next_draft(follow_up=follow_up(publication, feel=Feel.HURT), by=pat)
    assert (opened.replaced, exercises_of(publication.plan)) == (0, ["bridge", "little-bridge"])


def test_a_second_click_and_what_the_therapist_changed_are_left_alone(pat, clinic, pair):
    easiest = factories.approved_exercise(clinic, "lying-still")
    Exercise.objects.filter(pk=pair[1].exercise_id).update(easier=easiest.exercise_id)
    publication = factories.publication(pat, of_plan=factories.plan(pat, exercises=[pair[0]]))
    row = follow_up(publication, feel=Feel.HURT)
    for _ in range(2):
        opened = open_next_draft(follow_up=row, by=pat)
    assert (opened.relation, opened.replaced) == (None, 0)
    assert exercises_of(publication.plan) == ["little-bridge"]


def test_a_warning_sign_opens_the_draft_alone(pat, pair):
    publication = factories.publication(pat, of_plan=factories.plan(pat, exercises=[pair[0]]))
    day = factories.day_entry(publication, signs=["fever"])
    follow_ups.raise_follow_ups(plan=publication.plan, day=day.day)
    opened = open_next_draft(follow_up=FollowUp.objects.get(), by=pat)
    assert (opened.plan, opened.relation) == (publication.plan, None)
    assert exercises_of(publication.plan) == ["bridge"]


def test_only_who_cares_for_the_patient_opens_it(pat, clinic, pair):
    publication = factories.publication(pat, of_plan=factories.plan(pat, exercises=[pair[0]]))
    row = follow_up(publication, feel=Feel.HURT)
    with pytest.raises(NotAllowed):
        open_next_draft(follow_up=row, by=factories.therapist(clinic))
    assert exercises_of(publication.plan) == ["bridge"]
    row.refresh_from_db()
    assert row.seen_at is None
