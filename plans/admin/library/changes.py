"""A change of the library beside what is in force: for the reviewer who decides on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from plans.admin.library.pictures import drawers_approved, is_redrawn, picture_shown
from plans.admin.words.doses import DESK_WORDS
from plans.admin.words.moments import day_in_words
from plans.dose import LIMITS, Limb, Phrase, Span, phrases
from plans.models import (
    Clinic,
    ExerciseRevision,
    ExerciseText,
    LeafletText,
    LibraryProtocolRevision,
    PictureBody,
    PictureRights,
    RuleRevision,
    VocabularyRevision,
)
from plans.queries.approvals import former_vocabulary
from plans.queries.exercises import revisions_in_use
from plans.queries.leaflets import texts_in_force
from plans.queries.library_protocols import library_protocols_in_use
from plans.queries.rules import versions_in_force


@dataclass(frozen=True, kw_only=True)
class Line:
    """One fact that the change changes."""

    label: str
    before: str
    after: str
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class Change:
    """A version that waits, the one in force in its place if there is one, and what differs."""

    after: Any
    before: Any = None
    lines: Sequence[Line] = ()
    pictures: tuple[str, str] | None = None
    """The addresses of the pictures before and after, where they differ."""
    picture: str = ""
    """The address of the picture of a version that has nothing before it."""

    @property
    def is_redrawn(self) -> bool:
        """Whether the words are as they were, and the figure is drawn anew."""
        return bool(self.before == self.after)


Facts = Mapping[tuple[str, str], str]
"""What a version says, by the label of the fact and, of words for the patient, their language."""


def changes_of_rules(versions: Iterable[RuleRevision], *, clinic: Clinic) -> list[Change]:
    versions = list(versions)
    in_force = versions_in_force([clinic.pk]).filter(rule__in=[row.rule_id for row in versions])
    in_force = in_force.select_related("condition").prefetch_related("movements", "sentences")
    before = {row.rule_id: row for row in in_force}
    return [_change(before.get(row.rule_id), row, _rule_facts) for row in versions]


def changes_of_exercises(revisions: Iterable[ExerciseRevision], *, clinic: Clinic) -> list[Change]:
    """Compare each revision with the one in use. One that is in use itself, and was drawn anew, has two pictures."""
    revisions = list(revisions)
    before = revisions_in_use([row.exercise_id for row in revisions], clinic=clinic)
    drawers = drawers_approved(list(before.values()), clinic)
    return [_exercise_change(before.get(row.exercise_id), row, drawers) for row in revisions]


def changes_of_vocabulary(versions: Iterable[VocabularyRevision], *, clinic: Clinic) -> list[Change]:
    former: dict[UUID, list[VocabularyRevision]] = {}
    for row in former_vocabulary(clinic).order_by("number"):
        former.setdefault(row.entry_id, []).append(row)
    return [_vocabulary_change(former.get(row.entry_id, []), row) for row in versions]


def changes_of_leaflets(texts: Iterable[LeafletText], *, clinic: Clinic) -> list[Change]:
    texts = list(texts)
    before = texts_in_force({row.leaflet_id for row in texts}, clinic=clinic)
    return [_change(before.get((row.leaflet_id, row.language)), row, _leaflet_facts) for row in texts]


def changes_of_protocols(revisions: Iterable[LibraryProtocolRevision], *, clinic: Clinic) -> list[Change]:
    revisions = list(revisions)
    before = library_protocols_in_use(clinic, of={row.protocol_id for row in revisions})
    return [_protocol_change(before.get(row.protocol_id), row) for row in revisions]


def _protocol_change(before: LibraryProtocolRevision | None, after: LibraryProtocolRevision) -> Change:
    facts = _protocol_facts(after)
    if before is None:
        # Nothing of it is approved unseen: there is no page on which its doses were read before.
        lines = [
            Line(label=label, before="", after=said, language=code) for (label, code), said in facts.items()
        ]
        return Change(after=after, lines=lines)
    return _change(before, after, _protocol_facts)


def _change(before: Any, after: Any, facts: Any) -> Change:
    if before is None or before == after:
        return Change(after=after)
    return Change(after=after, before=before, lines=_differing(facts(before), facts(after)))


def _exercise_change(
    before: ExerciseRevision | None, after: ExerciseRevision, drawers: Mapping[ExerciseRevision, str]
) -> Change:
    drawer = drawers.get(before, "") if before else ""
    if before is None or (before == after and not is_redrawn(drawer)):
        return Change(after=after, picture=_address(after))
    pictures = (_address(before, drawer=drawer), _address(after))
    return Change(
        after=after,
        before=before,
        lines=_differing(_exercise_facts(before), _exercise_facts(after)),
        pictures=pictures if pictures[0] != pictures[1] else None,
    )


def _address(revision: ExerciseRevision, *, drawer: str = "") -> str:
    shown = picture_shown(revision, drawer=drawer)
    return shown.address if shown else ""


def _vocabulary_change(before: Sequence[VocabularyRevision], after: VocabularyRevision) -> Change:
    said = [_vocabulary_facts(row) for row in before]
    joined = {
        key: " / ".join(dict.fromkeys(facts[key] for facts in said)) for key in (said[0] if said else ())
    }
    lines = _differing(joined, _vocabulary_facts(after)) if said else ()
    return Change(after=after, before=before[-1] if before else None, lines=lines)


def _differing(before: Facts, after: Facts) -> list[Line]:
    keys = dict.fromkeys([*before, *after])
    return [
        Line(label=label, before=before.get(key, ""), after=after.get(key, ""), language=language)
        for key in keys
        if before.get(key, "") != after.get(key, "")
        for label, language in [key]
    ]


def _rule_facts(version: RuleRevision) -> Facts:
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


def _exercise_facts(revision: ExerciseRevision) -> Facts:
    dose = "; ".join(f"{phrase.label}: {phrase.text}" for phrase in dose_phrases(revision))
    safe = "; ".join(f"{name} {span}" for name, span in safe_words(revision))
    facts = {
        (_("Kind"), ""): revision.get_kind_display(),
        (_("Position"), ""): revision.get_position_display(),
        (_("Region"), ""): revision.get_region_display(),
        (_("Level"), ""): str(revision.level or ""),
        (_("Helps"), ""): ", ".join(str(one) for one in revision.helps.select_related("condition")),
        (_("Targets"), ""): ", ".join(revision.targets),
        (_("Movements"), ""): _names(revision.movements.all()),
        (_("Equipment"), ""): ", ".join(revision.equipment) or _("none"),
        (_("One side at a time"), ""): _("yes") if revision.one_sided else _("no"),
        (_("Works on a side"), ""): revision.get_limb_display(),
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
        (LIMITS[field].name, f"{Span(*ends)}{LIMITS[field].unit}") for field, ends in revision.safe.items()
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
    }
    return {(label, text.language): said for label, said in words.items()}


def _leaflet_facts(text: LeafletText) -> Facts:
    lines = (line for part in text.sections for line in (part["heading"], *part["lines"]))
    return {
        (_("For"), ""): ", ".join(text.meant_for),
        (_("Title"), text.language): text.title,
        (_("Words"), text.language): "\n".join(lines),
    }


def _protocol_facts(revision: LibraryProtocolRevision) -> Facts:
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


def _vocabulary_facts(version: VocabularyRevision) -> dict[tuple[str, str], str]:
    return {
        (_("Always includes"), ""): ", ".join(version.implies) or _("nothing wider"),
        (_("Wider condition"), ""): version.parent or _("none"),
        (_("Cause first"), ""): _("the cause is treated before any exercise")
        if version.treat_cause_first
        else _("no"),
        (_("Red flag"), ""): version.get_red_flag_display() or _("none"),
    }


def _names(rows: Iterable[Any]) -> str:
    return ", ".join(sorted(row.name for row in rows))
