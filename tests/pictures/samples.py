"""Pictures as people send them."""

import struct
import subprocess
import zlib
from io import BytesIO

from PIL import Image, ImageDraw

COLOUR_TYPES = {0: 1, 2: 3, 4: 2, 6: 4}


def encoded(picture, kind="PNG", **options):
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def photo(width=640, height=480, colour="#6db4c2", kind="JPEG", **options):
    """A plain picture with a red left half of its top, so that a turn shows."""
    picture = Image.new("RGB", (width, height), colour)
    picture.paste("#cc2200", (0, 0, width // 2, height // 2))
    return encoded(picture, kind, **options)


def raw_png(width, height, *, depth=8, colour_type=2, sample=b"\0", extra=()):
    """A PNG of one colour, written by hand: any depth, any size, few bytes. `sample` is one dot."""
    dots = COLOUR_TYPES[colour_type] * depth // 8
    row = b"\0" + (sample * dots)[:dots] * width if len(sample) == 1 else b"\0" + sample * width
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, 0)
    parts = [(b"IHDR", head), *extra, (b"IDAT", rows), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def logo(icon="#0b6e6e", letters="#0b6e6e", *, ground=(0, 0, 0, 0), size=(900, 300), at=(0, 0)):
    """A disc with a white bar in it, and beside it three strokes in the place of letters."""
    picture = Image.new("RGBA", size, ground)
    pen = ImageDraw.Draw(picture)
    x, y = at
    pen.ellipse((x + 20, y + 50, x + 220, y + 250), fill=icon)
    pen.line((x + 70, y + 150, x + 170, y + 150), fill="white", width=25)
    for stroke in range(3):
        pen.line((x + 320 + 90 * stroke, y + 90, x + 320 + 90 * stroke, y + 210), fill=letters, width=24)
    return encoded(picture)


def film(kind):
    """A picture that moves: white, then black."""
    first, second = (Image.new("RGB", (640, 480), colour) for colour in ("white", "black"))
    return encoded(first, kind, save_all=True, append_images=[second])


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def linear_profile():
    """A colour profile of a screen whose numbers are light itself, without the usual curve."""

    def tag(kind, *values):
        return kind + bytes(4) + b"".join(values)

    def fixed(*values):
        return b"".join(struct.pack(">i", round(value * 65536)) for value in values)

    straight = tag(b"curv", struct.pack(">I", 0))
    tags = {
        b"desc": tag(b"desc", struct.pack(">I", 5), b"line\0", bytes(78)),
        b"wtpt": tag(b"XYZ ", fixed(0.9642, 1, 0.8249)),
        b"rXYZ": tag(b"XYZ ", fixed(0.4361, 0.2225, 0.0139)),
        b"gXYZ": tag(b"XYZ ", fixed(0.3851, 0.7169, 0.0971)),
        b"bXYZ": tag(b"XYZ ", fixed(0.1431, 0.0606, 0.7141)),
        b"rTRC": straight,
        b"gTRC": straight,
        b"bTRC": straight,
    }
    table, body, at = b"", b"", 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        data += bytes(-len(data) % 4)
        table += name + struct.pack(">II", at + len(body), len(data))
        body += data
    size = at + len(body)
    head = struct.pack(">I4sI4s4s4s", size, b"none", 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += bytes(12) + b"acsp" + bytes(28) + fixed(0.9642, 1, 0.8249)
    return head + bytes(128 - len(head)) + struct.pack(">I", len(tags)) + table + body


def heic(folder, data):
    """The same as a phone's HEIC, by Debian's encoder."""
    (folder / "in.jpg").write_bytes(data)
    subprocess.run(
        ["heif-enc", "-q", "80", folder / "in.jpg", "-o", folder / "out.heic"],
        check=True,
        capture_output=True,
    )
    return (folder / "out.heic").read_bytes()
