"""Seal what has to be read back and must not stand in the database in the open."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from plans.exceptions import PlansError


class SealBroken(PlansError):
    """What was sealed cannot be opened: was the SECRET_KEY it was sealed under removed?"""

    code = "seal_broken"


def seal(words: str) -> str:
    """Encrypt and sign under a key derived from SECRET_KEY."""
    return _seals().encrypt(words.encode()).decode()


def unseal(sealed: str) -> str:
    """Open what `seal` made, under SECRET_KEY or one of its fallbacks. Raises SealBroken."""
    try:
        return _seals().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise SealBroken from None


def _seals() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_key(key)) for key in keys])


def _key(secret: str) -> bytes:
    digest = hashlib.sha256(b"plans.sealing\0" + secret.encode()).digest()
    return base64.urlsafe_b64encode(digest)
