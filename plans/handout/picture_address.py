"""How a page names its pictures: by their hash, or with the bytes inside the page."""

SCHEME = "picture:"
INLINE = "data:image/png;base64,"


def address_by_hash(sha256: str) -> str:
    return SCHEME + sha256
