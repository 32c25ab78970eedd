"""A published version: files as they are made, the personal link, what was opened."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from plans import tokens
from plans.actions.links import LinkRefused, open_link
from plans.handout.formats import Copy, Format
from plans.models import AuditEvent, DownloadLink, LinkOpening, LinkUse, Rendering, RenderingState, Review
from plans.queries.links import MAX_WRONG
from plans.rendering.claim import claim_rendering, try_later
from plans.rendering.storage import StorageFailed
from tests import factories
from tests.admin.conftest import PDF, make_ready, signed_in
from tests.admin.forms import text_of


def page_of(publication, way="change"):
    return reverse(f"admin:plans_publication_{way}", args=[publication.pk])


@pytest.fixture
def publication(therapist):
    return factories.publication(therapist, formats=(Format(), Format(copy=Copy.CLINICIAN)))


@pytest.fixture
def rendering(publication):
    return publication.content.renderings.get(format="patient-a4-normal-colour")


def fail(rendering, code="rendering_too_large", details="memory"):
    Rendering.objects.filter(pk=rendering.pk).update(
        state=RenderingState.FAILED, error_code=code, error_details=details
    )


def test_it_shows_the_files_as_they_stand(desk, publication, rendering):
    words = text_of(desk.get(page_of(publication)))
    assert "Patient's copy, A4 Waits for the worker" in words
    assert "Clinician's copy, A4 Waits for the worker" in words
    make_ready(rendering)
    assert "Patient's copy, A4 Ready Open the PDF" in text_of(desk.get(page_of(publication)))


def test_the_page_asks_again_until_nothing_more_will_come(desk, publication, rendering):
    waiting = desk.get(page_of(publication, "files"))
    assert (waiting.status_code, b"every 1s" in waiting.content) == (200, True)
    for one in Rendering.objects.all():
        make_ready(one)
    done = desk.get(page_of(publication, "files"))
    assert (done.status_code, b"every 1s" in done.content) == (286, False)


def test_nothing_is_sent_while_nothing_changes(desk, publication, rendering):
    shown = desk.get(page_of(publication))
    seen = shown.context["files"].digest
    assert desk.get(page_of(publication, "files"), {"seen": seen}).status_code == 204
    Rendering.objects.filter(pk=rendering.pk).update(
        state=RenderingState.RUNNING, attempt_token=publication.pk, lease_until=timezone.now()
    )
    assert desk.get(page_of(publication, "files"), {"seen": seen}).status_code == 200


def test_a_long_wait_is_explained(desk, publication):
    assert "No worker has taken it yet" not in text_of(desk.get(page_of(publication)))
    Rendering.objects.update(queued_at=timezone.now() - timedelta(seconds=11))
    assert "No worker has taken it yet" in text_of(desk.get(page_of(publication)))


def test_a_failure_says_why_and_can_be_tried_again(desk, publication, rendering):
    fail(rendering)
    words = text_of(desk.get(page_of(publication)))
    assert "Use smaller pictures" in words
    assert "Try again" in words
    desk.post(page_of(publication, "again"))
    rendering.refresh_from_db()
    assert rendering.state == RenderingState.QUEUED


def test_an_unknown_failure_says_its_own_words(desk, publication, rendering):
    fail(rendering, "preflight_failed", "The finished PDF did not pass its check: a caution is missing.")
    assert "a caution is missing" in text_of(desk.get(page_of(publication)))


def test_a_file_that_waits_for_the_storage_says_when_it_goes_on_and_can_be_hastened(
    desk, publication, rendering
):
    try_later(claim_rendering(rendering.pk), StorageFailed(problem="OSError"))
    words = text_of(desk.get(page_of(publication)))
    assert "Next try at" in words
    assert "No worker has taken it" not in words
    assert "Try again" in words
    desk.post(page_of(publication, "again"))
    assert claim_rendering(rendering.pk) is not None


def test_further_formats(desk, publication):
    desk.post(page_of(publication, "formats"), {"paper": "Letter", "large": "on", "summary": "on"})
    keys = set(Rendering.objects.values_list("format", flat=True))
    assert {"patient-letter-large-colour", "summary-letter-large-colour"} <= keys


def test_the_link_is_shown_and_is_the_real_one(desk, publication):
    link = DownloadLink.objects.get()
    token = tokens.token_of(link_id=link.pk, digest=link.token_digest)
    assert f"{settings.PUBLIC_URL}/p/{token}/" in desk.get(page_of(publication)).content.decode()


def test_the_link_is_revoked_and_made_anew(desk, publication):
    first = DownloadLink.objects.get()
    desk.post(page_of(publication, "link/revoke"))
    first.refresh_from_db()
    assert first.revoked_at is not None
    assert "There is no open link" in text_of(desk.get(page_of(publication)))
    desk.post(page_of(publication, "link/renew"))
    assert DownloadLink.objects.filter(revoked_at=None).count() == 1


def test_revoking_twice_is_told(desk, publication):
    desk.post(page_of(publication, "link/revoke"))
    answer = desk.post(page_of(publication, "link/revoke"), follow=True)
    assert "This plan has no personal link." in text_of(answer)


def test_a_wrong_try_is_no_opening(desk, publication):
    link = publication.plan.links.get()
    with pytest.raises(LinkRefused):
        open_link(
            token=tokens.token_of(link_id=link.pk, digest=link.token_digest),
            birth_date=date(1901, 2, 3),
            address="::1",
        )
    assert "Opened 0 times, 1 wrong try" in text_of(desk.get(page_of(publication)))


def test_openings_are_listed(desk, publication):
    link = DownloadLink.objects.get()
    LinkOpening.objects.create(
        link=link, use=LinkUse.OPENED, token_digest=link.token_digest, address_digest="b" * 64
    )
    assert "Opened 1 time" in text_of(desk.get(page_of(publication)))


def test_stopping_is_asked_first(desk, publication):
    stop = reverse("admin:plans_plan_stop", args=[publication.plan_id])
    assert f'href="{stop}"' in desk.get(page_of(publication)).content.decode()
    desk.post(stop)
    assert "Stopped" in text_of(desk.get(page_of(publication)))


def test_a_version_cannot_be_written(desk, publication):
    before = publication.content.json
    desk.post(page_of(publication), {"number": "7", "formats": "[]"})
    publication.refresh_from_db()
    assert (publication.number, publication.content.json) == (1, before)


def test_reading_is_recorded(desk, therapist, publication):
    desk.get(page_of(publication))
    assert AuditEvent.objects.filter(verb="publication.viewed", created_by=therapist).count() == 1


def test_all_versions_are_listed(desk, therapist, publication):
    item = publication.plan.items.get()
    item.note = "news"
    item.save()
    second = factories.publication(therapist, of_plan=publication.plan)
    words = text_of(desk.get(page_of(publication)))
    assert "Version 2" in words
    assert page_of(second) in desk.get(page_of(publication)).content.decode()


def test_a_pdf_is_opened_recorded_and_kept_by_nobody(desk, therapist, publication, rendering):
    make_ready(rendering)
    answer = desk.get(reverse("admin:plans_file", args=[rendering.pk]))
    assert answer.getvalue() == PDF
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert "no-store" in answer["Cache-Control"]
    assert publication.plan.patient.name.split()[0] not in answer["Content-Disposition"]
    event = AuditEvent.objects.get(verb="rendering.opened")
    assert (event.created_by, event.patient_id) == (therapist, publication.plan.patient_id)


def test_a_part_of_a_pdf_is_recorded_too(desk, therapist, rendering):
    make_ready(rendering)
    answer = desk.get(reverse("admin:plans_file", args=[rendering.pk]), headers={"Range": "bytes=5-7"})
    assert (answer.status_code, answer.getvalue()) == (206, PDF[5:8])
    assert AuditEvent.objects.filter(verb="rendering.opened", created_by=therapist).count() == 1
    desk.get(reverse("admin:plans_file", args=[rendering.pk]), headers={"Range": "bytes=1-"})
    assert AuditEvent.objects.filter(verb="rendering.opened").count() == 1


def test_a_file_that_is_not_ready_is_absent(desk, rendering):
    assert desk.get(reverse("admin:plans_file", args=[rendering.pk])).status_code == 404


def test_a_file_that_the_storage_lost_is_made_again(desk, rendering, publication):
    make_ready(rendering)
    Rendering.objects.filter(pk=rendering.pk).update(file="renderings/gone.pdf")
    answer = desk.get(reverse("admin:plans_file", args=[rendering.pk]), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("admin:plans_publication_change", args=[publication.pk])
    assert "It is being made again" in text_of(answer)
    assert "Waits for the worker" in text_of(answer)


def test_a_file_that_the_storage_does_not_give_is_absent_and_stays(desk, rendering, monkeypatch):
    make_ready(rendering)

    def away(*_, **__):
        raise PermissionError

    monkeypatch.setattr(default_storage, "open", away)
    assert desk.get(reverse("admin:plans_file", args=[rendering.pk])).status_code == 404
    assert Rendering.objects.get(pk=rendering.pk).state == RenderingState.READY


def test_a_plan_to_be_reviewed_is_on_the_first_page_until_it_was_looked_at(
    desk, clinic, therapist, publication
):
    review = Review.objects.create(publication=publication, difference="d" * 64, appeared=["a b"], gone=[])
    home = reverse("admin:index")
    assert "To be reviewed" in text_of(desk.get(home))
    close = reverse("admin:plans_review_close", args=[review.pk])
    assert signed_in(factories.therapist(clinic)).post(close).status_code == 404
    desk.post(close)
    assert "To be reviewed" not in text_of(desk.get(home))


def test_failed_files_are_on_the_first_page(desk, publication, rendering):
    home = reverse("admin:index")
    assert "Files that failed" not in text_of(desk.get(home))
    fail(rendering)
    assert "Files that failed" in text_of(desk.get(home))


def test_queries(desk, publication, django_assert_max_num_queries):
    with django_assert_max_num_queries(21):
        desk.get(page_of(publication))
    with django_assert_max_num_queries(6):
        desk.get(page_of(publication, "files"))


def old_print(rendering):
    """A ready file of the same content and format that an earlier release made."""
    old = Rendering.objects.create(
        content=rendering.content,
        clinic=rendering.content.clinic,
        format=rendering.format,
        template_version="old",
        engine_version="old",
        queued_at=rendering.queued_at - timedelta(days=1),
    )
    make_ready(old)
    return old


def test_a_ready_file_stays_open_while_a_newer_print_waits_or_has_failed(desk, publication, rendering):
    old = old_print(rendering)
    address = reverse("admin:plans_file", args=[old.pk])
    assert address in desk.get(page_of(publication)).content.decode()
    fail(rendering)
    page = desk.get(page_of(publication)).content.decode()
    assert address in page
    assert "Try again" not in page
    assert "Files that failed" not in text_of(desk.get(reverse("admin:index")))


def test_what_failed_before_a_newer_print_is_no_failure(desk, publication, rendering):
    old = old_print(rendering)
    fail(old)
    assert "Files that failed" not in text_of(desk.get(reverse("admin:index")))
    assert "Patient's copy, A4 Waits for the worker" in text_of(desk.get(page_of(publication)))


def test_a_link_that_wrong_dates_closed_is_seen_everywhere_and_renewed(desk, therapist, publication):
    link = publication.plan.links.get()
    token = tokens.token_of(link_id=link.pk, digest=link.token_digest)
    for number in range(MAX_WRONG):
        with pytest.raises(LinkRefused):
            open_link(token=token, birth_date=date(1999, 1, 1), address=f"198.51.100.{number}")
    patient = publication.plan.patient
    assert "after 30 wrong birth dates in a row" in text_of(desk.get(page_of(publication)))
    for page in (
        reverse("admin:plans_plan_change", args=[publication.plan_id]),
        reverse("admin:plans_patient_change", args=[patient.pk]),
        reverse("admin:index"),
    ):
        words = text_of(desk.get(page))
        assert "after too many wrong birth dates" in words or "closed after wrong birth dates" in words, page
        assert page_of(publication) + "#link-heading" in desk.get(page).content.decode()
    desk.post(page_of(publication, "link/renew"))
    assert "wrong birth dates" not in text_of(desk.get(page_of(publication)))
    assert "wrong birth dates" not in text_of(desk.get(reverse("admin:index")))
