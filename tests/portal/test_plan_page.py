"""What the patient sees and downloads once the link is open."""

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from plans.actions import plans as plan_actions
from plans.actions.publishing import ask_formats
from plans.handout.formats import Copy, Format, Ink, Paper, Size
from plans.handout.phrases import write_date
from plans.languages import LANGUAGES
from plans.models import AuditEvent, LinkOpening, LinkUse, Rendering, RenderingState
from tests import factories
from tests.portal.conftest import PDF, make_ready

LARGE = Format(size=Size.LARGE)
SUMMARY = Format(copy=Copy.SUMMARY)
CLINICIAN = Format(copy=Copy.CLINICIAN)


def text(answer):
    return " ".join(answer.content.decode().split())


def test_the_page_names_the_plan_its_day_and_whom_to_call(issued, opened, django_assert_max_num_queries):
    make_ready(issued.publication)

    # One of them asks which measures the clinic has approved, one what was told today.
    with django_assert_max_num_queries(6):
        page = text(opened.get(issued.path))

    assert f"<h1>{issued.plan.title}</h1>" in page
    assert f"Version 1, made on {write_date(timezone.localdate(), LANGUAGES['en'])}" in page
    assert f'href="{issued.path}1/patient-a4-normal-colour.pdf">Download your plan (PDF)</a>' in page
    assert 'href="tel:+15550104477">+1 (555) 010-4477 ext. 3</a>' in page
    assert 'href="tel:911">911</a>' in page
    assert issued.patient.name not in page
    assert "1960" not in page


def test_the_download_is_the_file_under_a_name_that_tells_nothing(issued, opened):
    rendering = make_ready(issued.publication)

    answer = opened.get(f"{issued.path}1/{rendering.format}.pdf")

    assert (answer.status_code, answer.getvalue()) == (200, PDF)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="exercise-plan-version-1.pdf"'
    uses = list(LinkOpening.objects.order_by("created_at").values_list("use", flat=True))
    assert uses == [LinkUse.OPENED, LinkUse.DOWNLOADED]
    assert AuditEvent.objects.filter(verb="link.downloaded", patient_id=issued.patient.pk).count() == 1


def test_it_can_be_looked_at_instead(issued, opened):
    rendering = make_ready(issued.publication)

    answer = opened.get(f"{issued.path}1/{rendering.format}.pdf?look")

    assert answer["Content-Disposition"].startswith("inline;")


def test_a_download_in_parts_is_whole_and_counts_once(issued, opened):
    rendering = make_ready(issued.publication)
    path = f"{issued.path}1/{rendering.format}.pdf"

    opened.head(path)
    assert not LinkOpening.objects.filter(use=LinkUse.DOWNLOADED).exists()
    first = opened.get(path, headers={"Range": "bytes=0-999"})
    rest = opened.get(path, headers={"Range": "bytes=1000-", "If-Range": first["ETag"]})

    assert (first.status_code, rest.status_code) == (206, 206)
    assert first.getvalue() + rest.getvalue() == PDF
    assert LinkOpening.objects.filter(use=LinkUse.DOWNLOADED).count() == 1


def test_a_part_without_the_beginning_counts(issued, opened):
    rendering = make_ready(issued.publication)

    part = opened.get(f"{issued.path}1/{rendering.format}.pdf", headers={"Range": "bytes=1-"})

    assert (part.status_code, part.getvalue()) == (206, PDF[1:])
    assert LinkOpening.objects.filter(use=LinkUse.DOWNLOADED, rendering=rendering).count() == 1
    assert AuditEvent.objects.filter(verb="link.downloaded").count() == 1


def test_a_file_needs_the_session(client, issued):
    rendering = make_ready(issued.publication)

    answer = client.get(f"{issued.path}1/{rendering.format}.pdf")

    assert (answer.status_code, answer["Location"], answer.content) == (303, issued.path, b"")
    assert not LinkOpening.objects.exists()


def test_without_a_session_every_token_and_file_answers_alike(client, issued):
    rendering = make_ready(issued.publication)
    real = client.get(f"{issued.path}1/{rendering.format}.pdf")

    for token in ("A" * 43, "x", "a%0Ab", "%2e%2e", "%F0%9F%A6%B4"):
        other = client.get(f"/p/{token}/7/nothing.pdf")
        headers = dict(other.headers) | {"Location": issued.path}
        assert (other.status_code, headers) == (real.status_code, dict(real.headers))
        assert other["Location"].startswith("/p/")


@pytest.mark.parametrize("key", ["clinician-a4-normal-colour", "patient-a4-large-colour", "nothing"])
def test_what_is_not_for_the_patient_or_not_ready_leads_back(issued, opened, key):
    make_ready(issued.publication)
    make_ready(issued.publication, CLINICIAN)  # not even if one were made of the patient's content

    assert opened.get(f"{issued.path}1/{key}.pdf").status_code == 303
    assert "clinician" not in text(opened.get(issued.path))


def test_other_formats_are_offered_when_ready(issued, opened):
    for form in (Format(), SUMMARY, LARGE, Format(ink=Ink.GREY), Format(paper=Paper.LETTER)):
        make_ready(issued.publication, form)

    page = text(opened.get(issued.path))

    offered = ["Your plan (Letter paper)", "Your plan, black and white (A4 paper)", "Your plan, large print (A4 paper)",
               "One page for the fridge (A4 paper)"]  # fmt: skip
    places = [page.index(words) for words in offered]
    assert places == sorted(places)
    large = opened.get(f"{issued.path}1/{LARGE.key}.pdf")
    assert large["Content-Disposition"] == 'attachment; filename="exercise-plan-version-1-large.pdf"'


