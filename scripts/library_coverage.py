"""Write docs/library-coverage.md: what the rules of the starter library reach, and what they do not, with the reason.

    python -m scripts.library_coverage

A reason that is missing, or that nothing needs any more, fails in tests/library/test_coverage.py.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from plans.libraryfiles import Library, RuleData, read_library

ROOT = Path(__file__).resolve().parents[1]
STARTER = ROOT / "plans" / "library"
PAGE = ROOT / "docs" / "library-coverage.md"

UNNAMED = {
    "breath_control": "calm breathing is for nearly everybody",
    "elbow_movement": "the limits of the elbow are those of its load and of the hand",
    "elbow_resisted": "as lifting, which exercises with a weight ask for beside it",
    "finger_movement": "fingers are to move, in a cast too",
    "pelvic_floor_contraction": "no source names a limit",
    "scapula_movement": "drawing the blades back without load is allowed early after shoulder and heart surgery",
    "side_bending": "the two guides name no limit",
    "toe_extension_end_range": "no source names a limit",
    "trunk_bracing": "gentle; its strong form is abdominal_pressure_high",
}
"""Why no rule speaks of a movement, nor of what it implies."""
RULELESS = {
    "back_injury": "a word for advice and leaflets: its kinds have the rules",
    "cervicogenic_headache": "its parent neck_pain has the rules",
    "muscle_weakness": "a reason for exercise, no limit",
    "poor_posture": "a reason for exercise, no limit",
    "rheumatoid_arthritis": "its flare and its loose neck have the rules",
    "tight_muscles": "a reason for exercise, no limit",
}
"""Why a condition has no rule of its own."""
UNUSED = {
    "extension_with_rotation": "none bends back and twists at once",
    "eyes_closed_balance": "foam-stand is done with open eyes",
    "high_impact": "none runs, hops or jumps",
    "lifting_from_floor_or_overhead": "no load is taken from the floor or over the head",
    "lifting_max_load": "none asks for full strength",
    "prolonged_standing": "none is stood for long without moving",
    "rotation_feet_planted": "none twists on planted feet",
    "sit_up": "curl-up-mcgill lifts head and shoulders alone",
}
"""Why no exercise of the starter library asks for a movement that rules speak of."""


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """What has no rule, or no exercise, by code; and how many rules reach each exercise."""

    reached_by: Mapping[str, int]
    unnamed: frozenset[str]
    ruleless: frozenset[str]
    unused: frozenset[str]
    waiting: tuple[RuleData, ...]
    """Rules that speak of such movements alone: they wait for a clinic's own exercises."""

    @property
    def unreached(self) -> frozenset[str]:
        return frozenset(code for code, count in self.reached_by.items() if not count)


def measure_coverage(library: Library) -> Coverage:
    implied = {movement.code: movement.implies for movement in library.movements}
    wide = {code: _wider(code, implied) for code in implied}
    asked = {
        each.code: frozenset().union(*(wide[one] for one in each.movements)) for each in library.exercises
    }
    used = frozenset().union(*asked.values())
    rules = [rule for rule in library.rules if not rule.whole_plan]
    named = {code for rule in rules for code in rule.movements}
    held = {rule.condition for rule in library.rules}
    return Coverage(
        reached_by={
            code: sum(not movements.isdisjoint(rule.movements) for rule in rules)
            for code, movements in asked.items()
        },
        unnamed=frozenset(code for code, wider in wide.items() if not wider & named),
        ruleless=frozenset(entry.code for entry in library.conditions if entry.code not in held),
        unused=frozenset(wide) - used,
        waiting=tuple(rule for rule in rules if used.isdisjoint(rule.movements)),
    )


def _wider(code: str, implied: Mapping[str, Iterable[str]]) -> frozenset[str]:
    return frozenset({code}).union(*(_wider(above, implied) for above in implied[code]))


def page_of(library: Library) -> str:
    found = measure_coverage(library)
    parts = [
        "# What the rules of the starter library reach",
        "Written by `python -m scripts.library_coverage`; a test holds it to the library. Rules that speak of the"
        " whole plan\nreach every exercise and are not counted here.",
        _regions(library, found),
        "## Exercises that no rule reaches\n\nThey ask for nothing but movements that no rule speaks of.",
        _lines((code, _why(library, code)) for code in sorted(found.unreached)),
        "## Movements that no rule speaks of",
        _lines((code, UNNAMED.get(code, "?")) for code in sorted(found.unnamed)),
        "## Conditions without a rule of their own",
        _lines((code, RULELESS.get(code, "?")) for code in sorted(found.ruleless)),
        "## Movements that no exercise asks for\n\nA clinic's own exercise that asks for one meets the rules.",
        _lines((code, UNUSED.get(code, "?")) for code in sorted(found.unused)),
        "## Rules that wait for such an exercise",
        _lines(
            (rule.code, f"{rule.condition}: {', '.join(rule.movements)}")
            for rule in sorted(found.waiting, key=lambda rule: int(rule.code.removeprefix("rule-")))
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _regions(library: Library, found: Coverage) -> str:
    conditions = {entry.code: entry.region or "general" for entry in library.conditions}
    of_conditions = Counter(conditions.values())
    of_rules = Counter(conditions[rule.condition] for rule in library.rules)
    rows = ["| region | exercises | reached by a rule | conditions | rules |", "|---|---|---|---|---|"]
    regions = {exercise.region or "general" for exercise in library.exercises} | of_conditions.keys()
    for region in sorted(regions):
        codes = [each.code for each in library.exercises if (each.region or "general") == region]
        reached = sum(found.reached_by[code] > 0 for code in codes)
        rows.append(f"| {region} | {len(codes)} | {reached} | {of_conditions[region]} | {of_rules[region]} |")
    return "\n".join(rows)


def _why(library: Library, code: str) -> str:
    return ", ".join(next(each.movements for each in library.exercises if each.code == code))


def _lines(said: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"- `{code}`: {why}" for code, why in said)


if __name__ == "__main__":
    PAGE.write_text(page_of(read_library(STARTER)), encoding="utf-8")
