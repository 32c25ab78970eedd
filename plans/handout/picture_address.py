"""How a page names its pictures: by their name, or with the bytes inside the page."""

SCHEME = "picture:"
INLINE = "data:image/png;base64,"


def address_by_name(name: str) -> str:
    return SCHEME + name
