"""What must hold for every plan, patient and set of rules, not only those thought of."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from plans.contraindications import (
    KINDS,
    Anchor,
    Clearance,
    ConditionFacts,
    DiagnosisFacts,
    Disagreement,
    ItemFacts,
    Level,
    LimitFacts,
    Meaning,
    MovementSide,
    PlanFacts,
    RedFlag,
    ReviewState,
    Rule,
    Said,
    SymptomFacts,
    Vocabulary,
    check,
    make_cards,
)
from plans.dose import SPAN_FIELDS, Dose, Frequency, Side, Span
from tests.contraindications.world import CAUSE_FIRST, CONDITIONS, MOVEMENTS

SIDED = ("sciatica", "muscle_weakness", "pregnancy", "pregnancy_pelvic_girdle_pain")
VOCABULARY = Vocabulary(movements=MOVEMENTS, conditions=CONDITIONS, cause_first=CAUSE_FIRST, sided=SIDED)
sides = st.sampled_from(["", "left", "right", "both"])

# Near each other, so that windows are hit, and now and then anywhere at all.
today = date(2026, 3, 2)
dates = st.none() | st.integers(-400, 400).map(lambda days: today - timedelta(days=days)) | st.dates()
spans = st.none() | st.builds(Span, st.integers(-3, 30), st.integers(-3, 30))
words = st.sampled_from(["", " ", "Dr Ana Lee", "scan seen"])
clearances = st.builds(Clearance, by=words, on=dates, how=words)
conditions = st.builds(
    ConditionFacts,
    code=st.sampled_from(sorted(CONDITIONS)),
    name=st.sampled_from(["Back", "Leg"]),
    side=sides,
    recorded_as=st.lists(st.sampled_from(["M51.16", "M54.5"]), max_size=2, unique=True).map(tuple),
    onset=dates,
    surgery=dates,
    due_date=dates,
    clearance=clearances,
)
limits = st.builds(
    LimitFacts,
    words=st.sampled_from(["Do not kneel", "Bend"]),
    said_by=st.sampled_from(["Dr Ana Lee", "Dr Bo Ray"]),
    said_on=dates,
    until=dates,
    movement=st.just("") | st.sampled_from(sorted(MOVEMENTS)),
    side=sides,
    at_most=st.sampled_from([None, Decimal("2.5"), Decimal(90)]),
    unit=st.sampled_from(["degrees", "kilograms"]),
    clearance=clearances,
)
symptoms = st.builds(
    SymptomFacts,
    code=st.sampled_from(["fever", "numbness", "leg_pain"]),
    name=st.just("Symptom"),
    red_flag=st.none() | st.sampled_from(RedFlag),
    noted_on=dates,
    clearance=clearances,
)
meanings = st.builds(
    Meaning,
    words=st.just("words"),
    conditions=st.lists(st.sampled_from(sorted(CONDITIONS)), min_size=1, max_size=2, unique=True).map(
        lambda codes: tuple((code, code) for code in codes)
    ),
)
diagnoses = st.builds(
    DiagnosisFacts,
    words=st.sampled_from(["gout", "rib", "disc"]),
    meanings=st.lists(meanings, max_size=2).map(tuple),
    has_asides=st.booleans(),
    says_more=st.booleans(),
)
doses = st.builds(
    Dose, **dict.fromkeys(SPAN_FIELDS, spans), side=st.none() | st.sampled_from(Side), until=dates
)
movements = st.frozensets(st.sampled_from(sorted(MOVEMENTS)), max_size=4)
items = st.builds(
    ItemFacts,
    key=st.uuids().map(str),
    exercise_code=st.sampled_from(["cat-cow", "walking", "bridge"]),
    name=st.just("Exercise"),
    position=st.sampled_from(["supine", "prone", "standing"]),
    movements=movements,
    sides=st.dictionaries(st.sampled_from(sorted(MOVEMENTS)), st.sampled_from(MovementSide), max_size=4),
    dose=doses,
    revision_id=st.sampled_from(["r1", "r2"]),
    in_use_number=st.none() | st.integers(0, 3),
    revision_state=st.sampled_from(ReviewState),
    text_state=st.sampled_from(ReviewState),
    retired=st.booleans(),
    one_sided=st.booleans(),
    safe=st.dictionaries(
        st.sampled_from(SPAN_FIELDS), st.builds(Span, st.integers(0, 9), st.integers(5, 20))
    ),
    equipment=st.frozensets(st.sampled_from(["mat", "band"])),
    disagreement=st.sampled_from(
        [None, Disagreement(sides=(Said("A", "yes."), Said("B", "no.")), go_on_when="tried.")]
    ),
)
plans = st.builds(
    PlanFacts,
    today=st.just(today) | st.dates(),
    birth_date=dates,
    start_date=dates,
    review_date=dates,
    frequency=st.builds(Frequency, times_per_day=spans, days_per_week=spans),
    language_ready=st.booleans(),
    equipment=st.frozensets(st.sampled_from(["mat", "band"])),
    needs_pain_control=st.booleans(),
    symptoms=st.lists(symptoms, max_size=3).map(tuple),
    conditions=st.lists(conditions, max_size=5).map(tuple),
    limits=st.lists(limits, max_size=3).map(tuple),
    diagnoses=st.lists(diagnoses, max_size=3, unique_by=lambda one: one.words).map(tuple),
    items=st.lists(items, max_size=5, unique_by=lambda item: item.key).map(tuple),
)


@st.composite
def rules(draw):
    whole = draw(st.booleans())
    anchor = draw(st.none() | st.sampled_from(Anchor))
    start, length = draw(st.tuples(st.integers(-300, 300), st.integers(1, 300)))
    level = draw(st.sampled_from([Level.STOP, Level.AVOID, Level.CAUTION]))
    bounded = st.booleans() if anchor else st.just(False)
    return Rule(
        code=draw(st.sampled_from(["1", "2", "3"])),
        key=str(draw(st.uuids())),
        version=draw(st.integers(1, 2)),
        condition=draw(st.sampled_from(sorted(CONDITIONS))),
        movements=frozenset() if whole else draw(movements.filter(bool)),
        whole_plan=whole,
        level=level,
        check_first=whole and level is Level.CAUTION and anchor is None and draw(st.booleans()),
        anchor=anchor,
        from_day=start if draw(bounded) else None,
        to_day=start + length if draw(bounded) else None,
        until_cleared=draw(st.booleans()),
        rationale="a rationale",
        evidence="opinion",
        source="ours",
        counter_evidence=draw(st.sampled_from(["", "another view"])),
        sentence=draw(st.sampled_from(["", "Take care."])),
        sentence_approved=draw(st.booleans()),
    )


rule_lists = st.lists(rules(), max_size=12).map(tuple)

CAUSE = ("cause_first", None, "", Level.STOP)
"""It may give way to a rule's stop for the same condition, which a property of its own holds."""


