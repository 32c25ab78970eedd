"""Encrypt what has to be read back and must not stand in the database in the open."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from plans.exceptions import PlansError


class NotDecryptable(PlansError):
    """This cannot be decrypted: was the SECRET_KEY that it was encrypted under removed?"""

    code = "seal_broken"


def encrypt(words: str) -> str:
    return _fernets().encrypt(words.encode()).decode()


def decrypt(token: str) -> str:
    """Return what `encrypt` was given, by SECRET_KEY or one of its fallbacks. Raises NotDecryptable."""
    try:
        return _fernets().decrypt(token.encode()).decode()
    except InvalidToken:
        raise NotDecryptable from None


def _fernets() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_key(key)) for key in keys])


def _key(secret: str) -> bytes:
    digest = hashlib.sha256(b"plans.sealing\0" + secret.encode()).digest()
    return base64.urlsafe_b64encode(digest)
