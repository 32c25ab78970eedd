"""Measures how much of the paper handouts leave white before their last page, over var/gallery/handouts/*.pdf.

A leaflet is a page for itself, however short: those of leaflets are held to their number of pages and to their size.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from PIL import Image

from plans.handout.formats import Copy, Format, Size
from plans.handout.pdf.paper import paper_of
from plans.handout.stylesheet import make_stylesheet
from plans.languages import LANGUAGES

OUT = Path(__file__).resolve().parent.parent / "var" / "gallery" / "handouts"
DPI = 36
MM = DPI / 25.4
"""Dots in a millimetre."""
SEPARATES = 9.0
"""Millimetres without ink that part two blocks; only what is higher is white space."""
INK = 225
MOST = {Size.NORMAL: 0.10, Size.LARGE: 0.18}
"""Of the type area, before the last page."""
MOST_PAGES = {Size.NORMAL: 4, Size.LARGE: 9}
"""Of eight exercises; the clinician's copy has what the rules found besides, on a page more."""
MOST_BYTES = 300_000
LEAFLETS = "leaflets."


class White(NamedTuple):
    """The white share of the pages before the last, together and of the worst, and the number of pages."""

    share: float
    worst: float
    pages: int


def measure_white(pdf: bytes, *, top: float, room: float) -> White:
    """Return what is white of the type area, which begins at `top` and is `room` high, in millimetres."""
    pages = list(_shoot(pdf))
    shares = [_white_of(page, top=top, room=room) / room for page in pages[:-1]] or [0.0]
    return White(sum(shares) / len(shares), max(shares), len(pages))


def measure_format(pdf: bytes, form: Format) -> White:
    paper = paper_of(make_stylesheet(form, LANGUAGES["en"]))
    assert paper is not None
    return measure_white(pdf, top=paper.top, room=paper.room)


def _shoot(pdf: bytes) -> Iterator[Image.Image]:
    """Each page of a PDF in greys."""
    with TemporaryDirectory() as folder:
        command = ["pdftoppm", "-r", str(DPI), "-gray", "-", f"{folder}/page"]
        subprocess.run(command, input=pdf, check=True)
        for path in sorted(Path(folder).iterdir()):
            with Image.open(path) as page:
                yield page.convert("L")


def _white_of(page: Image.Image, *, top: float, room: float) -> float:
    first, last = round(top * MM), round((top + room) * MM)
    rows = [page.crop((0, y, page.width, y + 1)).getextrema()[0] < INK for y in range(first, last)]
    return sum(height for height in _blank_bands(rows) if height > SEPARATES)


def _blank_bands(rows: Sequence[bool]) -> Iterator[float]:
    blank = 0
    for has_ink in (*rows, True):
        if has_ink:
            yield blank / MM
            blank = 0
        else:
            blank += 1


def judge(name: str, pdf: bytes) -> tuple[White, list[str]]:
    """Return the white of a handout, and what is too much of it; `name` ends with the format's key."""
    form = Format.from_key(name.rpartition(".")[2])
    white = measure_format(pdf, form)
    found = [f"{len(pdf)} bytes"] if len(pdf) > MOST_BYTES else []
    if name.startswith(LEAFLETS):
        return white, found
    if form.copy is Copy.SUMMARY:
        return white, found + [f"{white.pages} pages"] * (white.pages > 1)
    most_pages = MOST_PAGES[form.size] + (form.copy is Copy.CLINICIAN)
    found += [f"{white.share:.1%} white"] * (white.share > MOST[form.size])
    return white, found + [f"{white.pages} pages"] * (white.pages > most_pages)


def main() -> int:
    """Prints the white of each handout of the gallery, and what is too much."""
    bad = []
    for path in sorted(OUT.glob("*.pdf")):
        white, found = judge(path.stem, path.read_bytes())
        print(f"{path.name}: {white.share:.1%} white before page {white.pages}, {white.worst:.1%} at most")
        bad += [f"{path.name}: {', '.join(found)}"] if found else []
    if bad:
        print("Too much:", *bad, sep="\n")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
