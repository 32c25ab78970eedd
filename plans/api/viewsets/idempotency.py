"""Changing calls: each in one transaction, and with an Idempotency-Key at most once."""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from plans.actions.idempotency import Earlier, StoredAnswer, begin_call, find_call, read_again, store_answer
from plans.api.exceptions import BadKey, KeyReused
from plans.models import User

KEY = re.compile(r"[\x21-\x7e]{1,255}")
KEPT_HEADERS = ("Location", "Retry-After", "WWW-Authenticate")
Handler = Callable[..., Response]


class _Taken(Exception):
    """Another call holds or held this key."""


def run_call(view: Any, handler: Handler, *args: Any, **kwargs: Any) -> Response:
    """Run a changing call. What it refuses is undone whole, and leaves a key free for another try."""
    request = view.request
    key = request.headers.get("Idempotency-Key") if request.method == "POST" else None
    if key is None:
        with transaction.atomic():
            return handler(request, *args, **kwargs)
    if not KEY.fullmatch(key):
        raise BadKey
    digest = _digest(request)
    for _ in range(2):
        if earlier := find_call(user=request.user, key=key):
            return _again(request.user, earlier, digest)
        try:
            return _first(view, handler, key, digest, *args, **kwargs)
        except _Taken:
            continue
    raise KeyReused


def _first(view: Any, handler: Handler, key: str, digest: str, *args: Any, **kwargs: Any) -> Response:
    # A refusal is not kept: what stood in the way may be gone at the next try, and nothing was done that must not
    # be done twice.
    request = view.request
    with transaction.atomic():
        call = _begin(request.user, key, digest)
        made = handler(request, *args, **kwargs)
        store_answer(call=call, answer=_kept(view, made))
        return made


def _begin(user: Any, key: str, digest: str) -> Any:
    try:
        with transaction.atomic():
            return begin_call(user=user, key=key, request_digest=digest)
    except IntegrityError:
        raise _Taken from None


def _again(user: User, earlier: Earlier, digest: str) -> Response:
    if earlier.request_digest != digest:
        raise KeyReused
    answer = earlier.answer
    read_again(answer=answer, by=user)
    response = Response(answer.body, status=answer.status, headers=dict(answer.headers))
    response["Idempotency-Replayed"] = "true"
    response.version = answer.version  # type: ignore[attr-defined]  # for the ETag
    return response


def _kept(view: Any, response: Response) -> StoredAnswer:
    headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    body = json.loads(json.dumps(response.data, cls=JSONEncoder))
    version = getattr(response, "version", "")
    return StoredAnswer(
        status=response.status_code,
        headers=headers,
        body=body,
        version=version,
        readings=tuple(view.readings),
        concerns=tuple(view.concerns),
    )


def _digest(request: Any) -> str:
    body = json.dumps(request.data, cls=JSONEncoder, sort_keys=True)
    return hashlib.sha256(f"{request.method} {request.get_full_path()}\0{body}".encode()).hexdigest()
