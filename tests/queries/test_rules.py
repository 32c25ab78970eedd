"""Which versions of a rule judge in a clinic."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans.actions import approving, rules
from plans.libraryfiles import Level
from plans.models import Approval
from plans.queries.approvals import rule_work
from plans.queries.rules import rules_for, versions_in_force
from tests import factories

pytestmark = pytest.mark.django_db


def judging(clinic):
    return [(rule.version, rule.level, rule.pending) for rule in rules_for(clinic, language="en")]


def withdraw(by, **approvals):
    approving.withdraw(approvals=Approval.objects.filter(**approvals), by=by)


def test_a_change_judges_beside_what_is_approved_until_it_is_approved(clinic, reviewer):
    factories.approved_rule(clinic, level=Level.AVOID)
    weaker = factories.rule(level=Level.CAUTION)
    assert judging(clinic) == [(1, "avoid", False), (2, "caution", True)]
    assert rule_work(clinic).get() == weaker
    approving.approve_rules(revisions=[weaker], clinic=clinic, by=reviewer)
    assert judging(clinic) == [(2, "caution", False)]


def test_approvals_are_each_clinics_own(clinic):
    other = factories.clinic()
    factories.approved_rule(clinic)
    factories.approved_rule(other, rationale="another")
    assert [version for version, *_ in judging(clinic)] == [1, 2]
    assert [version for version, *_ in judging(other)] == [2]


def test_a_draft_that_was_replaced_before_anybody_approved_it_judges_no_more(clinic):
    factories.approved_rule(clinic)
    factories.rule(level=Level.STOP)
    factories.rule(level=Level.AVOID)
    assert judging(clinic) == [(1, "caution", False), (3, "avoid", True)]


def test_retiring_is_a_change_that_waits(clinic, reviewer):
    rule = factories.approved_rule(clinic).rule
    retired = rules.retire_rule(rule=rule, by=None)
    assert judging(clinic) == [(1, "caution", False)]
    approving.approve_rules(revisions=[retired], clinic=clinic, by=reviewer)
    assert judging(clinic) == []
    assert not rule_work(clinic).exists()


def test_a_retired_rule_is_not_retired_twice_and_comes_back_when_it_is_written(clinic, reviewer):
    rule = factories.approved_rule(clinic).rule
    retired = rules.retire_rule(rule=rule, by=None)
    with pytest.raises(rules.RuleRetired, match="rule-x is retired already"):
        rules.retire_rule(rule=rule, by=None)
    approving.approve_rules(revisions=[retired], clinic=clinic, by=reviewer)
    factories.rule()
    assert judging(clinic) == [(3, "caution", True)]


def test_a_rule_that_nobody_approved_is_taken_back_by_who_wrote_it(clinic):
    rules.retire_rule(rule=factories.rule().rule, by=None)
    assert judging(clinic) == []


@pytest.mark.parametrize("retire", [False, True])
def test_withdrawing_an_approval_makes_no_rule_weaker(clinic, reviewer, retire):
    rule = factories.approved_rule(clinic, level=Level.AVOID).rule
    weaker = rules.retire_rule(rule=rule, by=None) if retire else factories.rule(level=Level.CAUTION)
    approving.approve_rules(revisions=[weaker], clinic=clinic, by=reviewer)
    withdraw(reviewer, rule=weaker)
    assert judging(clinic) == [(1, "avoid", False), *([] if retire else [(2, "caution", True)])]


def test_a_version_whose_approval_is_withdrawn_judges_on_beside_its_change(clinic, reviewer):
    factories.approved_rule(clinic, level=Level.AVOID)
    factories.rule(level=Level.CAUTION)
    withdraw(reviewer, clinic=clinic)
    assert judging(clinic) == [(1, "avoid", True), (2, "caution", True)]


def test_many_versions_cost_no_query(clinic, reviewer, django_assert_num_queries):
    for number in range(6):
        factories.approved_rule(clinic, rationale=f"reason {number}")
    factories.rule(rationale="pending")
    rules_for(clinic, language="en")
    with django_assert_num_queries(1):
        assert len(rules_for(clinic, language="en")) == 2


@pytest.mark.postgresql
def test_many_rules_are_no_work_where_the_database_takes_the_tables_for_empty(clinic, reviewer):
    """As it does after a library came in at once, or tables were emptied, until it has counted anew."""
    for number in range(30):
        factories.approved_rule(clinic, code=f"rule-{number}")
        factories.rule(f"rule-{number}", rationale="pending")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pg_class SET relpages = 9, reltuples = 0 WHERE relkind = 'r' AND relname LIKE 'plans_%'"
        )
    with CaptureQueriesContext(connection) as queries:
        assert len(rules_for(clinic, language="en")) == 60
        assert versions_in_force([clinic.pk]).count() == 30
    # It may well put each of 60 rows beside each of 60, a few times over; it was each of 60 beside each pair.
    assert sum(rows_touched(query["sql"]) for query in queries) < 10 * 60**2


def rows_touched(sql):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
        [plan] = cursor.fetchone()[0]
    return touched(plan["Plan"])


def touched(node):
    rows = (
        node["Actual Rows"]
        + node.get("Rows Removed by Filter", 0)
        + node.get("Rows Removed by Join Filter", 0)
    )
    return rows * node["Actual Loops"] + sum(touched(part) for part in node.get("Plans", ()))
