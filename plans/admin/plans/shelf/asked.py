"""What is asked of the library beside a plan: words, a group, what was ticked, from which card on."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.http import QueryDict

FACETS = ("region", "kind", "position", "equipment", "helps", "movement", "level")
MAX_WORDS = 200


class Group(StrEnum):
    """Of which exercises the cards are."""

    ALL = "all"
    USUAL = "usual"
    RECENT = "recent"
    FAVOURITES = "favourites"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One look into the library. It is `fresh` until the page sends what was ticked: then the patient presets it."""

    words: str = ""
    group: Group = Group.ALL
    ticked: Mapping[str, frozenset[str]]
    start: int = 0
    fresh: bool = False

    @classmethod
    def read(cls, data: QueryDict) -> "Asked":
        group, start = data.get("group", ""), data.get("start", "")
        return cls(
            words=data.get("q", "")[:MAX_WORDS],
            group=Group(group) if group in set(Group) else Group.ALL,
            ticked={name: frozenset(data.getlist(name)) for name in FACETS},
            start=int(start) if start.isdecimal() and len(start) < len("1000000") else 0,
            fresh="ticked" not in data,
        )
