"""Load library files into the shared library: all of it or nothing, and the same files twice change nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Model

from plans.actions.advice import write_advice
from plans.actions.exercise_steps import Steps
from plans.actions.exercises import write_exercise
from plans.actions.leaflets import write_leaflet
from plans.actions.library_measures import write_measure
from plans.actions.library_protocols import write_library_protocol
from plans.actions.library_texts import check_entries
from plans.actions.rules import write_rule
from plans.actions.shared_rows import write_changed, write_shared
from plans.actions.signs import write_signs
from plans.actions.vocabulary import write_vocabulary
from plans.actions.withdrawing import retire_withdrawn
from plans.dose import Span
from plans.libraryfiles import DoseLimits, ExerciseData, Known, Library, SourceData, WithdrawnData
from plans.models import (
    Advice,
    AdviceText,
    Condition,
    Exercise,
    ExerciseRevision,
    ExerciseText,
    Leaflet,
    LeafletText,
    LibraryProtocol,
    LibraryProtocolItem,
    LibraryProtocolRevision,
    Measure,
    MeasureText,
    Movement,
    RevisionHelp,
    Rule,
    RuleRevision,
    RuleSentence,
    Source,
    Symptom,
    SymptomSentence,
    VocabularyRevision,
)

_WRITTEN: tuple[type[Model], ...] = (
    Source,
    Movement,
    Condition,
    Symptom,
    SymptomSentence,
    VocabularyRevision,
    Exercise,
    ExerciseRevision,
    ExerciseRevision.movements.through,
    ExerciseText,
    RevisionHelp,
    Rule,
    RuleRevision,
    RuleRevision.movements.through,
    RuleSentence,
    Advice,
    AdviceText,
    Leaflet,
    LeafletText,
    Measure,
    MeasureText,
    LibraryProtocol,
    LibraryProtocolRevision,
    LibraryProtocolItem,
)


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """How many exercises, rules, leaflets and protocols the files hold, and how many of them are new or changed.

    Warning signs that say something else to patients are among the changed ones; `changed_words` counts movements,
    conditions and symptoms that say something else to the rules than before. `urgent` are the withdrawn warning signs
    that threaten life, as they were retired now; `never_loaded` is withdrawn by the files, and was never here.
    """

    exercises: int
    rules: int
    leaflets: int
    protocols: int
    changed: int
    changed_words: int
    urgent: tuple[WithdrawnData, ...] = ()
    never_loaded: tuple[WithdrawnData, ...] = ()


@transaction.atomic
def load_library(*, library: Library, figures: Mapping[str, str]) -> Loaded:
    """Write all entries; what is changed becomes a new revision that needs review.

    `figures` maps names to pose YAML. What the files do not name stays as it is: a file may add one language.
    """
    words = (*library.sources, *library.movements, *library.conditions, *library.symptoms)
    check_entries((*words, *library.advice, *library.leaflets, *library.measures, *library.protocols))
    for source in library.sources:
        _write_source(source)
    changed_words = write_vocabulary(
        movements=library.movements, conditions=library.conditions, symptoms=library.symptoms
    )
    drawn = {**_figures_known(), **figures}
    changed = write_signs(library.symptoms)
    rows = _rows_of(library.exercises)
    for data in library.exercises:
        steps = Steps(easier=rows.get(data.easier), harder=rows.get(data.harder))
        figure = drawn.get(data.figure, "")
        _, is_changed = write_exercise(data=data, figure=figure, steps=steps, clinic=None, by=None)
        changed += is_changed
        _write_beside(data, rows)
    changed += sum(write_rule(data=data, clinic=None, by=None)[1] for data in library.rules)
    rules = {row.code: row for row in Rule.objects.filter(clinic=None)}
    for rule in library.rules:
        write_changed(rules[rule.code], {"sources": list(rule.sources)})
    for order, advice in enumerate(library.advice, start=1):
        write_advice(advice, order)
    changed += sum(
        write_leaflet(data=leaflet, order=order) for order, leaflet in enumerate(library.leaflets, start=1)
    )
    changed += sum(
        write_measure(data=measure, order=order) for order, measure in enumerate(library.measures, start=1)
    )
    changed += sum(write_library_protocol(protocol) for protocol in library.protocols)
    withdrawn = retire_withdrawn(library.withdrawn)
    _count_rows()
    return Loaded(
        exercises=len(library.exercises),
        rules=len(library.rules),
        leaflets=len(library.leaflets),
        protocols=len(library.protocols),
        changed=changed + withdrawn.retired,
        changed_words=changed_words,
        urgent=withdrawn.urgent,
        never_loaded=withdrawn.never_loaded,
    )


def _count_rows() -> None:
    """Have PostgreSQL count what came in: until it does so by itself it takes the tables for empty, and reads badly."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE " + ", ".join(model._meta.db_table for model in _WRITTEN))


