"""The starter vocabulary, the table of rules and small makers of facts, for the engine's tests."""

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from plans.contraindications import (
    Anchor,
    Clearance,
    ConditionFacts,
    Finding,
    ItemFacts,
    Level,
    LimitFacts,
    PlanFacts,
    Rule,
    Vocabulary,
    check,
)
from plans.dose import Dose, Frequency, Span

TODAY = date(2026, 3, 2)

MOVEMENTS: dict[str, tuple[str, ...]] = {
    "spine_flexion": (),
    "spine_flexion_end_range": ("spine_flexion",),
    "resisted_trunk_flexion": ("spine_flexion",),
    "spine_extension": (),
    "spine_extension_end_range": ("spine_extension",),
    "spine_extension_repeated": ("spine_extension",),
    "resisted_spine_extension": ("spine_extension",),
    "spine_rotation": (),
    "spine_rotation_end_range": ("spine_rotation",),
    "rotation_feet_planted": ("spine_rotation",),
    "extension_with_rotation": ("spine_extension", "spine_rotation"),
    "side_bending": (),
    "neural_tension": (),
    "hip_flexion_end_range": (),
    "hip_extension_loaded": (),
    "deep_knee_flexion": (),
    "kneeling": (),
    "prone": (),
    "supine": (),
    "weight_on_hands": (),
    "single_leg_loading": (),
    "unstable_stance": (),
    "lifting": (),
    "lifting_max_load": ("lifting",),
    "lifting_from_floor_or_overhead": ("lifting",),
    "high_impact": (),
    "upright_walking": (),
    "prolonged_standing": (),
    "water": (),
    "sit_up": ("resisted_trunk_flexion",),
}

CONDITIONS: dict[str, str | None] = {
    "disc_herniation": None,
    "sciatica": None,
    "radiculopathy": None,
    "chronic_low_back_pain": None,
    "lumbar_stenosis": None,
    "lumbar_arthritis": None,
    "facet_joint_pain": "lumbar_arthritis",
    "spondylolisthesis": None,
    "spondylolysis_active": None,
    "osteoporosis": None,
    "vertebral_compression_fracture": "osteoporosis",
    "lumbar_surgery_postop": None,
    "lumbar_fusion_postop": "lumbar_surgery_postop",
    "microdiscectomy_postop": "lumbar_surgery_postop",
    "axial_spondyloarthritis_ankylosed": None,
    "pregnancy": None,
    "pregnancy_diastasis": "pregnancy",
    "pregnancy_pelvic_girdle_pain": "pregnancy",
    "unstable_medical": None,
    "muscle_weakness": None,
    "vascular_abnormality_of_spine": None,
    "spinal_tumour": None,
    "spinal_infection": None,
}
CAUSE_FIRST = ("vascular_abnormality_of_spine", "spinal_tumour", "spinal_infection")

VOCABULARY = Vocabulary(movements=MOVEMENTS, conditions=CONDITIONS, cause_first=CAUSE_FIRST)

EXERCISES: dict[str, tuple[str, tuple[str, ...]]] = {
    "childs-pose": ("kneeling", ("spine_flexion_end_range", "deep_knee_flexion", "kneeling")),
    "single-knee-to-chest": ("supine", ("spine_flexion", "hip_flexion_end_range", "supine")),
    "cat-cow": ("hands_and_knees", ("spine_flexion", "spine_extension", "kneeling", "weight_on_hands")),
    "pelvic-tilt": ("supine", ("supine",)),
    "bird-dog": ("hands_and_knees", ("kneeling", "weight_on_hands", "unstable_stance")),
    "glute-bridge": ("supine", ("supine", "hip_extension_loaded")),
    "prone-press-up": (
        "prone",
        ("spine_extension_end_range", "spine_extension_repeated", "prone", "weight_on_hands"),
    ),
    "lower-trunk-rotation": ("supine", ("spine_rotation_end_range", "supine")),
    "supine-leg-raise-stretch": ("supine", ("neural_tension", "supine")),
    "walking": ("standing", ("upright_walking",)),
    "water-walking": ("water", ("water",)),
}


def _read_rule(row: dict[str, str]) -> Rule:
    movements = frozenset() if row["movements"] == "*" else frozenset(row["movements"].split(";"))
    return Rule(
        code=row["id"],
        version=1,
        condition=row["condition"],
        movements=movements,
        whole_plan=row["movements"] == "*",
        level=Level(row["level"]),
        anchor=Anchor(row["anchor"]) if row["anchor"] else None,
        from_day=int(row["from_day"]) if row["from_day"] else None,
        to_day=int(row["to_day"]) if row["to_day"] else None,
        until_cleared=row["until_cleared"] == "yes",
        rationale=row["rationale"],
        evidence=row["evidence"],
        source=row["source"],
        counter_evidence=row["counter_evidence"],
        sentence=f"Because of rule {row['id']}: take care.",
        sentence_approved=True,
    )


def _read_rules() -> tuple[Rule, ...]:
    with (Path(__file__).parent / "rules.csv").open(newline="") as file:
        return tuple(_read_rule(row) for row in csv.DictReader(file))


RULES = _read_rules()

DOSE = Dose(sets=Span(1, 1), repetitions=Span(10, 10))
DAILY = Frequency(times_per_day=Span(1, 1), days_per_week=Span(7, 7))
CLEARED = Clearance(by="Dr Ana Lee", on=TODAY, how="Scan seen, wound closed")


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def condition(code: str, **facts: object) -> ConditionFacts:
    return ConditionFacts(code=code, name=code.replace("_", " ").capitalize(), **facts)


def limit(movement: str = "", **facts: object) -> LimitFacts:
    given = {"words": "Do not kneel.", "said_by": "Dr Ana Lee", "said_on": days_ago(3)}
    return LimitFacts(movement=movement, **(given | facts))


def item(*movements: str, key: str = "item", **facts: object) -> ItemFacts:
    given = {"exercise_code": f"exercise-{key}", "name": key, "position": "supine", "dose": DOSE}
    given |= {"revision_id": f"revision-{key}", "movements": frozenset(movements or ("side_bending",))}
    return ItemFacts(key=key, **(given | facts))


def exercise(code: str, **facts: object) -> ItemFacts:
    position, movements = EXERCISES[code]
    return item(*movements, **({"key": code, "exercise_code": code, "position": position} | facts))


def plan(*items: ItemFacts, **facts: object) -> PlanFacts:
    """Make a plan that has nothing to find, but for what the test gives."""
    given = {
        "today": TODAY,
        "birth_date": date(1970, 5, 17),
        "start_date": TODAY,
        "review_date": TODAY + timedelta(days=28),
        "frequency": DAILY,
        "conditions": (condition("muscle_weakness"),),
    }
    return PlanFacts(items=items or (item(),), **(given | facts))


def findings(facts: PlanFacts, rules: Iterable[Rule] = RULES) -> tuple[Finding, ...]:
    return check(facts, rules, VOCABULARY)


def codes(facts: PlanFacts, rules: Iterable[Rule] = RULES) -> list[str]:
    return [finding.code for finding in findings(facts, rules)]


def the(code: str, facts: PlanFacts, rules: Iterable[Rule] = RULES) -> Finding:
    """Give the only finding of a code."""
    (found,) = (finding for finding in findings(facts, rules) if finding.code == code)
    return found


def fired(facts: PlanFacts, rules: Iterable[Rule] = RULES) -> dict[str, Level]:
    """Give the rules that spoke, with their levels."""
    return {f.rule.code: f.level for f in findings(facts, rules) if f.code == "condition_rule"}
