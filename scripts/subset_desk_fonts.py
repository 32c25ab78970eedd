"""Make the desk's fonts small: of the theme's icons those that the desk names, of its letters those of our languages.

Run: python -m scripts.subset_desk_fonts       after an icon is named that tests/test_desk_fonts.py says is missing.

The files lie in static/unfold, where they take the place of the theme's own.
"""

import re
from pathlib import Path

import unfold
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
THEME = Path(unfold.__file__).parent
FONTS = THEME / "static" / "unfold" / "fonts"
OUT = ROOT / "static" / "unfold" / "fonts"
ICONS = Path("material-symbols/Material-Symbols-Outlined.woff2")
LETTERS = [Path(f"inter/Inter-{weight}.woff2") for weight in ("Regular", "SemiBold")]
# Latin with its accents, punctuation, signs of money, arrows, mathematics.
CHARACTERS = [
    *range(0x20, 0x180),
    *range(0x2010, 0x2040),
    0x20AC,
    *range(0x2190, 0x2194),
    0x2212,
    0x2260,
    0x2264,
    0x2265,
]
TEMPLATE_ICON = re.compile(r"material-symbols-outlined[^>]*>\s*(?:{%[^%]*%}\s*)*([a-z0-9_]+)")
QUOTED = re.compile(r"""["'>]([a-z][a-z0-9_]{2,})["'<]""")


def named_icons() -> set[str]:
    """Return the icons that templates, pages and scripts name; too many rather than too few."""
    known = set(ligatures(TTFont(FONTS / ICONS)))
    found: set[str] = set()
    for path in (*(THEME / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.html")):
        found |= set(TEMPLATE_ICON.findall(path.read_text(encoding="utf-8")))
    words = [
        ROOT / "clinic" / "settings_desk.py",
        *(ROOT / "plans/admin").rglob("*.py"),
        *(ROOT / "static/desk").glob("*.js"),
    ]
    for path in words:
        text = path.read_text(encoding="utf-8")
        if "icon" in text or "material-symbols" in text:
            found |= set(QUOTED.findall(text))
    return found & known


def ligatures(font: TTFont) -> dict[str, str]:
    """Return the glyph of each icon by its name."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    return {
        "".join(letters[glyph] for glyph in (first, *one.Component)): one.LigGlyph
        for table in _tables(font)
        for first, some in table.ligatures.items()
        for one in some
        if first in letters and all(glyph in letters for glyph in one.Component)
    }


def _tables(font: TTFont) -> list[object]:
    found = [table for lookup in font["GSUB"].table.LookupList.Lookup for table in lookup.SubTable]
    return [getattr(table, "ExtSubTable", table) for table in found]


def save_icons(names: set[str]) -> None:
    font = TTFont(FONTS / ICONS, recalcTimestamp=False)
    kept = {glyph for name, glyph in ligatures(font).items() if name in names}
    for table in _tables(font):
        for first, some in list(table.ligatures.items()):
            table.ligatures[first] = [one for one in some if one.LigGlyph in kept]
    _save(font, {*map(ord, "abcdefghijklmnopqrstuvwxyz0123456789_ ")}, ICONS, ["rlig", "liga"])


def _save(font: TTFont, characters: set[int], path: Path, features: list[str]) -> None:
    options = Options()
    options.layout_features = features
    options.flavor = "woff2"
    options.hinting = False
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font.flavor = "woff2"
    (OUT / path).parent.mkdir(parents=True, exist_ok=True)
    font.save(OUT / path)
    print(path, (OUT / path).stat().st_size)


def main() -> None:
    save_icons(named_icons())
    for path in LETTERS:
        _save(TTFont(FONTS / path, recalcTimestamp=False), set(CHARACTERS), path, ["ccmp"])


if __name__ == "__main__":
    main()
