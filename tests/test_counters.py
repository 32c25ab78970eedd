from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.core.cache.backends.locmem import LocMemCache
from redis.exceptions import ConnectionError as Away

from plans import counters


@pytest.fixture
def at(monkeypatch):
    """Set the clock; the counts stand in a cache of the test's own."""
    monkeypatch.setattr(counters, "cache", LocMemCache("counters-tests", {}))
    counters.cache.clear()
    monkeypatch.setattr(counters, "EPOCH", 0.0)

    def set_clock(seconds):
        now = datetime.fromtimestamp(seconds, UTC)
        monkeypatch.setattr(counters, "timezone", SimpleNamespace(now=lambda: now))

    set_clock(0)
    return set_clock


def test_a_window_counts_and_the_next_begins_at_nothing(at):
    assert [counters.count("tries", seconds=60) for _ in range(3)] == [1, 2, 3]
    at(59)
    assert counters.count("tries", seconds=60) == 4
    at(60)
    assert counters.count("tries", seconds=60) == 1


def test_names_and_windows_are_counted_apart(at):
    counters.count("tries", seconds=60)
    assert counters.count("others", seconds=60) == 1
    assert counters.count("tries", seconds=3600) == 1


def test_one_is_taken_back_and_all_are_forgotten(at):
    for _ in range(3):
        counters.count("tries", seconds=60)
    counters.uncount("tries", seconds=60)
    assert counters.count("tries", seconds=60) == 3
    counters.forget("tries", seconds=60)
    assert counters.count("tries", seconds=60) == 1
    at(60)
    counters.uncount("tries", seconds=60)  # of a window that has ended: nothing to take back


@pytest.mark.parametrize(("now", "left"), [(0, 60), (1, 59), (59, 1), (60, 60)])
def test_how_long_a_window_lasts(at, now, left):
    at(now)
    assert counters.left(seconds=60) == left


def test_without_the_cache_everything_counts_as_nothing(monkeypatch):
    def away(*_args, **_kwargs):
        raise Away

    for name in ("add", "decr", "delete"):
        monkeypatch.setattr(counters.cache, name, away, raising=False)
    assert counters.count("tries", seconds=60) == 0
    counters.uncount("tries", seconds=60)
    counters.forget("tries", seconds=60)
