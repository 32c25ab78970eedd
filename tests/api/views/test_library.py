"""The library over the API: found, per language, with pictures and approvals."""

from datetime import date

import pytest
from django.utils import timezone

from plans.actions import approving
from plans.actions.advice import retire_advice
from plans.actions.rules import retire_rule
from plans.actions.signs import retire_symptom
from plans.libraryfiles import Equipment, Help, Kind, Level, Position, Region, Target
from plans.models import Advice, Exercise, ExerciseRevision, ExerciseText, RevisionPicture, Role
from plans.queries.approvals import vocabulary_work
from tests import factories
from tests.api.world import make_world
from tests.words import make_words

TEXT = {
    "name": "Deslizar el talón",
    "purpose": "x",
    "start": "x",
    "steps": ["x"],
    "cautions": ["x"],
    "alt": "x",
    "note": "",
}


@pytest.fixture
def library(clinic):
    first = factories.approved_exercise(clinic, "heel-slide", equipment=(Equipment.MAT,))
    ExerciseText.objects.create(revision=first, language="es", **TEXT)
    factories.exercise(
        "wall-sit",
        kind=Kind.STRENGTHENING,
        position=Position.STANDING,
        movements=("standing",),
        targets=(Target.THIGHS,),
    )
    factories.exercise("own", clinic=clinic)
    factories.exercise("foreign", clinic=factories.clinic())
    retired = factories.exercise("old").exercise
    Exercise.objects.filter(pk=retired.pk).update(retired_on=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"heel-slide", "wall-sit", "own", "old"}),
        ("retired=false", {"heel-slide", "wall-sit", "own"}),
        ("code=own", {"own"}),
        ("kind=strengthening", {"wall-sit"}),
        ("position=standing", {"wall-sit"}),
        ("movement=standing", {"wall-sit"}),
        ("target=thighs", {"wall-sit"}),
        ("equipment=mat", {"heel-slide"}),
        ("language=es", {"heel-slide"}),
        ("search=talón", {"heel-slide"}),
        ("search=wall%20sit", {"wall-sit"}),
        ("search=sit&position=supine", set()),
    ],
)
def test_exercises_are_found(api, library, query, found):
    answer = api.get(f"exercises/?{query}")
    assert answer.status_code == 200, answer.content
    assert {one["code"] for one in answer.json()["results"]} == found


def test_a_language_brings_only_its_text(api, library):
    shown = api.get("exercises/?code=heel-slide").json()["results"][0]
    assert {one["language"] for one in shown["revision"]["texts"]} == {"en", "es"}
    one = api.get(f"exercises/{shown['id']}/?language=es").json()
    assert [text["name"] for text in one["revision"]["texts"]] == [TEXT["name"]]


def test_sources_that_disagree_are_told_side_by_side(api, clinic):
    factories.exercise("press-up", clinic=clinic, disagreement=factories.disagreement())
    factories.exercise("walking", clinic=clinic)
    disputed, agreed = (one["revision"] for one in api.get("exercises/").json()["results"])
    assert disputed["sources_disagree"] == {
        "sides": [
            {"source": "Guide A", "words": "recommends it."},
            {"source": "Guide B", "words": "warns of it."},
        ],
        "go_on_when": "the pain draws back.",
    }
    assert disputed["disagreement"] == (
        "Guide A: recommends it. Guide B: warns of it. To go on: the pain draws back."
    )
    assert (agreed["sources_disagree"], agreed["disagreement"]) == (None, "")


def test_an_exercise_says_who_approved_it_and_its_dose(api, library, clinic):
    revision = api.get("exercises/?code=heel-slide").json()["results"][0]["revision"]
    assert revision["approved_for"] == [str(clinic.pk)]
    approved = {text["language"]: text["approved_for"] for text in revision["texts"]}
    assert approved == {"en": [str(clinic.pk)], "es": []}
    assert (revision["dose"]["repetitions_min"], revision["dose"]["repetitions_max"]) == (8, 10)
    assert revision["safe"] == [{"field": "repetitions", "low": 1, "high": 20}]
    waiting = api.get("exercises/?code=wall-sit").json()["results"][0]["revision"]
    assert waiting["approved_for"] == []


