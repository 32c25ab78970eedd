"""The pages of the review: all of an entry at once, the place kept, nothing vouched for that was not shown."""

import re

import pytest
from django.urls import reverse

from plans.actions import load_library
from plans.actions.approving import approve_exercises
from plans.libraryfiles import Library, Region
from plans.models import Approval, Condition, Exercise, ExerciseRevision, SentBack, Source, SymptomSentence
from plans.queries.rules import vocabulary_for
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import text_of
from tests.words import condition, load

OVERVIEW = reverse("admin:plans_approval_review")
BOTH = {
    "en": factories.exercise_text(name="Bridge"),
    "es": factories.exercise_text(name="Puente", steps=("Suba despacio.", "Baje despacio.")),
}


@pytest.fixture
def client(reviewer):
    return signed_in(reviewer)


@pytest.fixture
def region(clinic):
    return lambda name="all": reverse("admin:plans_approval_region", args=[clinic.pk, name])


def hidden(page):
    """Return what the form of the page sends."""
    html = page.content.decode()
    form = html[html.index('id="review-form"') :]
    form = form[: form.index("</form>")]
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    fields["languages"] = re.findall(r'name="languages" value="(\w+)" checked', form)
    return fields


def decide(client, page, decision="approve", **fields):
    address = re.search(r'action="([^"]+/decide/)"', page.content.decode()).group(1)
    return client.post(
        address, {**hidden(page), "decision": decision, **fields}, headers={"HX-Request": "true"}
    )


def test_all_of_an_entry_is_on_one_page(client, clinic, region):
    Source.objects.create(code="guide", cite="Smith 2020", title="A guide", kind="paper", read="all of it")
    factories.rule(movements=("prone",), rationale="The disc.")
    revision = factories.exercise("bridge", texts=BOTH, movements=("prone",), region="knee")
    easier = factories.exercise("small-bridge", region="hip").exercise
    Exercise.objects.filter(pk=revision.exercise_id).update(sources=["guide"], easier=easier)
    words = text_of(client.get(region("knee")))
    for said in (
        "Bridge",
        "Puente",
        "Suba despacio.",
        "Stop if it hurts.",
        "Smith 2020",
        "A guide",
        "all of it",
    ):
        assert said in words
    assert "Easier Small bridge" in words
    assert "avoid 1" in words or "caution 1" in words
    assert "Easier than Bridge" in text_of(client.get(region("hip")))
    Exercise.objects.filter(pk=easier.pk).update(harder=revision.exercise_id)
    said = text_of(client.get(region("hip")))
    assert "Harder Bridge" in said
    assert "Easier than" not in said


def test_a_condition_shows_its_old_facts_beside_the_new_ones_until_they_are_approved(client, clinic, region):
    load(conditions=(condition("hip", sided=True, region=Region.HIP),))
    assert "Nothing waits here." in text_of(client.get(region()))
    load(conditions=(condition("hip", sided=True, region=Region.LOW_BACK),))
    load(conditions=(condition("hip", ask_which=True, region=Region.KNEE),))
    page = client.get(region("knee"))
    for line in (
        "Left and right told apart no",
        "Which kind is not asked is asked",
        "Region hip knee",
    ):
        assert line in text_of(page)
    assert vocabulary_for(clinic).sided == {"hip"}
    decide(client, page)
    assert vocabulary_for(clinic).ask_which == {"hip"}


def test_a_changed_step_of_an_exercise_stands_beside_the_one_in_force(client, clinic, reviewer, region):
    factories.movement()
    others = [factories.exercise_data(code) for code in ("small-bridge", "slow-bridge")]
    for easier in ("small-bridge", "slow-bridge"):
        bridge = factories.exercise_data("bridge", easier=easier)
        load_library.load_library(library=Library(exercises=(bridge, *others)), figures={})
        newest = ExerciseRevision.objects.filter(newest=True)
        if easier == "small-bridge":
            approve_exercises(revisions=list(newest), clinic=clinic, by=reviewer)
    page = client.get(region())
    assert "Easier small-bridge slow-bridge" in text_of(page)
    decide(client, page)
    assert "Nothing waits here." in text_of(client.get(region()))


