"""The page before publishing: what the patient will read, what stands in the way, what is printed."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from lxml import html

from plans.actions.pausing import pause_plan, resume_plan
from plans.actions.plans import copy_plan
from plans.actions.reasons import give_reasons
from plans.libraryfiles import Level
from plans.models import AuditEvent, Plan, Publication, Reason, Rendering
from plans.queries.checks import check_plan
from tests import factories
from tests.admin.conftest import make_ready
from tests.admin.forms import posted, text_of
from tests.rendering.stuck import fail, pause


def page_of(plan):
    return reverse("admin:plans_plan_publish", args=[plan.pk])


def publish(desk, plan, **changes):
    return desk.post(page_of(plan), posted(desk.get(page_of(plan)), "publish_form", **changes))


@pytest.fixture
def plan(therapist):
    return factories.plan(therapist)


@pytest.fixture
def risky_plan(therapist, clinic):
    factories.approved_rule(clinic, level=Level.AVOID)
    return factories.plan(therapist, of=factories.patient(therapist, has=("sciatica",)))


def test_it_shows_the_plan_as_the_patient_will_read_it(desk, plan):
    content = desk.get(page_of(plan)).content.decode()
    assert "srcdoc=" in content
    assert "Slide your heel up." in content
    assert "May be published" in content
    assert AuditEvent.objects.filter(verb="plan.looked_over").count() == 1


def test_publishing_leads_to_the_publication(desk, therapist, plan):
    answer = publish(desk, plan)
    publication = Publication.objects.get()
    assert answer["Location"] == reverse("admin:plans_publication_change", args=[publication.pk]) + "#give"
    assert publication.published_by == therapist
    assert publication.formats == ["patient-a4-normal-colour", "clinician-a4-normal-colour"]


def test_formats_are_those_that_were_chosen(desk, plan):
    publish(desk, plan, paper="Letter", large="on", grey="on", summary="on", clinician="on")
    assert Publication.objects.get().formats == [
        "patient-letter-large-grey",
        "summary-letter-large-grey",
        "clinician-letter-normal-grey",
    ]


def test_the_next_version_keeps_the_formats_of_the_last(desk, plan):
    publish(desk, plan, paper="Letter", summary="on")
    data = posted(desk.get(page_of(plan)), "publish_form")
    assert (data["paper"], data["summary"]) == ("Letter", "on")


def test_large_print_is_preset_for_those_who_need_it(desk, therapist):
    plan = factories.plan(therapist, of=factories.patient(therapist, large_print=True))
    assert posted(desk.get(page_of(plan)), "publish_form")["large"] == "on"


def test_without_a_reason_it_is_refused_in_words(desk, risky_plan):
    answer = publish(desk, risky_plan)
    assert answer.status_code == 200
    assert "The plan cannot be published yet: 1 finding(s) stand in the way." in text_of(answer)
    assert not Publication.objects.exists()


def test_with_a_reason_it_is_published(desk, risky_plan):
    shown = desk.get(page_of(risky_plan)).content.decode()
    field = re.search(r'name="(reason-\w+)"', shown)[1]
    publish(desk, risky_plan, **{field: "Eased in the clinic."})
    assert Publication.objects.count() == 1
    assert Reason.objects.get().words == "Eased in the clinic."
    assert "Eased in the clinic." not in Publication.objects.get().content.json


def test_a_reason_that_is_only_blanks_is_none(desk, risky_plan):
    shown = desk.get(page_of(risky_plan)).content.decode()
    field = re.search(r'name="(reason-\w+)"', shown)[1]
    assert publish(desk, risky_plan, **{field: "   "}).status_code == 200
    assert not Publication.objects.exists()


def test_a_typed_reason_survives_a_refusal(desk, therapist, clinic):
    factories.approved_rule(clinic, level=Level.AVOID)
    factories.approved_rule(clinic, "rule-y", level=Level.AVOID, movements=(), whole_plan=True)
    plan = factories.plan(therapist, of=factories.patient(therapist, has=("sciatica",)))
    fields = re.findall(r'name="(reason-\w+)"', desk.get(page_of(plan)).content.decode())
    answer = publish(desk, plan, **{fields[0]: "One of two."})
    assert 'value="One of two."' in answer.content.decode()
    assert not Reason.objects.exists()


def test_one_reason_answers_a_cause_and_its_card_is_folded(desk, therapist, clinic):
    factories.approved_rule(clinic, level=Level.AVOID)
    rows = [factories.approved_exercise(clinic, code) for code in ("one", "two")]
    plan = factories.plan(therapist, of=factories.patient(therapist, has=("sciatica",)), exercises=rows)
    before = desk.get(page_of(plan)).content.decode()
    (field,) = re.findall(r'<input[^>]*name="(reason-\w+)"', before)
    assert "data-fold" not in before
    assert "Tried here today; it did not hurt more." in before
    assert publish(desk, plan, **{field: "Tried here."}).status_code == 302
    assert Reason.objects.count() == 2
    open_ones, _, folded = desk.get(page_of(plan)).content.decode().partition('data-fold="answered"')
    assert "data-card" not in open_ones
    assert "data-card" in folded
    assert "“Tried here.”" in folded
    assert 'value="Tried here."' not in folded


def fields_of(answer):
    return re.findall(r'<input[^>]*name="(reason-\w+)"', answer.content.decode())


def test_a_reason_answers_what_its_card_showed_and_no_more(desk, therapist, clinic):
    """An exercise that the same disease avoids came to the card after the page was opened."""
    factories.approved_rule(clinic, level=Level.AVOID)
    rows = [factories.approved_exercise(clinic, code) for code in ("one", "two")]
    plan = factories.plan(therapist, of=factories.patient(therapist, has=("sciatica",)), exercises=rows[:1])
    (seen,) = fields_of(desk.get(page_of(plan)))
    added = factories.item(rows[1], plan=plan, order=2)
    added.save()

    answer = publish(desk, plan, **{seen: "Tried here."})

    assert answer.status_code == 200
    assert not Publication.objects.exists()
    assert "1 reason to give" in text_of(answer)
    desk.post(reverse("admin:plans_plan_done", args=[plan.pk]), {seen: "Tried here."})
    (reason,) = Reason.objects.all()
    (left,) = check_plan(plan).unanswered
    assert left.item == str(added.pk) != reason.fingerprint
    again = desk.get(page_of(plan))
    assert "“Tried here.” New here: Two" in text_of(again)
    (asked,) = fields_of(again)
    assert asked == f"reason-{left.fingerprint}"


def test_what_a_colleague_said_meanwhile_stays(desk, therapist, clinic, risky_plan):
    (card,) = check_plan(risky_plan).cards
    give_reasons(plan=risky_plan, reasons={card.cause: "Tried here."}, by=therapist, strict=True)
    data = posted(desk.get(page_of(risky_plan)), "publish_form")
    lead = factories.lead(clinic)
    give_reasons(plan=risky_plan, reasons={card.cause: "Asked the doctor."}, by=lead, strict=True)

    assert desk.post(page_of(risky_plan), data).status_code == 302

    assert Reason.objects.count() == 2
    (held,) = check_plan(risky_plan).reasons.values()
    assert (held.words, held.created_by) == ("Asked the doctor.", lead)


@pytest.mark.parametrize("page", ["publish", "done"])
def test_a_reason_is_taken_back_where_it_was_given(desk, therapist, risky_plan, page):
    (card,) = check_plan(risky_plan).cards
    give_reasons(plan=risky_plan, reasons={card.cause: "Tried here."}, by=therapist, strict=True)
    shown = html.fromstring(desk.get(page_of(risky_plan)).content)
    (button,) = shown.xpath("//*[@data-fold='answered']//button[@name='_take_back']")
    address = reverse(f"admin:plans_plan_{page}", args=[risky_plan.pk])

    answer = desk.post(address, {button.get("name"): button.get("value")}, follow=True)

    words = text_of(answer)
    assert "1 reason to give" in words or "1 reason missing" in words
    assert "Tried here." not in words
    assert Reason.objects.get().taken_back_by == therapist
    assert not risky_plan.publications.exists()
    again = desk.post(address, {button.get("name"): button.get("value")}, follow=True)
    assert "somebody has taken it back" in text_of(again)


def test_what_stops_or_is_avoided_is_never_behind_a_fold(desk, therapist, clinic):
    factories.approved_rule(clinic, level=Level.AVOID, rationale="it can hurt")
    factories.approved_rule(clinic, "rule-y", level=Level.AVOID, rationale="it can harm")
    factories.approved_rule(clinic, "rule-z", rationale="it can tire")
    plan = factories.plan(therapist, of=factories.patient(therapist, has=("sciatica",)))
    (card,) = check_plan(plan).cards
    avoided = [one.message for one in card.findings if one.needs_reason]
    (noted,) = [one.message for one in card.findings if not one.needs_reason]
    shown = html.fromstring(desk.get(page_of(plan)).content).xpath("//article[@data-card]//summary")[0]
    words = " ".join(shown.text_content().split())
    assert len(set(avoided)) == 2
    assert all(message in words for message in avoided)
    assert noted not in words
    assert "and 1 more" in words


def test_reasons_of_a_copied_plan_are_adopted_by_a_click_with_author_and_day(desk, therapist, clinic):
    factories.approved_rule(clinic, level=Level.AVOID)
    plan = factories.plan(therapist, of=factories.patient(therapist, has=("sciatica",)))
    (card,) = check_plan(plan).cards
    factories.publication(therapist, of_plan=plan, reasons={card.cause: "Tried here."})
    desk.post(reverse("admin:plans_plan_copy", args=[plan.pk]))
    copy = Plan.objects.exclude(pk=plan.pk).get()
    shown = desk.get(page_of(copy))
    day = date_format(timezone.localdate())
    assert f"Said before by {therapist}, {day}: “Tried here.” Adopt" in text_of(shown)
    assert re.search(r'data-adopt\s+data-words="Tried here."', shown.content.decode())


def test_adopting_answers_what_was_answered_lately_and_no_more(desk, therapist, clinic):
    factories.approved_rule(clinic, level=Level.AVOID)
    rows = [factories.approved_exercise(clinic, code) for code in ("one", "two", "three")]
    plan = factories.plan(therapist, of=factories.patient(therapist, has=("sciatica",)), exercises=rows[:2])
    old, new = check_plan(plan).findings
    give_reasons(plan=plan, reasons={old.fingerprint: "Tried here."}, by=therapist, strict=True)
    Reason.objects.update(created_at=timezone.now() - timedelta(days=91))
    give_reasons(plan=plan, reasons={new.fingerprint: "Small range."}, by=therapist, strict=True)
    copy = copy_plan(plan=plan, by=therapist)
    factories.item(rows[2], plan=copy, order=3).save()

    shown = html.fromstring(desk.get(page_of(copy)).content)

    (button,) = shown.xpath("//button[@data-adopt]")
    (field,) = shown.xpath(f"//input[@id='{button.get('data-chip')}']")
    publish(desk, copy, **{field.get("name"): button.get("data-words")})
    give_reasons(
        plan=copy,
        reasons={field.get("name").removeprefix("reason-"): "Small range."},
        by=therapist,
        strict=True,
    )
    check = check_plan(copy)
    assert {reason.words for reason in check.reasons.values()} == {"Small range."}
    names = [
        check.chosen[item.revision_id].name
        for item in check.items
        if str(item.pk) in {one.item for one in check.unanswered}
    ]
    assert names == ["One", "Three"]


def test_continue_leads_to_the_draft_with_a_new_review_date(desk, therapist):
    plan = factories.plan(therapist, review_on=factories.in_days(3))
    answer = desk.post(reverse("admin:plans_plan_continue", args=[plan.pk]), follow=True)
    assert f"its review is on {date_format(factories.in_days(28))}." in text_of(answer)
    plan.refresh_from_db()
    assert plan.review_on == factories.in_days(28)


def test_a_red_flag_cannot_be_published_and_says_where_it_ends(desk, therapist):
    patient = factories.patient(therapist)
    symptom = factories.symptom("saddle_numbness", red_flag="emergency")
    patient.symptoms.create(symptom=symptom)
    plan = factories.plan(therapist, of=patient)
    answer = desk.get(page_of(plan))
    assert "Open the patient's page" in text_of(answer)
    assert re.search(r"<button[^>]*disabled[^>]*>Publish", answer.content.decode())
    assert publish(desk, plan).status_code == 200
    assert not Publication.objects.exists()


def test_a_plan_that_changed_meanwhile_is_not_published(desk, plan):
    data = posted(desk.get(page_of(plan)), "publish_form")
    item = plan.items.get()
    item.note = "something else"
    item.save()
    answer = desk.post(page_of(plan), data)
    assert "The plan is no longer what you saw." in text_of(answer)
    assert not Publication.objects.exists()


def test_who_comes_second_is_told_who_was_faster_and_where_it_is(desk, clinic, plan):
    data = posted(desk.get(page_of(plan)), "publish_form")
    colleague = factories.lead(clinic, first_name="Kim", last_name="<Quick>")
    issued = factories.publication(colleague, of_plan=plan)
    answer = desk.post(page_of(plan), data)
    page = reverse("admin:plans_publication_change", args=[issued.pk])
    assert (
        f'Kim &lt;Quick&gt; published <a class="desk-link" href="{page}">version 1</a>'
        in answer.content.decode()
    )
    again = desk.post(page_of(plan), posted(answer, "publish_form"))
    assert again["Location"] == f"{page}#give"
    assert Publication.objects.count() == 1


def test_clicking_twice_leads_to_the_version_of_the_first_click(desk, plan):
    data = posted(desk.get(page_of(plan)), "publish_form")
    first, second = desk.post(page_of(plan), data), desk.post(page_of(plan), data, follow=True)
    assert second.redirect_chain[0][0] == first["Location"]
    assert "You have published version 1 already." in text_of(second)
    assert Publication.objects.count() == 1


def test_a_reason_for_a_finding_that_is_gone_is_told(desk, plan):
    answer = publish(desk, plan, **{"reason-abc": "words"})
    assert "A reason was given for a finding that this plan does not have." in text_of(answer)


def test_an_exercise_without_text_is_told_instead_of_shown(desk, therapist, clinic):
    plan = factories.plan(therapist, of=factories.patient(therapist, language="es"))
    words = text_of(desk.get(page_of(plan)))
    assert "Cannot be shown" in words
    assert "has no text in the patient's language" in words


def test_an_empty_plan_is_told(desk, therapist):
    plan = factories.plan(therapist, exercises=[])
    assert "No exercise yet: add one, then publish" in text_of(desk.get(page_of(plan)))
    assert "The plan has no exercise. Add at least one exercise." in text_of(publish(desk, plan))


def test_the_preview_follows_the_formats(desk, plan):
    data = posted(desk.get(page_of(plan)), "publish_form", large="on")
    answer = desk.post(reverse("admin:plans_plan_preview", args=[plan.pk]), data)
    assert "srcdoc=" in answer.content.decode()
    assert Rendering.objects.filter(format="patient-a4-large-colour").count() == 1


def test_a_pdf_that_is_ready_can_be_opened_before_the_click(desk, plan):
    desk.get(page_of(plan))
    rendering = rendered(plan)
    make_ready(rendering)
    assert reverse("admin:plans_file", args=[rendering.pk]) in desk.get(page_of(plan)).content.decode()


def rendered(plan):
    """The patient's copy that the worker makes while the page is looked at."""
    return Rendering.objects.get(format="patient-a4-normal-colour", content__plan=plan)


