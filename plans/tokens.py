"""The tokens of personal links, and keyed digests of what may not be stored in the open.

A link's token is HMAC-SHA256 of the link's random id under the newest key of LINK_KEYS, 256 bits, written as 43
url-safe characters. The database holds only the token's SHA-256, so neither it nor the id alone reveals a link;
the worker, which has the key, can print it. After the keys were rotated an older key is found by its digest.
"""

import base64
import hashlib
import hmac
from uuid import UUID

from django.conf import settings

from plans.exceptions import PlansError


class LinkKeyMissing(PlansError):
    """No key of LINK_KEYS makes this link's token; was an old key removed while its links are still open?"""

    code = "link_key_missing"


def new_token(*, link_id: UUID) -> str:
    return _token(settings.LINK_KEYS[0], link_id)


def token_of(*, link_id: UUID, digest: str) -> str:
    """Make the token whose digest is stored, whichever key it was made under."""
    for key in settings.LINK_KEYS:
        token = _token(key, link_id)
        if hmac.compare_digest(token_digest(token), digest):
            return token
    raise LinkKeyMissing


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def address_digest(address: str) -> str:
    """Return a keyed digest of a network address: good for counting tries, useless for finding the person."""
    return _mac(settings.LINK_KEYS[0], b"address:" + address.encode()).hex()


def _token(key: str, link_id: UUID) -> str:
    return base64.urlsafe_b64encode(_mac(key, b"link:" + link_id.bytes)).rstrip(b"=").decode()


def _mac(key: str, message: bytes) -> bytes:
    return hmac.new(key.encode(), message, hashlib.sha256).digest()