def test_what_is_approved_goes_and_the_next_comes(client, region):
    for code in ("one", "three", "two"):
        factories.exercise(code)
    page = client.get(region())
    assert "one, 1 of 3" in text_of(page)
    page = decide(client, page)
    assert "Approved: one" in text_of(page)
    assert "three, 1 of 2" in text_of(page)
    assert "1 of 3 approved" in text_of(page)
    assert Approval.objects.filter(revision__exercise__code="one").exists()
    page = decide(client, decide(client, page))
    assert "Nothing waits here." in text_of(page)


def test_the_place_is_kept_for_each_page(client, region):
    for code in ("one", "three", "two"):
        factories.exercise(code)
    page = client.get(region())
    following = re.search(r'href="([^"]+)"[^>]*data-key="J"', page.content.decode()).group(1)
    client.get(following.replace("&amp;", "&"), headers={"HX-Request": "true"})
    assert "three, 2 of 3" in text_of(client.get(region()))
    assert "one, 1 of 3" in text_of(client.get(region() + "?kind=exercise"))


def test_the_place_of_one_that_is_approved_leads_to_the_next(client, clinic, region):
    first = factories.exercise("one")
    factories.exercise("two")
    client.get(region())
    approve_exercises(revisions=[first], clinic=clinic, by=factories.reviewer(clinic))
    assert "two, 1 of 1" in text_of(client.get(region()))


def test_what_was_changed_meanwhile_is_shown_again(client, region):
    factories.exercise("one", texts={"en": factories.exercise_text(name="Before")})
    page = client.get(region())
    factories.exercise("one", texts={"en": factories.exercise_text(name="After")})
    page = decide(client, page)
    assert "Look at it again." in text_of(page)
    assert "After" in text_of(page)
    assert not Approval.objects.exists()
    assert "Approved: one" in text_of(decide(client, page))


def test_what_was_withdrawn_meanwhile_is_no_fault(client, region):
    revision = factories.exercise("one")
    factories.exercise("two")
    page = client.get(region())
    Exercise.objects.filter(pk=revision.exercise_id).update(retired_on="2026-01-01")
    said = text_of(decide(client, page))
    assert "Look at it again." in said
    assert "two, 1 of 1" in said


def test_sent_back_with_a_note(client, clinic, region):
    revision = factories.exercise("one")
    page = decide(client, client.get(region()), "send_back", words="")
    assert "Say what is to be changed" in text_of(page)
    page = decide(client, page, "send_back", words="Too long.")
    assert "Nothing waits here. 1 entry was sent back." in text_of(page)
    page = client.get(region() + "?show=sent_back")
    assert "Too long." in text_of(page)
    assert "Too long." in text_of(
        client.get(reverse("admin:plans_exercise_change", args=[revision.exercise_id]))
    )
    keeper = signed_in(factories.library_admin(clinic))
    listed = reverse("admin:plans_sentback_changelist")
    assert "one, revision 1 Too long." in text_of(keeper.get(listed))
    assert "Too long." in text_of(keeper.get(listed + "?state=open"))
    assert "Too long." not in text_of(keeper.get(listed + "?state=answered"))
    elsewhere = signed_in(factories.library_admin(factories.clinic()))
    assert "Too long." not in text_of(elsewhere.get(listed))
    page = decide(client, page, "undo")
    assert SentBack.objects.get().closed_at
    assert "one, 1 of 1" in text_of(client.get(region()))


