from datetime import date

import pytest

from plans.actions.edit_plan import edit_plan
from plans.actions.plan_dates import DateTooFar
from plans.libraryfiles.vocabulary import Level
from plans.models import AuditEvent, Plan, Reason
from plans.queries.checks import check_plan
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(pat, clinic):
    """A draft of which one finding asks for a reason."""
    factories.approved_rule(clinic, level=Level.AVOID)
    return factories.plan(pat, of=factories.patient(pat, has=("sciatica",)))


def asked_of(plan):
    (asked,) = [finding.fingerprint for finding in check_plan(plan).findings if finding.needs_reason]
    return asked


def edit(plan, by, **fields):
    given = {"items": (), "removed": (), "therapies": (), "leaflets": (), "reasons": {}, **fields}
    return edit_plan(plan=plan, by=by, **given)


def test_plan_and_reason_are_written_together(pat, plan):
    plan.goals = "Walk"
    edit(plan, pat, reasons={asked_of(plan): "Eased in the clinic."})
    assert Plan.objects.get().goals == "Walk"
    assert Reason.objects.get().words == "Eased in the clinic."


def test_a_reason_whose_finding_the_change_ends_is_dropped(pat, plan):
    asked = asked_of(plan)
    edit(plan, pat, removed=[plan.items.get().pk], reasons={asked: "Eased in the clinic."})
    assert not Reason.objects.exists()


def test_a_plan_that_is_refused_leaves_no_reason_written(pat, plan):
    asked, before = asked_of(plan), AuditEvent.objects.count()
    plan.start_on = date(2200, 1, 1)
    with pytest.raises(DateTooFar):
        edit(plan, pat, reasons={asked: "Eased in the clinic."})
    assert not Reason.objects.exists()
    assert AuditEvent.objects.count() == before
