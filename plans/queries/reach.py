"""Whom a plan is for, as texts of the library say whom they are for: conditions, symptoms and regions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from plans.contraindications import PlanFacts, Vocabulary
from plans.libraryfiles import REGION_OF, Audience, Region, Target
from plans.queries.exercises import Chosen


@dataclass(frozen=True, kw_only=True)
class Reach:
    """The patient's conditions with their parents, the symptoms, the regions of the exercises, and of conditions."""

    conditions: frozenset[str]
    symptoms: frozenset[str]
    exercised: frozenset[Region]
    affected: frozenset[Region]

    def fits_advice(self, audience: Audience) -> bool:
        return audience.fits(conditions=self.conditions, symptoms=self.symptoms, regions=self.exercised)

    def fits_sign(self, audience: Audience) -> bool:
        """Return whether a sign is of a region of the plan or of what the patient has."""
        regions = self.exercised | self.affected
        return audience.fits(conditions=self.conditions, symptoms=self.symptoms, regions=regions)


def reach_of(facts: PlanFacts, chosen: Mapping[UUID, Chosen], vocabulary: Vocabulary) -> Reach:
    conditions = frozenset(
        code
        for condition in facts.conditions
        for code in vocabulary.with_parents(condition.code, where=condition.name)
    )
    return Reach(
        conditions=conditions,
        symptoms=frozenset(symptom.code for symptom in facts.symptoms),
        exercised=_exercised(chosen.values()),
        affected=frozenset(
            Region(region) for code, region in vocabulary.regions.items() if code in conditions
        ),
    )


def _exercised(chosen: Iterable[Chosen]) -> frozenset[Region]:
    """The region of each exercise; by its targets where it names none: a bridge for the back is not for a sore hip."""
    found: set[Region] = set()
    for revision in (one.revision for one in chosen):
        targets = (Target(code) for code in revision.targets)
        named = {Region(revision.region)} if revision.region else set()
        found |= named or {REGION_OF[target] for target in targets if target in REGION_OF}
    return frozenset(found)
