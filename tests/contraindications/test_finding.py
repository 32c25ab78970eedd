import re

from plans.contraindications import KINDS, Finding, Level
from plans.contraindications.finding import item_finding, plan_finding
from tests.contraindications.world import RULES

# The codes are kept in records: this copy of the table fails if one is renamed or changes its level.
TABLE = {
    "stop": "red_flag_emergency red_flag_same_day cause_first date_impossible plan_empty dose_impossible"
    " dose_amount_missing dose_side_missing dose_frequency_missing exercise_without_movements"
    " sentence_missing sentence_not_approved revision_not_approved text_not_approved text_missing"
    " leaflet_not_approved leaflet_missing leaflet_retired language_not_ready condition_rule",
    "avoid": "dose_outside_safe_range exercise_retired condition_rule limit sign_not_approved sign_missing",
    "caution": "clearance_does_not_count no_condition diagnosis_unchecked diagnosis_named date_missing due_date_past"
    " pain_control_first review_date_missing review_date_past review_date_far dose_frequency_partial dose_until_past"
    " burden_too_many burden_long revision_outdated exercise_duplicate equipment_missing"
    " easier_does_not_fit sources_disagree side_missing kind_missing condition_rule sign_not_approved sign_missing",
    "advice": "burden_many dose_rest_missing dose_side_unexpected order_changes_position sources_disagree"
    " code_means_several side_missing check_first limit_not_checked sign_without_room",
}
PATIENT_COPY = (
    "sentence_missing sentence_not_approved revision_not_approved text_not_approved text_missing"
    " leaflet_not_approved leaflet_missing leaflet_retired language_not_ready"
)


def test_the_table_of_codes_is_as_agreed():
    for level in Level:
        found = {code for code, kind in KINDS.items() if level in kind.levels}
        assert found == set(TABLE[level].split())


def test_only_these_stop_the_patients_copy_alone():
    assert {code for code, kind in KINDS.items() if kind.patient_copy_only} == set(PATIENT_COPY.split())


def test_only_the_words_of_the_next_issue_stop_no_issue_there_is():
    """A revision that a reviewer took back is a recall: it stops what the patient holds."""
    words = set(PATIENT_COPY.split()) - {"revision_not_approved"}
    assert {code for code, kind in KINDS.items() if kind.next_issue_only} == words
    found = {
        code for code, kind in KINDS.items() if Finding(code, kind.levels[0], None, "", "").next_issue_only
    }
    assert found == words


def test_reasons_are_for_avoid_and_for_too_many_exercises():
    def needs(code, level):
        return Finding(code, level, None, "", "").needs_reason

    found = {code for code, kind in KINDS.items() for level in kind.levels if needs(code, level)}
    assert found == {
        "condition_rule",
        "limit",
        "dose_outside_safe_range",
        "exercise_retired",
        "burden_too_many",
        "diagnosis_named",
        "sign_not_approved",
        "sign_missing",
    }
    assert not needs("condition_rule", Level.CAUTION)
    assert not needs("sign_not_approved", Level.CAUTION)
    assert not needs("condition_rule", Level.STOP)


def test_ranks_begin_with_the_gravest():
    assert [level.rank for level in (Level.STOP, Level.AVOID, Level.CAUTION, Level.ADVICE)] == [0, 1, 2, 3]


def test_fingerprint_is_short_stable_and_tells_no_name():
    found = plan_finding("diagnosis_unchecked", "message", "action", "gout")
    assert re.fullmatch(r"[0-9a-f]{32}", found.fingerprint)
    assert (
        found.fingerprint == "0e2a2c956d449d88ac0c87456d11b2ad"
    )  # kept in records, so it must not drift between versions
    assert found._replace(message="other", action="other").fingerprint == found.fingerprint


def test_fingerprint_depends_on_each_part():
    found = item_finding("exercise_retired", ("key", "revision"), "message", "action", "more")
    others = [
        found._replace(code="exercise_duplicate"),
        found._replace(level=Level.CAUTION),
        found._replace(item="other"),
        found._replace(rule=RULES[0]),
        found._replace(rule=RULES[1]),
        found._replace(identity=("revision", "less")),
        item_finding("exercise_retired", ("key", "revision 2"), "message", "action", "more"),
    ]
    assert len({f.fingerprint for f in (found, *others)}) == 1 + len(others)
    assert found.item == "key"
