"""Whom a line of general advice is for."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any, Self

from plans.libraryfiles.vocabulary import Region


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Everybody; or who has one of these conditions or symptoms, or an exercise for one of these regions."""

    everybody: bool = False
    conditions: tuple[str, ...] = ()
    symptoms: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()

    def fits(self, *, conditions: Set[str], symptoms: Set[str], regions: Set[Region]) -> bool:
        """Return whether it speaks to a patient with these; `conditions` holds their parents too."""
        return (
            self.everybody
            or not conditions.isdisjoint(self.conditions)
            or not symptoms.isdisjoint(self.symptoms)
            or not regions.isdisjoint(self.regions)
        )

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON holds it; what is empty is left out, and nobody is an empty object."""
        lists = {"conditions": self.conditions, "symptoms": self.symptoms, "regions": self.regions}
        named = {name: [str(code) for code in codes] for name, codes in lists.items() if codes}
        return {"everybody": True} if self.everybody else named

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> Self:
        return cls(
            everybody=given.get("everybody", False),
            conditions=tuple(given.get("conditions", ())),
            symptoms=tuple(given.get("symptoms", ())),
            regions=tuple(Region(code) for code in given.get("regions", ())),
        )