def known_codes() -> Known:
    """Return the codes of the shared library, for files that speak of entries which stand there already."""
    return Known(
        sources=dict(Source.objects.filter(clinic=None).values_list("code", "cite")),
        movements=frozenset(Movement.objects.filter(clinic=None).values_list("code", flat=True)),
        conditions={
            code: frozenset(dates)
            for code, dates in Condition.objects.filter(clinic=None).values_list("code", "dates")
        },
        condition_names={
            code: (name, *also)
            for code, name, also in Condition.objects.filter(clinic=None).values_list("code", "name", "also")
        },
        symptoms=frozenset(Symptom.objects.filter(clinic=None).values_list("code", flat=True)),
        retired_symptoms=frozenset(
            Symptom.objects.filter(clinic=None).exclude(retired_on=None).values_list("code", flat=True)
        ),
        exercises=frozenset(Exercise.objects.filter(clinic=None).values_list("code", flat=True)),
        retired=frozenset(
            Exercise.objects.filter(clinic=None).exclude(retired_on=None).values_list("code", flat=True)
        ),
        limits=_limits_known(),
        protocols=_protocols_known(),
        figures=frozenset(_figures_known()),
    )


def _limits_known() -> dict[str, DoseLimits]:
    newest = ExerciseRevision.objects.filter(newest=True, exercise__clinic=None)
    return {
        code: DoseLimits(safe={field: Span(*ends) for field, ends in safe.items()}, one_sided=one_sided)
        for code, safe, one_sided in newest.values_list("exercise__code", "safe", "one_sided")
    }


def _protocols_known() -> dict[str, str]:
    newest = LibraryProtocolRevision.objects.filter(
        newest=True, protocol__clinic=None, protocol__retired_on=None
    )
    return dict(newest.values_list("protocol__code", "next"))


def _write_source(data: SourceData) -> None:
    said = {
        name: getattr(data, name) or "" for name in ("title", "cite", "kind", "where", "read", "strength")
    }
    write_shared(Source, data.code, said)


def _rows_of(exercises: Iterable[ExerciseData]) -> dict[str | None, Exercise]:
    """Return the shared exercises by code, those of the files too: each may name any other as a step."""
    known = set(Exercise.objects.filter(clinic=None).values_list("code", flat=True))
    Exercise.objects.bulk_create(Exercise(code=data.code) for data in exercises if data.code not in known)
    return {row.code: row for row in Exercise.objects.filter(clinic=None)}


def _write_beside(data: ExerciseData, rows: Mapping[str | None, Exercise]) -> None:
    """Write what stands beside the revisions: the sources, another way, and the steps that the newest one tells."""
    steps = {name: getattr(data, name) for name in ("alternative_to", "easier", "harder")}
    named = {f"{name}_id": rows[code].pk if code in rows else None for name, code in steps.items()}
    write_changed(rows[data.code], {**named, "sources": list(data.sources), "retired_on": None})


def _figures_known() -> dict[str, str]:
    newest = ExerciseRevision.objects.filter(newest=True, exercise__clinic=None).exclude(figure="")
    return dict(newest.values_list("exercise__code", "figure"))