def file_of(plan, rendering):
    return reverse("admin:plans_plan_preview_file", args=[plan.pk, rendering.pk])


def test_the_page_asks_for_its_pdf_until_it_is_there(desk, plan):
    shown = desk.get(page_of(plan))
    address = re.search(r'hx-get="([^"]+)"', shown.content.decode())[1]
    rendering = rendered(plan)
    assert address.startswith(file_of(plan, rendering))
    assert "The PDF is being made." in text_of(shown)
    assert desk.get(address).status_code == 204
    make_ready(rendering)
    done = desk.get(address)
    assert (done.status_code, b"every 1s" in done.content) == (286, False)
    assert f'data-pdf="{reverse("admin:plans_file", args=[rendering.pk])}"' in done.content.decode()


def test_a_pdf_that_no_worker_takes_is_told_once(desk, plan):
    address = re.search(r'hx-get="([^"]+)"', desk.get(page_of(plan)).content.decode())[1]
    Rendering.objects.update(queued_at=timezone.now() - timedelta(seconds=20))
    answer = desk.get(address)
    assert (answer.status_code, b"every 1s" in answer.content) == (200, True)
    assert "No worker has taken the PDF yet. You can publish all the same." in text_of(answer)
    again = re.search(r'hx-get="([^"]+)"', answer.content.decode())[1]
    assert desk.get(again).status_code == 204


