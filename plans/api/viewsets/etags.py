"""Versions of what can change: the ETag of an answer, If-Match of a change, If-None-Match of a reading.

An ETag is "version-digest": the version names the stored rows, the digest the answer's bytes (which also depend on
what was expanded). If-Match compares the version alone, If-None-Match the whole. A plan's version also names its
newest publication, "rows.number": changing a draft asks for the rows alone, publishing for both.

What the service counts by itself (a key's last use, a link's openings) is in neither of the two. Where an answer tells
such a count its ETag is a weak one: two answers may differ in it and still be of one version.
"""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.http import HttpResponseBase, HttpResponseNotModified
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from plans.api.exceptions import VersionChanged, VersionMissing
from plans.models.base import Identified

TAG = re.compile(r'(?:W/)?"([^"]*)"')


def version_of(rows: Iterable[Identified]) -> str:
    """Name what stands in these rows, in this order."""
    values = [[row._meta.label, row.versioned_values()] for row in rows]
    text = json.dumps(values, cls=_Encoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def expect_version(request: Request, version: str) -> None:
    """Hold the caller to the rows it saw. Raises VersionMissing without If-Match, VersionChanged for an old one."""
    seen = _seen(request)
    if seen is not None and _rows(version) not in map(_rows, seen):
        raise VersionChanged


def saw_issue(request: Request, version: str) -> bool:
    """Whether the caller saw this version with the number of the newest publication, or does not mind."""
    seen = _seen(request)
    return seen is None or version in seen


def _rows(version: str) -> str:
    return version.partition(".")[0]


def _seen(request: Request) -> set[str] | None:
    """The versions in If-Match; None for whatever there is."""
    header = request.headers.get("If-Match", "").strip()
    if not header:
        raise VersionMissing
    return None if header == "*" else {tag.partition("-")[0] for tag in TAG.findall(header)}


def tag_answer(
    request: Request, volatile_fields: Collection[str], response: Response
) -> HttpResponseBase | None:
    """Put the ETag on a finished answer, without regard to its counts.

    Return the 304 that takes its place if the caller has it already.
    """
    told = response.content
    if volatile_fields:
        told = json.dumps(_without(response.data, volatile_fields), cls=_Encoder).encode()
    digest = hashlib.sha256(told).hexdigest()[:16]
    version = getattr(response, "version", "")
    etag = f'"{version}-{digest}"' if version else f'"{digest}"'
    response["ETag"] = f"W/{etag}" if volatile_fields else etag
    return known_already(request, response)


def _without(data: Any, names: Collection[str]) -> Any:
    if isinstance(data, Mapping):
        return {name: _without(inner, names) for name, inner in data.items() if name not in names}
    return [_without(inner, names) for inner in data] if isinstance(data, list) else data


def known_already(request: Request, response: HttpResponseBase) -> HttpResponseBase | None:
    """Return the 304 that takes the place of an answer with an ETag which the caller has."""
    if request.method not in ("GET", "HEAD") or response.status_code != 200:
        return None
    known = request.headers.get("If-None-Match", "")
    if known.strip() != "*" and TAG.findall(response["ETag"])[0] not in TAG.findall(known):
        return None
    unchanged = HttpResponseNotModified()
    for name in ("ETag", "Vary", "RateLimit", "RateLimit-Policy", "Deprecation", "Link"):
        if name in response:
            unchanged[name] = response[name]
    return unchanged


class _Encoder(JSONEncoder):
    """The framework's encoder, with files as their names."""

    def default(self, obj: object) -> object:
        return str(obj) if hasattr(obj, "storage") else super().default(obj)
