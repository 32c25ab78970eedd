import pytest

from plans.contraindications import CircularVocabulary, RedFlag, UnknownCode, Vocabulary, check_circles
from tests.contraindications.world import VOCABULARY


def test_a_movement_implies_all_wider_ones():
    assert VOCABULARY.wider("sit_up", where="x") == {"sit_up", "resisted_trunk_flexion", "spine_flexion"}
    assert VOCABULARY.wider("extension_with_rotation", where="x") == {
        "extension_with_rotation",
        "spine_extension",
        "spine_rotation",
    }
    assert VOCABULARY.wider("spine_flexion", where="x") == {"spine_flexion"}


def test_a_condition_with_its_parents_nearest_first():
    grandchild = Vocabulary(movements={}, conditions={"a": "b", "b": "c", "c": None})
    assert grandchild.with_parents("a", where="x") == ("a", "b", "c")
    assert grandchild.with_parents("c", where="x") == ("c",)


def test_two_ways_to_the_same_movement_are_no_circle():
    diamond = {"a": ("b", "c"), "b": ("d",), "c": ("d",), "d": ()}
    assert Vocabulary(movements=diamond, conditions={}).wider("a", where="x") == {"a", "b", "c", "d"}


@pytest.mark.parametrize(
    ("movements", "conditions", "error", "message"),
    [
        ({"a": ("b",)}, {}, UnknownCode, "Movement a names movement b"),
        ({"a": ("b",), "b": ("c",)}, {}, UnknownCode, "names movement c"),
        ({}, {"a": "b"}, UnknownCode, "Condition a names condition b"),
    ],
)
def test_a_vocabulary_that_hangs_in_the_air_is_refused(movements, conditions, error, message):
    with pytest.raises(error, match=message):
        Vocabulary(movements=movements, conditions=conditions)


@pytest.mark.parametrize(
    ("movements", "conditions", "message"),
    [
        ({"a": ("a",)}, {}, "Movement a includes itself"),
        ({"a": ("b",), "b": ("a",)}, {}, "Movement a includes itself"),
        ({"x": ("a",), "a": ("b",), "b": ("a",)}, {}, "includes itself"),
        ({}, {"a": "b", "b": "a"}, "Condition a includes itself"),
    ],
)
def test_words_that_include_themselves_are_found(movements, conditions, message):
    with pytest.raises(CircularVocabulary, match=message):
        check_circles(movements=movements, conditions=conditions)


def test_words_under_change_may_include_each_other():
    """Before, a was part of b; after, b is part of a: until somebody approves the change both are."""
    turned = Vocabulary(
        movements={"a": ("b",), "b": ("a",)}, conditions={"c": None, "d": "c"}, former_parents={"c": ("d",)}
    )
    assert turned.wider("a", where="x") == turned.wider("b", where="x") == {"a", "b"}
    assert set(turned.with_parents("c", where="x")) == set(turned.with_parents("d", where="x")) == {"c", "d"}
    check_circles(movements={"a": ("b",), "b": ()}, conditions={"c": None, "d": "c"})


def test_a_condition_keeps_its_former_parent_beside_the_new_one():
    moved = Vocabulary(
        movements={}, conditions={"a": "new", "new": None, "old": None}, former_parents={"a": ("old",)}
    )
    assert moved.with_parents("a", where="x") == ("a", "new", "old")


@pytest.mark.parametrize(
    ("now", "before", "gravest"),
    [
        (None, (), None),
        (RedFlag.SAME_DAY, (), RedFlag.SAME_DAY),
        (None, (RedFlag.SAME_DAY,), RedFlag.SAME_DAY),
        (RedFlag.SAME_DAY, (RedFlag.EMERGENCY,), RedFlag.EMERGENCY),
        (RedFlag.EMERGENCY, (RedFlag.SAME_DAY,), RedFlag.EMERGENCY),
    ],
)
def test_of_a_red_flag_before_and_after_a_change_the_graver_counts(now, before, gravest):
    vocabulary = Vocabulary(movements={}, conditions={}, former_flags={"numb": before})
    assert vocabulary.gravest_flag("numb", now) is gravest


def test_unknown_words_name_the_speaker():
    with pytest.raises(UnknownCode, match="Rule 3 names movement bend, which the library does not have"):
        VOCABULARY.wider("bend", where="Rule 3")
    with pytest.raises(UnknownCode, match="Rule 3 names condition gout, which the library does not have"):
        VOCABULARY.with_parents("gout", where="Rule 3")
    with pytest.raises(UnknownCode, match="causes to treat first names condition gout"):
        Vocabulary(movements={}, conditions={"a": None}, cause_first=("gout",))
