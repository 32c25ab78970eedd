"""The measures of the starter library: two scales from 0 to 10, read easily, with every figure in its source's name."""

from plans.libraryfiles import Better, DifferenceKind, MeasureKind
from plans.readability import grade_en, inflesz


def by_code(starter):
    return {measure.code: measure for measure in starter.measures}


def test_pain_from_0_to_10_and_own_activities_from_0_to_10(starter):
    found = by_code(starter)
    assert {code: (one.kind, one.lowest, one.highest, one.better) for code, one in found.items()} == {
        "numeric-pain-rating": (MeasureKind.PAIN, 0, 10, Better.LOWER),
        "patient-specific-function": (MeasureKind.OWN_ACTIVITIES, 0, 10, Better.HIGHER),
    }


def test_they_are_told_in_the_four_languages_of_the_page(starter):
    for measure in starter.measures:
        assert measure.texts.keys() == {"en", "es", "ar", "zh-Hans"}


def test_they_read_easily(starter):
    for measure in starter.measures:
        for language, ease in (("en", lambda words: 12 - grade_en(words)), ("es", inflesz)):
            text = measure.texts[language]
            said = "\n".join(part for part in (text.question, text.help) if part)
            assert ease(said) >= {"en": 6, "es": 65}[language], (measure.code, language, said)


def points(starter, code, source, **fields):
    return [
        str(one.points)
        for one in by_code(starter)[code].differences
        if one.source == source and all(getattr(one, name) == value for name, value in fields.items())
    ]


def test_the_figures_are_those_of_the_papers(starter):
    """Each was read in the abstract that sources.yaml names, that of Stratford 1995 on the form."""
    important, detectable = {"kind": DifferenceKind.IMPORTANT}, {"kind": DifferenceKind.DETECTABLE}
    pain, function = "numeric-pain-rating", "patient-specific-function"
    assert points(starter, pain, "childs-2005", **important) == ["2"]
    assert points(starter, pain, "childs-2005", **detectable) == ["2"]
    assert points(starter, pain, "farrar-2001") == ["2"]
    assert points(starter, pain, "abbott-2014") == ["1.5", "3.5"]
    assert points(starter, pain, "maughan-2010") == ["2.4"]
    assert points(starter, pain, "young-2010", **important) == ["2.2"]
    assert points(starter, pain, "young-2010", **detectable) == ["4.1"]
    assert points(starter, function, "abbott-2014") == ["1.3", "2.3", "2.7"]
    assert points(starter, function, "stratford-1995", of_one=False) == ["2"]
    assert points(starter, function, "stratford-1995", of_one=True) == ["3"]
    assert points(starter, function, "cleland-2006", **important) == ["2"]
    assert points(starter, function, "cleland-2006", **detectable) == ["2.1"]
    assert points(starter, function, "young-2010", **important) == ["2.2"]
    assert points(starter, function, "young-2010", **detectable) == ["3.3"]
    assert points(starter, function, "maughan-2010") == ["1.4"]
    assert points(starter, function, "alnahdi-2025") == ["2.15"]


def test_each_source_of_a_figure_is_one_of_the_measure(starter):
    for measure in starter.measures:
        assert {one.source for one in measure.differences} == set(measure.sources)


def test_some_figure_counts_for_everybody(starter):
    for measure in starter.measures:
        assert [
            one for one in measure.differences if one.kind is DifferenceKind.IMPORTANT and not one.regions
        ]
