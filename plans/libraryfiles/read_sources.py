"""Sources, and how other entries name them: by code, and in words where the words say more."""

from typing import NamedTuple

from plans.libraryfiles.data import SourceData
from plans.libraryfiles.fields import Fields
from plans.libraryfiles.values import maybe
from plans.libraryfiles.vocabulary import LIMITS, MAX_NAMES, SourceKind


class Citation(NamedTuple):
    """The codes of the sources that an entry rests on, and the words that it is shown with."""

    codes: tuple[str, ...]
    words: str


def read_source(fields: Fields) -> SourceData:
    code = fields.code()
    return SourceData(
        code=code,
        place=fields.place,
        title=fields.text("title", limit="source"),
        cite=fields.text("cite", limit="cite", required=False) or code,
        kind=maybe(fields, "kind", SourceKind),
        where=fields.text("where", limit="where", required=False),
        read=fields.text("read", limit="where", required=False),
        strength=fields.text("strength", limit="where", required=False),
    )


def read_citation(fields: Fields, *, required: bool = True) -> Citation:
    """Return `sources`, codes of the table, and `source`, its words; without words the table's own stand for them.

    Files of earlier releases have the words alone.
    """
    codes = fields.codes("sources", most=MAX_NAMES)
    for code in codes:
        if code and code not in fields.reading.cites:
            fields.problem("sources", f"{fields.what} names the unknown source {code}")
    words = fields.text("source", limit="source", required=False)
    if not codes and not words and required:
        fields.problem("source", f"{fields.what} has no source: name it by its code under sources")
    written = words or ", ".join(fields.reading.cites.get(code, code) for code in codes)
    if len(written) > LIMITS["source"]:
        most = LIMITS["source"]
        fields.problem(
            "sources", f"the sources of {fields.what} take {len(written)} characters, at most {most}"
        )
    return Citation(codes, written)
