"""The warning signs of a plan: those for the emergency number before the exercises, each box whole on one page."""

import subprocess
from dataclasses import replace
from functools import cache

import pytest

from plans.content import ClinicContent, SignContent
from plans.contraindications import RedFlag, ReviewState
from plans.handout import phrases
from plans.handout.formats import Copy, Format, Paper, Size
from plans.libraryfiles import Region
from plans.models import Clinic, SymptomSentence
from plans.queries.reach import Reach
from plans.queries.signs import Sign, choose_signs, content_of_signs
from plans.readability import grade_en, inflesz
from tests.handout.library import library
from tests.handout.make import NORMAL, check, html_of, pdf_of, render
from tests.handout.samples import make_plan_in

CLINIC = Clinic(
    crisis_contact="988 Suicide and Crisis Lifeline, day and night", crisis_phone="+1 800 273 8255"
)
EVERYTHING = Reach(
    conditions=frozenset(one.code for one in library().conditions),
    symptoms=frozenset(),
    exercised=frozenset(Region),
    affected=frozenset(),
)
WELL = replace(EVERYTHING, conditions=frozenset())
"""Exercises for all regions, and no condition."""
STROKE = {"double_vision", "trouble_speaking", "trouble_swallowing_new", "face_numb_or_drooping"}
TITLES = {
    "en": ("Also call 911 now if:", "Also stop, and call a doctor today if:"),
    "es": ("Llame también ya al 911 si:", "Pare también y llame hoy al médico si:"),
}


@cache
def signs_of(reach, language, clinic=CLINIC):
    """What a clinic that approved the whole library prints."""
    known = (
        Sign(one.code, one.name, _sentence(one, language), ReviewState.APPROVED)
        for one in library().symptoms
        if one.red_flag
    )
    return content_of_signs(choose_signs(known, reach, clinic), clinic)


def _sentence(data, language):
    return SymptomSentence(
        words=data.sentences[language],
        red_flag=data.red_flag,
        meant_for=data.shown_to.to_dict(),
        needs_answer=data.needs_answer,
    )


def for_regions(*regions):
    return replace(WELL, exercised=frozenset(regions))


def plan_with(language, signs, **values):
    return make_plan_in(language, items=make_plan_in(language).items[:1], signs=signs, **values)


def pages_of(pdf):
    told = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return [" ".join(page.split()) for page in told.stdout.decode().split("\f")[:-1]]


def pages_with_signs(plan, form, flag):
    """The numbers of the pages on which a sign of this box stands; only whole sentences count."""
    pages = pages_of(pdf_of(plan, form))
    signs = [sign for sign in plan.signs if sign.red_flag == flag]
    return {n for n, page in enumerate(pages, 1) for sign in signs if sign.words in page}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("reach", [EVERYTHING, WELL], ids=["everything", "all regions"])
def test_the_signs_of_the_longest_plan_are_one_page(language, paper, reach):
    signs = signs_of(reach, language)
    assert len(signs) > 30
    pages = pages_of(pdf_of(plan_with(language, signs), Format(paper=paper)))
    for flag, title in zip((RedFlag.EMERGENCY, RedFlag.SAME_DAY), TITLES[language], strict=True):
        (page,) = [page for page in pages if title in page]
        of_box = [sign for sign in signs if sign.red_flag == flag]
        assert [sign.code for sign in of_box if sign.words not in page] == []


@pytest.mark.parametrize("copy", [Copy.PATIENT, Copy.CLINICIAN])
@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("paper", Paper)
def test_what_threatens_life_stands_before_the_first_exercise(paper, size, copy):
    signs = signs_of(for_regions(Region.NECK, Region.BALANCE), "en")
    plan = make_plan_in("en", signs=signs)
    words = "\f".join(pages_of(pdf_of(plan, Format(paper=paper, size=size, copy=copy))))
    urgent = [words.index(sign.words) for sign in signs if sign.red_flag == RedFlag.EMERGENCY]
    assert len(urgent) > 10
    assert max(urgent) < words.index(f"1. {plan.items[0].name}")


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("copy", [Copy.PATIENT, Copy.CLINICIAN])
def test_in_large_print_those_of_three_regions_are_one_page_too(language, paper, copy):
    signs = signs_of(for_regions(Region.SHOULDER, Region.HIP, Region.KNEE), language)
    form = Format(paper=paper, size=Size.LARGE, copy=copy)
    for flag in RedFlag:
        assert len(pages_with_signs(plan_with(language, signs), form, flag)) == 1


@pytest.mark.parametrize("language", ["en", "es"])
def test_in_large_print_those_of_the_longest_plan_go_on_over_a_second_page_whole(language):
    form = Format(paper=Paper.LETTER, size=Size.LARGE)
    for flag in RedFlag:
        assert len(pages_with_signs(plan_with(language, signs_of(EVERYTHING, language)), form, flag)) <= 2


def test_what_threatens_life_is_always_there_and_first():
    urgent = [
        one.code for one in library().symptoms if one.red_flag is RedFlag.EMERGENCY and one.shown_to.to_dict()
    ]
    printed = signs_of(EVERYTHING, "en")
    assert [sign.code for sign in printed if sign.red_flag == RedFlag.EMERGENCY] == urgent
    assert [sign.code for sign in printed[: len(urgent)]] == urgent


