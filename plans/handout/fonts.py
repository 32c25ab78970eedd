"""The bundled fonts: found by every machine, the same bytes on each."""

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from plans.handout.errors import FontsMissing

FONT_DIR = Path(__file__).parent / "fonts"
FAMILIES = {
    "Noto Sans": "NotoSans-{}.ttf",
    "Noto Sans Arabic": "NotoSansArabic-{}.ttf",
    "Noto Sans Hebrew": "NotoSansHebrew-{}.ttf",
    "Noto Sans Devanagari": "NotoSansDevanagari-{}.ttf",
    "Noto Sans Thai": "NotoSansThai-{}.ttf",
    "Noto Sans CJK SC": "NotoSansSC-{}.otf",
    "Noto Sans CJK KR": "NotoSansKR-{}.otf",
}
"""The name by which a style sheet and a PDF know the fonts, and their files."""
JOINERS = "\u200c\u200d"
FONT_FILES = tuple(name.format(weight) for name in FAMILIES.values() for weight in ("Regular", "Bold"))


@contextmanager
def use_bundled_fonts() -> Iterator[None]:
    """While open, fontconfig loads the bundled fonts alone.

    The setting is taken back at the end, so that other programs this process starts keep the machine's fonts.
    """
    check_fonts()
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(FONT_DIR / "fonts.conf")
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


def check_fonts() -> None:
    """Raises FontsMissing. Without any font the renderer ends the whole process, so this runs before it loads."""
    for name in ("fonts.conf", *FONT_FILES):
        path = FONT_DIR / name
        if not path.is_file():
            raise FontsMissing(problem=f"{name} is not there")
        if path.suffix != ".conf" and path.read_bytes()[:4] not in (b"\x00\x01\x00\x00", b"OTTO"):
            raise FontsMissing(problem=f"{name} is not a font")


@cache
def fonts_digest() -> str:
    """Return a short name for the bytes of all fonts: a part of what decides the bytes of a PDF."""
    digest = hashlib.sha256()
    for name in FONT_FILES:
        digest.update((FONT_DIR / name).read_bytes())
    return digest.hexdigest()[:16]


def unprintable(text: str) -> str:
    """Return the characters of a text that no bundled font has, each once; a handout with one of them would fail.

    A letter and the marks on it must be in one font, so that they meet.
    """
    strange = set(text) - _characters()
    if not strange and (text.isascii() or not (clusters := set(_clusters().findall(text)))):
        return ""
    if not strange:
        strange = {mark for cluster in clusters if not _holds(cluster) for mark in cluster[1:]}
    return "".join(dict.fromkeys(one for one in text if one in strange))


def _holds(cluster: str) -> bool:
    letters = set(cluster) - set(JOINERS)
    return any(family.issuperset(letters) for family in _families())


@cache
def _families() -> tuple[frozenset[str], ...]:
    """Return the characters of each family: those that both of its weights have."""
    return tuple(
        frozenset.intersection(*(_characters_of(name.format(weight)) for weight in ("Regular", "Bold")))
        for name in FAMILIES.values()
    )


def _characters_of(name: str) -> frozenset[str]:
    with TTFont(FONT_DIR / name, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


@cache
def _characters() -> frozenset[str]:
    return frozenset.union(*_families(), "\n")


@cache
def _clusters() -> re.Pattern[str]:
    """Match a letter with the marks that follow it; joiners stand between them."""
    marks = "".join(sorted(one for one in _characters() if unicodedata.category(one).startswith("M")))
    return re.compile(f".[{re.escape(marks)}{JOINERS}]*[{re.escape(marks)}]")
