"""Calls that may be repeated: the first answer to an Idempotency-Key is kept, sealed, for a day."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone

from plans.actions.sealing import seal, unseal
from plans.models import RepeatableCall, User
from plans.models.api import REPEATABLE_FOR


@dataclass(frozen=True, kw_only=True)
class KeptAnswer:
    """An answer as it was given: status, headers that matter, the body as JSON values, the version it tells."""

    status: int
    headers: Mapping[str, str]
    body: Any
    version: str = ""


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """What stands under a key: the digest of its call, and the answer."""

    request_digest: str
    answer: KeptAnswer


def find_call(*, user: User, key: str) -> Earlier | None:
    """Give what was answered under this key in the last day."""
    row = RepeatableCall.objects.filter(user=user, key=key).first()
    if row is None:
        return None
    if timezone.now() - row.made_at > REPEATABLE_FOR:
        RepeatableCall.objects.filter(pk=row.pk, made_at=row.made_at).delete()
        return None
    return Earlier(request_digest=row.request_digest, answer=KeptAnswer(**json.loads(unseal(row.answer))))


def begin_call(*, user: User, key: str, request_digest: str) -> RepeatableCall:
    """Claim the key, inside the transaction of the call.

    A second call with the key waits here until the first has committed or gone, then raises IntegrityError.
    """
    return RepeatableCall.objects.create(user=user, key=key, request_digest=request_digest)


def keep_answer(*, call: RepeatableCall, answer: KeptAnswer) -> None:
    """Keep the answer in the transaction of the call, so that there is never one without the other."""
    call.status = answer.status
    call.answer = seal(json.dumps(asdict(answer)))
    call.save(update_fields=["status", "answer"])


def drop_old_calls() -> int:
    """Throw away answers that no longer count."""
    return RepeatableCall.objects.filter(made_at__lt=timezone.now() - REPEATABLE_FOR).delete()[0]
