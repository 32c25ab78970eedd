"""A PDF as an answer to a browser: whole, or the part that a viewer or a broken download asks for."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from http import HTTPStatus
from io import SEEK_END
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase

from plans.exceptions import PlansError
from plans.models import Rendering
from plans.rendering import storage
from plans.rendering.queue import make_again

MAX_DIGITS = 12
_RANGE = re.compile(rf"bytes=(\d{{0,{MAX_DIGITS}}})-(\d{{0,{MAX_DIGITS}}})")


class FileGone(PlansError):
    """The file is gone from the storage. It is being made again; come back in a moment."""

    code = "file_gone"


@dataclass(frozen=True)
class ByteRange:
    """The bytes from `start` up to, not including, `stop`. Empty when a request asks for bytes past the end."""

    start: int
    stop: int


def open_pdf(rendering: Rendering) -> BinaryIO:
    """Open a ready rendering's file, to be answered with.

    Raises StorageFailed, or FileGone when the storage does not have it: then it is queued to be made again.
    """
    try:
        return storage.open_file(str(rendering.file))
    except FileNotFoundError:
        make_again(rendering)
        raise FileGone from None


def pdf_answer(
    request: HttpRequest,
    file: BinaryIO,
    *,
    name: str,
    sha256: str,
    record: Callable[[bool], None],
    attachment: bool = True,
) -> HttpResponseBase:
    """Stream the PDF under the file name `name` (ASCII, without patient data), or the one range that is asked.

    `record` notes who got the file before its first byte goes out, and is told whether that is a part of it; it is
    not called where no byte is sent. What it raises, no byte follows. Either way `file` is closed: here, or with the
    answer. Several ranges at once, or a range of an older file (If-Range), give the whole file, as RFC 9110 allows.
    """
    etag = f'"{sha256}"'
    with ExitStack() as on_error:
        on_error.callback(file.close)
        size = _size_of(file)
        part = asked_part(request, size=size, etag=etag)
        answer = _whole(file, size) if part is None else _part(file, part, size=size)
        if _sends_bytes(request, answer):
            record(answer.status_code == HTTPStatus.PARTIAL_CONTENT)
        on_error.pop_all()
    answer["Accept-Ranges"] = "bytes"
    answer["ETag"] = etag
    answer["Content-Disposition"] = f'{"attachment" if attachment else "inline"}; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store, private"
    return answer


def _size_of(file: BinaryIO) -> int:
    file.seek(0, SEEK_END)
    size = file.tell()
    file.seek(0)
    return size


def _whole(file: BinaryIO, size: int) -> HttpResponseBase:
    answer = FileResponse(file, content_type="application/pdf")
    answer["Content-Length"] = str(size)
    return answer


def _part(file: BinaryIO, part: ByteRange, *, size: int) -> HttpResponseBase:
    length = max(0, min(part.stop, size) - part.start)
    if not length:
        file.close()
        empty = HttpResponse(
            content_type="application/pdf", status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
        )
        empty["Content-Range"] = f"bytes */{size}"
        empty["Content-Length"] = "0"
        return empty
    file.seek(part.start)
    answer = FileResponse(
        _Stretch(file, length), content_type="application/pdf", status=HTTPStatus.PARTIAL_CONTENT
    )
    answer["Content-Range"] = f"bytes {part.start}-{part.start + length - 1}/{size}"
    answer["Content-Length"] = str(length)
    return answer


class _Stretch:
    """The next bytes of an open file, and no more of them."""

    def __init__(self, file: BinaryIO, length: int) -> None:
        self._file = file
        self._left = length

    def read(self, most: int) -> bytes:
        data = self._file.read(min(most, self._left))
        self._left -= len(data)
        return data

    def close(self) -> None:
        self._file.close()


def _sends_bytes(request: HttpRequest, answer: HttpResponseBase) -> bool:
    return request.method != "HEAD" and answer.status_code in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT)


def asked_part(request: HttpRequest, *, size: int, etag: str) -> ByteRange | None:
    """Read the Range header; None means the whole file, also for a range that cannot be understood."""
    found = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if found is None or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = (int(digits) if digits else None for digits in found.groups())
    if first is None:
        return None if last is None else ByteRange(max(0, size - last), size)
    if last is not None and last < first:
        return None
    return ByteRange(first, size if last is None else min(last + 1, size))
