"""A program of its own that reads a picture which somebody sent: `python -I decoder.py BOUNDS < picture > answer`.

It imports nothing of the service, so that what a crafted file could do to it reaches no data, and limits itself
before it looks at the first byte. BOUNDS is JSON. The answer is a line of JSON, either with `refused` (a code) and
what its words need, or with `width` and `height`; then the picture follows as a JPEG in sRGB, upright, on white.
Whatever else goes wrong ends it with a status that is not 0.
"""

import io
import json
import os
import resource
import runpy
import subprocess
import sys
import tempfile
from typing import Any, NoReturn

MEGABYTE = 1024 * 1024
ON_PAPER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "on_paper.py")
"""By its path: a program that is run with -I finds nothing beside it."""
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
PNG_DEPTH_AT, SIXTEEN = 24, 16
ORIENTATION = 0x0112
UPRIGHT, LYING = 1, (5, 6, 7, 8)
"""EXIF orientations: as it is, and those that swap width and height."""
MIRRORED_ACROSS, MIRRORED_DOWN = (2, 3, 6, 7), (3, 4, 7, 8)
"""Those where left and right, and top and bottom, of what is seen stand the other way in the file."""
SHAPES = ("wide", "upright")
RATIO_ROUNDED = 0.02
"""How far from its shape a part may be: nobody sees it, and whole dots and two digits stay within it."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, as shares of width and height."""


class Refused(Exception):
    """A picture that is not taken: the code of the refusal, and what its words need."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.answer = {"refused": code, "details": details}


def main() -> int:
    bounds = json.loads(sys.argv[1])
    limit_self(megabytes=bounds["megabytes"], seconds=bounds["seconds"])
    try:
        width, height, jpeg = convert(sys.stdin.buffer.read(), bounds)
    except Refused as refused:
        return answer(refused.answer)
    except MemoryError:
        return answer(Refused("picture_too_hard").answer)
    return answer({"width": width, "height": height}, jpeg)


def limit_self(*, megabytes: int, seconds: int) -> None:
    """Take no more than this from now on; what is started from here inherits it."""
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes * MEGABYTE, megabytes * MEGABYTE))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * MEGABYTE, 64 * MEGABYTE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)


def answer(line: dict[str, Any], jpeg: bytes = b"") -> int:
    sys.stdout.buffer.write(json.dumps(line).encode() + b"\n" + jpeg)
    sys.stdout.buffer.flush()
    return 0


def convert(data: bytes, bounds: dict[str, Any]) -> tuple[int, int, bytes]:
    """Return width, height and bytes of the picture as it will be printed. Raises Refused."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # held to our own limits below, before anything is decoded
    is_heif = data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS
    source = from_heif(data, bounds) if is_heif else io.BytesIO(data)
    with Image.open(source, formats=("JPEG", "PNG", "WEBP")) as picture:
        if getattr(picture, "is_animated", False) and picture.format != "MPO":
            raise Refused("picture_moves")
        bring_clear_colour_to_eight_bits(picture, data)
        kind = "JPEG" if picture.format in ("JPEG", "MPO") else str(picture.format)
        check_pixels(picture.width, picture.height, kind=kind, bounds=bounds)
        # What stands in a HEIC's EXIF was heeded by its converter already. A PNG is decoded to find its EXIF.
        orientation = UPRIGHT if is_heif else picture.getexif().get(ORIENTATION, UPRIGHT)
        box = (0.0, 0.0, 1.0, 1.0)
        if bounds["crop"]:
            box = check_crop(*shown_size(picture.size, orientation), bounds=bounds)
        else:
            check_shape(*shown_size(picture.size, orientation), bounds=bounds)
        plain = cut_out(with_plain_mode(picture), in_file(box, orientation), side=bounds["longest_side"])
        shown = in_srgb(plain, picture.info.get("icc_profile"))
        paper = runpy.run_path(ON_PAPER)
        if fault := paper["fault_on_paper"](shown, min_contrast=bounds["min_contrast"]):
            raise Refused(fault, least=bounds["min_contrast"])
        printed = turned(paper["on_white"](shown), orientation)
        if bounds["trimmed"]:
            printed = paper["without_margins"](printed, bounds=bounds)
    printed.info.clear()  # comments would be written again
    out = io.BytesIO()
    printed.save(out, "JPEG", quality=85, optimize=True)
    return printed.width, printed.height, out.getvalue()


