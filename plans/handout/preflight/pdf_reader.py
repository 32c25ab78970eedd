"""What a finished PDF says: its text in reading order, its structure, its fonts. Read with pikepdf, not by eye."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import unescape

import pikepdf
from pikepdf import Array, Dictionary

from plans.handout.preflight.page_reader import Fonts, PageReader
from plans.handout.preflight.places import find_covered, find_outside

_HEADING = re.compile(r"/H([1-6])")
_TITLE = re.compile(r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", re.DOTALL)
_CONFORMANCE = re.compile(r"pdfuaid:part(=\"|>)1")


@dataclass
class PdfContents:
    """`pages` holds each page's text in reading order; `figures` the alternative texts, empty where missing.

    `unmapped` counts letters without a glyph or without a meaning, `stray` content that is in no tag. `outside` and
    `covered` hold text that lies where no printer prints, or over other text or a picture; a picture has no text.
    """

    language: str = ""
    titles: tuple[str, str] = ("", "")
    is_tagged: bool = False
    is_declared: bool = False
    pages: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    tables: list[tuple[int, int]] = field(default_factory=list)
    loose_fonts: list[str] = field(default_factory=list)
    unmapped: int = 0
    stray: int = 0
    outside: list[str] = field(default_factory=list)
    covered: list[str] = field(default_factory=list)


def read_pdf(data: bytes) -> PdfContents:
    """Raises pikepdf.PdfError for bytes that are no PDF."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = PdfContents()
        _read_catalog(pdf, found)
        fonts = Fonts()
        texts = [_read_page(page, fonts, found) for page in pdf.pages]
        _read_tree(pdf, texts, found)
        found.loose_fonts = list(_find_loose_fonts(pdf))
        return found


def _read_catalog(pdf: pikepdf.Pdf, found: PdfContents) -> None:
    root = pdf.Root
    found.language = str(root.get("/Lang", ""))
    shows_title = bool(root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False))
    marked = bool(root.get("/MarkInfo", Dictionary()).get("/Marked", False))
    found.is_tagged = marked and shows_title and "/StructTreeRoot" in root
    metadata = root.Metadata.read_bytes().decode() if "/Metadata" in root else ""
    in_metadata = _TITLE.search(metadata)
    found.titles = (str(pdf.docinfo.get("/Title", "")), unescape(in_metadata[1]) if in_metadata else "")
    found.is_declared = bool(_CONFORMANCE.search(metadata))


def _read_page(page: pikepdf.Page, fonts: Fonts, found: PdfContents) -> dict[int, str]:
    reader = PageReader(page, fonts)
    reader.read()
    found.unmapped += reader.unmapped
    found.stray += reader.stray
    _, _, width, height = (float(side) for side in page.MediaBox)
    found.outside += find_outside(reader.pieces, width=width, height=height)
    found.covered += find_covered(reader.pieces)
    return reader.texts


def _read_tree(pdf: pikepdf.Pdf, texts: list[dict[int, str]], found: PdfContents) -> None:
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    parts: list[list[str]] = [[] for _ in texts]
    for element, kids in _walk(pdf.Root.get("/StructTreeRoot", Dictionary())):
        tag = str(element.get("/S", ""))
        if heading := _HEADING.fullmatch(tag):
            found.headings.append(int(heading[1]))
        elif tag == "/Figure":
            found.figures.append(str(element.get("/Alt", "")))
        elif tag == "/Table":
            found.tables.append(_count_headers(element))
        for mark in (int(kid) for kid in kids if isinstance(kid, int)):
            page = pages[element.Pg.objgen]
            # A space, so that words of two runs stay two words; who reads the pages ignores spaces.
            parts[page].append(texts[page].get(mark, "") + " ")
        if tag in _BLOCKS and "/Pg" in element:
            parts[pages[element.Pg.objgen]].append("\n")
    found.pages = ["".join(part) for part in parts]


_BLOCKS = frozenset({"/P", "/LI", "/TR", "/Sect", "/Art", "/L", "/Div", *(f"/H{n}" for n in range(1, 7))})


def _walk(root: Any) -> Iterator[tuple[Any, list[Any]]]:
    """Yield each element with its kids, from the first line to the last."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        kids = _kids(element)
        yield element, kids
        waiting += [kid for kid in reversed(kids) if isinstance(kid, Dictionary) and "/S" in kid]


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _count_headers(table: Any) -> tuple[int, int]:
    cells = [one for one, _ in _walk(table) if str(one.get("/S", "")) in ("/TH", "/TD")]
    headers = sum(str(cell.S) == "/TH" for cell in cells)
    lost = sum(str(cell.S) == "/TD" and not cell.get("/A", {}).get("/Headers", ()) for cell in cells)
    return headers, lost


def _find_loose_fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for page in pdf.pages[:1]:
        for font in page.Resources.get("/Font", {}).values():
            inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            descriptor = inner.get("/FontDescriptor", Dictionary())
            embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
            if not embedded or "/ToUnicode" not in font:
                yield str(font.get("/BaseFont", "")).lstrip("/")
