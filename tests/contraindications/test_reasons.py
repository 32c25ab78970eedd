from plans.contraindications import Level, RedFlag, ReviewState, SymptomFacts, blocking, open_questions
from tests.contraindications.world import condition, days_ago, exercise, findings, item, plan

DISC = condition("disc_herniation", onset=days_ago(7))


def test_avoid_needs_a_reason_and_has_it_by_its_fingerprint():
    found = findings(plan(exercise("single-knee-to-chest"), exercise("cat-cow"), conditions=(DISC,)))
    asked = open_questions(found, {})
    assert [(f.item, f.level) for f in asked] == [
        ("single-knee-to-chest", Level.AVOID),
        ("cat-cow", Level.AVOID),
    ]
    answered = {asked[0].fingerprint: "Pain settles with it."}
    assert open_questions(found, answered) == asked[1:]
    assert open_questions(found, answered | {asked[1].fingerprint: "  "}) == asked[1:]


def test_cautions_and_stops_need_none():
    fever = SymptomFacts(code="fever", name="Fever", red_flag=RedFlag.SAME_DAY)
    found = findings(plan(symptoms=(fever,), review_date=None))
    assert {f.level for f in found} == {Level.STOP, Level.CAUTION}
    assert open_questions(found, {}) == ()


def test_blocking_gives_the_stops():
    fever = SymptomFacts(code="fever", name="Fever", red_flag=RedFlag.SAME_DAY)
    unread = item(text_state=ReviewState.MISSING)
    found = findings(plan(unread, exercise("cat-cow"), conditions=(DISC,), symptoms=(fever,)))
    assert [f.code for f in blocking(found)] == ["red_flag_same_day", "text_missing"]
    assert [f.code for f in blocking(found, patient_copy=False)] == ["red_flag_same_day"]
