"""Whether everybody can do a figure: each person in each build is posed. That takes a while, so it is kept."""

import re
import threading

import structlog
from django.core.cache import cache
from redis.exceptions import RedisError

from plans import drawer
from plans.drawer import BodyName, FigureFileError, PoseError

KEPT_SECONDS = 24 * 60 * 60
FIRST = (BodyName.PREGNANT_30, BodyName.WOMAN_75, BodyName.MAN_50)
"""Who most often misses a contact: whoever is told at once does not wait for all others."""

log = structlog.get_logger(__name__)
_one_at_a_time = threading.Lock()
"""Of a web process: posing keeps a processor busy, and other pages have to be answered meanwhile."""


def check_everybody(text: str) -> None:
    """Raises FigureFileError with what the first person who cannot do the figure misses, by line and build."""
    for person in dict.fromkeys((*FIRST, *BodyName)):
        if missed := misses_of(text, person=person):
            raise FigureFileError.of(f"figure:{error.line}: {error.words}" for error in missed.values())


def misses_of(text: str, *, person: BodyName) -> dict[drawer.Build, PoseError]:
    """Return in which builds this person cannot do the figure, and why. Raises FigureFileError."""
    key = f"everybody:{drawer.DRAWER_VERSION}:{person}:{drawer.name_of_figure(text)}"
    if _is_known(key):
        return {}
    with _one_at_a_time:
        missed = drawer.missed_by(text, person=person)
    if not missed:
        _keep(key)
    return missed


def words_of(person: BodyName) -> str:
    found = re.fullmatch(r"([a-z]+)(\d+)", person.value)
    return f"{found[1].capitalize()}, {found[2]}" if found else person.value


def _is_known(key: str) -> bool:
    try:
        return bool(cache.get(key))
    except RedisError:
        log.warning("cache_away")
        return False


def _keep(key: str) -> None:
    try:
        cache.set(key, 1, KEPT_SECONDS)
    except RedisError:
        log.warning("cache_away")
