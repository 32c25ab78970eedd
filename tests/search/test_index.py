"""The ranking: exact before begun before contained before meant; names before facts; ties by name."""

import pytest

from plans.search import Document, Field, Phrase, SearchIndex


def document(code, *, also=(), facts=(), **names):
    called = [(Field.NAME, Phrase(name, language)) for language, name in names.items()]
    called += [(Field.OTHER_NAME, Phrase(name, "en")) for name in also]
    return Document(key=code, code=code, names=names, called=tuple(called), facts=tuple(facts))


SAID = {
    (Field.HELPS, "back_pain"): [Phrase("Low back pain"), Phrase("lumbago")],
    (Field.TARGET, "hip"): [Phrase("hip")],
    (Field.EQUIPMENT, "band"): [Phrase("band")],
    (Field.MOVEMENT, "tension"): [Phrase("Tension on the sciatic nerve")],
}


def index(*documents, known=("band", "hip"), conditions=("sciatica", "sciatic pain", "lumbago")):
    return SearchIndex(documents, said=SAID, known=known, conditions=conditions)


def found(documents, words, language="en", **how):
    return [hit.document.code for hit in index(*documents, **how).find(words, language=language)]


def test_exact_comes_before_begun_before_contained():
    documents = [
        document("contained", en="Side bridge hold"),
        document("begun", en="Bridge hold"),
        document("exact", en="Bridge"),
    ]
    assert found(documents, "bridge") == ["exact", "begun", "contained"]
    assert found(documents, "brigde") == ["exact", "begun", "contained"]


def test_what_was_typed_comes_before_what_may_be_meant():
    documents = [document("meant", en="Bird dog"), document("typed", en="Brid dog")]
    assert found(documents, "brid dog") == ["typed"]
    assert found(documents[:1], "brid dog") == ["meant"]


def test_a_name_comes_before_another_name_before_what_it_is_for():
    documents = [
        document("fact", en="Clam", facts=[(Field.TARGET, "hip")]),
        document("other", en="Lunge", also=["Hip stretch"]),
        document("name", en="Hip stretch"),
    ]
    assert found(documents, "hip") == ["name", "other", "fact"]


def test_the_persons_language_comes_first():
    documents = [document("a", en="Sol"), document("b", es="Sol", en="Sun")]
    assert found(documents, "sol", "es") == ["b", "a"]
    assert found(documents, "sol", "en") == ["a", "b"]


def test_ties_go_by_name_then_code():
    documents = [document("z", en="Arc two"), document("b", en="Arc one"), document("a", en="Arc one")]
    assert found(documents, "arc") == ["a", "b", "z"]
    assert found(reversed(documents), "arc") == ["a", "b", "z"]
    assert found(documents, "") == found(documents, "   ") == ["a", "b", "z"]


@pytest.mark.parametrize(
    "words",
    ["Bird-dog", "bird dog", "BIRDDOG", "dog bird", "birds dogs", "the bird dog", "bird dog exercise"],
)
def test_spelling_order_and_number_do_not_matter(words):
    assert found([document("x", en="Bird dog"), document("y", en="Cat cow")], words) == ["x"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Figure-four stretch", "figure 4"),
        ("Child's pose", "childs pose"),
        ("Child’s pose", "child"),
        ("Catcow", "cat cow"),
        ("Disk roll", "disc"),
    ],
)
def test_what_is_written_in_two_ways_is_one(name, words):
    assert found([document("x", en=name), document("y", en="Other")], words) == ["x"]


def test_all_words_must_be_found_but_what_nobody_knows():
    documents = [document("x", en="Heel slide"), document("y", en="Heel raise")]
    assert found(documents, "heel slide") == ["x"]
    assert found(documents, "heel qqqqqq") == ["x", "y"] or found(documents, "heel qqqqqq") == ["y", "x"]
    assert found(documents, "heel band") == []
    assert found(documents, "qqqqqq") == []
    assert found(documents, "?!") == []


def test_of_three_words_one_may_be_missing_unless_it_names_a_condition():
    documents = [document("x", en="Heel slide"), document("y", en="Toe raise")]
    assert found(documents, "heel slide band") == ["x"]
    assert found(documents, "heel slide lumbago") == []


def test_a_known_word_is_no_typing_error():
    documents = [document("x", en="Standing bend")]
    assert found(documents, "bemd") == ["x"]
    assert found(documents, "band") == []
    assert found(documents, "band", known=()) == ["x"]


def test_a_begun_word_may_be_mistyped():
    assert found([document("x", en="Hamstring stretch")], "hmastr") == ["x"]


def test_a_condition_is_not_looked_for_in_movements():
    documents = [document("x", en="Leg raise", facts=[(Field.MOVEMENT, "tension")])]
    for words in ("sciatica", "sciatic", "scaitic", "sciatic pain"):
        assert found(documents, words) == []
    assert found(documents, "tension") == found(documents, "nerve") == ["x"]


def test_a_condition_is_not_the_beginning_of_another_word():
    assert found([document("x", en="Leg raise")], "ra") == ["x"]
    assert found([document("x", en="Leg raise")], "ra", conditions=("RA",)) == []


def test_pain_alone_does_not_make_two_conditions_one():
    documents = [
        document("back", en="Curl", facts=[(Field.HELPS, "back_pain")]),
        document("knee", en="Knee raise"),
    ]
    assert found(documents, "knee pain") == ["knee"]
    assert found(documents, "back pain") == found(documents, "pain") == ["back"]


def test_the_words_of_one_condition_are_not_gathered_from_others():
    """What helps a new knee and a sore hip is not found for a new hip."""
    both = document("both", en="Leg raise", facts=[(Field.HELPS, "new_knee"), (Field.TARGET, "hip")])
    called = document("called", en="Exercise after a hip replacement")
    said = {**SAID, (Field.HELPS, "new_knee"): [Phrase("Knee replacement")]}
    names = ("Hip replacement", "Knee replacement")
    searched = SearchIndex([both, called], said=said, known=("hip",), conditions=names)
    for words in ("hip replacement", "Replacement of the hip"):
        assert [hit.document.code for hit in searched.find(words, language="en")] == ["called"]
    assert [hit.document.code for hit in searched.find("knee replacement", language="en")] == ["both"]


def test_a_score_is_the_same_whatever_else_is_there():
    x = document("x", en="Heel slide")
    alone = index(x).find("heel", language="en")[0].score
    among = {
        hit.document.code: hit.score for hit in index(document("y", en="Heel"), x).find("heel", language="en")
    }
    assert among["x"] == alone


def test_it_says_what_an_exercise_was_found_by():
    hit = index(document("x", en="Curl", facts=[(Field.HELPS, "back_pain")])).find("lumbago", language="en")[
        0
    ]
    assert (hit.field, hit.by.words) == (Field.HELPS, "lumbago")


def test_a_long_text_is_no_burden():
    assert found([document("x", en="Heel slide")], "heel slide " * 2000) == ["x"]
