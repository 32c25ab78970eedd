"""Everybody poses a figure once a day."""

import pytest
from django.core.cache import cache
from redis.exceptions import ConnectionError as CacheAway

from plans import drawer
from plans.admin.library.exercises import bodies
from plans.drawer import BodyName, FigureFileError, PoseError
from tests.queries.test_exercise_pictures import FIGURE


@pytest.fixture
def tried(monkeypatch):
    """Who was posed; whoever of them is heavy in FAILING misses line 4."""
    asked = []

    def missed_by(text, *, person):
        asked.append(person)
        return {"heavy": PoseError(line=4, words="out of reach")} if "FAILING" in text else {}

    monkeypatch.setattr(drawer, "missed_by", missed_by)
    return asked


def test_each_person_is_posed_once_and_remembered(tried, broker):
    cache.clear()
    bodies.check_everybody(FIGURE)
    bodies.check_everybody(FIGURE)

    assert sorted(tried) == sorted(BodyName)
    bodies.check_everybody(FIGURE + "# other")
    assert len(tried) == 2 * len(BodyName)


def test_the_first_who_cannot_do_it_is_named_and_no_other_is_tried(tried, broker):
    cache.clear()
    for _ in range(2):
        with pytest.raises(FigureFileError, match=r"figure:4: out of reach$"):
            bodies.check_everybody("# FAILING")

    assert tried == [BodyName.PREGNANT_30] * 2


def test_without_the_cache_everybody_is_posed_anew(tried, monkeypatch):
    def away(*_, **__):
        raise CacheAway

    monkeypatch.setattr(bodies.cache, "get", away)
    monkeypatch.setattr(bodies.cache, "set", away)
    for _ in range(2):
        bodies.check_everybody(FIGURE)

    assert len(tried) == 2 * len(BodyName)


def test_persons_have_words():
    assert [bodies.words_of(person) for person in (BodyName.WOMAN_30, BodyName.PREGNANT_30)] == [
        "Woman, 30",
        "Pregnant, 30",
    ]