def test_a_pdf_that_waits_for_the_storage_says_so(desk, plan):
    desk.get(page_of(plan))
    pause(rendered(plan))
    words = text_of(desk.get(file_of(plan, rendered(plan))))
    assert "not made yet. The storage did not do its work: OSError." in words


def test_a_pdf_that_could_not_be_made_is_told_with_its_reason(desk, plan):
    desk.get(page_of(plan))
    fail(rendered(plan))
    answer = desk.get(file_of(plan, rendered(plan)))
    assert (answer.status_code, b"every 1s" in answer.content) == (286, False)
    assert "could not be made. A picture of this plan cannot be read." in text_of(answer)


def test_a_pdf_that_was_thrown_away_is_asked_for_no_more(desk, plan):
    desk.get(page_of(plan))
    address = file_of(plan, rendered(plan))
    Rendering.objects.all().delete()
    answer = desk.get(address)
    assert (answer.status_code, b"every 1s" in answer.content) == (286, False)
    assert "Load this page again" in text_of(answer)


def test_another_plans_pdf_is_not_told_of(desk, therapist, plan):
    other = factories.plan(therapist)
    desk.get(page_of(other))
    make_ready(rendered(other))
    assert b"Open the PDF" not in desk.get(file_of(plan, rendered(other))).content