def test_pictures_are_given_as_they_are_and_only_by_their_own_exercise(db, broker):
    world = make_world()
    api, rows = world.callers["system"], world.rows
    shown = api.get(f"exercises/{rows.exercise.pk}/").json()["revision"]["pictures"][0]
    picture = api.get(shown["url"])
    assert (picture.status_code, picture.content, picture["Content-Type"]) == (200, b"png", "image/png")
    assert api.get(shown["url"], If_None_Match=picture["ETag"]).status_code == 304
    other = factories.exercise("other").exercise
    assert api.get(f"exercises/{other.pk}/pictures/{rows.picture.sha256}/").status_code == 404
    RevisionPicture.objects.all()._raw_delete("default")
    assert api.get(shown["url"]).status_code == 404


def test_a_rule_tells_its_sources_and_what_speaks_against_it(api, clinic):
    factories.rule("one", source="A guideline", counter_evidence="A trial")
    factories.rule("two", condition="arthritis")
    factories.rule("foreign", clinic=factories.clinic())
    rules = api.get("rules/").json()["results"]
    assert [one["code"] for one in rules] == ["one", "two"]
    assert (rules[0]["source"], rules[0]["counter_evidence"]) == ("A guideline", "A trial")
    assert rules[0]["movements"] == ["supine"]
    assert rules[0]["sentences"][0]["language"] == "en"
    found = api.get("rules/?condition=arthritis").json()["results"]
    assert [one["code"] for one in found] == ["two"]


def test_codes_of_movements_and_conditions_are_told(api):
    wide, narrow = factories.movement("flexion"), factories.movement("loaded_flexion")
    narrow.implies.add(wide)
    parent = factories.condition("arthritis")
    factories.condition("knee", parent=parent, icd10=["M17.9"], dates=["onset"])
    factories.symptom("numb", red_flag="emergency")
    assert api.get("movements/?code=loaded_flexion").json()["results"][0]["implies"] == ["flexion"]
    knee = api.get("conditions/?search=knee").json()["results"][0]
    assert (knee["parent"], knee["icd10"], knee["dates"]) == ("arthritis", ["M17.9"], ["onset"])
    assert api.get("symptoms/").json()["results"][0]["red_flag"] == "emergency"


def test_a_clinic_tells_who_treats_there_but_not_its_systems(api, clinic, therapist):
    lead = factories.lead(clinic, title="PT, DPT")
    factories.reviewer(clinic)
    told = api.get("clinics/").json()["results"]
    assert [one["id"] for one in told] == [str(clinic.pk)]
    assert told[0]["roles"] == [Role.LEAD]
    assert {one["id"]: one["title"] for one in told[0]["therapists"]} == {
        str(therapist.pk): "",
        str(lead.pk): "PT, DPT",
    }


def test_advice_tells_whom_it_is_for(api):
    Advice.objects.create(code="walk", kind="general", meant_for={"conditions": ["sciatica"]})
    Advice.objects.create(code="rest", kind="general", meant_for={"everybody": True})
    told = {one["code"]: one["audience"] for one in api.get("advice/").json()["results"]}
    lists = {"conditions": [], "symptoms": [], "regions": []}
    assert told["walk"] == {"everybody": False, **lists, "conditions": ["sciatica"]}
    assert told["rest"] == {"everybody": True, **lists}


def test_an_exercise_is_told_as_the_clinic_goes_on_with_it(api, clinic):
    first = factories.approved_exercise(clinic, "slide", equipment=(Equipment.MAT,))
    second = factories.exercise("slide", texts={"en": factories.exercise_text(name="Slower slide")})
    shown = api.get("exercises/?equipment=mat").json()["results"][0]
    assert (shown["revision"]["id"], shown["revision"]["number"]) == (str(first.pk), 1)
    assert shown["pending"] == {"id": str(second.pk), "number": 2}
    assert api.get("exercises/?search=slower").json()["results"] == []
    factories.approved_exercise(clinic, "slide", texts={"en": factories.exercise_text(name="Slower slide")})
    shown = api.get("exercises/?search=slower").json()["results"][0]
    assert (shown["revision"]["id"], shown["pending"]) == (str(second.pk), None)
    assert api.get("exercises/?equipment=mat").json()["results"] == []


def test_a_rule_is_told_as_it_is_in_force_with_its_change(api, clinic):
    factories.approved_rule(clinic, "rule-x", level=Level.AVOID)
    rule = api.get("rules/?code=rule-x").json()["results"][0]
    assert (rule["version"], rule["approved_for"], rule["pending"]) == (1, [str(clinic.pk)], None)
    changed = factories.rule("rule-x", condition="arthritis")
    rule = api.get("rules/?condition=sciatica").json()["results"][0]
    assert (rule["version"], rule["level"], rule["condition"]) == (1, "avoid", "sciatica")
    pending = rule["pending"]
    assert (pending["version"], pending["level"], pending["condition"], pending["retires"]) == (
        2, "caution", "arthritis", False,
    )  # fmt: skip
    assert api.get("rules/?condition=arthritis").json()["results"] == []
    approving.approve_rules(revisions=[changed], clinic=clinic, by=factories.reviewer(clinic))
    assert api.get("rules/?condition=arthritis").json()["results"][0]["pending"] is None


