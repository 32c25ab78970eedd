"""Makes the handout's fonts from a machine's Noto fonts (Debian: fonts-noto-core, fonts-noto-cjk): run it rarely.

Every changed byte renders all handouts anew. Look at the pages in all languages before a commit.
The fonts may lie elsewhere than in /usr/share/fonts: `subset_fonts.py FOLDER`.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

ROOT = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/fonts")
OUT = Path(__file__).resolve().parent.parent / "plans" / "handout" / "fonts"
WEIGHTS = ("Regular", "Bold")
# Latin, Greek, Cyrillic, punctuation, signs of money, arrows, mathematics.
LATIN = [
    (0x0, 0x52F),
    (0x1E00, 0x20BF),
    (0x2100, 0x218F),
    (0x2190, 0x2193),
    (0x2200, 0x22FF),
    (0x25A0, 0x25FF),
]


# Small enough to keep whole.
WHOLE = ("Arabic", "Hebrew", "Devanagari", "Thai")
ASCII = range(0x20, 0x7F)
"""In each font of Chinese and Korean: a space between two of their characters is set in their font."""


def main() -> None:
    """Writes two files for each script."""
    for weight in WEIGHTS:
        latin = ROOT / f"truetype/noto/NotoSans-{weight}.ttf"
        save(TTFont(latin), {one for low, high in LATIN for one in range(low, high + 1)}, latin.name)
        for script in WHOLE:
            path = ROOT / f"truetype/noto/NotoSans{script}-{weight}.ttf"
            font = TTFont(path)
            save(font, font.getBestCmap(), path.name)
        save_cjk(weight, "SC", gb2312())
        save_cjk(weight, "KR", ks_x_1001() - gb2312())


def save_cjk(weight: str, face: str, characters: set[int]) -> None:
    """Write the part of a face of the collection for Chinese, Japanese and Korean."""
    fonts = TTCollection(ROOT / f"opentype/noto/NotoSansCJK-{weight}.ttc").fonts
    font = next(font for font in fonts if font["name"].getDebugName(4).startswith(f"Noto Sans CJK {face}"))
    # Without other shapes of the same characters, for upright lines and other countries: a third of the file.
    features = ["*"] if face == "SC" else ["ccmp", "liga", "kern", "mark"]
    save(font, characters | set(ASCII), f"NotoSans{face}-{weight}.otf", features)
    renumber(OUT / f"NotoSans{face}-{weight}.otf")


def gb2312() -> set[int]:
    """The characters of everyday Chinese."""
    return two_bytes("gb2312") | set(range(0xFF00, 0xFFF0))


def ks_x_1001() -> set[int]:
    """The characters of everyday Korean: 2,350 syllables, their letters, and the Chinese ones that Korean uses."""
    return two_bytes("euc_kr")


def two_bytes(encoding: str) -> set[int]:
    """What an encoding writes with two bytes, Latin letters apart."""
    pairs = (bytes([lead, trail]) for lead in range(0xA1, 0xFE) for trail in range(0xA1, 0xFF))
    characters = "".join(pair.decode(encoding, errors="ignore") for pair in pairs)
    return {ord(one) for one in characters if ord(one) >= 0x2000}


def save(font: TTFont, characters: Iterable[int], name: str, features: Iterable[str] = ("*",)) -> None:
    """Write the part of a font that these characters need."""
    options = Options(hinting=False, layout_features=list(features), name_IDs=["*"], recalc_timestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font.save(OUT / name)


def renumber(path: Path) -> None:
    """Count the CIDs like the glyphs. A PDF names these glyphs by CID, the renderer by their number."""
    font = TTFont(path, lazy=True, recalcTimestamp=False)
    top = font["CFF "].cff.topDictIndex[0]
    glyphs = top.CharStrings
    names = [".notdef", *(f"cid{number:05d}" for number in range(1, len(top.charset)))]
    glyphs.charStrings = {new: glyphs.charStrings[old] for old, new in zip(top.charset, names, strict=True)}
    top.charset = names
    font.setGlyphOrder(names)
    font.save(path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


if __name__ == "__main__":
    main()