def test_paper_is_not_mentioned_where_there_is_no_choice(issued, opened):
    for form in (Format(), LARGE):
        make_ready(issued.publication, form)

    assert ">Your plan, large print</a>" in text(opened.get(issued.path))


def test_the_format_that_the_therapist_chose_stands_first(client, issued):
    issued.plan.note = "Now in large print."
    plan_actions.save_plan(plan=issued.plan, by=issued.therapist)
    second = factories.publication(issued.therapist, of_plan=issued.plan, formats=(CLINICIAN, SUMMARY, LARGE))
    make_ready(second, LARGE)
    make_ready(second, SUMMARY)
    client.post(issued.path, {"day": "17", "month": "5", "year": "1960"})

    page = text(client.get(issued.path))
    assert f'<li><a href="{issued.path}2/{LARGE.key}.pdf">Download your plan (PDF)</a></li>' in page


def test_the_plan_is_there_while_its_file_is_not_and_stands_still_under_a_reader(issued, opened):
    page = text(opened.get(issued.path))

    assert "Your PDF is being prepared" in page
    assert f'<a class="button" data-play href="{issued.path}exercise/1/">Play my plan</a>' in page
    assert f'<a href="{issued.path}">Look again now</a>' in page
    assert "refresh" not in page
    assert ".pdf" not in page
    make_ready(issued.publication)
    assert "being prepared" not in text(opened.get(issued.path))


def test_a_failed_file_is_said(issued, opened):
    failed = {
        "state": RenderingState.FAILED,
        "error_code": "picture_missing",
        "error_details": "secret reason",
    }
    Rendering.objects.filter(content=issued.publication.content).update(**failed)

    page = text(opened.get(issued.path))

    assert "Your PDF could not be prepared" in page
    assert "Play my plan" in page
    assert "secret reason" not in page


def test_a_failure_of_older_templates_does_not_hide_that_it_is_made_anew(issued, opened):
    rows = Rendering.objects.filter(content=issued.publication.content)
    rows.update(state=RenderingState.FAILED, error_code="x", template_version="older")
    ask_formats(publication=issued.publication, formats=[Format()], by=issued.therapist)

    assert "being prepared" in text(opened.get(issued.path))


def test_a_lost_file_is_made_again_and_not_recorded(issued, opened):
    rendering = make_ready(issued.publication)
    default_storage.delete(rendering.file.name)

    answer = opened.get(f"{issued.path}1/{rendering.format}.pdf")

    assert (answer.status_code, answer["Location"]) == (303, issued.path)
    assert "being prepared" in text(opened.get(issued.path))
    assert not LinkOpening.objects.filter(use=LinkUse.DOWNLOADED).exists()


def test_a_storage_that_is_away_is_said(issued, opened, monkeypatch):
    rendering = make_ready(issued.publication)

    def away(*_, **__):
        raise OSError("secret path")

    monkeypatch.setattr(default_storage, "open", away)
    answer = opened.get(f"{issued.path}1/{rendering.format}.pdf")

    assert answer.status_code == 503
    assert "Your PDF cannot be opened right now" in text(answer)
    assert f'href="{issued.path}">Try again</a>' in text(answer)
    assert "secret" not in text(answer)
    assert not LinkOpening.objects.filter(use=LinkUse.DOWNLOADED).exists()


def test_the_link_leads_to_the_newest_version_and_never_to_an_older_one(issued, opened):
    first = make_ready(issued.publication)
    issued.plan.note = "A new note."
    plan_actions.save_plan(plan=issued.plan, by=issued.therapist)
    second = factories.publication(issued.therapist, of_plan=issued.plan)

    assert "being prepared" in text(opened.get(issued.path))
    assert opened.get(f"{issued.path}1/{first.format}.pdf").status_code == 303
    make_ready(second, pdf=PDF + b"2")
    assert "Version 2" in text(opened.get(issued.path))
    assert opened.get(f"{issued.path}2/{first.format}.pdf").getvalue() == PDF + b"2"


def test_a_stopped_plan_says_so_and_gives_no_file(issued, opened):
    rendering = make_ready(issued.publication)
    plan_actions.stop_plan(plan=issued.plan, by=issued.therapist)

    page = text(opened.get(issued.path))

    assert f"This plan ended on {write_date(timezone.localdate(), LANGUAGES['en'])}" in page
    assert ".pdf" not in page
    assert "exercise/1/" not in page
    assert "warnings/" not in page
    assert opened.get(f"{issued.path}1/{rendering.format}.pdf").status_code == 303


def test_later_changes_of_the_draft_do_not_show(issued, opened):
    make_ready(issued.publication)
    issued.plan.title = "Another title"
    plan_actions.save_plan(plan=issued.plan, by=issued.therapist)

    assert "Another title" not in text(opened.get(issued.path))


def test_names_with_markup_stay_words(client, db):
    therapist = factories.therapist(factories.clinic(name="<b>Clinic</b>", phone="<i>5</i>"))
    row = factories.plan(therapist, title="<script>alert(1)</script>")
    publication = factories.publication(therapist, of_plan=row)
    make_ready(publication)
    from tests.portal.conftest import token_of

    path = f"/p/{token_of(row.links.get())}/"
    client.post(path, {"day": "17", "month": "5", "year": "1960"})
    page = text(client.get(path))

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "<b>Clinic" not in page
    assert "<i>" not in page
    assert "<script>" not in text(client.get(f"{path}exercise/1/"))


def test_from_the_plan_it_is_one_tap_to_tell_how_it_went_and_to_ones_progress(issued, opened):
    page = text(opened.get(issued.path))

    assert f'<a class="quiet" href="{issued.path}log/">How did it go?</a>' in page
    assert f'<a href="{issued.path}progress/">My progress</a>' in page
