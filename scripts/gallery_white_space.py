"""Measures how much of the paper handouts leave white before their last page, over var/gallery/handouts/*.pdf."""

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


def main() -> int:
    """Prints the white of each handout of the gallery, and says which have more than they may."""
    too_white = []
    for path in sorted(OUT.glob("*.pdf")):
        form = Format.from_key(path.stem.split(".")[1])
        white = measure_format(path.read_bytes(), form)
        print(
            f"{path.name}: {white.share:.1%} white before the last of {white.pages} pages, {white.worst:.1%} at most"
        )
        if form.copy is not Copy.SUMMARY and white.share > MOST[form.size]:
            too_white.append(path.name)
    if too_white:
        print("Too white: " + ", ".join(too_white))
    return bool(too_white)


if __name__ == "__main__":
    sys.exit(main())
