"""An indexed PNG taken apart, so that a PDF can carry it as it is."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_INDEXED, _WHOLE = 3, 0
# Colour counts, sizes and transparency that this reader does not handle take the renderer's own, slower way.
_HARMLESS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"pHYs", b"tIME", b"tEXt", b"sRGB", b"gAMA"})


@dataclass(frozen=True)
class IndexedPng:
    """Size in dots, bits for each dot, the palette's bytes (RGB) and the compressed rows."""

    width: int
    height: int
    depth: int
    palette: bytes
    rows: bytes

    @property
    def last_colour(self) -> int:
        return len(self.palette) // 3 - 1


def take_apart(data: bytes) -> IndexedPng | None:
    """None unless the bytes are an opaque indexed PNG without interlacing. The bytes must be a whole PNG."""
    if not data.startswith(SIGNATURE):
        return None
    chunks = list(_chunks(data))
    if not {name for name, _ in chunks} <= _HARMLESS or chunks[0][0] != b"IHDR":
        return None
    width, height, depth, colours, _, _, interlacing = struct.unpack(">IIBBBBB", chunks[0][1])
    if colours != _INDEXED or interlacing != _WHOLE:
        return None
    palette = b"".join(body for name, body in chunks if name == b"PLTE")
    rows = b"".join(body for name, body in chunks if name == b"IDAT")
    return IndexedPng(width, height, depth, palette, rows)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at + 8 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += length + 12
