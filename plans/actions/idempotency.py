"""Calls that may be repeated: the first answer to an Idempotency-Key is kept, encrypted, for a day."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from plans import audit, permissions
from plans.actions.encryption import decrypt, encrypt
from plans.models import AuditVerb, RepeatableCall, User
from plans.models.integrations import REPEATABLE_FOR
from plans.permissions import NotAllowed


@dataclass(frozen=True, kw_only=True)
class StoredAnswer:
    """An answer as it was given: status, headers that matter, the body as JSON values, the version it tells.

    With it, what of it was recorded as read, and the patients whom it tells of.
    """

    status: int
    headers: Mapping[str, str]
    body: Any
    version: str = ""
    readings: tuple[audit.Reading, ...] = ()
    concerns: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """What stands under a key: the digest of its call, and the answer."""

    request_digest: str
    answer: StoredAnswer


def find_call(*, user: User, key: str) -> Earlier | None:
    """Return what was answered under this key in the last day."""
    row = RepeatableCall.objects.filter(user=user, key=key).first()
    if row is None:
        return None
    if timezone.now() - row.created_at > REPEATABLE_FOR:
        RepeatableCall.objects.filter(pk=row.pk, created_at=row.created_at).delete()
        return None
    return Earlier(request_digest=row.request_digest, answer=_opened(row.answer))


def read_again(*, answer: StoredAnswer, by: User) -> None:
    """Record that the answer was told once more. Raises NotAllowed if a patient of it is the caller's no longer."""
    if permissions.patients_of(by).filter(pk__in=answer.concerns).count() < len(answer.concerns):
        raise NotAllowed
    audit.append_readings(by=by, readings=answer.readings)


def begin_call(*, user: User, key: str, request_digest: str) -> RepeatableCall:
    """Claim the key, inside the transaction of the call.

    A second call with the key waits here until the first has committed or gone, then raises IntegrityError.
    """
    return RepeatableCall.objects.create(user=user, key=key, request_digest=request_digest)


def store_answer(*, call: RepeatableCall, answer: StoredAnswer) -> None:
    """Keep the answer in the transaction of the call, so that there is never one without the other."""
    call.status = answer.status
    call.answer = encrypt(json.dumps(asdict(answer), cls=DjangoJSONEncoder))
    call.save(update_fields=["status", "answer"])


def _opened(encrypted: str) -> StoredAnswer:
    kept = json.loads(decrypt(encrypted))
    readings = tuple(
        audit.Reading(
            verb=AuditVerb(row["verb"]),
            object_type=row["object_type"],
            object_id=row["object_id"],
            clinic_id=_uuid(row["clinic_id"]),
            patient_id=_uuid(row["patient_id"]),
        )
        for row in kept.pop("readings", ())
    )
    concerns = tuple(UUID(pk) for pk in kept.pop("concerns", ()))
    return StoredAnswer(**kept, readings=readings, concerns=concerns)


def _uuid(given: str | None) -> UUID | None:
    return UUID(given) if given else None


def drop_old_calls() -> int:
    return RepeatableCall.objects.filter(created_at__lt=timezone.now() - REPEATABLE_FOR).delete()[0]
