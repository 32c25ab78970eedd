"""What the framework puts into every form's head, without what the desk does not use."""

from typing import Any, cast

from django.forms import Media

ADDRESS_MAKERS = ("xregexp.js", "xregexp.min.js", "urlify.js", "prepopulate.js")


def without_address_makers(media: Media) -> Media:
    """Return the scripts without those that make a web address from a title."""
    untyped = cast(Any, media)  # its type hints leave out what it holds
    kept = [path for path in untyped._js if not str(path).endswith(ADDRESS_MAKERS)]
    return Media(css=untyped._css, js=kept)
