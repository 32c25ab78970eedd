"""What every entry of the library files has: a code, a place, and mostly sources."""

from dataclasses import dataclass, field

from plans.libraryfiles.errors import Place


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Anything with a code, and the place where it stands."""

    code: str
    place: Place = field(compare=False)


@dataclass(frozen=True, kw_only=True)
class Cited(Entry):
    """An entry that says whence it comes: by codes of sources, and in words, which may say more."""

    source: str
    sources: tuple[str, ...] = ()
