"""No label of a dose stands apart from its value, in any language, size or copy, by the boxes of the laid-out page."""

from dataclasses import replace
from typing import NamedTuple

import pytest

from plans.dose import Dose, Side, Span
from plans.handout.formats import Copy, Format, Size
from plans.handout.pdf.renderer import Renderer
from plans.handout.widths import width_of
from plans.languages import LANGUAGES
from tests.handout.make import css_of, html_of
from tests.handout.samples import make_plan_in, pictures

OFTEN = {"times_per_day": Span(2, 3), "days_per_week": Span(5, 6)}
DOSES = (
    Dose(sets=Span(2, 3), repetitions=Span(10, 15), hold_seconds=Span(20, 30), rest_seconds=Span(90, 180)),
    Dose(repetitions=Span(1, 1), hold_seconds=Span(30, 30), side=Side.EACH, load="red band", **OFTEN),
    Dose(duration_seconds=Span(90, 3600), out_seconds=Span(2, 2), back_seconds=Span(3, 4)),
    Dose(sets=Span(2, 2), hold_seconds=Span(60, 120), side=Side.LEFT, rest_seconds=Span(30, 60), **OFTEN),
)
FORMS = [Format(copy=copy, size=size) for copy in (Copy.PATIENT, Copy.SUMMARY) for size in Size]


def plan_of_doses(language, *, portrait):
    item = make_plan_in(language).items[0]
    picture = replace(item.picture, portrait=portrait)
    items = tuple(
        replace(item, number=number, dose=dose, limb="leg" if dose.side else "", picture=picture)
        for number, dose in enumerate(DOSES, start=1)
    )
    return make_plan_in(language, items=items)


class Fact(NamedTuple):
    """A fact of a dose as it was laid out: on which lines its label and its value stand, and all of its words."""

    label: list[float]
    value: list[float]
    words: list[str]


def facts_of(page, language, form):
    renderer = Renderer(css=css_of(form, language), pictures=pictures(), grey=False)
    found: dict[int, Fact] = {}
    for laid_out in renderer.lay_out(page).pages:
        for element, part, box in texts_in(laid_out._page_box):
            fact = found.setdefault(element, Fact([], [], []))
            (fact.value if part == "b" else fact.label).append(round(box.position_y + box.baseline, 1))
            fact.words.append(box.text)
    return list(found.values())


def texts_in(box, in_dose=False, li=None, part=None):
    tag = getattr(box, "element_tag", None)
    if tag == "ul":
        in_dose = box.element.get("class") == "dose"
    elif tag == "li" and in_dose:
        li, part = id(box.element), None
    elif tag in ("span", "b"):
        part = tag
    if li and part and getattr(box, "text", "").strip():
        yield li, part, box
    for child in getattr(box, "children", ()):
        yield from texts_in(child, in_dose, li, part)


@pytest.mark.parametrize("portrait", [False, True], ids=["landscape", "portrait"])
@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.copy}-{form.size}")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_label_stands_on_the_line_on_which_its_value_begins(language, form, portrait):
    page = html_of(plan_of_doses(language, portrait=portrait), form)

    facts = [fact for fact in facts_of(page, language, form) if fact.label]

    assert len(facts) > len(DOSES), "the copy for the fridge leaves out labels whose amounts say their unit"
    for fact in facts:
        assert set(fact.label) == {fact.value[0]}, fact.words


@pytest.mark.parametrize(("size", "room"), [(Size.NORMAL, 25), (Size.LARGE, 14)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_room_on_a_line_is_not_broken(language, size, room):
    page = html_of(plan_of_doses(language, portrait=False), Format(size=size))

    short = [
        fact for fact in facts_of(page, language, Format(size=size)) if width_of("".join(fact.words)) <= room
    ]

    assert short
    for fact in short:
        assert len({*fact.label, *fact.value}) == 1, fact.words