def test_a_pdf_of_other_templates_is_no_preview(desk, plan):
    desk.get(page_of(plan))
    old = rendered(plan)
    make_ready(old)
    Rendering.objects.filter(pk=old.pk).update(template_version="old")
    shown = desk.get(page_of(plan))
    assert "Open the PDF" not in text_of(shown)
    assert "The PDF is being made." in text_of(shown)


def test_what_a_stop_holds_back_has_no_pdf_to_wait_for(desk, therapist):
    patient = factories.patient(therapist)
    patient.symptoms.create(symptom=factories.symptom("saddle_numbness", red_flag="emergency"))
    shown = desk.get(page_of(factories.plan(therapist, of=patient))).content.decode()
    assert "srcdoc=" in shown
    assert "every 1s" not in shown


def test_a_pdf_may_stand_in_our_own_page_and_in_no_other(desk, plan):
    desk.get(page_of(plan))
    rendering = rendered(plan)
    make_ready(rendering)
    answer = desk.get(reverse("admin:plans_file", args=[rendering.pk]))
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    page = desk.get(page_of(plan))
    assert (page["X-Frame-Options"], "frame-ancestors 'none'" in page["Content-Security-Policy"]) == (
        "DENY",
        True,
    )


def test_unchanged_says_that_there_is_nothing_new(desk, plan):
    publish(desk, plan)
    assert "Nothing new for the patient since version 1" in text_of(desk.get(page_of(plan)))
    publish(desk, plan)
    assert Publication.objects.count() == 1


