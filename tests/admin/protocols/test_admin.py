"""The protocols' pages: a list, a page to read, a form with rows, written by one action."""

import pytest
from django.urls import reverse

from plans.actions.advice import retire_advice
from plans.actions.exercises import retire_exercise
from plans.actions.protocols import retire_protocol
from plans.dose import Dose, Span
from plans.models import Advice, AdviceText, AuditEvent, Protocol, ProtocolItem, Role
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import errors_of, item_row, posted, programme, text_of

ADD = reverse("admin:plans_protocol_add")
LIST = reverse("admin:plans_protocol_changelist")


def page_of(protocol, edit=False):
    return reverse("admin:plans_protocol_change", args=[protocol.pk]) + ("?edit=1" if edit else "")


def protocol_fields(*items, **fields):
    return {"title": "Disc, weeks 1-2", **programme(*items, **fields)}


@pytest.fixture
def lead_desk(lead):
    return signed_in(lead)


@pytest.fixture
def revision(clinic):
    return factories.approved_exercise(clinic)


@pytest.fixture
def protocol(lead, revision):
    return factories.protocol(lead, exercises=[revision], title="Disc, weeks 1-2")


def test_a_protocol_is_written_with_its_exercises(lead_desk, lead, clinic, revision):
    condition = factories.condition("disc")
    therapy = Advice.objects.create(code="tens", kind="therapy")
    AdviceText.objects.create(advice=therapy, language="en", words="TENS")
    row = item_row(revision, sets="2", load="red band", note="slowly", extra_caution="not twice")
    words = {"guidance": "Look first", "goals": "Walk", "note": "Rest", "therapies": [str(therapy.pk)]}
    answer = lead_desk.post(ADD, protocol_fields(row, condition=str(condition.pk), **words))
    protocol = Protocol.objects.get()
    assert answer["Location"] == page_of(protocol)
    assert (protocol.clinic, protocol.condition, protocol.title) == (clinic, condition, "Disc, weeks 1-2")
    assert (protocol.guidance, protocol.goals, protocol.note) == ("Look first", "Walk", "Rest")
    assert list(protocol.therapies.all()) == [therapy]
    assert protocol.frequency.times_per_day == Span(1, 2)
    item = protocol.items.get()
    assert (str(item.pk), item.exercise, item.note) == (row["key"], revision.exercise, "slowly")
    assert item.dose == Dose(sets=Span(2, 2), repetitions=Span(8, 10), load="red band")
    assert AuditEvent.objects.filter(verb="protocol.made", created_by=lead).count() == 1


def test_a_protocol_says_its_phase_window_criteria_and_what_follows(lead_desk, lead, protocol):
    follows = factories.protocol(lead, title="Disc, weeks 3-6")
    phase = {"phase": "1 of 2", "window_anchor": "onset", "window_from_day": "0", "window_to_day": "14"}
    fields = posted(lead_desk.get(page_of(protocol, edit=True)), "protocol_form", **phase)
    fields |= {"next": str(follows.pk), "go-on-en": "Sits for an hour.", "go-on-es": "Se sienta una hora."}
    assert lead_desk.post(page_of(protocol), fields).status_code == 302
    protocol.refresh_from_db()
    assert protocol.go_on_when == {"en": "Sits for an hour.", "es": "Se sienta una hora."}
    shown = text_of(lead_desk.get(page_of(protocol)))
    for words in ("1 of 2", "From day 0 to 13 since the date of onset", "Sits for an hour.", follows.title):
        assert words in shown
    wrong = lead_desk.post(page_of(protocol), {**fields, "window_to_day": "0"})
    assert "The window ends before it begins." in text_of(wrong)


def test_saving_what_is_shown_changes_nothing(lead_desk, protocol, clinic):
    # A newer revision came meanwhile: the row names the exercise all the same.
    before = ProtocolItem.objects.values().get()
    shown = posted(lead_desk.get(page_of(protocol, edit=True)), "protocol_form")
    factories.exercise(source="a better guide")
    assert lead_desk.post(page_of(protocol), shown).status_code == 302
    assert ProtocolItem.objects.values().get() == before
    assert (
        posted(lead_desk.get(page_of(protocol, edit=True)), "protocol_form")["items-0-repetitions"] == "5-6"
    )


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"repetitions": "0"}, "Repetitions: 0 is below 1."),
        ({"sets": "many"}, "A whole number or a range, such as 10, 10-15 or 10 to 15."),
        ({"note": "x" * 301}, "at most 300 characters"),
        ({"revision": "00000000-0000-4000-8000-000000000000"}, "This exercise is not offered."),
    ],
)
def test_an_impossible_row_is_told_at_its_field(lead_desk, revision, changed, words):
    answer = lead_desk.post(ADD, protocol_fields(item_row(revision) | changed))
    assert any(words in error for error in errors_of(answer)), errors_of(answer)
    assert not Protocol.objects.exists()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": ""}, "This field is required."),
        ({"days_per_week": "5-8"}, "Days a week: 8 is above 7."),
        ({"condition": "00000000-0000-4000-8000-000000000000"}, "Select a valid choice"),
    ],
)
def test_an_impossible_protocol_is_told(lead_desk, changed, words):
    answer = lead_desk.post(ADD, protocol_fields(**changed))
    assert any(words in error for error in errors_of(answer)), errors_of(answer)
    assert not Protocol.objects.exists()


