"""Makes the handout's fonts from a machine's Noto fonts (Debian: fonts-noto-core, fonts-noto-cjk): run it rarely.

Every changed byte renders all handouts anew. Look at the pages in all languages before a commit.
"""

from collections.abc import Iterable
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

ROOT = Path("/usr/share/fonts")
OUT = Path(__file__).resolve().parent.parent / "plans" / "rendering" / "fonts"
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


def main() -> None:
    """Writes six files."""
    for weight in WEIGHTS:
        latin = ROOT / f"truetype/noto/NotoSans-{weight}.ttf"
        save(TTFont(latin), {one for low, high in LATIN for one in range(low, high + 1)}, latin.name)
        arabic = ROOT / f"truetype/noto/NotoSansArabic-{weight}.ttf"
        font = TTFont(arabic)
        save(font, font.getBestCmap(), arabic.name)
        save(chinese(weight), gb2312(), f"NotoSansSC-{weight}.otf")
        renumber(OUT / f"NotoSansSC-{weight}.otf")


def chinese(weight: str) -> TTFont:
    """The simplified Chinese face of the collection."""
    fonts = TTCollection(ROOT / f"opentype/noto/NotoSansCJK-{weight}.ttc").fonts
    return next(font for font in fonts if font["name"].getDebugName(4).startswith("Noto Sans CJK SC"))


def gb2312() -> set[int]:
    """The characters of everyday Chinese, and ASCII: a space between two of them is set in their font."""
    pairs = (bytes([lead, trail]) for lead in range(0xA1, 0xF8) for trail in range(0xA1, 0xFF))
    characters = "".join(pair.decode("gb2312", errors="ignore") for pair in pairs)
    return {ord(one) for one in characters if ord(one) >= 0x2000} | {
        *range(0x20, 0x7F),
        *range(0xFF00, 0xFFF0),
    }


def save(font: TTFont, characters: Iterable[int], name: str) -> None:
    """Write the part of a font that these characters need."""
    options = Options(hinting=False, layout_features=["*"], name_IDs=["*"], recalc_timestamp=False)
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
