"""What a reviewer decides on one entry: what was shown is approved, and what goes back waits for a newer one."""

import pytest

from plans.actions import approving, library_review
from plans.actions.advice import retire_advice
from plans.actions.leaflets import retire_leaflet
from plans.actions.signs import retire_symptom
from plans.models import (
    Advice,
    AdviceText,
    Approval,
    AuditEvent,
    AuditVerb,
    Drawing,
    DrawingState,
    ReviewPlace,
    SentBack,
    Symptom,
)
from plans.permissions import NotAllowed
from plans.queries.exercise_pictures import Viewer, drawing_for
from plans.queries.review_entries import EntryKind, picture_seen, seen_of
from plans.queries.review_notes import notes_of, open_notes
from plans.queries.review_state import entries_of, entry_of
from plans.rendering import drawings
from tests import factories
from tests.queries.test_exercise_pictures import FIGURE

pytestmark = pytest.mark.django_db

BOTH = {"en": factories.exercise_text(), "es": factories.exercise_text(name="Puente")}


@pytest.fixture
def decide(clinic, reviewer):
    """Decide on the entry of a revision as it stands now, or as it was shown."""

    def decide(action, entry, *, by=reviewer, seen=None, **fields):
        seen = seen or seen_of(entry, picture_seen(entry))
        return action(kind=entry.kind, pk=entry.pk, seen=seen, clinic=clinic, by=by, **fields)

    return decide


def shown(clinic, revision):
    return entry_of(clinic, "exercise", revision.exercise_id)


def approved(clinic):
    return {row.text.language if row.text else "facts" for row in Approval.objects.filter(clinic=clinic)}


def test_what_is_ticked_is_approved_with_the_facts(clinic, decide):
    revision = factories.exercise(texts=BOTH)
    decide(library_review.approve_shown, shown(clinic, revision), languages=["es"])
    assert approved(clinic) == {"facts", "es"}
    entry = shown(clinic, revision)
    assert entry.waits_beside(())
    assert not entry.waits_beside(["en"])
    decide(library_review.approve_shown, entry, languages=["en", "es"])
    assert not shown(clinic, revision).waits_beside(())


def test_a_language_is_ticked_where_one_waits(clinic, decide):
    revision = factories.exercise(texts=BOTH)
    with pytest.raises(library_review.NothingRead):
        decide(library_review.approve_shown, shown(clinic, revision), languages=[])
    assert not Approval.objects.exists()


@pytest.mark.parametrize("texts", [{"en": factories.exercise_text(name="Other")}, BOTH])
def test_nothing_is_approved_that_was_changed_since(clinic, decide, texts):
    """A changed text is a new revision; a further language joins the revision that was shown."""
    before = shown(clinic, factories.exercise(texts={"en": factories.exercise_text()}))
    seen = seen_of(before, picture_seen(before))
    factories.exercise(texts=texts)
    with pytest.raises(library_review.EntryChanged):
        decide(library_review.approve_shown, before, seen=seen, languages=["en"])
    with pytest.raises(library_review.EntryChanged):
        decide(library_review.send_back, before, seen=seen, words="Too long.")
    assert not Approval.objects.exists()
    assert not SentBack.objects.exists()


def test_a_figure_is_approved_when_it_was_seen(clinic, decide):
    revision = factories.exercise(figure=FIGURE)
    entry = shown(clinic, revision)
    with pytest.raises(library_review.PictureUnseen):
        decide(library_review.approve_shown, entry, languages=["en"])
    undrawn = seen_of(entry, "")
    drawings.ask([drawing_for(revision.kept_figure_id, viewer=Viewer())])
    Drawing.objects.update(state=DrawingState.READY, picture=factories.drawn_picture())
    with pytest.raises(library_review.EntryChanged):
        decide(library_review.approve_shown, entry, seen=undrawn, languages=["en"])
    decide(library_review.approve_shown, entry, languages=["en"])
    assert not shown(clinic, revision).waits_beside(())