def test_a_title_that_is_taken_is_told_on_the_form(lead_desk, protocol):
    answer = lead_desk.post(ADD, protocol_fields(title=protocol.title))
    assert "another title" in text_of(answer)
    assert "cannot print" in text_of(lead_desk.post(ADD, protocol_fields(title="Back 🦴")))
    assert Protocol.objects.count() == 1


def test_rows_are_moved_and_removed(lead_desk, lead, clinic):
    revisions = [factories.approved_exercise(clinic, name) for name in ("one", "two", "three")]
    protocol = factories.protocol(lead, exercises=revisions)
    moved = {"items-0-order": 3, "items-1-DELETE": "on", "items-2-order": 1}
    data = posted(lead_desk.get(page_of(protocol, edit=True)), "protocol_form", **moved)
    lead_desk.post(page_of(protocol), data)
    assert [item.exercise.code for item in protocol.items.all()] == ["three", "one"]


def test_two_who_write_at_once(lead_desk, protocol):
    data = posted(lead_desk.get(page_of(protocol, edit=True)), "protocol_form", title="Second")
    item = protocol.items.get()
    item.note = "meanwhile"
    item.save()
    assert "Someone changed this" in text_of(lead_desk.post(page_of(protocol), data))
    protocol.refresh_from_db()
    assert protocol.title != "Second"


def test_another_clinics_exercises_and_conditions_are_not_offered(lead_desk):
    neighbour = factories.clinic()
    theirs = factories.exercise("theirs", clinic=neighbour, by=factories.library_admin(neighbour))
    answer = lead_desk.post(ADD, protocol_fields(item_row(theirs)))
    assert any("not offered" in error for error in errors_of(answer))
    assert (
        b"theirs" not in lead_desk.get(reverse("admin:plans_protocol_offer"), {"q": "theirs"}).content.lower()
    )
    row = lead_desk.get(reverse("admin:plans_protocol_row"), {"revision": str(theirs.pk)})
    assert row.status_code == 404


def test_a_row_comes_with_the_usual_dose(lead_desk, revision):
    answer = lead_desk.get(reverse("admin:plans_protocol_row"), {"revision": str(revision.pk), "index": "3"})
    content = answer.content.decode()
    assert 'name="items-3-repetitions" value="8-10"' in content
    assert "items-3-until" not in content
    offered = lead_desk.get(reverse("admin:plans_protocol_offer"), {"q": "heel"}).content.decode()
    assert f"{reverse('admin:plans_protocol_row')}?revision={revision.pk}" in offered


def test_who_writes_in_two_clinics_chooses_one(clinic, revision):
    lead, other = factories.lead(clinic), factories.clinic()
    factories.clinics.give_role(person=lead, clinic=other, role=Role.LIBRARY_ADMIN, by=None)
    desk = signed_in(lead)
    assert any(
        "required" in error for error in errors_of(desk.post(ADD, protocol_fields(item_row(revision))))
    )
    desk.post(ADD, protocol_fields(item_row(revision), clinic=str(other.pk)))
    assert Protocol.objects.get().clinic == other


def test_what_to_do_if_it_is_too_hard_is_left_off_by_a_switch(lead_desk, lead, clinic):
    protocol = factories.protocol(lead, exercises=list(factories.easier_pair(clinic)))
    shown = lead_desk.get(page_of(protocol), {"edit": 1})
    assert "Say what to do if this is too hard: Little bridge" in text_of(shown)
    data = posted(shown, "protocol_form")
    lead_desk.post(page_of(protocol), {**data, "items-0-offers_easier": "false"})
    assert list(protocol.items.values_list("offers_easier", flat=True)) == [False, True]
    assert "Without what to do if it is too hard" in text_of(lead_desk.get(page_of(protocol)))


def test_the_page_to_read_says_doses_and_what_plans_do_not_get(desk, clinic, lead):
    admin = factories.library_admin(clinic)
    gone = factories.approved_exercise(clinic, "gone", clinic=clinic, by=admin)
    fresh = factories.exercise("fresh")
    fine = factories.approved_exercise(clinic, "fine")
    protocol = factories.protocol(lead, exercises=[gone, fresh, fine], guidance="Look at the leg first.")
    retire_exercise(exercise=gone.exercise, by=admin)
    said = text_of(desk.get(page_of(protocol)))
    assert "Look at the leg first." in said
    assert "Gone 2 sets, 5 to 6 times" in said
    assert said.count("plans do not get it") == 2
    assert "Start a plan" in said


