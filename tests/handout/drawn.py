"""What a PDF draws and how large it comes out on paper, from the matrices that it is drawn with."""

from collections import Counter
from io import BytesIO
from typing import NamedTuple

import pikepdf

POINTS_PER_MM = 72 / 25.4


class DrawnPicture(NamedTuple):
    """A picture, with its width and height in millimetres."""

    picture: pikepdf.Object
    width: float
    height: float


def drawn_pictures(data: bytes):
    """Yield each picture in the order of the pages."""
    with pikepdf.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            for matrix, drawn in _drawn_by(page):
                if drawn.Subtype == "/Image":
                    yield DrawnPicture(drawn, abs(matrix.a) / POINTS_PER_MM, abs(matrix.d) / POINTS_PER_MM)


def letter_sizes(data: bytes) -> Counter:
    """How many pieces of text there are of each size in points."""
    sizes = Counter()
    with pikepdf.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            _count_letters(page, pikepdf.Matrix(), sizes)
    return sizes


def _drawn_by(page):
    for operands, operator, matrix in _walk(page, pikepdf.Matrix()):
        if operator == "Do":
            yield matrix, page.Resources.XObject[str(operands[0])]


def _count_letters(page, outside, sizes):
    size, text = 0.0, pikepdf.Matrix()
    for operands, operator, matrix in _walk(page, outside):
        match operator:
            case "Tf":
                size = float(operands[1])
            case "Tm":
                text = pikepdf.Matrix(*map(float, operands))
            case "TJ" | "Tj":
                sizes[round(size * abs((text @ matrix).d), 1)] += 1
            case "Do" if (drawn := page.Resources.XObject[str(operands[0])]).Subtype == "/Form":
                _count_letters(drawn, matrix, sizes)


def _walk(page, matrix):
    """Yield what is drawn with the matrix in force there."""
    kept = []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                kept.append(matrix)
            case "Q":
                matrix = kept.pop()
            case "cm":
                matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
        yield operands, str(operator), matrix
