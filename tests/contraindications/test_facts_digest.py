from dataclasses import replace

from plans.contraindications import SymptomFacts, digest_of
from tests.contraindications.world import CLEARED, condition, days_ago, exercise, limit, plan

BEFORE = plan(conditions=(condition("sciatica"), condition("disc_herniation", onset=days_ago(9))))


def test_what_is_known_of_the_patient_has_a_name_whatever_the_order_and_the_plan():
    other = replace(
        BEFORE,
        conditions=BEFORE.conditions[::-1],
        items=(exercise("cat-cow"),),
        today=days_ago(-3),
        review_date=None,
    )
    assert digest_of(other) == digest_of(BEFORE)
    renamed = tuple(replace(one, name="Another name") for one in BEFORE.conditions)
    assert digest_of(replace(BEFORE, conditions=renamed)) == digest_of(BEFORE)


def test_each_new_or_changed_fact_gives_another_name():
    sciatica, disc = BEFORE.conditions
    fever = SymptomFacts(code="fever", name="Fever")
    changed = [
        BEFORE,
        replace(BEFORE, conditions=(sciatica,)),
        replace(BEFORE, conditions=(sciatica, replace(disc, onset=days_ago(8)))),
        replace(BEFORE, conditions=(sciatica, replace(disc, clearance=CLEARED))),
        replace(BEFORE, conditions=(replace(sciatica, side="left"), disc)),
        replace(BEFORE, symptoms=(fever,)),
        replace(BEFORE, limits=(limit("kneeling"),)),
        replace(BEFORE, limits=(limit("kneeling", until=days_ago(-5)),)),
        replace(BEFORE, limits=(limit("kneeling", clearance=CLEARED),)),
        replace(BEFORE, symptoms=(replace(fever, noted_on=days_ago(1)),)),
    ]
    assert len({digest_of(facts) for facts in changed}) == len(changed)
