"""What the checks of many plans have in common, read once for all of them."""

from collections.abc import Collection, Mapping
from uuid import UUID

from plans.contraindications import Rule, Vocabulary
from plans.diagnoses import ConditionNames
from plans.models import Clinic
from plans.queries.diagnoses import condition_names
from plans.queries.exercises import Chosen, chosen_revisions
from plans.queries.rules import rules_for, vocabulary_for
from plans.queries.signs import Sign, signs_known
from plans.queries.wording import any_wording_approved, language_ready


class LibrarySnapshot:
    """The library as clinics know it, as of the first time that each part is asked for.

    For one look at a plan, or for the short turn of a job over many: it holds nothing of patients.
    """

    def __init__(self) -> None:
        self._rules: dict[tuple[UUID, str], tuple[Rule, ...]] = {}
        self._vocabularies: dict[UUID, Vocabulary] = {}
        self._names: dict[UUID, ConditionNames] = {}
        self._signs: dict[tuple[UUID, str], tuple[Sign, ...]] = {}
        self._ready: dict[tuple[UUID, str, bool], bool] = {}
        self._chosen: dict[tuple[UUID, str, UUID], Chosen | None] = {}

    def rules(self, clinic: Clinic, language: str) -> tuple[Rule, ...]:
        key = (clinic.pk, language)
        if key not in self._rules:
            self._rules[key] = rules_for(clinic, language=language)
        return self._rules[key]

    def vocabulary(self, clinic: Clinic) -> Vocabulary:
        if clinic.pk not in self._vocabularies:
            self._vocabularies[clinic.pk] = vocabulary_for(clinic)
        return self._vocabularies[clinic.pk]

    def signs(self, clinic: Clinic, language: str) -> tuple[Sign, ...]:
        key = (clinic.pk, language)
        if key not in self._signs:
            self._signs[key] = signs_known(clinic, language=language)
        return self._signs[key]

    def names(self, clinic: Clinic) -> ConditionNames:
        if clinic.pk not in self._names:
            self._names[clinic.pk] = condition_names(clinic)
        return self._names[clinic.pk]

    def language_ready(self, clinic: Clinic, language: str, *, issued: bool = False) -> bool:
        """Whether the fixed words of the language are approved as they stand now, or as they were `issued` once."""
        key = (clinic.pk, language, issued)
        if key not in self._ready:
            approved = any_wording_approved if issued else language_ready
            self._ready[key] = approved(clinic, language)
        return self._ready[key]

    def chosen(self, ids: Collection[UUID], clinic: Clinic, language: str) -> Mapping[UUID, Chosen]:
        """Return these revisions by id; an id that is not in the library is left out."""
        unread = {pk for pk in ids if (clinic.pk, language, pk) not in self._chosen}
        if unread:
            read = chosen_revisions(unread, clinic=clinic, language=language)
            self._chosen.update({(clinic.pk, language, pk): read.get(pk) for pk in unread})
        found = {pk: self._chosen[clinic.pk, language, pk] for pk in ids}
        return {pk: chosen for pk, chosen in found.items() if chosen is not None}
