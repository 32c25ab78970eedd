"""How many exercises a plan had on a day, by the version in force on it."""

from datetime import timedelta

from plans.actions import plans as plan_actions
from plans.queries.logs.plan_sizes import exercises_of_days
from tests import factories
from tests.logs import issued_days_ago, keys_of, plan_of

DAY = timedelta(days=1)


def test_each_day_has_the_exercises_of_the_version_in_force(pat, clinic, django_assert_max_num_queries):
    first, today = issued_days_ago(plan_of(pat, 3), 5), clinic.today()
    plan_actions.save_plan(plan=first.plan, removed=keys_of(first)[:1], by=pat)
    factories.publication(pat, of_plan=first.plan)

    with django_assert_max_num_queries(2):
        found = exercises_of_days(first.plan, first=today - 6 * DAY, last=today)

    assert found == {today - days * DAY: 3 for days in (5, 4, 3, 2, 1)} | {today: 2}
