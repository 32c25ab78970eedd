"""What a version of the library says, fact by fact: for lists of what differs, and for its reviewer."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from plans.admin.words.doses import DESK_WORDS
from plans.admin.words.equipment import equipment_name
from plans.admin.words.moments import day_in_words
from plans.dose import LIMITS, Limb, Phrase, Span, phrases
from plans.models import (
    ExerciseRevision,
    ExerciseText,
    LeafletText,
    LibraryProtocolRevision,
    PictureBody,
    PictureRights,
    RuleRevision,
    VocabularyRevision,
)

Facts = Mapping[tuple[str, str], str]
"""What a version says, by the label of the fact and, of words for the patient, their language."""


def rule_facts(version: RuleRevision) -> Facts:
    movements = _("the whole plan") if version.whole_plan else _names(version.movements.all())
    return {
        (_("Holds"), ""): _("no more: retired") if version.retired else _("yes"),
        (_("Condition"), ""): str(version.condition),
        (_("Level"), ""): version.level,
        (_("Movements"), ""): movements,
        (_("When"), ""): window_words(version),
        (_("Why"), ""): version.rationale,
        (_("Evidence"), ""): f"{version.evidence}: {version.source}",
        (_("Against it"), ""): version.counter_evidence,
        (_("Look again on"), ""): day_in_words(version.review_on),
        **{(_("Sentence"), row.language): row.words for row in version.sentences.all()},
    }


def window_words(version: RuleRevision) -> str:
    parts = []
    if version.anchor:
        first = (
            "" if version.from_day is None else _("from day %(from_day)s ") % {"from_day": version.from_day}
        )
        last = "" if version.to_day is None else _("to day %(value)s ") % {"value": version.to_day - 1}
        parts.append(f"{first}{last}since {version.get_anchor_display()}" if first or last else "")
    if version.until_cleared:
        parts.append(_("until cleared"))
    if version.check_first:
        parts.append(_("to check first each day"))
    return ", ".join(part for part in parts if part) or "always"


def exercise_facts(revision: ExerciseRevision) -> Facts:
    dose = "; ".join(f"{phrase.label}: {phrase.text}" for phrase in dose_phrases(revision))
    safe = "; ".join(f"{name} {span}" for name, span in safe_words(revision))
    facts = {
        (_("Kind"), ""): revision.get_kind_display(),
        (_("Position"), ""): revision.get_position_display(),
        (_("Region"), ""): revision.get_region_display(),
        (_("Level"), ""): str(revision.level or ""),
        (_("Helps"), ""): ", ".join(str(one) for one in revision.helps.select_related("condition")),
        (_("Targets"), ""): ", ".join(revision.targets).replace("_", " "),
        (_("Movements"), ""): _names(revision.movements.all()),
        (_("Equipment"), ""): ", ".join(map(equipment_name, revision.equipment)) or _("none"),
        (_("One side at a time"), ""): _("yes") if revision.one_sided else _("no"),
        (_("Works on a side"), ""): revision.get_limb_display(),
        (_("Sides of movements"), ""): ", ".join(
            f"{code}: {side}" for code, side in sorted(revision.movement_sides.items())
        ).replace("_", " "),
        (_("Default dose"), ""): dose,
        (_("Safe range"), ""): f"{safe} ({revision.safe_source})",
        (_("Source"), ""): f"{revision.source} {revision.source_note}".strip(),
        (_("Sources disagree"), ""): str(revision.disagreement or ""),
        (_("Photograph"), ""): _photo_words(revision),
    }
    for text in revision.texts.all():
        facts.update(_text_facts(text))
    return facts


def dose_phrases(revision: ExerciseRevision) -> tuple[Phrase, ...]:
    limb = Limb(revision.limb) if revision.limb else None
    return phrases(revision.dose, words=DESK_WORDS, limb=limb, one_set=True)


def _photo_words(revision: ExerciseRevision) -> str:
    row = next((row for row in revision.pictures.all() if row.body == PictureBody.PHOTO), None)
    if row is None:
        return _("none")
    if row.rights != PictureRights.RECORDED:
        return _("consent and licence are not recorded")
    return _("%(name)s agreed on %(day)s; %(licence)s") % {
        "name": row.consent_by,
        "day": day_in_words(row.consent_on),
        "licence": row.licence,
    }


def safe_words(revision: ExerciseRevision) -> list[tuple[str, str]]:
    return [
        (LIMITS[field].name, f"{Span(*ends)}{LIMITS[field].unit.partition(' (')[0]}")
        for field, ends in revision.safe.items()
    ]


def _text_facts(text: ExerciseText) -> Facts:
    words = {
        _("Name"): text.name,
        _("Other names"): ", ".join(text.also),
        _("Purpose"): text.purpose,
        _("Start"): text.start,
        _("Steps"): "\n".join(text.steps),
        _("Breathing"): text.breathing,
        _("Cautions"): "\n".join(text.cautions),
        _("Picture in words"): text.alt,
        _("For the reviewer"): text.note,
    }
    return {(label, text.language): said for label, said in words.items()}


def leaflet_facts(text: LeafletText) -> Facts:
    lines = (line for part in text.sections for line in (part["heading"], *part["lines"]))
    return {
        (_("For"), ""): ", ".join(text.meant_for).replace("_", " "),
        (_("Source"), ""): text.leaflet.source,
        (_("Title"), text.language): text.title,
        (_("Words"), text.language): "\n".join(lines),
    }


def protocol_facts(revision: LibraryProtocolRevision) -> Facts:
    until = "" if revision.to_day is None else f" to {revision.to_day - 1}"
    days = _("from day %(from_day)s%(until)s") % {"from_day": revision.from_day, "until": until}
    items = (
        f"{row.exercise.code}: "
        + ", ".join(f"{said.label}: {said.text}" for said in phrases(row.dose, words=DESK_WORDS))
        for row in revision.items.all()
    )
    return {
        (_("Condition"), ""): str(revision.condition),
        (_("Phase"), ""): revision.phase,
        (_("Days"), ""): _("%(days)s since the %(get_anchor_display)s")
        % {"days": days, "get_anchor_display": revision.get_anchor_display()}
        if revision.anchor
        else _("any"),
        (_("Exercises"), ""): "\n".join(items),
        (_("Next"), ""): revision.next or _("none"),
        (_("Source"), ""): f"{revision.source}. {revision.note}".strip(),
        **{(_("Title"), code): words for code, words in revision.titles.items()},
        **{(_("Go on when"), code): words for code, words in revision.go_on_when.items()},
    }


def vocabulary_facts(version: VocabularyRevision) -> dict[tuple[str, str], str]:
    return {
        (_("Always includes"), ""): ", ".join(version.implies) or _("nothing wider"),
        (_("Wider condition"), ""): version.parent or _("none"),
        (_("Cause first"), ""): _("the cause is treated before any exercise")
        if version.treat_cause_first
        else _("no"),
        (_("Red flag"), ""): version.get_red_flag_display() or _("none"),
        **facts_one_at_a_time(version),
    }


def facts_one_at_a_time(version: VocabularyRevision) -> dict[tuple[str, str], str]:
    """Return what is read in one version alone: see ONE_AT_A_TIME of the model."""
    return {
        (_("Left and right"), ""): _("told apart") if version.sided else _("no"),
        (_("Which kind"), ""): _("is asked") if version.ask_which else _("is not asked"),
        (_("Region"), ""): version.get_region_display() or _("none"),
    }


def _names(rows: Iterable[Any]) -> str:
    return ", ".join(sorted(row.name for row in rows))
