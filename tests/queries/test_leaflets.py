"""Which leaflets a plan is offered, which text of them is printed, and what stops one that may not be."""

import pytest

from plans.actions import approving, publishing
from plans.actions import leaflets as writing
from plans.actions import plans as plan_actions
from plans.content import from_json
from plans.contraindications import ReviewState
from plans.handout.formats import Format
from plans.models import Approval, Leaflet, Plan
from plans.queries.approvals import vocabulary_work
from plans.queries.checks import check_plan
from plans.queries.drafts import draft_differs
from plans.queries.issued_checks import check_publication
from plans.queries.leaflets import content_of, leaflets_for
from tests import factories
from tests.words import condition, load

pytestmark = pytest.mark.django_db


def rewrite(row, *, about=("sciatica",), **texts):
    data = factories.leaflet_data(row.code, about=about, texts=texts)
    return writing.write_leaflet(data=data, order=1)


def with_leaflets(pat, *rows, **fields):
    plan = factories.plan(pat, of=factories.patient(pat, has=("sciatica",), **fields))
    return plan_actions.save_plan(plan=plan, leaflets=rows, by=pat)


def offered(plan):
    return {one.leaflet.code: one.state for one in leaflets_for(plan)}


def codes(check):
    return [finding.code for finding in check.of_plan if finding.code.startswith("leaflet")]


def test_leaflets_of_the_patients_conditions_and_their_parents_are_offered(pat):
    arthritis = factories.condition("arthritis")
    factories.condition("facets", parent=arthritis)
    for code, about in (("joints", "arthritis"), ("small-joints", "facets"), ("disc", "disc")):
        factories.leaflet(code, about=(about,))

    of = factories.patient(pat, has=("facets",))
    assert set(offered(Plan(patient=of))) == {"joints", "small-joints"}
    assert set(offered(Plan(patient=factories.patient(pat, has=("arthritis",))))) == {"joints"}


def test_a_former_parent_counts_until_the_reviewer_has_seen_that_it_is_gone(pat, clinic, reviewer):
    load(conditions=(condition("arthritis"), condition("facets", "arthritis")))
    load(conditions=(condition("arthritis"), condition("facets")))
    factories.leaflet("joints", about=("arthritis",))
    plan = Plan(patient=factories.patient(pat, has=("facets",)))
    assert set(offered(plan)) == {"joints"}
    approving.approve(things=vocabulary_work(clinic), clinic=clinic, by=reviewer)
    assert offered(plan) == {}


def test_a_leaflet_that_the_plan_holds_is_offered_whatever_the_patient_has_now(pat):
    held = factories.leaflet("disc", about=("disc",))
    assert set(offered(with_leaflets(pat, held))) == {"disc"}


def test_one_of_another_clinic_is_not_offered(pat):
    Leaflet.objects.create(code="theirs", clinic=factories.clinic(), conditions=["sciatica"])
    assert offered(with_leaflets(pat)) == {}


def test_the_state_is_that_of_the_text_in_the_patients_language(pat, clinic):
    factories.approved_leaflet(clinic, "both", texts={one: factories.leaflet_text() for one in ("en", "es")})
    factories.leaflet("waits")
    assert offered(with_leaflets(pat)) == {"both": ReviewState.APPROVED, "waits": ReviewState.NEEDS_REVIEW}
    spanish = with_leaflets(pat, language="es")
    assert offered(spanish) == {"both": ReviewState.APPROVED, "waits": ReviewState.MISSING}


@pytest.mark.parametrize(
    ("language", "code", "words"),
    [
        ("en", "leaflet_not_approved", "The leaflet “Know your nerve” (en) is not approved by a reviewer"),
        ("es", "leaflet_missing", "The leaflet “Know your nerve” has no text in the patient's language (es)"),
    ],
)
def test_what_nobody_approved_or_translated_stops_the_plan(pat, language, code, words):
    check = check_plan(with_leaflets(pat, factories.leaflet(), language=language))
    (stop,) = [one for one in check.stops if one.code.startswith("leaflet")]
    assert stop.code == code
    assert stop.message.startswith(words)


def test_it_is_refused_at_publishing_too(pat):
    plan = with_leaflets(pat, factories.leaflet())
    with pytest.raises(publishing.PublishRefused):
        publishing.publish(plan=plan, expected_hash=None, by=pat, formats=[Format()])


