"""A picture of palette numbers, drawn twice as large, as a small PNG."""

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

from plans.figures.draw.arrays import Ids, Numbers
from plans.figures.draw.palette import Palette

Bytes = NDArray[np.uint8]
COLOURS, GREYS = 64, 16
DOTS_PER_METRE = 11811  # 300 to the inch


def reduced(ids: Ids, palette: Palette, factor: int) -> tuple[Bytes, Bytes]:
    """Halve (or more): pixels of a smaller table, and that table (n, 3)."""
    quads = [ids[y::factor, x::factor] for y in range(factor) for x in range(factor)]
    same = np.ones(quads[0].shape, np.bool_)
    for other in quads[1:]:
        same &= other == quads[0]
    edges = np.flatnonzero(~same.ravel())
    table = palette.table.astype(np.int64)
    colour = _packed(table)[quads[0]].ravel()
    total = np.zeros((len(edges), 3), np.int64)
    for quad in quads:
        total += table[quad.ravel()[edges]]
    colour[edges] = _packed((total + len(quads) // 2) // len(quads))
    flat = colour[same.ravel()]
    return _quantised(colour.reshape(quads[0].shape), flat, GREYS if palette.grey else COLOURS)


def _packed(colours: Numbers) -> Numbers:
    result: Numbers = (colours[:, 0] << 16) | (colours[:, 1] << 8) | colours[:, 2]
    return result


def _unpacked(packed: Numbers) -> Numbers:
    return np.stack([packed >> 16, (packed >> 8) & 255, packed & 255], axis=1)


def _quantised(colour: Numbers, flat: Numbers, most: int) -> tuple[Bytes, Bytes]:
    """Fills and lines keep their colour; of the mixtures at edges the most frequent do, others take the nearest."""
    found, number, counts = np.unique(colour, return_inverse=True, return_counts=True)
    # A fill counts for more than any mixture: red arrows stay red.
    counts = counts + np.isin(found, flat) * colour.size
    kept = np.sort(np.argsort(-counts, kind="stable")[:most])
    rows, table = _unpacked(found), _unpacked(found[kept])
    nearest, best = np.zeros(len(found), np.int64), np.full(len(found), 1 << 40)
    for index, entry in enumerate(table):
        away = rows - entry
        distance = away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1] + away[:, 2] * away[:, 2]
        closer = distance < best
        nearest[closer], best[closer] = index, distance[closer]
    return nearest[number].reshape(colour.shape).astype(np.uint8), table.astype(np.uint8)


def png_bytes(pixels: Bytes, table: Bytes) -> bytes:
    """An indexed PNG of one fixed kind: Pillow's compression may differ between processors."""
    height, width = pixels.shape
    bits = 4 if len(table) <= 16 else 8
    rows = _two_in_a_byte(pixels) if bits == 4 else pixels
    unfiltered = np.concatenate([np.zeros((height, 1), np.uint8), rows], axis=1).tobytes()
    compressor = zlib.compressobj(9, zlib.DEFLATED, 15, 9, zlib.Z_DEFAULT_STRATEGY)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, 3, 0, 0, 0)),
            _chunk(b"PLTE", table.tobytes()),
            _chunk(b"pHYs", struct.pack(">IIB", DOTS_PER_METRE, DOTS_PER_METRE, 1)),
            _chunk(b"IDAT", compressor.compress(unfiltered) + compressor.flush()),
            _chunk(b"IEND", b""),
        )
    )


def _two_in_a_byte(pixels: Bytes) -> Bytes:
    padded = np.pad(pixels, ((0, 0), (0, pixels.shape[1] % 2)))
    return ((padded[:, ::2] << 4) | padded[:, 1::2]).astype(np.uint8)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