def grave(found):
    """Count what a therapist may not lose sight of: stops and avoids by rule, exercise and code."""
    return Counter(
        # A stop that comes later counts as the stop that it becomes.
        (f.code, f.item, f.rule.code if f.rule else "", f.rule.level if f.rule else f.level)
        for f in found
        if f.level in (Level.STOP, Level.AVOID)
    )


@given(plans, rule_lists)
def test_no_input_crashes_and_every_finding_is_in_the_table(facts, given_rules):
    found = check(facts, given_rules, VOCABULARY)
    keys = {item.key for item in facts.items} | {None}
    for finding in found:
        assert finding.level in KINDS[finding.code].levels
        assert finding.item in keys
        assert finding.message
        assert len(finding.fingerprint) == 32


@given(plans, rule_lists, st.randoms(use_true_random=False))
def test_order_of_conditions_symptoms_limits_and_rules_makes_no_difference(facts, given_rules, chance):
    def shuffled(values):
        return tuple(chance.sample(values, len(values)))

    other = replace(
        facts,
        conditions=shuffled(facts.conditions),
        symptoms=shuffled(facts.symptoms),
        limits=shuffled(facts.limits),
        diagnoses=shuffled(facts.diagnoses),
    )
    assert check(other, shuffled(given_rules), VOCABULARY) == check(facts, given_rules, VOCABULARY)


@given(plans, rule_lists, conditions)
def test_one_more_condition_never_removes_a_stop_or_avoid(facts, given_rules, condition):
    more = replace(facts, conditions=(*facts.conditions, condition))
    before = set(grave(check(facts, given_rules, VOCABULARY)))
    after = set(grave(check(more, given_rules, VOCABULARY)))
    assert before - after <= {CAUSE}


@given(plans, rule_lists, limits)
def test_one_more_limit_removes_no_finding(facts, given_rules, limit):
    before = Counter(check(facts, given_rules, VOCABULARY))
    more = replace(facts, limits=(limit, *facts.limits))
    assert not before - Counter(check(more, given_rules, VOCABULARY))