def test_who_reads_one_language_is_shown_what_waits_in_it(client, region):
    factories.exercise("one", texts=BOTH)
    client.post(reverse("admin:plans_approval_languages"), {"reads": ["es"]})
    page = client.get(region())
    assert hidden(page)["languages"] == ["es"]
    assert "Nothing waits here." in text_of(decide(client, page))
    assert {row.text.language for row in Approval.objects.exclude(text=None)} == {"es"}
    client.post(reverse("admin:plans_approval_languages"), {"reads": ["en", "es"]})
    assert hidden(client.get(region()))["languages"] == ["en"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_before_it_is_said_what_a_reviewer_reads_only_the_language_of_the_desk_is_ticked(
    reviewer, region, language
):
    reviewer.desk_language = language
    reviewer.save()
    factories.exercise("one", texts=BOTH)
    client = signed_in(reviewer)
    page = client.get(region())
    assert hidden(page)["languages"] == [language]
    decide(client, page)
    assert {row.text.language for row in Approval.objects.exclude(text=None)} == {language}


def test_nothing_is_ticked_where_a_reviewer_says_that_they_read_none(client, region):
    factories.exercise("one", texts=BOTH)
    client.post(reverse("admin:plans_approval_languages"), {})
    page = client.get(region())
    assert hidden(page)["languages"] == []
    assert "Tick those that you have read." in text_of(decide(client, page))
    assert not Approval.objects.exists()


def test_a_protocol_is_approved_by_who_has_read_all_its_languages(client, region):
    factories.library_protocol(exercises=())
    page = client.get(region() + "?kind=protocol")
    assert hidden(page)["languages"] == ["en"]
    page = decide(client, page)
    assert "All its languages are approved at once." in text_of(page)
    assert not Approval.objects.exists()
    assert "Approved: early" in text_of(decide(client, page, languages=["en", "es"]))


def test_other_entries_are_read_and_approved_the_same_way(client, clinic, region):
    factories.condition("sciatica", region="low_back")
    factories.rule(condition="sciatica")
    factories.leaflet(about=("sciatica",))
    factories.library_protocol(exercises=())
    page = client.get(region("low_back"))
    seen = []
    while "Nothing waits here." not in text_of(page):
        seen.append(hidden(page)["at"].partition("-")[0])
        page = decide(client, page, languages=["en", "es"])
    assert seen == ["rule", "leaflet", "protocol"]
    assert Approval.objects.exclude(rule=None).exists()
    assert Approval.objects.exclude(leaflet=None).exists()
    assert Approval.objects.exclude(protocol=None).exists()


def test_what_the_copy_says_of_a_sign_stands_with_its_symptom(client, region):
    symptom = factories.symptom("calf_swollen", name="Swollen calf", red_flag="emergency", region="knee")
    for language, words in (("en", "Your calf swells."), ("es", "Se hincha la pantorrilla.")):
        SymptomSentence.objects.create(
            symptom=symptom,
            language=language,
            words=words,
            red_flag="emergency",
            meant_for={"everybody": True},
        )
    page = client.get(region("knee"))
    said = text_of(page)
    for words in ("Swollen calf", "Your calf swells.", "Se hincha la pantorrilla.", "everybody", "emergency"):
        assert words in said
    page = decide(client, page, "send_back", words="Say it plainer.")
    assert {row.sign.language for row in SentBack.objects.all()} == {"en", "es"}
    page = decide(client, client.get(region("knee") + "?show=sent_back"), languages=["en", "es"])
    assert Approval.objects.exclude(sign=None).count() == 2
    assert not SentBack.objects.filter(closed_at=None).exists()


def test_the_overview_counts_by_region(client, clinic):
    factories.exercise("one", region="knee")
    factories.approved_exercise(clinic, "two", region="knee")
    Condition.objects.update(region="hip")
    assert "Knee 1 / 2" in re.sub(r"\s+", " ", text_of(client.get(OVERVIEW)))


@pytest.mark.parametrize("address", ["elsewhere/", "knee/?kind=patient", "knee/?show=none"])
def test_what_there_is_not(client, clinic, address):
    assert client.get(f"/admin/plans/approval/review/{clinic.pk}/{address}").status_code == 404


@pytest.mark.parametrize("count", [2, 12])
def test_queries_do_not_grow(client, region, django_assert_max_num_queries, count):
    for number in range(count):
        factories.exercise(f"one-{number}", texts=BOTH, movements=("prone", "supine"))
        factories.rule(f"rule-{number}", movements=("prone",))
    with django_assert_max_num_queries(48):
        client.get(region(), headers={"HX-Request": "true"})
    with django_assert_max_num_queries(22):
        client.get(OVERVIEW)