def shown_size(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    return (size[1], size[0]) if orientation in LYING else size


def turned(picture: Any, orientation: int) -> Any:
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return picture.transpose(turns[orientation]) if orientation in turns else picture


def check_pixels(width: int, height: int, *, kind: str, bounds: dict[str, Any]) -> None:
    most = bounds["max_jpeg_pixels"] if kind == "JPEG" else bounds["max_pixels"]
    if width * height > most:
        raise Refused("picture_too_large", kind=kind, most=most // 1_000_000, width=width, height=height)


def check_shape(width: int, height: int, *, bounds: dict[str, Any]) -> None:
    """Raise Refused for a picture that is too small or too far from square to be seen in print."""
    size = {"width": width, "height": height}
    short_side, long_side = bounds["min_short_side"], bounds["min_long_side"]
    if min(size.values()) < short_side or max(size.values()) < long_side:
        raise Refused("picture_too_small", short_side=short_side, long_side=long_side, **size)
    if height > width * bounds["max_times_as_high"]:
        raise Refused("picture_too_narrow", most=bounds["max_times_as_high"], **size)
    if width > height * bounds["max_times_as_wide"]:
        raise Refused("picture_too_flat", most=bounds["max_times_as_wide"], **size)


def check_crop(width: int, height: int, *, bounds: dict[str, Any]) -> Box:
    """Return left, top, right, bottom of what is cut out, each from 0 to 1. Raises Refused for what fills no place."""
    left, top, wide, high = (share / 100 for share in bounds["crop"])
    size = {"width": round(width * wide), "height": round(height * high)}
    short_side, long_side = bounds["min_short_side"], bounds["min_long_side"]
    fitting = [wide_mm / high_mm for wide_mm, high_mm in bounds["ratios"]]
    heights = [round(100 * width * wide / ratio / height, 2) for ratio in fitting]
    if not any(abs(high * 100 / fits - 1) <= RATIO_ROUNDED for fits in heights):
        names = {name: f"{mm[0]} : {mm[1]}" for name, mm in zip(SHAPES, bounds["ratios"], strict=True)}
        wanted = {f"{name}_height": fits for name, fits in zip(SHAPES, heights, strict=True)}
        raise Refused("picture_crop_off", **size, **names, **wanted)
    if min(size.values()) < short_side or max(size.values()) < long_side:
        upright = size["height"] > size["width"]
        least = (short_side, long_side) if upright else (long_side, short_side)
        raise Refused("picture_crop_too_small", least_width=least[0], least_height=least[1], **size)
    return left, top, min(left + wide, 1.0), min(top + high, 1.0)


def in_file(box: Box, orientation: int) -> Box:
    """Return where the box, named as the picture is seen, lies in the file, which a turned camera writes turned."""
    left, top, right, bottom = box
    if orientation in MIRRORED_ACROSS:
        left, right = 1 - right, 1 - left
    if orientation in MIRRORED_DOWN:
        top, bottom = 1 - bottom, 1 - top
    return (top, left, bottom, right) if orientation in LYING else (left, top, right, bottom)


def cut_out(picture: Any, box: Box, *, side: int) -> Any:
    """Return that part of the picture, its longer side no longer than this."""
    width, height = picture.size
    longest = max((box[2] - box[0]) * width, (box[3] - box[1]) * height)
    scale = min(1.0, side / longest)
    # A JPEG is decoded no larger than this needs.
    picture.thumbnail((round(width * scale), round(height * scale)), reducing_gap=2.0)
    ends = (picture.width, picture.height, picture.width, picture.height)
    return picture.crop(tuple(round(share * end) for share, end in zip(box, ends, strict=True)))


def with_plain_mode(picture: Any) -> Any:
    """Return the picture with eight bits for each of grey, colour and clearness, as it is meant to look."""
    mode, clear = picture.mode, picture.info.get("transparency")
    if mode.startswith("I"):
        return from_sixteen_bits(picture, clear)
    if mode in ("P", "PA") or clear is not None:
        return picture.convert("RGBA")
    return picture if mode in ("L", "LA", "RGB", "RGBA", "CMYK") else picture.convert("RGB")


def bring_clear_colour_to_eight_bits(picture: Any, data: bytes) -> None:
    """Halve what a PNG of sixteen bits names as clear: its dots are halved when they are read, that is not."""
    clear = picture.info.get("transparency")
    if isinstance(clear, tuple) and data[PNG_DEPTH_AT] == SIXTEEN:
        picture.info["transparency"] = tuple(value >> 8 for value in clear)


def from_sixteen_bits(picture: Any, clear: object) -> Any:
    """Return grey of sixteen bits as grey of eight: a plain conversion makes everything above 255 white."""
    from PIL import Image, ImageMath

    wide = picture.convert("I")
    grey = wide.point(lambda value: value * (1 / 257)).convert("L")
    if not isinstance(clear, int):
        return grey
    seen = ImageMath.lambda_eval(lambda names: (names["grey"] != clear) * 255, grey=wide).convert("L")
    return Image.merge("LA", (grey, seen))


def in_srgb(picture: Any, profile: bytes | None) -> Any:
    """Return the picture in the colours that everybody's printer expects; a phone's are often wider."""
    from PIL import ImageCms

    clear = picture.getchannel("A") if picture.mode in ("LA", "RGBA") else None
    plain = picture.convert(picture.mode.removesuffix("A")) if clear else picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile)) if profile else None
        if source:
            wanted = ImageCms.createProfile("sRGB")
            plain = ImageCms.profileToProfile(plain, source, wanted, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        pass  # a profile that is broken or for another kind of picture: its numbers are shown as they are
    plain = plain.convert("RGB")
    if clear:
        plain.putalpha(clear)
    return plain


def from_heif(data: bytes, bounds: dict[str, Any]) -> io.BytesIO:
    """Have Debian's converter make a JPEG of a HEIC; it turns the picture upright by itself. Raises Refused."""
    if not bounds["heif_converter"]:
        raise Refused("picture_is_heic")
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/in.heic", "wb") as file:
            file.write(data)
        ended = subprocess.run(
            [bounds["heif_converter"], "-q", "92", f"{folder}/in.heic", f"{folder}/out.jpg"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        # Several pictures in one file are numbered; the first is the one that phones show.
        made = sorted(name for name in os.listdir(folder) if name.startswith("out"))
        if ended.returncode or not made:
            stop(ended)
        with open(f"{folder}/{made[0]}", "rb") as file:
            return io.BytesIO(file.read())


def stop(ended: "subprocess.CompletedProcess[bytes]") -> NoReturn:
    """End as the converter did: killed or without memory it was too hard, otherwise unreadable."""
    if ended.returncode < 0 or b"emory" in ended.stderr or b"bad_alloc" in ended.stderr:
        raise Refused("picture_too_hard")
    sys.exit(1)


if __name__ == "__main__":
    sys.exit(main())
