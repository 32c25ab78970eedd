from plans.queries.cache import ImmutableCache


def test_only_what_is_not_held_is_read():
    asked = []

    def read(keys):
        asked.append(list(keys))
        return {key: key * 10 for key in keys}

    cache = ImmutableCache(max_size=10)
    assert cache.get([1, 2], read) == {1: 10, 2: 20}
    assert cache.get([2, 3], read) == {2: 20, 3: 30}
    assert cache.get([1, 2, 3], read) == {1: 10, 2: 20, 3: 30}
    assert asked == [[1, 2], [3]]


def test_what_is_not_there_is_left_out_and_asked_for_again():
    cache = ImmutableCache(max_size=10)
    assert cache.get([1], lambda keys: {}) == {}
    assert cache.get([1], lambda keys: {1: "there now"}) == {1: "there now"}


def test_a_full_one_starts_anew_and_still_gives_all_that_was_asked():
    cache = ImmutableCache(max_size=2)
    cache.get([1, 2], lambda keys: {key: key for key in keys})
    assert cache.get([1, 3], lambda keys: {key: key for key in keys}) == {1: 1, 3: 3}
    asked = []
    cache.get([1, 3], lambda keys: asked.extend(keys) or {})
    assert asked == [1]
