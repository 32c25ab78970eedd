"""The tokens of personal links, and keyed digests of what may not be stored in the open.

A link's token is HMAC-SHA256 of the link's random id under the newest key of LINK_KEYS, 256 bits, written as 43
url-safe characters. The database holds only the token's SHA-256, so neither it nor the id alone reveals a link;
the worker, which has the key, can print it. After the keys were rotated an older key is found by its digest.

A link's printed code is six digits made in the same way, under the key of its token. The address of a link that asks
for it says so at its end: the page that asks can then be the same for every token, real or made up, and the mark goes
along with each address below it.
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


CODE_MARK = ".code"
CODE_DIGITS = 6


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


def link_address(token: str, *, asks_code: bool) -> str:
    return f"{settings.PUBLIC_URL}/p/{token}{CODE_MARK if asks_code else ''}/"


def token_digest(token: str) -> str:
    """Return the digest of a token as it stands in an address, with the mark of a code or without it."""
    return hashlib.sha256(token.removesuffix(CODE_MARK).encode()).hexdigest()


def code_of(*, link_id: UUID, digest: str) -> str:
    """Make the printed code of the link whose token has this digest."""
    for key in settings.LINK_KEYS:
        if hmac.compare_digest(token_digest(_token(key, Opens.LINK, link_id)), digest):
            return _code(key, link_id)
    raise LinkKeyMissing


def printed_code_of(*, link_id: UUID, digest: str) -> str:
    """Make the same in two halves, as sheets print it. Raises LinkKeyMissing."""
    code = code_of(link_id=link_id, digest=digest)
    half = len(code) // 2
    return f"{code[:half]} {code[half:]}"


def is_code(typed: str, *, link_id: UUID, digest: str) -> bool:
    """Whether this is the link's code. The same is done for all links and all codes, so time tells nothing."""
    found = [
        hmac.compare_digest(token_digest(_token(key, Opens.LINK, link_id)), digest)
        & hmac.compare_digest(_code(key, link_id).encode(), typed.encode())
        for key in settings.LINK_KEYS
    ]
    return any(found)


def address_digest(address: str) -> str:
    """Return a keyed digest of a network address: good for counting tries, useless for finding the person."""
    return _mac(settings.LINK_KEYS[0], b"address:" + address.encode()).hex()


def _token(key: str, what: Opens, row_id: UUID) -> str:
    mac = _mac(key, f"{what.value}:".encode() + row_id.bytes)
    return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()


def _code(key: str, link_id: UUID) -> str:
    number = int.from_bytes(_mac(key, b"code:" + link_id.bytes)) % 10**CODE_DIGITS
    return f"{number:0{CODE_DIGITS}d}"


def _mac(key: str, message: bytes) -> bytes:
    return hmac.new(key.encode(), message, hashlib.sha256).digest()