def test_a_rule_is_retired_once_a_reviewer_approved_that(api, clinic):
    revision = factories.approved_rule(clinic, "rule-x")
    retired = retire_rule(rule=revision.rule, by=None)
    rule = api.get("rules/?retired=false").json()["results"][0]
    assert (rule["retired_on"], rule["pending"]["retires"]) == (None, True)
    assert api.get("rules/?retired=true").json()["results"] == []
    approving.approve_rules(revisions=[retired], clinic=clinic, by=factories.reviewer(clinic))
    rule = api.get("rules/?retired=true").json()["results"][0]
    assert (rule["retired_on"], rule["pending"]) == (timezone.localdate().isoformat(), None)
    assert api.get("rules/?retired=false").json()["results"] == []


def test_a_finding_says_that_its_rule_waits_for_review(api, clinic):
    factories.approved_exercise(clinic, "slide")
    question = {"conditions": [{"condition": "sciatica"}], "items": [{"exercise_code": "slide"}]}

    def told():
        found = api.post("findings/", question).json()["findings"]
        return [(one["level"], one["rule"]["pending"]) for one in found if one["code"] == "condition_rule"]

    factories.approved_rule(clinic)
    assert told() == [("caution", False)]
    factories.rule(level=Level.AVOID)
    assert told() == [("avoid", True)]


def test_words_say_that_a_change_of_them_waits(api, clinic):
    def waits():
        return [
            one["change_waits"]
            for path in ("movements", "conditions", "symptoms")
            for one in api.get(f"{path}/").json()["results"]
            if one["code"] == "changed"
        ]

    make_words()
    assert waits() == [False, False, False]
    make_words(weaker=True)
    assert waits() == [True, True, True]
    approving.approve(things=vocabulary_work(clinic), clinic=clinic, by=factories.reviewer(clinic))
    assert waits() == [False, False, False]


def test_a_lead_sets_time_zone_and_locale(api, clinic):
    address = f"clinics/{clinic.pk}/"
    seen = api.get(address)
    assert (seen.json()["time_zone"], seen.json()["locale"]) == ("UTC", "en-US")
    told = api.patch(address, {"time_zone": "Pacific/Auckland", "locale": "en-NZ"}, If_Match=seen["ETag"])
    assert (told.status_code, told.json()["time_zone"], told.json()["locale"]) == (
        200,
        "Pacific/Auckland",
        "en-NZ",
    )
    assert api.patch(address, {"locale": "en-US"}, If_Match=seen["ETag"]).status_code == 412
    for field, value in (("time_zone", "Mars/Base"), ("locale", "en")):
        wrong = api.patch(address, {field: value}, If_Match="*")
        assert (wrong.status_code, wrong.json()["code"]) == (400, f"unknown_{field}")
        assert wrong.json()["errors"][0]["field"] == field


def test_a_lead_sets_the_clinics_own_words_and_first_weekday(api, clinic):
    address = f"clinics/{clinic.pk}/"
    seen = api.get(address)
    assert [seen.json()[name] for name in ("week_starts_on", "disclaimers", "titles")] == [None, [], []]
    words = {
        "week_starts_on": "sunday",
        "disclaimers": [{"language": "en", "words": "x" * 2000}, {"language": "es", "words": "Guárdelo."}],
        "titles": [{"language": "es", "title": "PT", "words": "Fisioterapeuta"}],
    }
    told = api.patch(address, words, If_Match=seen["ETag"])
    assert {name: told.json()[name] for name in words} == words
    assert told["ETag"] != seen["ETag"]
    assert api.patch(address, {"week_starts_on": None}, If_Match="*").json()["week_starts_on"] is None
    assert api.get(address).json()["disclaimers"] == words["disclaimers"]


def test_a_lead_names_who_answers_thoughts_of_ending_ones_life(api, clinic):
    address, said = f"clinics/{clinic.pk}/", {"crisis_contact": "Crisis line", "crisis_phone": "988"}
    half = api.patch(address, {"crisis_contact": "Crisis line"}, If_Match="*")
    assert (half.status_code, half.json()["code"]) == (400, "crisis_contact_incomplete")
    assert half.json()["errors"][0]["field"] == "crisis_phone"
    told = api.patch(address, said, If_Match="*")
    assert {name: told.json()[name] for name in said} == said
    told = api.patch(address, dict.fromkeys(said, ""), If_Match="*")
    assert {name: told.json()[name] for name in said} == dict.fromkeys(said, "")


