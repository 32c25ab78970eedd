import pytest

from plans.actions.reviewing import review
from plans.contraindications import Level
from plans.models import Exercise
from plans.queries.issued_checks import check_publication
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(clinic):
    """A version whose first exercise offers an easier one, which asks for lying on the front."""
    pat = factories.therapist(clinic)
    easier = factories.approved_exercise(clinic, "little-bridge", movements=("prone",))
    harder = factories.approved_exercise(clinic, "bridge")
    Exercise.objects.filter(pk=harder.exercise_id).update(easier=easier.exercise_id)
    of = factories.patient(pat, has=["sciatica"])
    return factories.publication(pat, of_plan=factories.plan(pat, of=of, exercises=[harder]))


def test_an_easier_exercise_that_fits_is_no_news(issued):
    assert "easier_does_not_fit" not in {finding.code for finding in check_publication(issued).findings}
    assert review(publication=issued) is None


def test_an_easier_exercise_that_a_rule_holds_up_by_now_lists_the_plan(issued, clinic):
    factories.approved_rule(clinic, movements=("prone",), level=Level.AVOID)
    found = [
        finding for finding in check_publication(issued).findings if finding.code == "easier_does_not_fit"
    ]
    assert [(one.level, one.item) for one in found] == [(Level.CAUTION, str(issued.plan.items.get().pk))]
    assert "Little bridge" in found[0].message
    assert review(publication=issued).appeared == [f"{found[0].code} {found[0].fingerprint}"]


def test_an_easier_exercise_that_stands_in_the_plan_is_judged_there_alone(clinic):
    pat = factories.therapist(clinic)
    easier = factories.approved_exercise(clinic, "little-bridge", movements=("prone",))
    harder = factories.approved_exercise(clinic, "bridge")
    Exercise.objects.filter(pk=harder.exercise_id).update(easier=easier.exercise_id)
    issued = factories.publication(pat, of_plan=factories.plan(pat, exercises=[harder, easier]))
    factories.approved_rule(clinic, movements=("prone",), condition="muscle_weakness", level=Level.AVOID)
    codes = [finding.code for finding in check_publication(issued).findings]
    assert "easier_does_not_fit" not in codes
    assert "condition_rule" in codes
