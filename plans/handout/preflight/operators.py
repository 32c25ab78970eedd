"""What a page draws, operator by operator, read from its bytes.

A general reader makes an object of each operand, which takes longer than all else that the check does. This one knows
the operands that a handout has: numbers, names, hexadecimal text, and properties of marks.
"""

import re
from collections.abc import Collection

import pikepdf
from pikepdf import Array

_OPERAND = rb"(?>[-+.\d]++|/[^\s()<>\[\]{}/%]*+|\[[^\[\]()%]*+\]|<<[^<>()\[\]%]*+>>|<[\da-fA-F]*+>)\s*+"
_OPERATION = rb"((?:%b)*+)([A-Za-z'\"]++\*?+)(?!\S)\s*+" % _OPERAND
_OPERATIONS = re.compile(_OPERATION)
_WHOLE = re.compile(rb"\s*+(?:%b)*+" % _OPERATION)


def read_operators(page: pikepdf.Page, wanted: Collection[bytes]) -> list[tuple[bytes, bytes]]:
    """Return the wanted operators, each after its operands, which are yet to be read.

    Raises pikepdf.PdfError for what no handout holds, so that nothing on a page is passed over.
    """
    contents = page.Contents
    parts = contents if isinstance(contents, Array) else [contents]
    drawn = b"\n".join(part.read_bytes() for part in parts)
    if not _WHOLE.fullmatch(drawn):
        raise pikepdf.PdfError("a page draws what no handout holds")
    return [found for found in _OPERATIONS.findall(drawn) if found[1] in wanted]
