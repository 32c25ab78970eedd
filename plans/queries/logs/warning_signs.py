"""The warning signs that a patient may tick: the fixed ones of every handout, and those of the plan, by code."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from uuid import UUID

from plans.content import BrokenContent, PlanContent, SignContent, UnknownSchema, from_json
from plans.contraindications import RedFlag
from plans.handout import strings
from plans.models import Publication

FIXED_SIGNS: Mapping[RedFlag, tuple[str, ...]] = {
    RedFlag.EMERGENCY: (
        "saddle_numbness",
        "bladder_or_bowel_control_loss",
        "new_loss_of_sexual_feeling",
        "both_legs_weak_numb_or_painful",
        "serious_fall_or_accident",
        "chest_pain_or_breathlessness",
    ),
    RedFlag.SAME_DAY: (
        "fever",
        "unexplained_weight_loss",
        "new_weakness_in_one_leg_or_foot",
        "hot_swollen_calf",
        "leaking_wound",
    ),
}
"""The library's codes of the symptoms in the handout's fixed words, in the order in which the handout says them."""


def known_signs(content: PlanContent) -> Mapping[str, RedFlag]:
    """Return how fast to act on each sign that may be ticked, by its code."""
    fixed = {code: flag for flag, codes in FIXED_SIGNS.items() for code in codes}
    return fixed | {sign.code: RedFlag(sign.red_flag) for sign in content.signs}


def say_signs(content: PlanContent, flag: RedFlag, *, only: Collection[str] | None = None) -> dict[str, str]:
    """Return the words of the signs of this kind by code, in the active language; of `only` these, if given."""
    fixed = {
        RedFlag.EMERGENCY: strings.say_emergencies,
        RedFlag.SAME_DAY: strings.say_same_day_signs,
    }[flag]()
    said = dict(zip(FIXED_SIGNS[flag], fixed, strict=True))
    said |= {sign.code: sign.words for sign in content.signs if sign.red_flag == flag}
    return {code: words for code, words in said.items() if only is None or code in only}


def signs_of_versions(plan_id: UUID, codes: Collection[str]) -> Mapping[str, SignContent]:
    """Return those of these signs that any version of the plan has, by code, in its newest words."""
    found: dict[str, SignContent] = {}
    for row in Publication.objects.filter(plan=plan_id).select_related("content").order_by("number"):
        with suppress(BrokenContent, UnknownSchema):
            found |= {sign.code: sign for sign in from_json(row.content.json).signs if sign.code in codes}
    return found
