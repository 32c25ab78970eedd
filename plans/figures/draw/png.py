"""A picture of palette numbers, drawn twice as large, as a small PNG."""

import struct
import zlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from plans.figures.draw.arrays import Ids, Numbers
from plans.figures.draw.palette import Palette

Bytes = NDArray[np.uint8]
Chooser = Callable[[Numbers, Numbers, int], Numbers]
COLOURS, GREYS = 64, 16
FILL_COUNTS = 1 << 32  # pixels; no picture has so many
DOTS_PER_METRE = 11811  # 300 to the inch


def reduced(ids: Ids, palette: Palette, factor: int) -> tuple[Bytes, Bytes]:
    """Halve (or more): pixels of a smaller table, and that table (n, 3)."""
    (pixels,), table = reduced_alike([ids], palette, factor, most=GREYS if palette.grey else COLOURS)
    return pixels, table


def reduced_alike(
    pictures: Sequence[Ids], palette: Palette, factor: int, *, most: int, choose: Chooser | None = None
) -> tuple[list[Bytes], Bytes]:
    """Do the same with several pictures that share one table; `choose` says which colours it holds."""
    mixed = [_mixed(ids, palette, factor) for ids in pictures]
    found, counts = np.unique(np.concatenate([one.found for one in mixed]), return_inverse=True)
    total = np.zeros(len(found), np.int64)
    np.add.at(total, counts, np.concatenate([one.counts for one in mixed]))
    kept = np.sort((choose or most_frequent)(found, total, most))
    nearest, table = _quantised(found, kept)
    return [
        nearest[np.searchsorted(found, one.found)][one.number].reshape(one.shape).astype(np.uint8)
        for one in mixed
    ], table


class _Mixed(NamedTuple):
    """A smaller picture: its colours, how much each counts, and their numbers."""

    found: Numbers
    counts: Numbers
    number: Numbers
    shape: tuple[int, ...]


def _mixed(ids: Ids, palette: Palette, factor: int) -> _Mixed:
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
    found, number, counts = np.unique(colour, return_inverse=True, return_counts=True)
    # A fill counts for more than any mixture: red arrows stay red.
    counts = counts + np.isin(found, colour[same.ravel()]) * FILL_COUNTS
    return _Mixed(found, counts, number, quads[0].shape)


def _packed(colours: Numbers) -> Numbers:
    result: Numbers = (colours[:, 0] << 16) | (colours[:, 1] << 8) | colours[:, 2]
    return result


def _unpacked(packed: Numbers) -> Numbers:
    return np.stack([packed >> 16, (packed >> 8) & 255, packed & 255], axis=1)


def most_frequent(found: Numbers, counts: Numbers, most: int) -> Numbers:
    """Fills and lines keep their colour; of the mixtures at edges the most frequent do."""
    frequent: Numbers = np.argsort(-counts, kind="stable")[:most]
    return frequent


def most_missed(found: Numbers, counts: Numbers, most: int) -> Numbers:
    """One after the other the colour that most pixels would lack most: of few colours a small red one is kept."""
    rows, pixels = _unpacked(found), counts % FILL_COUNTS
    kept = [int(np.argmax(pixels))]
    lacking = _distance(rows, rows[kept[0]])
    while len(kept) < most and lacking.any():
        kept.append(int(np.argmax(lacking * pixels)))
        lacking = np.minimum(lacking, _distance(rows, rows[kept[-1]]))
    return np.array(kept)


def _quantised(found: Numbers, kept: Numbers) -> tuple[Numbers, Bytes]:
    """Return for each colour the number of the nearest that is kept, and the table of these."""
    rows, table = _unpacked(found), _unpacked(found[kept])
    nearest, best = np.zeros(len(found), np.int64), np.full(len(found), 1 << 40)
    for index, entry in enumerate(table):
        distance = _distance(rows, entry)
        closer = distance < best
        nearest[closer], best[closer] = index, distance[closer]
    return nearest, table.astype(np.uint8)


def _distance(rows: Numbers, entry: Numbers) -> Numbers:
    away = rows - entry
    found: Numbers = away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1] + away[:, 2] * away[:, 2]
    return found


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
