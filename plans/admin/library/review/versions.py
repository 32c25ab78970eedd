"""The newest version of each kind of entry, with all that its reviewer reads of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.utils.translation import gettext as _

from plans.admin.library.audiences import audience_in_words
from plans.admin.library.changes import (
    Change,
    changes_of_exercises,
    changes_of_leaflets,
    changes_of_protocols,
    changes_of_rules,
    changes_of_vocabulary,
)
from plans.admin.library.facts import (
    Facts,
    exercise_facts,
    leaflet_facts,
    protocol_facts,
    rule_facts,
    vocabulary_facts,
)
from plans.admin.library.measures.presenters import changes_of_measures, measure_facts
from plans.admin.library.pictures import PictureShown, picture_shown
from plans.admin.library.protocols.presenters import lines_of
from plans.admin.library.sign_changes import changes_of_signs, sign_facts
from plans.models import (
    AdviceText,
    Clinic,
    ExerciseRevision,
    LeafletText,
    MeasureText,
    RuleRevision,
    SymptomSentence,
    VocabularyRevision,
)
from plans.models.library import Cited
from plans.queries.library_protocols import newest_protocols
from plans.queries.review_entries import FACTS, Entry, EntryKind


@dataclass(frozen=True, kw_only=True)
class Version:
    """What one version of an entry says. `identity` names its sources; `change` what differs from what is in force."""

    title: str
    identity: Cited
    facts: Facts
    change: Change | None = None
    picture: PictureShown | None = None
    revision: ExerciseRevision | None = None
    """Of an exercise: what the rules are asked about."""


def version_of(entry: Entry, clinic: Clinic) -> Version:
    return _READERS[entry.kind](entry, clinic)


def _facts_id(entry: Entry) -> UUID:
    return next(part.pk for part in entry.parts if part.name == FACTS)


def _differing(changes: Sequence[Change]) -> Change | None:
    return next((change for change in changes if change.before and (change.lines or change.pictures)), None)


def _exercise(entry: Entry, clinic: Clinic) -> Version:
    rows = ExerciseRevision.objects.select_related("exercise__easier", "exercise__harder")
    revision = rows.prefetch_related("texts", "movements", "pictures__picture").get(pk=_facts_id(entry))
    names = {text.language: text.name for text in revision.texts.all()}
    return Version(
        title=names.get("en") or entry.code,
        identity=revision.exercise,
        facts=exercise_facts(revision),
        change=_differing(changes_of_exercises([revision], clinic=clinic)),
        picture=picture_shown(revision),
        revision=revision,
    )


def _rule(entry: Entry, clinic: Clinic) -> Version:
    rows = RuleRevision.objects.select_related("rule", "condition").prefetch_related("movements", "sentences")
    version = rows.get(pk=_facts_id(entry))
    return Version(
        title=f"{version.condition}: {version.level}",
        identity=version.rule,
        facts=rule_facts(version),
        change=_differing(changes_of_rules([version], clinic=clinic)),
    )


def _word(entry: Entry, clinic: Clinic) -> Version:
    rows = VocabularyRevision.objects.select_related("movement", "condition")
    version = rows.get(pk=_facts_id(entry))
    return Version(
        title=str(version.entry),
        identity=version.entry,
        facts=vocabulary_facts(version),
        change=_differing(changes_of_vocabulary([version], clinic=clinic)),
    )


def _symptom(entry: Entry, clinic: Clinic) -> Version:
    """A symptom: what the rules read in it, where that changed, and what the patient's copy says of it."""
    changed = [part.pk for part in entry.parts if part.name == FACTS]
    read = VocabularyRevision.objects.filter(pk__in=changed).select_related("symptom").first()
    signs = list(_texts(SymptomSentence, entry).select_related("symptom").order_by("language"))
    facts: dict[tuple[str, str], str] = dict(vocabulary_facts(read)) if read else {}
    for sign in signs:
        facts.update(sign_facts(sign))
    changes = changes_of_vocabulary([read], clinic=clinic) if read else []
    symptom = signs[0].symptom if signs else read and read.symptom
    return Version(
        title=str(symptom),
        identity=cast(Cited, symptom),
        facts=facts,
        change=_differing(changes) or _differing(changes_of_signs(signs, clinic=clinic)),
    )


def _advice(entry: Entry, clinic: Clinic) -> Version:
    texts = list(_texts(AdviceText, entry).select_related("advice"))
    advice = texts[0].advice
    return Version(
        title=_named(entry),
        identity=advice,
        facts={
            (_("Kind"), ""): advice.get_kind_display(),
            (_("For"), ""): audience_in_words(advice.audience),
            (_("Source"), ""): advice.source,
            **{(_("Words"), text.language): text.words for text in texts},
        },
    )


def _leaflet(entry: Entry, clinic: Clinic) -> Version:
    texts = list(_texts(LeafletText, entry).select_related("leaflet"))
    facts: dict[tuple[str, str], str] = {}
    for text in texts:
        said = leaflet_facts(text)
        facts |= {key: said[key] for key in said if key[0] != _("Words")}
        for number, part in enumerate(text.sections, start=1):
            facts[_("Heading %(number)s") % {"number": number}, text.language] = part["heading"]
            facts[_("Words %(number)s") % {"number": number}, text.language] = "\n".join(part["lines"])
    titles = {text.language: text.title for text in texts}
    return Version(
        title=titles.get("en") or _named(entry),
        identity=texts[0].leaflet,
        facts=facts,
        change=_differing(changes_of_leaflets(texts, clinic=clinic)),
    )


def _measure(entry: Entry, clinic: Clinic) -> Version:
    texts = list(_texts(MeasureText, entry).select_related("measure").order_by("language"))
    facts: dict[tuple[str, str], str] = {}
    for text in texts:
        facts |= measure_facts(text)
    names = {text.language: text.name for text in texts}
    return Version(
        title=names.get("en") or _named(entry),
        identity=texts[0].measure,
        facts=facts,
        change=_differing(changes_of_measures(texts, clinic=clinic)),
    )


def _protocol(entry: Entry, clinic: Clinic) -> Version:
    revision = newest_protocols().get(pk=_facts_id(entry))
    lines = (f"{line.name}: {line.dose}" for line in lines_of(revision, clinics=[clinic.pk]))
    change = changes_of_protocols([revision], clinic=clinic)
    return Version(
        title=revision.title_in("en"),
        identity=revision.protocol,
        facts={**protocol_facts(revision), (_("Exercises"), ""): "\n".join(lines)},
        change=_differing(change),
    )


def _texts(model: Any, entry: Entry) -> Any:
    return model._default_manager.filter(pk__in=[part.pk for part in entry.parts])


def _named(entry: Entry) -> str:
    return entry.code.replace("-", " ").replace("_", " ").capitalize()


_READERS: Mapping[str, Callable[[Entry, Clinic], Version]] = {
    EntryKind.EXERCISE: _exercise,
    EntryKind.RULE: _rule,
    EntryKind.MOVEMENT: _word,
    EntryKind.CONDITION: _word,
    EntryKind.SYMPTOM: _symptom,
    EntryKind.ADVICE: _advice,
    EntryKind.LEAFLET: _leaflet,
    EntryKind.MEASURE: _measure,
    EntryKind.PROTOCOL: _protocol,
}
