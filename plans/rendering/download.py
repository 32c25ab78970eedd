"""A PDF as an answer to a browser: whole, or the part that a viewer or a broken download asks for."""

import re
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

MOST_DIGITS = 12
_RANGE = re.compile(rf"bytes=(\d{{0,{MOST_DIGITS}}})-(\d{{0,{MOST_DIGITS}}})")


@dataclass(frozen=True)
class Part:
    """The bytes from `start` up to, not including, `stop`. Empty when a request asks for bytes past the end."""

    start: int
    stop: int


def pdf_answer(
    request: HttpRequest, data: bytes, *, name: str, sha256: str, attachment: bool = True
) -> HttpResponse:
    """Give the PDF under the file name `name` (ASCII, without patient data), or the one range that is asked.

    Several ranges at once, or a range of an older file (If-Range), give the whole file, as RFC 9110 allows.
    """
    etag = f'"{sha256}"'
    answer = _whole_or_part(data, asked_part(request, size=len(data), etag=etag))
    answer["Content-Length"] = str(len(answer.content))
    answer["Accept-Ranges"] = "bytes"
    answer["ETag"] = etag
    answer["Content-Disposition"] = f'{"attachment" if attachment else "inline"}; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store, private"
    return answer


def _whole_or_part(data: bytes, part: Part | None) -> HttpResponse:
    if part is None:
        return HttpResponse(data, content_type="application/pdf")
    chosen = data[part.start : part.stop]
    answer = HttpResponse(chosen, content_type="application/pdf")
    answer.status_code = HTTPStatus.PARTIAL_CONTENT if chosen else HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
    span = f"{part.start}-{part.stop - 1}" if chosen else "*"
    answer["Content-Range"] = f"bytes {span}/{len(data)}"
    return answer


def begins_file(answer: HttpResponse) -> bool:
    """Whether this answer holds the file's first bytes: a download counts once, not for each of its parts."""
    if answer.status_code == HTTPStatus.OK:
        return True
    return answer.status_code == HTTPStatus.PARTIAL_CONTENT and answer["Content-Range"].startswith("bytes 0-")


def asked_part(request: HttpRequest, *, size: int, etag: str) -> Part | None:
    """Read the Range header; None means the whole file, also for a range that cannot be understood."""
    found = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if found is None or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = (int(digits) if digits else None for digits in found.groups())
    if first is None:
        return None if last is None else Part(max(0, size - last), size)
    if last is not None and last < first:
        return None
    return Part(first, size if last is None else min(last + 1, size))