@pytest.mark.parametrize(
    ("regions", "there", "absent"),
    [
        (
            (Region.NECK,),
            {"double_vision", "sepsis_signs"},
            {"fainting", "joint_out_of_place", "baby_moves_less"},
        ),
        ((Region.KNEE,), {"joint_out_of_place", "hot_red_swollen_joint", "seizure"}, {"double_vision"}),
        ((Region.LOW_BACK,), {"sudden_tearing_back_or_belly_pain"}, {"double_vision", "low_sugar_drowsy"}),
        (
            (Region.PELVIC_FLOOR,),
            {"seizure", "heavy_bleeding_after_birth", "signs_of_preeclampsia"},
            {"baby_moves_less"},
        ),
        ((Region.BALANCE,), {"fainting", *STROKE}, {"coughing_blood"}),
        ((Region.VESTIBULAR,), {"fainting", *STROKE}, {"coughing_blood"}),
        ((Region.HEART_LUNGS,), {"fainting", *STROKE}, {"drop_attack"}),
    ],
)
def test_each_region_has_its_own_and_the_general_ones(regions, there, absent):
    printed = {sign.code for sign in signs_of(for_regions(*regions), "en")}
    assert there <= printed
    assert printed.isdisjoint(absent)


@pytest.mark.parametrize(
    ("condition", "there"),
    [
        ("pregnancy", {"baby_moves_less", "signs_of_preeclampsia", "vaginal_bleeding_in_pregnancy"}),
        ("pregnancy", {"heavy_bleeding_after_birth"}),
        ("peripheral_neuropathy", {"low_sugar_drowsy", "open_sore_on_numb_foot"}),
        ("caesarean_postop", {"heavy_bleeding_after_birth", "wound_red_hot_or_opening"}),
        ("total_knee_replacement", {"fever_or_chills_after_joint_surgery", "wound_red_hot_or_opening"}),
        ("heart_failure", {"fast_weight_gain_with_heart_failure"}),
        ("type1_diabetes", {"low_sugar_drowsy", "high_sugar_with_ketones"}),
        ("sternotomy_postop", {"breastbone_clicks_or_moves"}),
    ],
)
def test_a_condition_brings_its_own(condition, there):
    nobody = for_regions()
    assert there.isdisjoint(sign.code for sign in signs_of(nobody, "en"))
    patient = replace(nobody, conditions=frozenset([condition]))
    assert there <= {sign.code for sign in signs_of(patient, "en")}


def test_every_red_flag_stands_in_the_fixed_words_or_is_printed_for_somebody():
    fixed = {one.code for one in library().symptoms if one.red_flag and not one.shown_to.to_dict()}
    assert len(fixed) == 13
    assert {one.region for one in library().symptoms if one.code in fixed} == {None}


@pytest.mark.parametrize("language", ["en", "es"])
def test_who_answers_thoughts_of_self_harm_stands_with_them(language):
    codes = [sign.code for sign in signs_of(WELL, language, Clinic())]
    assert "thoughts_of_self_harm" not in codes
    (sign,) = [sign for sign in signs_of(WELL, language) if sign.code == "thoughts_of_self_harm"]
    words = " ".join(pages_of(pdf_of(plan_with(language, (sign,)))))
    said = {"en": "Talk to", "es": "Hable ya con"}[language]
    assert f"{sign.words} {said} 988 Suicide and Crisis Lifeline, day and night" in words
    assert "+1 800 273 8255" in words


@pytest.mark.parametrize("language", ["ar", "zh-hans"])
def test_their_titles_and_who_answers_print_in_each_language(language):
    """No library has such sentences yet: a clinic may load some."""
    words = make_plan_in(language).items[0].cautions[0]
    sign = SignContent(
        code="a",
        red_flag="emergency",
        words=words,
        answered_by="Crisis line",
        answered_at="+1 (800) 273-8255",
    )
    today = SignContent(code="b", red_flag="same_day", words=words)
    assert pdf_of(plan_with(language, (sign, today)))


def test_a_box_without_signs_is_left_out_and_a_plan_without_any_prints_as_before():
    (one,) = [sign for sign in signs_of(WELL, "en") if sign.code == "arm_swollen_blue_or_heavy"]
    html = html_of(plan_with("en", (one,)))
    assert TITLES["en"][1] in html
    assert "Also call" not in html
    assert 'class="signs"' not in html_of(plan_with("en", ()))


def test_the_record_copy_has_them_and_the_fridge_sheet_does_not():
    signs = signs_of(for_regions(Region.NECK), "en")
    plan = plan_with("en", signs)
    for flag in RedFlag:
        assert len(pages_with_signs(plan, Format(copy=Copy.CLINICIAN), flag)) == 1
        assert pages_with_signs(plan, Format(copy=Copy.SUMMARY), flag) == set()


def test_a_file_that_lacks_a_sign_or_its_title_is_refused():
    signs = signs_of(for_regions(Region.NECK), "en")
    without = render(html_of(plan_with("en", signs[1:])))
    assert [problem.code for problem in check(without, plan_with("en", signs), NORMAL)] == ["text"]
    today = [sign for sign in signs if sign.red_flag == RedFlag.SAME_DAY][:1]
    moved = (replace(today[0], red_flag=RedFlag.EMERGENCY),)
    problems = check(render(html_of(plan_with("en", moved))), plan_with("en", tuple(today)), NORMAL)
    assert [problem.message for problem in problems] == [f"The page lacks {TITLES['en'][1]!r}."]


def test_the_clinics_own_emergency_number_stands_above_them():
    signs = signs_of(for_regions(Region.NECK), "en")
    html = html_of(plan_with("en", signs, clinic=ClinicContent(name="Riverside", emergency_number="112")))
    assert f"Also call{phrases.NO_BREAK}112 now if:" in html


def test_sentences_read_as_easily_as_the_sheet():
    flags = [one for one in library().symptoms if one.red_flag]
    assert grade_en("\n".join(one.sentences["en"] for one in flags)) <= 6
    assert inflesz("\n".join(one.sentences["es"] for one in flags)) >= 65