def test_an_approved_leaflet_is_frozen_and_a_draft_that_leaves_it_out_differs(pat, clinic):
    plan = with_leaflets(pat, factories.approved_leaflet(clinic))
    issued = factories.publication(pat, of_plan=plan)
    (leaflet,) = from_json(issued.content.json).leaflets
    assert leaflet.lines == ("Know your nerve", "What it is", "It is a long nerve.")
    assert not draft_differs(plan, issued)

    plan_actions.save_plan(plan=plan, leaflets=(), by=pat)
    assert draft_differs(plan, issued)
    assert from_json(factories.publication(pat, of_plan=plan).content.json).changes.general_changed


def test_what_was_approved_is_printed_while_a_change_waits(pat, clinic):
    row = factories.approved_leaflet(clinic)
    assert rewrite(row, en=factories.leaflet_text("New words"))
    plan = with_leaflets(pat, row)
    assert (
        from_json(factories.publication(pat, of_plan=plan).content.json).leaflets[0].title
        == "Know your nerve"
    )

    newest = row.texts.get(number=2)
    approving.approve(things=[newest], clinic=clinic, by=factories.reviewer(clinic))
    assert from_json(factories.publication(pat, of_plan=plan).content.json).leaflets[0].title == "New words"


def test_no_older_text_comes_back_when_an_approval_is_withdrawn(pat, clinic):
    row = factories.approved_leaflet(clinic)
    rewrite(row, en=factories.leaflet_text("New words"))
    rita = factories.reviewer(clinic)
    approving.approve(things=[row.texts.get(number=2)], clinic=clinic, by=rita)
    issued = factories.publication(pat, of_plan=with_leaflets(pat, row))

    approving.withdraw(approvals=Approval.objects.filter(leaflet__number=2), by=rita)
    assert codes(check_plan(issued.plan)) == ["leaflet_not_approved"]
    assert not check_publication(issued).stops


def test_words_that_were_approved_for_others_wait_again(pat, clinic):
    row = factories.approved_leaflet(clinic)
    assert rewrite(row, about=("disc", "sciatica"), en=factories.leaflet_text())
    assert codes(check_plan(with_leaflets(pat, row))) == ["leaflet_not_approved"]


def test_an_approval_in_another_clinic_does_not_count(pat):
    row = factories.approved_leaflet(factories.clinic())
    assert codes(check_plan(with_leaflets(pat, row))) == ["leaflet_not_approved"]


def test_what_is_offered_takes_five_queries_however_many_there_are(pat, clinic, django_assert_num_queries):
    rows = [factories.approved_leaflet(clinic, f"leaflet-{number}") for number in range(3)]
    plan = with_leaflets(pat, *rows)
    with django_assert_num_queries(5):
        assert len(leaflets_for(plan)) == 3


def test_a_retired_leaflet_is_offered_no_more(pat, clinic):
    row = factories.approved_leaflet(clinic)
    writing.retire_leaflet(row)
    assert offered(with_leaflets(pat)) == {}


def test_a_plan_that_holds_a_retired_leaflet_is_stopped_until_it_is_left_out(pat, clinic):
    row = factories.approved_leaflet(clinic)
    plan = with_leaflets(pat, row)
    issued = factories.publication(pat, of_plan=plan)
    writing.retire_leaflet(row)

    (stop,) = [one for one in check_plan(plan).stops if one.code.startswith("leaflet")]
    assert (stop.code, stop.action) == ("leaflet_retired", "Leave it out.")
    assert stop.message == "The leaflet “Know your nerve” was withdrawn from the library."
    assert content_of(check_plan(plan).leaflets) == ()
    assert set(offered(plan)) == {"nerve"}
    assert [one.code for one in from_json(issued.content.json).leaflets] == ["nerve"]
    assert codes(check_publication(issued)) == []
    assert codes(check_plan(plan_actions.save_plan(plan=plan, leaflets=(), by=pat))) == []


def test_a_leaflet_that_came_back_is_printed_as_it_was_approved_while_it_waits(pat, clinic):
    row = factories.approved_leaflet(clinic)
    writing.retire_leaflet(row)
    assert rewrite(row, en=factories.leaflet_text("New words"))
    assert offered(with_leaflets(pat)) == {"nerve": ReviewState.APPROVED}
    (leaflet,) = content_of(check_plan(with_leaflets(pat, row)).leaflets)
    assert leaflet.title == "Know your nerve"
