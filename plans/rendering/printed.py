"""What a finished PDF says: its text in reading order, its structure, its fonts. Read with pikepdf, not by eye."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import unescape

import pikepdf
from pikepdf import Array, Dictionary

_MAPPED = re.compile(rb"<([0-9a-fA-F]+)> <([0-9a-fA-F]+)>")
_HEADING = re.compile(r"/H([1-6])")
_TITLE = re.compile(r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", re.DOTALL)
_CONFORMANCE = re.compile(r"pdfuaid:part(=\"|>)1")


@dataclass
class Printed:
    """`pages` holds each page's text in reading order; `figures` the alternative texts, empty where missing.

    `unmapped` counts letters without a glyph or without a meaning, `stray` content that is in no tag.
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


def read_printed(data: bytes) -> Printed:
    """Raises pikepdf.PdfError for bytes that are no PDF."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = Printed()
        _read_catalog(pdf, found)
        texts = [_read_page(page, found) for page in pdf.pages]
        _read_tree(pdf, texts, found)
        found.loose_fonts = list(_find_loose_fonts(pdf))
        return found


def _read_catalog(pdf: pikepdf.Pdf, found: Printed) -> None:
    root = pdf.Root
    found.language = str(root.get("/Lang", ""))
    shows_title = bool(root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False))
    marked = bool(root.get("/MarkInfo", Dictionary()).get("/Marked", False))
    found.is_tagged = marked and shows_title and "/StructTreeRoot" in root
    metadata = root.Metadata.read_bytes().decode() if "/Metadata" in root else ""
    in_metadata = _TITLE.search(metadata)
    found.titles = (str(pdf.docinfo.get("/Title", "")), unescape(in_metadata[1]) if in_metadata else "")
    found.is_declared = bool(_CONFORMANCE.search(metadata))


def _read_page(page: pikepdf.Page, found: Printed) -> dict[int, str]:
    """The text of each piece of marked content."""
    maps = {name: _read_map(font) for name, font in page.Resources.get("/Font", {}).items()}
    texts: dict[int, str] = {}
    open_marks: list[int | None] = []
    letters: dict[str, str] = {}
    for instruction in pikepdf.parse_content_stream(page, "BDC BMC EMC Tf TJ Tj Do"):
        operands = instruction.operands
        match str(instruction.operator):
            case "BDC":
                open_marks.append(_number(operands[1]))
            case "BMC":
                open_marks.append(None)
            case "EMC":
                open_marks.pop()
            case "Tf":
                letters = maps[str(operands[0])]
            case "Do":
                found.stray += not open_marks
            case _:
                found.stray += not open_marks
                text = _decode(operands[0], letters, found)
                if open_marks and (mark := open_marks[-1]) is not None:
                    texts[mark] = texts.get(mark, "") + text
    return texts


def _number(properties: Any) -> int | None:
    mark = properties.get("/MCID") if isinstance(properties, Dictionary) else None
    return None if mark is None else int(mark)


def _read_map(font: Any) -> dict[str, str]:
    """From the four hexadecimal digits of a glyph to its letters."""
    if "/ToUnicode" not in font:
        return {}
    pairs = _MAPPED.findall(font.ToUnicode.read_bytes())
    return {glyph.decode().lower(): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs}


def _decode(shown: Any, letters: dict[str, str], found: Printed) -> str:
    pieces = shown if isinstance(shown, Array) else [shown]
    text = []
    for piece in pieces:
        if isinstance(piece, pikepdf.String):
            codes = bytes(piece).hex()
            text += [letters.get(codes[at : at + 4], "\ufffd") for at in range(0, len(codes), 4)]
            # Glyph 0 is the empty box that stands for a letter which no font has.
            found.unmapped += sum(codes[at : at + 4] == "0000" for at in range(0, len(codes), 4))
    found.unmapped += text.count("\ufffd")
    return "".join(text)


def _read_tree(pdf: pikepdf.Pdf, texts: list[dict[int, str]], found: Printed) -> None:
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    parts: list[list[str]] = [[] for _ in texts]
    for element in _walk(pdf.Root.get("/StructTreeRoot", Dictionary())):
        tag = str(element.get("/S", ""))
        if heading := _HEADING.fullmatch(tag):
            found.headings.append(int(heading[1]))
        elif tag == "/Figure":
            found.figures.append(str(element.get("/Alt", "")))
        elif tag == "/Table":
            found.tables.append(_count_headers(element))
        for mark in (int(kid) for kid in _kids(element) if isinstance(kid, int)):
            page = pages[element.Pg.objgen]
            # A space, so that words of two runs stay two words; who reads the pages ignores spaces.
            parts[page].append(texts[page].get(mark, "") + " ")
        if tag in _BLOCKS and "/Pg" in element:
            parts[pages[element.Pg.objgen]].append("\n")
    found.pages = ["".join(part) for part in parts]


_BLOCKS = frozenset({"/P", "/LI", "/TR", "/Sect", "/Art", "/L", "/Div", *(f"/H{n}" for n in range(1, 7))})


def _walk(element: Any) -> Iterator[Any]:
    yield element
    for kid in _kids(element):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield from _walk(kid)


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _count_headers(table: Any) -> tuple[int, int]:
    """Header cells, and data cells that name no header."""
    cells = [one for one in _walk(table) if str(one.get("/S", "")) in ("/TH", "/TD")]
    headers = sum(str(cell.S) == "/TH" for cell in cells)
    lost = sum(str(cell.S) == "/TD" and not cell.get("/A", {}).get("/Headers", ()) for cell in cells)
    return headers, lost


def _find_loose_fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Fonts that are not inside the file, or whose letters have no meaning."""
    for page in pdf.pages[:1]:
        for font in page.Resources.get("/Font", {}).values():
            inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            descriptor = inner.get("/FontDescriptor", Dictionary())
            embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
            if not embedded or "/ToUnicode" not in font:
                yield str(font.get("/BaseFont", "")).lstrip("/")
