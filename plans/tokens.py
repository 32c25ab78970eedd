"""The tokens of personal links, and keyed digests of what may not be stored in the open.

A link's token is HMAC-SHA256 of the link's random id under the newest key of LINK_KEYS, 256 bits, written as 43
url-safe characters. The database holds only the token's SHA-256, so neither it nor the id alone reveals a link;
the worker, which has the key, can print it. After the keys were rotated an older key is found by its digest.
"""

import base64
import hashlib
import hmac
from enum import StrEnum
from uuid import UUID

from django.conf import settings

from plans.exceptions import PlansError


class LinkKeyMissing(PlansError):
    """No key of LINK_KEYS makes this link's token; was an old key removed while its links are still open?"""

    code = "link_key_missing"


class Opens(StrEnum):
    """What a token opens: that of one thing opens no other."""

    LINK = "link"
    STOP_REMINDERS = "stop-reminders"
    CONFIRM_REMINDERS = "confirm-reminders"


def new_token(*, link_id: UUID) -> str:
    return new_token_for(Opens.LINK, link_id)


def token_of(*, link_id: UUID, digest: str) -> str:
    """Make the token whose digest is stored, whichever key it was made under. Raises LinkKeyMissing."""
    return token_for(Opens.LINK, link_id, digest=digest)


def new_token_for(what: Opens, row_id: UUID) -> str:
    return _token(settings.LINK_KEYS[0], what, row_id)


def token_for(what: Opens, row_id: UUID, *, digest: str) -> str:
    """Make the token of this row whose digest is stored, whichever key it was made under. Raises LinkKeyMissing."""
    for key in settings.LINK_KEYS:
        token = _token(key, what, row_id)
        if hmac.compare_digest(token_digest(token), digest):
            return token
    raise LinkKeyMissing


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def address_digest(address: str) -> str:
    """Return a keyed digest of a network address: good for counting tries, useless for finding the person."""
    return _mac(settings.LINK_KEYS[0], b"address:" + address.encode()).hex()


def _token(key: str, what: Opens, row_id: UUID) -> str:
    mac = _mac(key, f"{what.value}:".encode() + row_id.bytes)
    return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()


def _mac(key: str, message: bytes) -> bytes:
    return hmac.new(key.encode(), message, hashlib.sha256).digest()
