import pytest
from django.db import transaction

from plans.actions import rules
from plans.models import Rule, RuleRevision
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_rule_that_matches_nothing_is_refused():
    factories.condition()
    with pytest.raises(rules.UnknownInRule, match="flying"), transaction.atomic():
        rules.write_rule(data=factories.rule_data(movements=("flying",)), clinic=None, by=None)
    assert not Rule.objects.exists()


def test_a_changed_rule_gets_the_next_version():
    factories.rule()
    factories.rule()
    assert factories.rule(rationale="another").number == 2
    assert RuleRevision.objects.filter(newest=True).count() == 1
