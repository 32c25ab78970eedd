"""A change of the library beside what is in force: for the reviewer who decides on it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from plans.admin.library.facts import (
    Facts,
    exercise_facts,
    facts_one_at_a_time,
    leaflet_facts,
    protocol_facts,
    rule_facts,
    vocabulary_facts,
)
from plans.admin.library.pictures import drawers_approved, is_redrawn, picture_shown
from plans.models import (
    Clinic,
    Exercise,
    ExerciseRevision,
    LeafletText,
    LibraryProtocolRevision,
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


def changes_of_rules(versions: Iterable[RuleRevision], *, clinic: Clinic) -> list[Change]:
    versions = list(versions)
    in_force = versions_in_force([clinic.pk]).filter(rule__in=[row.rule_id for row in versions])
    in_force = in_force.select_related("condition").prefetch_related("movements", "sentences")
    before = {row.rule_id: row for row in in_force}
    return [change_of(before.get(row.rule_id), row, rule_facts) for row in versions]


def changes_of_exercises(revisions: Iterable[ExerciseRevision], *, clinic: Clinic) -> list[Change]:
    """Compare each revision with the one in use. One that is in use itself, and was drawn anew, has two pictures."""
    revisions = list(revisions)
    before = revisions_in_use([row.exercise_id for row in revisions], clinic=clinic)
    drawers = drawers_approved(list(before.values()), clinic)
    facts = _facts_with_steps([*before.values(), *revisions])
    return [_exercise_change(before.get(row.exercise_id), row, drawers, facts) for row in revisions]


def _facts_with_steps(revisions: Collection[ExerciseRevision]) -> Callable[[ExerciseRevision], Facts]:
    """Return how to read a revision's facts with the codes of what is easier and harder, which are read once."""
    steps = {pk for row in revisions for pk in (row.easier_step_id, row.harder_step_id) if pk}
    rows = Exercise.objects.filter(pk__in=steps).values_list("pk", "code") if steps else ()
    codes: dict[UUID | None, str] = dict(rows)

    def facts(revision: ExerciseRevision) -> Facts:
        return {
            **exercise_facts(revision),
            (_("Easier"), ""): codes.get(revision.easier_step_id, ""),
            (_("Harder"), ""): codes.get(revision.harder_step_id, ""),
        }

    return facts


def changes_of_vocabulary(versions: Iterable[VocabularyRevision], *, clinic: Clinic) -> list[Change]:
    former: dict[UUID, list[VocabularyRevision]] = {}
    for row in former_vocabulary(clinic).order_by("number"):
        former.setdefault(row.entry_id, []).append(row)
    return [_vocabulary_change(former.get(row.entry_id, []), row) for row in versions]


def changes_of_leaflets(texts: Iterable[LeafletText], *, clinic: Clinic) -> list[Change]:
    texts = list(texts)
    before = texts_in_force({row.leaflet_id for row in texts}, clinic=clinic)
    return [change_of(before.get((row.leaflet_id, row.language)), row, leaflet_facts) for row in texts]


def changes_of_protocols(revisions: Iterable[LibraryProtocolRevision], *, clinic: Clinic) -> list[Change]:
    revisions = list(revisions)
    before = library_protocols_in_use(clinic, of={row.protocol_id for row in revisions})
    return [change_of(before.get(row.protocol_id), row, protocol_facts) for row in revisions]


def change_of(before: Any, after: Any, facts: Any) -> Change:
    if before is None or before == after:  # of rules the newest is in force where nobody approved one
        return Change(after=after, lines=_all_lines(facts(after)))
    return Change(after=after, before=before, lines=_differing(facts(before), facts(after)))


def _exercise_change(
    before: ExerciseRevision | None,
    after: ExerciseRevision,
    drawers: Mapping[ExerciseRevision, str],
    facts: Callable[[ExerciseRevision], Facts],
) -> Change:
    drawer = drawers.get(before, "") if before else ""
    if before is None:
        return Change(after=after, lines=_all_lines(facts(after)), picture=_address(after))
    if before == after and not is_redrawn(drawer):
        return Change(after=after, picture=_address(after))
    pictures = (_address(before, drawer=drawer), _address(after))
    return Change(
        after=after,
        before=before,
        lines=_differing(facts(before), facts(after)),
        pictures=pictures if pictures[0] != pictures[1] else None,
    )


def _all_lines(facts: Facts) -> list[Line]:
    """Nothing is approved unseen: of what was never in force all is listed."""
    return [
        Line(label=label, before="", after=said, language=code)
        for (label, code), said in facts.items()
        if said
    ]


def _address(revision: ExerciseRevision, *, drawer: str = "") -> str:
    shown = picture_shown(revision, drawer=drawer)
    return shown.address if shown else ""


def _vocabulary_change(before: Sequence[VocabularyRevision], after: VocabularyRevision) -> Change:
    said = [vocabulary_facts(row) for row in before]
    joined = {
        key: " / ".join(dict.fromkeys(facts[key] for facts in said)) for key in (said[0] if said else ())
    }
    joined |= facts_one_at_a_time(before[0]) if before else {}
    lines = _differing(joined, vocabulary_facts(after)) if said else ()
    return Change(after=after, before=before[-1] if before else None, lines=lines)


def _differing(before: Facts, after: Facts) -> list[Line]:
    keys = dict.fromkeys([*before, *after])
    return [
        Line(label=label, before=before.get(key, ""), after=after.get(key, ""), language=language)
        for key in keys
        if before.get(key, "") != after.get(key, "")
        for label, language in [key]
    ]
