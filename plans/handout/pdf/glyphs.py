"""What each glyph of the bundled fonts means, read from the fonts themselves.

The renderer notes for a glyph the text in which it met it first. Where letters are joined, stacked or put in another
order, that text is a whole syllable or nothing, and the file says something else, or nothing, when the glyph comes
again. In the tables of a font a glyph means the same wherever it stands: a joined form its letter, a ligature the
letters that it was made of.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, partial
from typing import Any, cast

import pydyf
from fontTools.ttLib import TTFont

from plans.handout.fonts import FAMILIES, FONT_DIR

_EXTENSION = 7
_MAPPED = re.compile(rb"<([0-9a-f]{4})> <[0-9a-f]*>")

Replacement = tuple[tuple[str, ...], tuple[str, ...]]
"""Glyphs, and those that a font puts in their place."""


def write_meanings(pdf: pydyf.PDF) -> None:
    for font in pdf.objects:
        if isinstance(font, pydyf.Dictionary) and "ToUnicode" in font and font["Subtype"] == "/Type0":
            meanings = meanings_of(_file_of(font["BaseFont"].decode()))
            number = int(cast(bytes, font["ToUnicode"]).split()[0])
            lines = pdf.objects[number].stream
            lines[:] = [_MAPPED.sub(partial(_say, meanings), line) for line in lines]


def _file_of(name: str) -> str:
    """Return the file of a font by its name in a PDF, such as /ABCDEF+Noto-Sans-Arabic-Bold."""
    family, bold, _ = name.partition("+")[2].replace("-", " ").partition(" Bold")
    return FAMILIES[family].format("Bold" if bold else "Regular")


def _say(meanings: dict[int, str], line: re.Match[bytes]) -> bytes:
    text = meanings.get(int(line[1], 16))
    # None for the mark of a letter that no font has: the check of the finished file tells it.
    return line[0] if text is None else b"<%b> <%b>" % (line[1], text.encode("utf-16-be").hex().encode())


@cache
def meanings_of(name: str) -> dict[int, str]:
    """Return what each glyph of a bundled font means, by its number; one that no letter leads to is left out."""
    with TTFont(FONT_DIR / name, lazy=True) as font:
        known: dict[str, str] = {}
        for character, glyph in sorted(font.getBestCmap().items()):
            known.setdefault(glyph, _plain(chr(character)))
        replacements = list(_replacements(font))
        while _learn(known, replacements):
            pass
        return {font.getGlyphID(glyph): text for glyph, text in known.items()}


def _plain(character: str) -> str:
    """Return the letters behind a joined form of Hebrew or Arabic that has a character of its own."""
    if not "\ufb1d" <= character <= "\ufeff":
        return character
    letters = unicodedata.normalize("NFKC", character)
    return letters if letters.isalpha() else character


def _learn(known: dict[str, str], replacements: list[Replacement]) -> bool:
    before = len(known)
    for old, new in replacements:
        if not all(glyph in known for glyph in old):
            continue
        text, unknown = "".join(known[glyph] for glyph in old), [glyph for glyph in new if glyph not in known]
        # Of a letter that is taken apart, the part that is no letter by itself is what the others leave.
        for glyph in new:
            if glyph in known:
                text = text.replace(known[glyph], "", 1) or text
        if unknown:
            known[unknown[0]] = text
    return len(known) > before


def _replacements(font: TTFont) -> Iterator[Replacement]:
    if "GSUB" not in font:
        return
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            yield from _read(table.ExtSubTable if table.LookupType == _EXTENSION else table)


def _read(table: Any) -> Iterator[Replacement]:
    match table.LookupType:
        case 1:
            yield from (((old,), (new,)) for old, new in table.mapping.items())
        case 2:
            yield from (((old,), tuple(new)) for old, new in table.mapping.items())
        case 3:
            yield from (((old,), (new,)) for old, news in table.alternates.items() for new in news)
        case 4:
            for first, ligatures in table.ligatures.items():
                yield from (((first, *one.Component), (one.LigGlyph,)) for one in ligatures)
