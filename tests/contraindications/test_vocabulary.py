import pytest

from plans.contraindications import CircularVocabulary, UnknownCode, Vocabulary
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
        ({"a": ("a",)}, {}, CircularVocabulary, "Movement a includes itself"),
        ({"a": ("b",), "b": ("a",)}, {}, CircularVocabulary, "Movement a includes itself"),
        ({"x": ("a",), "a": ("b",), "b": ("a",)}, {}, CircularVocabulary, "includes itself"),
        ({}, {"a": "b", "b": "a"}, CircularVocabulary, "Condition a includes itself"),
    ],
)
def test_a_vocabulary_that_hangs_in_the_air_is_refused(movements, conditions, error, message):
    with pytest.raises(error, match=message):
        Vocabulary(movements=movements, conditions=conditions)


def test_unknown_words_name_the_speaker():
    with pytest.raises(UnknownCode, match="Rule 3 names movement bend, which the library does not have"):
        VOCABULARY.wider("bend", where="Rule 3")
    with pytest.raises(UnknownCode, match="Rule 3 names condition gout, which the library does not have"):
        VOCABULARY.with_parents("gout", where="Rule 3")
    with pytest.raises(UnknownCode, match="causes to treat first names condition gout"):
        Vocabulary(movements={}, conditions={"a": None}, cause_first=("gout",))