def test_a_symptom_tells_its_sentences_and_who_approves_them(api, clinic):
    factories.approved_signs(clinic, factories.sign_data(needs_answer=True))
    factories.signs(factories.sign_data(red_flag=None, audience=None))
    (symptom,) = api.get("symptoms/").json()["results"]
    everybody = {"everybody": True, "conditions": [], "symptoms": [], "regions": []}
    common = {"language": "en", "words": "You have double vision."}
    nobody = {**everybody, "everybody": False}
    assert symptom["sentences"] == [
        {
            **common,
            "number": 2,
            "red_flag": None,
            "audience": nobody,
            "needs_answer": False,
            "approved_for": [],
        },
        {
            **common,
            "number": 1,
            "red_flag": "emergency",
            "audience": everybody,
            "needs_answer": True,
            "approved_for": [str(clinic.pk)],
        },
    ]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("disclaimers", [{"language": "en", "words": "x" * 2001}], "max_length"),
        ("disclaimers", [{"language": "tlh", "words": "x"}], "invalid_choice"),
        ("disclaimers", [{"language": "en", "words": "x"}] * 2, "given_twice"),
        ("disclaimers", [{"language": "en", "words": "a\u202eb"}], "invisible_character"),
        ("titles", [{"language": "es", "title": "PT", "words": "x"}] * 2, "given_twice"),
        ("titles", [{"language": "es", "title": "PT", "words": ""}], "blank"),
        (
            "titles",
            [{"language": "es", "title": str(number), "words": "x"} for number in range(101)],
            "too_many_titles",
        ),
        ("week_starts_on", "someday", "invalid_choice"),
    ],
)
def test_words_of_a_clinic_that_cannot_be_kept_are_refused_by_their_field(api, clinic, field, value, code):
    wrong = api.patch(f"clinics/{clinic.pk}/", {field: value}, If_Match="*")
    assert wrong.status_code == 400
    told = wrong.json()["errors"][0]
    assert told["field"].startswith(field)
    assert told["code"] == code


def test_an_exercise_tells_the_easier_one_of_the_revision_that_was_approved(api, clinic):
    approved = factories.approved_exercise(clinic, "wall-sit")
    easier = [factories.exercise(code).exercise for code in ("tilt", "slide")]
    ExerciseRevision.objects.filter(pk=approved.pk).update(
        tells_steps=True, easier=easier[0], harder=easier[1]
    )
    Exercise.objects.filter(pk=approved.exercise_id).update(easier=easier[1])
    told = api.get(f"exercises/{approved.exercise_id}/").json()
    assert (told["easier"], told["harder"]) == ("tilt", "slide")


def test_an_exercise_tells_region_level_and_what_it_helps(api, clinic):
    factories.condition("sciatica")
    easier = factories.exercise("heel-slide").exercise
    revision = factories.approved_exercise(
        clinic,
        "wall-sit",
        region=Region.KNEE,
        level=2,
        helps=(Help(condition="sciatica", source="Guide B"),),
        texts={"en": factories.exercise_text(also=("Wall squat",))},
    )
    Exercise.objects.filter(pk=revision.exercise_id).update(easier=easier)
    told = api.get(f"exercises/{revision.exercise_id}/").json()
    assert (told["easier"], told["harder"]) == ("heel-slide", None)
    assert (told["revision"]["region"], told["revision"]["level"]) == ("knee", 2)
    assert told["revision"]["helps"] == [{"condition": "sciatica", "source": "Guide B"}]
    assert told["revision"]["texts"][0]["also"] == ["Wall squat"]
    assert [one["code"] for one in api.get("exercises/?search=squat").json()["results"]] == ["wall-sit"]


def test_retired_advice_and_symptoms_are_told_with_their_day(api):
    advice = Advice.objects.create(code="walk", kind="general")
    symptom = factories.symptom("numb", red_flag="emergency")
    retire_advice(advice)
    retire_symptom(symptom)
    for path in ("advice/", "symptoms/"):
        (told,) = api.get(f"{path}?retired=true").json()["results"]
        assert told["retired_on"] == str(timezone.localdate())
        assert api.get(f"{path}?retired=false").json()["results"] == []