def test_words_in_the_preview_are_not_code(desk, therapist):
    patient = factories.patient(therapist, name="<script>alert(1)</script>")
    plan = factories.plan(therapist, of=patient, title='"><script>alert(2)</script>')
    content = desk.get(page_of(plan)).content.decode()
    assert "<script>alert" not in content
    assert "&amp;lt;script&amp;gt;alert(1)" in content


def test_queries(desk, therapist, clinic, django_assert_max_num_queries):
    revisions = [factories.approved_exercise(clinic, f"exercise-{number}") for number in range(8)]
    plan = factories.plan(therapist, exercises=revisions)
    with django_assert_max_num_queries(46):
        desk.get(page_of(plan))


def test_opening_the_page_counts_as_a_preview_and_publishing_is_never_refused(
    desk, plan, broker, monkeypatch
):
    form = posted(desk.get(page_of(plan)), "publish_form")
    monkeypatch.setattr("plans.admin.base.throttle.PREVIEWS_A_MINUTE", 0)
    assert desk.get(page_of(plan)).status_code == 429
    assert desk.post(page_of(plan), form).status_code == 302


def next_of(plan):
    return reverse("admin:plans_plan_next", args=[plan.pk])


def test_a_change_on_a_version_is_told_and_published_as_it_was_seen(desk, therapist, plan):
    publish(desk, plan, large="on")
    Plan.objects.filter(pk=plan.pk).update(title="Knee plan")

    shown = desk.get(next_of(plan))

    assert "Changed since version 1" in text_of(shown)
    assert "Knee plan" in text_of(shown)
    sent = dict(re.findall(r'form="next_form" name="(\w+)" value="([^"]*)"', shown.content.decode()))
    Plan.objects.filter(pk=plan.pk).update(title="Hip plan")
    assert "The plan is no longer what you saw" in text_of(desk.post(page_of(plan), sent))
    Plan.objects.filter(pk=plan.pk).update(title="Knee plan")
    assert desk.post(page_of(plan), sent)["Location"].endswith("#give")
    first, second = Publication.objects.order_by("number")
    assert second.formats == first.formats


def nothing(desk, plan):
    return not desk.get(next_of(plan)).content.strip()


def test_nothing_is_offered_where_nothing_changed_or_no_version_is_there(desk, plan):
    assert nothing(desk, plan)
    publish(desk, plan)
    assert nothing(desk, plan)


def test_nothing_is_offered_while_a_reason_is_missing_or_the_plan_is_paused(desk, therapist, clinic):
    plan = factories.plan(therapist, of=factories.patient(therapist, has=("sciatica",)))
    publish(desk, plan)
    Plan.objects.filter(pk=plan.pk).update(title="Knee plan")
    pause_plan(plan=plan, by=therapist)
    assert nothing(desk, plan)
    resume_plan(plan=plan, by=therapist)
    assert not nothing(desk, plan)
    factories.approved_rule(clinic, level=Level.AVOID)
    assert nothing(desk, plan)


def test_telling_a_change_asks_no_worker(desk, plan, django_assert_max_num_queries):
    publish(desk, plan)
    count = Rendering.objects.count()
    Plan.objects.filter(pk=plan.pk).update(title="Knee plan")
    with django_assert_max_num_queries(46):
        desk.get(next_of(plan))
    assert Rendering.objects.count() == count
