"""The bundled fonts: found by every machine, the same bytes on each."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from plans.rendering.errors import FontsMissing

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
    """A short name for the bytes of all fonts: a part of what decides the bytes of a PDF."""
    digest = hashlib.sha256()
    for name in FONT_FILES:
        digest.update((FONT_DIR / name).read_bytes())
    return digest.hexdigest()[:16]


def unprintable(text: str) -> str:
    """Give the characters of a text that no bundled font has, each once; a handout with one of them would fail."""
    known = _characters()
    return "".join(dict.fromkeys(one for one in text if not one.isspace() and ord(one) not in known))


@cache
def _characters() -> frozenset[int]:
    found: set[int] = set()
    for name in FONT_FILES:
        with TTFont(FONT_DIR / name, lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(found)