@given(plans, rule_lists, conditions)
def test_one_more_condition_never_makes_a_cause_to_treat_disappear(facts, given_rules, condition):
    """The stop for a cause may give way only to a rule's stop for the same condition."""
    for patient in (facts, replace(facts, conditions=(*facts.conditions, condition))):
        stopped = {f.condition for f in check(patient, given_rules, VOCABULARY) if f.level is Level.STOP}
        uncleared = {c.code for c in patient.conditions if c.clearance == Clearance()}
        assert uncleared & set(CAUSE_FIRST) <= stopped


@given(plans, rule_lists, st.sampled_from(sorted(MOVEMENTS)), st.sampled_from(sorted(MOVEMENTS)))
def test_implied_movements_only_ever_add_findings(facts, given_rules, narrow, wide):
    """Saying that one movement includes another takes no stop or avoid away."""
    if narrow in VOCABULARY.wider(wide, where="the test"):
        return
    richer = Vocabulary(
        movements=MOVEMENTS | {narrow: (*MOVEMENTS[narrow], wide)},
        conditions=CONDITIONS,
        cause_first=CAUSE_FIRST,
        sided=SIDED,
    )
    lost = grave(check(facts, given_rules, VOCABULARY)) - grave(check(facts, given_rules, richer))
    assert set(lost) <= {CAUSE}


@given(plans, rule_lists, st.sampled_from(sorted(MOVEMENTS)))
def test_an_exercise_that_asks_more_of_the_body_has_no_fewer_stops_and_avoids(facts, given_rules, movement):
    asking = [replace(item, movements=item.movements | {movement}) for item in facts.items if item.movements]
    facts = replace(facts, items=tuple(item for item in facts.items if item.movements))
    more = replace(facts, items=tuple(asking))
    lost = grave(check(facts, given_rules, VOCABULARY)) - grave(check(more, given_rules, VOCABULARY))
    assert set(lost) <= {CAUSE}


@given(plans, rule_lists, rules())
def test_one_more_rule_removes_no_avoid(facts, given_rules, rule):
    before = {key for key in grave(check(facts, given_rules, VOCABULARY)) if key[3] is Level.AVOID}
    after = {key for key in grave(check(facts, (*given_rules, rule), VOCABULARY)) if key[3] is Level.AVOID}
    assert before <= after


@given(plans, rules(), rules(), st.booleans())
def test_of_two_versions_of_a_rule_the_stricter_counts_everywhere(facts, old, new, approved):
    """For each exercise the level is the graver of what either version says alone, and it is said by one of them."""
    old = replace(old, key="rule", version=1)
    new = replace(new, key="rule", version=2, pending=not approved)

    def levels(*versions):
        said = [found for found in check(facts, versions, VOCABULARY) if found.code == "condition_rule"]
        return {
            item: min((found.level for found in said if found.item == item), key=lambda level: level.rank)
            for item in {found.item for found in said}
        }, said

    before, after, (both, said) = levels(old)[0], levels(new)[0], levels(old, new)
    assert both == {
        item: min((alone[item] for alone in (before, after) if item in alone), key=lambda level: level.rank)
        for item in before.keys() | after.keys()
    }
    assert all(len({found.rule.version for found in said if found.item == item}) == 1 for item in both)


@given(plans, rule_lists, st.randoms(use_true_random=False))
def test_nothing_that_stops_or_avoids_is_hidden(facts, given_rules, chance):
    """Each is in one card, which is shown until each of its findings that takes a reason has one; a stop for ever."""
    found = check(facts, given_rules, VOCABULARY)
    cards = make_cards(found, VOCABULARY)
    carded = Counter(finding for card in cards for finding in card.findings)
    assert carded == Counter(one for one in found if one.code != "order_changes_position")
    assert len({card.cause for card in cards}) == len(cards)
    answered = {one.fingerprint for one in found if chance.random() < 0.5}
    for card in cards:
        shown = card.is_open(answered)
        for finding in card.findings:
            if finding.level is Level.STOP:
                assert shown
            if finding.level is Level.AVOID or finding.needs_reason:
                assert shown or finding.fingerprint in answered
                assert not card.is_note
        assert card.level.rank == min(finding.level.rank for finding in card.findings)


@given(plans, rule_lists)
@settings(max_examples=30)
def test_same_input_same_output(facts, given_rules):
    assert check(facts, given_rules, VOCABULARY) == check(facts, given_rules, VOCABULARY)