def test_sent_back_is_open_until_there_is_a_newer_version(clinic, reviewer, decide):
    revision = factories.exercise()
    decide(library_review.send_back, shown(clinic, revision), words=" Step two is too long. ")
    note = SentBack.objects.get()
    assert (note.words, note.created_by, note.revision) == ("Step two is too long.", reviewer, revision)
    assert AuditEvent.objects.get(verb=AuditVerb.LIBRARY_SENT_BACK).detail == {
        "kind": "exercise",
        "code": "heel-slide",
    }
    assert shown(clinic, revision).is_sent_back
    assert open_notes([clinic.pk]).get() == note
    newer = factories.exercise(texts={"en": factories.exercise_text(name="Shorter")})
    entry = shown(clinic, newer)
    assert not entry.is_sent_back
    assert not open_notes([clinic.pk]).exists()
    assert notes_of(entry.kind, entry.pk, clinic).get() == note


def test_sent_back_texts_are_open_until_a_newer_text(clinic, decide):
    entry = entry_of(clinic, "leaflet", factories.leaflet().pk)
    decide(library_review.send_back, entry, words="Say it shorter.")
    assert {row.leaflet_id for row in open_notes([clinic.pk])} == {part.pk for part in entry.parts}


def test_approval_answers_what_was_sent_back(clinic, reviewer, decide):
    revision = factories.exercise()
    decide(library_review.send_back, shown(clinic, revision), words="Too long.")
    other = factories.reviewer(clinic)
    approving.approve_exercises(revisions=[revision], clinic=clinic, by=other)
    note = SentBack.objects.get()
    assert note.closed_by == other
    assert not shown(clinic, revision).is_sent_back


def test_a_note_says_something(clinic, decide):
    with pytest.raises(library_review.NoWords):
        decide(library_review.send_back, shown(clinic, factories.exercise()), words="  ")


def test_an_approval_by_a_slip_is_taken_back(clinic, reviewer, decide):
    revision = factories.exercise()
    decide(library_review.approve_shown, shown(clinic, revision), languages=["en"])
    entry = shown(clinic, revision)
    library_review.undo_review(kind=entry.kind, pk=entry.pk, clinic=clinic, by=reviewer)
    assert shown(clinic, revision).waits_beside(())
    assert Approval.objects.exclude(withdrawn_at=None).count() == 2


def test_only_a_reviewer_of_the_clinic_decides(clinic, decide):
    entry = shown(clinic, factories.exercise())
    for stranger in (factories.library_admin(clinic), factories.reviewer(factories.clinic())):
        for action, fields in (
            (library_review.approve_shown, {"languages": ["en"]}),
            (library_review.send_back, {"words": "No."}),
        ):
            with pytest.raises(NotAllowed):
                decide(action, entry, by=stranger, **fields)
        with pytest.raises(NotAllowed):
            library_review.undo_review(kind=entry.kind, pk=entry.pk, clinic=clinic, by=stranger)
        with pytest.raises(NotAllowed):
            library_review.keep_place(page="knee", entry=entry, clinic=clinic, by=stranger)


def test_the_place_is_each_reviewers_own(clinic, reviewer):
    first, second = (shown(clinic, factories.exercise(code)) for code in ("one", "two"))
    other = factories.reviewer(clinic)
    for entry, by in ((first, reviewer), (second, other), (second, reviewer)):
        library_review.keep_place(page="all", entry=entry, clinic=clinic, by=by)
    assert set(ReviewPlace.objects.values_list("person", "code")) == {(reviewer.pk, "two"), (other.pk, "two")}


def test_each_kind_is_read_with_its_region(clinic):
    factories.condition("sciatica", region="low_back")
    factories.exercise(region="knee")
    factories.rule(condition="sciatica")
    factories.leaflet(about=("sciatica",))
    factories.library_protocol()
    found = {entry.kind: entry for entry in entries_of(clinic)}
    assert found["exercise"].regions == {"knee"}
    assert found["rule"].regions == {"low_back"}
    assert found["leaflet"].regions == {"low_back"}
    assert "protocol" in found
    for entry in found.values():
        assert entry_of(clinic, entry.kind, entry.pk) == entry


def test_what_is_retired_is_not_read(clinic):
    factories.signs(factories.sign_data())
    leaflet = factories.leaflet()
    advice = Advice.objects.create(code="walk", kind="therapy")
    AdviceText.objects.create(advice=advice, language="en", words="Walk.")
    assert {entry.kind for entry in entries_of(clinic)} == {
        EntryKind.SYMPTOM,
        EntryKind.LEAFLET,
        EntryKind.ADVICE,
    }
    retire_symptom(Symptom.objects.get())
    retire_leaflet(leaflet)
    retire_advice(advice)
    assert entries_of(clinic) == []
