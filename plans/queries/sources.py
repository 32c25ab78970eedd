"""Which entries of the library rest on which source."""

from collections.abc import Iterator

from plans.models import (
    Advice,
    Condition,
    Exercise,
    Leaflet,
    LibraryProtocol,
    Measure,
    Movement,
    Rule,
    Symptom,
)
from plans.models.library import Cited

CITING: tuple[type[Cited], ...] = (
    Exercise,
    Rule,
    Condition,
    Movement,
    Symptom,
    Advice,
    Leaflet,
    Measure,
    LibraryProtocol,
)


def cited_codes() -> Iterator[tuple[str, str, str]]:
    """Yield source, kind and code for each source that an entry of the shared library names."""
    for model in CITING:
        rows = model._default_manager.filter(clinic=None).exclude(sources=[]).order_by("code")
        for code, sources in rows.values_list("code", "sources"):
            for source in sources:
                yield source, str(model._meta.verbose_name), code
