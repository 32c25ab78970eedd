from datetime import timedelta

from plans.contraindications import Level
from tests.contraindications.world import TODAY, codes, findings, plan, the


def test_no_condition_is_said_and_not_safe():
    found = the("no_condition", plan(conditions=()))
    assert (found.level, found.message) == (Level.CAUTION, "No condition is recorded: the rules cannot help.")


def test_free_text_is_unchecked_never_safe():
    facts = plan(unchecked_diagnoses=("slipped rib", "gout", " gout ", " "))
    found = findings(facts)
    assert [f.message for f in found] == [
        "“gout” matches no condition: nothing was checked for it.",
        "“slipped rib” matches no condition: nothing was checked for it.",
    ]
    assert {f.code for f in found} == {"diagnosis_unchecked"}
    assert len({f.fingerprint for f in found}) == 2


def test_review_date():
    assert the("review_date_missing", plan(review_date=None)).level is Level.CAUTION
    yesterday = TODAY - timedelta(days=1)
    assert the("review_date_past", plan(review_date=yesterday, start_date=None)).level is Level.CAUTION
    assert codes(plan(review_date=TODAY)) == []
