"""What the player counts and says, before any browser."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from plans.content import DrawingContent, PictureContent
from plans.dose import Dose, Limb, Side, Span
from plans.languages import LANGUAGES, get_language
from plans.portal.player_words import player
from plans.readability import grade_en, inflesz
from tests.content.samples import bridge as item
from tests.content.samples import plan

DRAWN_LEFT = PictureContent(
    alt="",
    drawing=DrawingContent(figure="f", body="woman", mirrored=True, right_to_left=False, drawer="1"),
)
EVERY_DOSE = [
    Dose(),
    Dose(repetitions=Span(8, 12), sets=Span(1, 2), hold_seconds=Span(5, 5), rest_seconds=Span(30, 30)),
    *(Dose(sets=Span(2, 3), side=side) for side in Side),
    Dose(side=Side.EACH, duration_seconds=Span(30, 60)),
]


def play(dose, *, limb="", language="en", **fields):
    with translation.override(language):
        return player(item(dose=dose, limb=limb, **fields), plan(), get_language(language))


def titles(dose, **fields):
    return [step["title"] for step in play(dose, **fields)["steps"]]


def words_of(value):
    """All texts in what the page gets."""
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, dict):
        return [text for part in value.values() for text in words_of(part)]
    return [text for part in value for text in words_of(part)] if isinstance(value, list) else []


def everything_said(language):
    return [
        words for dose in EVERY_DOSE for limb in ("", *Limb)
        for words in words_of(play(dose, limb=limb, language=language))
    ]  # fmt: skip


def test_sets_and_sides_are_what_to_do_now():
    dose = Dose(sets=Span(2, 2), repetitions=Span(10, 10), side=Side.EACH, rest_seconds=Span(30, 60))
    page = play(dose, limb="leg")

    assert [(step["title"], step["rest"]) for step in page["steps"]] == [
        ("Set 1 of 2, right leg", False),
        ("Set 1 of 2, left leg", True),
        ("Set 2 of 2, right leg", False),
        ("Set 2 of 2, left leg", False),
    ]
    assert page["task"] == ["10 times"]
    assert page["rest"] == 60
    assert page["words"]["rest_time"] == "Rest: 30 to 60 seconds between sets"
    assert (page["words"]["done"], page["words"]["skip"]) == ("Done with this set", "Skip this set")


def test_the_side_of_the_picture_comes_first():
    dose = Dose(side=Side.EACH)

    assert titles(dose) == ["Right side", "Left side"]
    assert titles(dose, picture=DRAWN_LEFT) == ["Left side", "Right side"]
    assert play(dose)["words"]["done"] == "Done with this side"


@pytest.mark.parametrize(
    ("side", "limb", "title"),
    [
        (Side.LEFT, "", "Set 1 of 1, left side"),
        (Side.LEFT, "leg", "Set 1 of 1, left leg"),
        (Side.LEFT, "arm", "Set 1 of 1, left arm"),
        (Side.RIGHT, "arm", "Set 1 of 1, right arm"),
        (None, "", "Set 1 of 1"),
    ],
)
def test_sets_beyond_the_lower_bound_are_done_if_they_feel_good(side, limb, title):
    page = play(Dose(sets=Span(1, 2), side=side), limb=limb)

    assert [step["extra"] for step in page["steps"]] == [False, True]
    assert page["steps"][0]["title"] == title
    assert page["steps"][1]["title"].endswith("if it feels good")


def test_one_thing_to_do_counts_nothing():
    page = play(Dose(repetitions=Span(10, 10), load="red band"))

    assert [step["title"] for step in page["steps"]] == ["Do this now"]
    assert page["task"] == ["10 times", "Use: red band"]
    assert page["timer"] is None
    assert page["words"]["done"] == "Done"
    assert "skip" not in page["words"]


def test_a_time_is_timed_from_its_lower_to_its_upper_end():
    page = play(Dose(duration_seconds=Span(60, 120)))

    assert page["timer"] == {"ready": 5, "least": 60, "seconds": 120}
    assert page["task"] == ["1 to 2 minutes"]


def test_holds_are_counted_with_the_way_between_them():
    slow = Dose(
        repetitions=Span(8, 10), hold_seconds=Span(5, 8), out_seconds=Span(3, 3), back_seconds=Span(4, 5)
    )
    once = Dose(hold_seconds=Span(20, 20))

    assert play(slow)["timer"] == {"ready": 5, "holds": 10, "hold": 5, "way": 7}
    assert play(once)["timer"] == {"ready": 5, "holds": 1, "hold": 20, "way": 4}
    assert play(slow)["words"]["hold"] == "Hold: %(n)s of %(of)s"
    assert play(once)["words"]["hold"] == "Hold"


def test_without_a_rest_there_is_none():
    for rest in (None, Span(0, 0)):
        page = play(Dose(sets=Span(2, 2), rest_seconds=rest))
        assert not any(step["rest"] for step in page["steps"])
        assert page["rest"] == 0


def test_the_mark_is_a_number_of_the_version():
    assert play(Dose())["mark"] == play(Dose())["mark"]
    with translation.override("en"):
        other = player(item(), plan(publication_id="another"), get_language("en"))["mark"]
    assert other != play(Dose())["mark"]
    assert isinstance(other, int)


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_no_word_is_left_in_english(code):
    english, said = everything_said("en"), everything_said(code)

    assert len(said) == len(english)
    assert [one for one, other in zip(said, english, strict=True) if one == other] == []


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_the_script_fills_the_same_gaps_in_each_language(code):
    def gaps(texts):
        return [sorted(re.findall(r"%\(\w+\)s", text)) for text in texts]

    assert gaps(everything_said(code)) == gaps(everything_said("en"))


def test_its_words_are_easy_to_read():
    def text(code):
        said = dict.fromkeys(words.rstrip(".") for words in everything_said(code))
        return re.sub(r"%\(\w+\)s", "3", ". ".join(said))

    assert grade_en(text("en")) <= 6
    assert inflesz(text("es")) >= 65


def test_the_scripts_hold_no_words_of_their_own():
    """A word for a patient in a script would stay in English in each language."""
    scripts = sorted((Path(settings.BASE_DIR) / "static/portal").glob("player*.js"))
    said = {words for words in everything_said("en") if " " in words}

    assert len(scripts) == 3
    for script in scripts:
        text = script.read_text(encoding="utf-8")
        assert [words for words in said if words in text] == []
        assert not re.search(r"(textContent|ariaLabel) = [\"'`][A-Za-z]", text)


def test_what_the_page_gets_is_json():
    for dose in EVERY_DOSE:
        page = play(dose)
        assert json.loads(json.dumps(page)) == page
