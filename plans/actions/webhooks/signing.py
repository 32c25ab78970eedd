"""Signatures as the Standard Webhooks specification (1.0) says: HMAC-SHA256 of id, time and body."""

import base64
import hashlib
import hmac
import secrets

PREFIX = "whsec_"
SECRET_BYTES = 32


def new_secret() -> str:
    """Make a secret as its owner writes it: whsec_ and 256 bits in base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signed_headers(*, message_id: str, timestamp: int, body: str, keys: list[str]) -> dict[str, str]:
    """Return the three headers; one signature for each secret, so that one can be changed without a gap."""
    marks = (_signature(key, f"{message_id}.{timestamp}.{body}") for key in keys)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(marks),
    }


def _signature(key: str, words: str) -> str:
    secret = base64.b64decode(key.removeprefix(PREFIX))
    return "v1," + base64.b64encode(hmac.new(secret, words.encode(), hashlib.sha256).digest()).decode()
