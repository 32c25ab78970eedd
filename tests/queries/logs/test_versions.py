"""Which version a day and an exercise belong to."""

from datetime import timedelta
from uuid import uuid4

from plans.actions import plans as plan_actions
from plans.queries.logs import holds_item, version_holding, version_of_day, versions_by_item
from tests import factories
from tests.logs import issue_again, issued_days_ago, keys_of, plan_of


def test_the_version_of_a_day_is_the_newest_issued_by_then(pat, clinic):
    first = issued_days_ago(plan_of(pat), 10)
    second = issued_days_ago(issue_again(first, pat), 5)
    third = issue_again(second, pat)
    days = (12, 10, 6, 5, 1, 0)

    found = [version_of_day(first.plan, clinic.today() - timedelta(days=days_ago)) for days_ago in days]

    assert found == [first, first, first, second, second, third]


def test_an_exercise_is_followed_across_versions(pat, clinic):
    first = plan_of(pat, 2)
    stays, left = keys_of(first)
    plan = first.plan
    new = factories.item(factories.approved_exercise(clinic, "new"), order=5)
    plan_actions.save_plan(plan=plan, items=[new], removed=[left], by=pat)
    second = factories.publication(pat, of_plan=plan)

    assert versions_by_item(plan.pk) == {stays: second, left: first, new.pk: second}
    assert (holds_item(second, stays), holds_item(second, left)) == (True, False)
    assert version_holding(first, stays) == first
    assert version_holding(second, left) == first
    assert version_holding(first, new.pk) == second
    assert version_holding(second, uuid4()) is None