def test_who_may_not_write_sees_no_way_to(desk, protocol, therapist):
    page = desk.get(page_of(protocol)).content.decode()
    assert "Retire" not in page
    assert "edit=1" not in page
    # Asking for the form all the same shows the page to read, and posting is refused.
    assert b"protocol_form" not in desk.get(page_of(protocol, edit=True)).content
    assert desk.post(page_of(protocol), protocol_fields(title="Taken over")).status_code == 403
    for act in ("retire", "restore"):
        assert desk.post(reverse(f"admin:plans_protocol_{act}", args=[protocol.pk])).status_code == 404
    protocol.refresh_from_db()
    assert (protocol.title, protocol.retired_on) == ("Disc, weeks 1-2", None)


def test_another_clinics_protocol_is_absent(protocol):
    neighbour = signed_in(factories.lead(factories.clinic()))
    assert neighbour.get(page_of(protocol)).status_code == 302
    assert b"Disc, weeks 1-2" not in neighbour.get(LIST).content
    assert neighbour.post(page_of(protocol), protocol_fields(title="Taken over")).status_code == 302
    assert neighbour.post(reverse("admin:plans_protocol_retire", args=[protocol.pk])).status_code == 404


def test_it_is_retired_and_taken_back(lead_desk, lead, protocol):
    lead_desk.post(reverse("admin:plans_protocol_retire", args=[protocol.pk]))
    said = text_of(lead_desk.get(page_of(protocol)))
    assert "Retired" in said
    assert "Start a plan" not in said
    assert "Disc, weeks 1-2" not in text_of(lead_desk.get(LIST))
    assert "Disc, weeks 1-2" in text_of(lead_desk.get(LIST, {"use": "retired"}))
    other = factories.protocol(lead, title=protocol.title)
    restore = reverse("admin:plans_protocol_restore", args=[protocol.pk])
    assert "another title" in text_of(lead_desk.post(restore, follow=True))
    retire_protocol(protocol=other, by=lead)
    lead_desk.post(restore)
    protocol.refresh_from_db()
    assert protocol.retired_on is None


def test_a_foreign_items_id_cannot_be_taken_over(lead_desk, protocol, revision):
    stolen = protocol.items.get()
    row = item_row(revision, key=str(stolen.pk))
    assert lead_desk.post(ADD, protocol_fields(row, title="Another")).status_code == 200
    stolen.refresh_from_db()
    assert stolen.protocol == protocol
    assert Protocol.objects.count() == 1


def test_words_are_not_code(lead_desk, lead, revision):
    items = [factories.protocol_item(revision.exercise, note="<script>alert(2)</script>")]
    protocol = factories.protocol(
        lead, items=items, title="<script>alert(1)</script>", guidance="<b>x</b>", goals="<b>x</b>"
    )
    for page in (page_of(protocol), page_of(protocol, edit=True), LIST):
        content = lead_desk.get(page).content.decode()
        assert "<script>alert" not in content
        assert "<b>x</b>" not in content


def test_queries_do_not_grow_with_exercises(lead_desk, lead, clinic, django_assert_max_num_queries):
    revisions = [factories.approved_exercise(clinic, f"exercise-{number}") for number in range(8)]
    protocol = factories.protocol(lead, exercises=revisions)
    factories.protocol(lead, exercises=revisions)
    with django_assert_max_num_queries(12):
        lead_desk.get(LIST)
    with django_assert_max_num_queries(14):
        lead_desk.get(page_of(protocol))
    with django_assert_max_num_queries(28):
        lead_desk.get(page_of(protocol, edit=True))
    # The first search of a library reads it for the next ones.
    with django_assert_max_num_queries(12):
        lead_desk.get(reverse("admin:plans_protocol_offer"), {"q": "exercise"})
    with django_assert_max_num_queries(7):
        lead_desk.get(reverse("admin:plans_protocol_offer"), {"q": "exercise"})


def test_a_retired_therapy_is_offered_only_where_it_is_ticked(lead_desk, lead, clinic, revision, protocol):
    therapy = factories.therapy(clinic, words="TENS")
    protocol.therapies.add(therapy)
    retire_advice(therapy)
    assert "TENS (retired)" in text_of(lead_desk.get(page_of(protocol)))
    assert "TENS (retired)" in text_of(lead_desk.get(page_of(protocol, edit=True)))
    assert "TENS" not in text_of(lead_desk.get(ADD))

    answer = lead_desk.post(ADD, protocol_fields(item_row(revision), therapies=[str(therapy.pk)]))
    assert any("Select a valid choice" in words for words in errors_of(answer))
