"""What the framework puts into every form's head, without what the desk does not use."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from django.forms import Media

ADDRESS_MAKERS = ("xregexp.js", "xregexp.min.js", "urlify.js", "prepopulate.js")
SEARCHED_LISTS = ("jquery", "select2", "autocomplete")
OLD_FORMS = ("core.js", "inlines.js", "RelatedObjectLookups.js", "actions.js")


def without_address_makers(media: Media) -> Media:
    """Return the scripts without those that make a web address from a title."""
    return _without(media, lambda path: path.endswith(ADDRESS_MAKERS))


def of_own_rows(media: Media, *, has_lists: bool) -> Media:
    """Return what a page needs whose rows are the desk's own; jQuery is there for lists with a search alone."""
    return _without(
        media,
        lambda path: (
            path.endswith(OLD_FORMS) or (not has_lists and any(part in path for part in SEARCHED_LISTS))
        ),
    )


def _without(media: Media, is_unused: Callable[[str], bool]) -> Media:
    untyped = cast(Any, media)  # its type hints leave out what it holds
    scripts = [path for path in untyped._js if not is_unused(str(path))]
    styles: dict[str, Sequence[str]] = {
        medium: [path for path in paths if not is_unused(str(path))] for medium, paths in untyped._css.items()
    }
    return Media(css=styles, js=scripts)
