"""Have an uploaded picture read by a program of its own, within limits, and take what comes out of it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import structlog

from plans.pictures import bounds as limits
from plans.pictures.bounds import Bounds
from plans.pictures.crop import RATIOS, Crop
from plans.pictures.errors import (
    REFUSALS,
    PictureFileTooLarge,
    PictureReaderBusy,
    PictureTooHard,
    PictureUnreadable,
)

DECODER = Path(__file__).with_name("decoder.py")
MEGABYTES = 600
CPU_SECONDS = 20
SECONDS = 30
"""By the clock: the machine may be busy otherwise."""
WAIT_SECONDS = 2
"""For the picture before it: whoever waits holds one of the few threads that work."""
MAX_ANSWER_BYTES = 8_000_000
PIECE_BYTES = TROUBLE_BYTES = 256 * 1024

log = structlog.get_logger(__name__)
_one_at_a_time = threading.Lock()
"""Of a web process, so that several uploads at once do not take MEGABYTES each."""


@dataclass(frozen=True, kw_only=True)
class ConvertedPicture:
    """A JPEG that we wrote ourselves: upright, in sRGB, on white, no larger than print needs, without meta data."""

    data: bytes
    width: int
    height: int


def convert_picture(upload: IO[bytes], *, bounds: Bounds, crop: Crop | None = None) -> ConvertedPicture:
    """Read a picture (JPEG, PNG, WebP, and HEIC where its converter is installed), or the part of it that is cut out.

    Raises a PictureRefused.
    """
    with TemporaryFile() as given, TemporaryFile() as answer, TemporaryFile() as trouble:
        _copy(upload, given)
        if not _one_at_a_time.acquire(timeout=WAIT_SECONDS):
            raise PictureReaderBusy
        try:
            _decode(given, answer, trouble, _wanted(bounds, crop))
        finally:
            _one_at_a_time.release()
        answer.seek(0)
        return _taken(answer.read(MAX_ANSWER_BYTES))


def heif_converter() -> str | None:
    return shutil.which("heif-convert")


def _copy(upload: IO[bytes], given: IO[bytes]) -> None:
    count = 0
    while piece := upload.read(PIECE_BYTES):
        count += len(piece)
        if count > limits.MAX_BYTES:
            raise PictureFileTooLarge(most=limits.MAX_BYTES // 1_000_000)
        given.write(piece)
    given.seek(0)


def _wanted(bounds: Bounds, crop: Crop | None) -> dict[str, Any]:
    return {
        **asdict(bounds),
        "max_pixels": limits.MAX_PIXELS,
        "max_jpeg_pixels": limits.MAX_JPEG_PIXELS,
        "longest_side": limits.MAX_SIDE,
        "megabytes": MEGABYTES,
        "seconds": CPU_SECONDS,
        "heif_converter": heif_converter(),
        "crop": astuple(crop) if crop else None,
        "ratios": RATIOS,
    }


def _decode(given: IO[bytes], answer: IO[bytes], trouble: IO[bytes], wanted: dict[str, Any]) -> None:
    child = subprocess.Popen(
        [sys.executable, "-I", str(DECODER), json.dumps(wanted)],
        stdin=given,
        stdout=answer,
        stderr=trouble,
        env={"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"},
        start_new_session=True,
    )
    try:
        child.wait(SECONDS)
    except subprocess.TimeoutExpired:
        raise PictureTooHard from None
    finally:
        # With its converter, which may live on after it.
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    if child.returncode < 0:
        raise PictureTooHard
    if child.returncode:
        log.warning("picture_not_read", problem=_last_error(trouble))
        raise PictureUnreadable


def _last_error(trouble: IO[bytes]) -> str:
    """Return the class of the error and no more: its words may quote the file."""
    trouble.seek(0)
    said = trouble.read(TROUBLE_BYTES).decode(errors="replace").strip()
    return said.rpartition("\n")[2].partition(":")[0][:80]


def _taken(answer: bytes) -> ConvertedPicture:
    line, _, jpeg = answer.partition(b"\n")
    said: dict[str, Any] = json.loads(line)
    if "refused" in said:
        raise REFUSALS[said["refused"]](**said["details"])
    return ConvertedPicture(data=jpeg, width=said["width"], height=said["height"])
