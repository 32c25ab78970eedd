import pytest

from plans.actions.apply_protocol import ProtocolRetired
from plans.actions.edit_plan import edit_plan
from plans.actions.protocols import retire_protocol
from plans.libraryfiles.vocabulary import Level
from plans.models import AuditEvent, Plan, Reason
from plans.queries.checks import check_plan
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def protocol(clinic, lead):
    return factories.protocol(
        lead, exercises=[factories.approved_exercise(clinic, "bridge", movements=("prone",))]
    )


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


def test_plan_reason_and_protocol_are_written_together(pat, plan, protocol):
    plan.goals = "Walk"
    edited = edit(plan, pat, reasons={asked_of(plan): "Eased in the clinic."}, protocol=protocol)
    assert Plan.objects.get().goals == "Walk"
    assert Reason.objects.get().words == "Eased in the clinic."
    assert [item.revision.exercise.code for item in edited.joined.added] == ["bridge"]


def test_a_plan_without_a_protocol_tells_of_none(pat, plan):
    assert edit(plan, pat).joined is None


def test_a_reason_whose_finding_the_change_ends_is_dropped(pat, plan):
    asked = asked_of(plan)
    edit(plan, pat, removed=[plan.items.get().pk], reasons={asked: "Eased in the clinic."})
    assert not Reason.objects.exists()


def test_a_protocol_that_is_refused_leaves_nothing_written(pat, lead, plan, protocol):
    retire_protocol(protocol=protocol, by=lead)
    asked, before = asked_of(plan), AuditEvent.objects.count()
    plan.goals = "Walk"
    with pytest.raises(ProtocolRetired):
        edit(plan, pat, reasons={asked: "Eased in the clinic."}, protocol=protocol)
    assert Plan.objects.get().goals == ""
    assert not Reason.objects.exists()
    assert AuditEvent.objects.count() == before
