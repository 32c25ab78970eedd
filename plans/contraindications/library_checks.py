"""Whether the plan's exercises are approved, current, single, and doable with what is at home."""

from collections.abc import Iterator, Sequence
from typing import Final

from plans.contraindications.facts import (
    ItemFacts,
    LeafletFacts,
    PlanFacts,
    ReviewState,
    SignFacts,
    SignState,
)
from plans.contraindications.finding import Finding, item_finding, plan_finding
from plans.contraindications.levels import Level

MAX_NAMED: Final = 4
"""Of warning signs of the same day that are not printed; those that threaten life are all named."""


def check_library(facts: PlanFacts) -> Iterator[Finding]:
    if not facts.language_ready:
        message = f"The fixed words of the handout are not reviewed in this language ({facts.language})."
        yield plan_finding("language_not_ready", message, "Choose another language, or have them reviewed.")
    for leaflet in facts.leaflets:
        yield from _check_leaflet(leaflet, facts.language)
    yield from _check_signs(facts)
    seen: set[str] = set()
    for item in facts.items:
        yield from _check_review(item, facts.language)
        yield from _check_revision(item)
        yield from _check_equipment(item, facts.equipment)
        if item.exercise_code in seen:
            message = "This exercise is in the plan twice."
            yield item_finding("exercise_duplicate", _name(item), message, "Remove one of the two.")
        seen.add(item.exercise_code)


def _check_review(item: ItemFacts, language: str) -> Iterator[Finding]:
    if item.revision_state is not ReviewState.APPROVED:
        message = "This exercise is not approved by a reviewer of the clinic."
        yield item_finding(
            "revision_not_approved", _name(item), message, "Ask a reviewer, or choose another."
        )
    match item.text_state:
        case ReviewState.MISSING:
            message = f"This exercise has no text in the patient's language ({language})."
            yield item_finding("text_missing", _name(item), message, "Choose another exercise or language.")
        case ReviewState.NEEDS_REVIEW:
            message = f"The text of this exercise ({language}) is not approved by a reviewer of the clinic."
            yield item_finding(
                "text_not_approved", _name(item), message, "Ask a reviewer, or choose another."
            )


def _check_leaflet(leaflet: LeafletFacts, language: str) -> Iterator[Finding]:
    name = f"The leaflet “{leaflet.title}”"
    if leaflet.is_retired:
        yield plan_finding(
            "leaflet_retired", f"{name} was withdrawn from the library.", "Leave it out.", leaflet.code
        )
        return
    match leaflet.state:
        case ReviewState.MISSING:
            message = f"{name} has no text in the patient's language ({language})."
            yield plan_finding("leaflet_missing", message, "Leave it out.", leaflet.code)
        case ReviewState.NEEDS_REVIEW:
            message = f"{name} ({language}) is not approved by a reviewer of the clinic."
            yield plan_finding(
                "leaflet_not_approved", message, "Ask a reviewer, or leave it out.", leaflet.code
            )


def _check_signs(facts: PlanFacts) -> Iterator[Finding]:
    """Yield one finding for each reason for which warning signs of this plan are not printed, and each urgency."""
    language = facts.language
    missing = (
        "sign_missing",
        f"Warning signs without a sentence in the patient's language ({language}), so not printed:",
        "Tell the patient yourself, or choose another language.",
    )
    unread = (
        "sign_not_approved",
        f"Warning signs whose sentence ({language}) no reviewer has approved, so not printed:",
        "Ask a reviewer, or tell the patient yourself.",
    )
    for state, (code, message, action) in {
        SignState.MISSING: missing,
        SignState.NEEDS_REVIEW: unread,
    }.items():
        signs = [sign for sign in facts.signs if sign.state is state]
        if urgent := [sign for sign in signs if sign.is_emergency]:
            # Without such a sentence the patient may not know when to call for help: each is named and answered for.
            said = f"{message} {'; '.join(sign.name for sign in urgent)}."
            yield plan_finding(code, said, action, *_codes(urgent))
        if others := [sign for sign in signs if not sign.is_emergency]:
            found = plan_finding(code, f"{message} {_names(others)}.", action, *_codes(others))
            yield found._replace(level=Level.CAUTION)
    if signs := [sign for sign in facts.signs if sign.state is SignState.NO_ROOM]:
        message = f"Warning signs without room on their page, so not printed: {_names(signs)}."
        yield plan_finding("sign_without_room", message, "Tell the patient yourself.", *_codes(signs))


def _codes(signs: Sequence[SignFacts]) -> tuple[str, ...]:
    return tuple(sign.code for sign in signs)


def _names(signs: Sequence[SignFacts]) -> str:
    named = [sign.name for sign in signs[:MAX_NAMED]]
    more = [f"{len(signs) - MAX_NAMED} more"] if len(signs) > MAX_NAMED else []
    return "; ".join((*named, *more))


def _check_revision(item: ItemFacts) -> Iterator[Finding]:
    if not item.movements:
        message = "Nothing says what this exercise asks of the body: no rule could be applied."
        action = "Have its movements entered in the library."
        yield item_finding("exercise_without_movements", _name(item), message, action)
    if item.retired:
        message = "This exercise was withdrawn from the library."
        action = "Choose another exercise, or record why this patient keeps it."
        yield item_finding("exercise_retired", _name(item), message, action)
    elif item.in_use_number is None:
        yield from _check_withdrawn(item)
    elif item.in_use_number != item.revision_number:
        other = f"the clinic goes on with revision {item.in_use_number}"
        message = f"Revision {item.revision_number} of this exercise; {other}."
        action = "Look at what changed, and take the newest approved revision."
        yield item_finding("revision_outdated", _name(item), message, action, str(item.in_use_number))


def _check_withdrawn(item: ItemFacts) -> Iterator[Finding]:
    """Yield a revision that is approved still, while the approval of the one in its place was withdrawn."""
    if item.revision_state is ReviewState.APPROVED:
        message = "The approval of a newer revision of this exercise was withdrawn."
        action = "Ask a reviewer whether this one may go on, or choose another exercise."
        yield item_finding("revision_outdated", _name(item), message, action, "withdrawn")


def _check_equipment(item: ItemFacts, at_home: frozenset[str]) -> Iterator[Finding]:
    lacking = sorted(item.equipment - at_home)
    if lacking:
        names = ", ".join(name.replace("_", " ") for name in lacking)
        message = f"Not at home: {names}."
        action = "Lend it, choose another exercise, or correct what is at home."
        yield item_finding("equipment_missing", _name(item), message, action, *lacking)


def _name(item: ItemFacts) -> tuple[str, str]:
    return item.key, item.revision_id
