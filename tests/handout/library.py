"""The plan of the demonstration from the starter library, with its figures, as a publication would freeze it."""

import hashlib
from dataclasses import replace
from functools import cache
from pathlib import Path

from plans.content import ItemContent, LeafletContent, LeafletSection, PictureContent, PlanContent
from plans.dose import Dose, Frequency, Span
from plans.drawer import PEOPLE, draw
from plans.libraryfiles import Known, LeafletText, Library, Region, read_library
from plans.management.demo_back import EXERCISES as DEMO
from tests.handout.samples import make_plan

LIBRARY = Path(__file__).resolve().parent.parent.parent / "plans" / "library"
DRAFTS = Path(__file__).resolve().parent.parent / "library" / "fixtures"
DRAFTED = {"ar": "ar", "zh-hans": "zh-Hans"}
TITLES = {
    "en": "Your plan for back and leg pain",
    "es": "Su plan para el dolor de espalda y pierna",
    "ar": "خطتك لألم الظهر والساق",
    "zh-hans": "腰腿痛锻炼计划",
}
TWICE_A_DAY = Frequency(times_per_day=Span(2, 2), days_per_week=Span(7, 7))


@cache
def library() -> Library:
    return read_library(LIBRARY)


@cache
def drafted(language: str):
    """The three drafts of a language that the starter library does not have."""
    known = Known.of(library())
    found = read_library(DRAFTS / f"{DRAFTED[language]}.yaml", known=known).exercises
    return [draft.texts[DRAFTED[language]] for draft in found]


@cache
def figure(code: str, *, right_to_left: bool = False) -> bytes:
    text = (LIBRARY / "figures" / f"{code}.yaml").read_text()
    return draw(text, body=PEOPLE[0], mirrored=False, right_to_left=right_to_left, grey=False)


def name_of(code: str, language: str = "en") -> str:
    return hashlib.sha256(figure(code, right_to_left=language == "ar")).hexdigest()


def figures(codes=DEMO, language: str = "en") -> dict[str, bytes]:
    """The drawn pictures by sha256."""
    return {name_of(code, language): figure(code, right_to_left=language == "ar") for code in codes}


def text_of(exercise, number: int, language: str):
    """The starter's text, or where the language has only three drafts, one of those."""
    if language not in DRAFTED:
        return exercise.texts[language]
    text = drafted(language)[(number - 1) % 3]
    return replace(text, alt=f"{text.alt} {number}")


def make_library_plan(language: str, codes=DEMO, **values) -> PlanContent:
    """A plan of starter exercises with their own doses, twice a day."""
    exercises = {one.code: one for one in library().exercises}
    items = tuple(_item(number, exercises[code], language) for number, code in enumerate(codes, 1))
    spoken = "en" if language in DRAFTED else language
    advice = tuple(
        one.texts[spoken] for one in library().advice if one.kind == "general" and _fits(one.audience)
    )
    therapies = tuple(one.texts[spoken] for one in library().advice if one.kind == "therapy")[:2]
    if language in DRAFTED:
        advice, therapies = tuple(text.purpose for text in drafted(language)), ()
    told = {"language": language, "title": TITLES[language], "items": items, "goals": ""}
    return make_plan(**told | {"advice": advice, "therapies": therapies} | values)


def _fits(audience) -> bool:
    """Whether it is told to the patient of the demonstration, whose sciatica comes from the back."""
    return audience.fits(
        conditions={"sciatica"}, symptoms={"low_back_pain", "radiating_leg_pain"}, regions={Region.LOW_BACK}
    )


def leaflet_content(text: LeafletText, code: str = "nerve") -> LeafletContent:
    sections = (LeafletSection(heading=part.heading, lines=part.lines) for part in text.sections)
    return LeafletContent(code=code, title=text.title, sections=tuple(sections))


def make_leaflets(language: str) -> tuple[LeafletContent, ...]:
    """All leaflets of the starter library; one of their English texts for a language that has none."""
    if language in DRAFTED:
        return (leaflet_content(library().leaflets[0].texts["en"]),)
    return tuple(leaflet_content(one.texts[language], one.code) for one in library().leaflets)


def _item(number: int, exercise, language: str) -> ItemContent:
    text = text_of(exercise, number, language)
    # The source gives no time for walking: the therapist decides.
    dose = exercise.dose if exercise.dose != Dose() else Dose(duration_seconds=Span(600, 900))
    return replace(
        make_plan().items[0],
        key=f"00000000-0000-4000-8000-{number:012d}",
        number=number,
        exercise_code=exercise.code,
        name=text.name,
        position=exercise.position,
        purpose=text.purpose,
        start=text.start,
        steps=text.steps,
        cautions=text.cautions,
        sentences=(),
        note="",
        dose=dose.with_frequency(TWICE_A_DAY),
        limb=exercise.limb or "",
        breathing=text.breathing,
        picture=PictureContent(sha256=name_of(exercise.code, language), alt=text.alt),
    )
