"""What ends a session: its time, the link's end, the patient; and which language it speaks."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from plans.actions.link_sessions import USED_EVERY
from plans.actions.links import renew_link
from plans.models import DownloadLink, LinkSession
from plans.queries.links import SESSION_IDLE, SESSION_TIME
from tests import factories
from tests.portal.conftest import BIRTH_DATE, PDF, expired, make_ready, revoked, say, token_of


def test_a_session_ends_after_its_time(issued, opened):
    begun(timezone.now() - SESSION_TIME + timedelta(seconds=30))
    assert issued.plan.title in opened.get(issued.path).content.decode()
    begun(timezone.now() - SESSION_TIME)
    assert say(opened.get(issued.path)) == say(Client().get(issued.path))


def begun(at):
    LinkSession.objects.update(created_at=at)


def unused_for(time):
    now = timezone.now()
    LinkSession.objects.update(created_at=now - time, used_at=now - time)


def test_it_goes_on_while_it_is_used(issued, opened):
    unused_for(SESSION_IDLE - timedelta(seconds=30))
    assert issued.plan.title in opened.get(issued.path).content.decode()
    assert LinkSession.objects.get().used_at > timezone.now() - timedelta(minutes=1)

    unused_for(SESSION_IDLE)
    assert say(opened.get(issued.path)) == say(Client().get(issued.path))


def test_another_browser_keeps_no_session_open(issued, opened):
    unused_for(SESSION_IDLE - timedelta(seconds=30))
    Client().post(issued.path, BIRTH_DATE)

    opened.get(issued.path)

    assert all(one.used_at > timezone.now() - timedelta(minutes=1) for one in LinkSession.objects.all())
    LinkSession.objects.order_by("created_at").filter(created_at__lt=timezone.now() - USED_EVERY).update(
        used_at=timezone.now() - SESSION_IDLE
    )
    assert say(opened.get(issued.path)) == say(Client().get(issued.path))


def test_its_use_is_written_down_every_few_minutes_alone(issued, opened, django_assert_num_queries):
    with CaptureQueriesContext(connection) as before:
        opened.get(f"{issued.path}warnings/")
    unused_for(USED_EVERY)
    with django_assert_num_queries(len(before) + 1):
        opened.get(f"{issued.path}warnings/")
    with django_assert_num_queries(len(before)):
        opened.get(f"{issued.path}warnings/")


def test_a_session_that_ended_by_its_time_leaves_nothing_behind(client, issued, opened):
    begun(timezone.now() - SESSION_TIME - timedelta(seconds=1))
    old = LinkSession.objects.get()

    client.post(issued.path, BIRTH_DATE)

    assert old not in LinkSession.objects.all()
    assert LinkSession.objects.count() == 1


@pytest.mark.parametrize("end", [revoked, expired])
def test_a_link_that_ends_ends_its_sessions_at_once(issued, opened, end):
    rendering = make_ready(issued.publication)
    file = f"{issued.path}1/{rendering.format}.pdf"
    assert opened.get(file).getvalue() == PDF

    end(issued)

    assert say(opened.get(issued.path)) == say(Client().get(issued.path))
    assert (opened.get(file).status_code, opened.get(file)["Location"]) == (303, issued.path)


def test_a_renewed_link_replaces_the_old_one(client, issued, opened):
    new = renew_link(plan=issued.plan, by=issued.therapist)

    assert client.post(issued.path, BIRTH_DATE).status_code == 403
    assert "Open my plan" in opened.get(issued.path).content.decode()
    assert client.post(f"/p/{token_of(new)}/", BIRTH_DATE).status_code == 303


@pytest.mark.parametrize(("days", "status"), [(0, 303), (-1, 403)])
def test_it_opens_on_its_last_day_and_not_after(client, issued, days, status):
    last = timezone.localdate() + timedelta(days=days)
    DownloadLink.objects.filter(pk=issued.link.pk).update(expires_on=last)

    assert client.post(issued.path, BIRTH_DATE).status_code == status


def test_closing_makes_the_browser_forget(issued, opened):
    answer = opened.post(f"{issued.path}close/")

    assert (answer.status_code, answer["Location"]) == (303, issued.path)
    assert answer.cookies["plan"]["path"] == issued.path
    assert say(opened.get(issued.path)) == say(Client().get(issued.path))


def test_closing_ends_the_session_for_whoever_copied_its_cookie(issued, opened):
    rendering = make_ready(issued.publication)
    copied, other = Client(), Client()
    copied.cookies["plan"] = opened.cookies["plan"].value
    other.post(issued.path, BIRTH_DATE)
    assert issued.plan.title in copied.get(issued.path).content.decode()

    opened.post(f"{issued.path}close/")

    assert say(copied.get(issued.path)) == say(Client().get(issued.path))
    assert copied.get(f"{issued.path}1/{rendering.format}.pdf").status_code == 303
    assert issued.plan.title in other.get(issued.path).content.decode()  # another browser's own session


def test_a_made_up_or_foreign_cookie_opens_and_ends_nothing(issued, opened):
    session = LinkSession.objects.get()
    stranger = Client()
    for value in ("", str(session.pk), f"{session.pk}:AAAA", "x" * 5000):
        stranger.cookies["plan"] = value
        assert say(stranger.get(issued.path)) == say(Client().get(issued.path))
        assert stranger.post(f"{issued.path}close/").status_code == 303

    assert issued.plan.title in opened.get(issued.path).content.decode()


def test_the_session_of_one_link_opens_no_other(issued, opened):
    other = factories.plan(issued.therapist, exercises=[issued.plan.items.get().revision])
    factories.publication(issued.therapist, of_plan=other)
    path = f"/p/{token_of(other.links.get())}/"
    client = Client()
    client.cookies["plan"] = opened.cookies["plan"].value

    assert other.title not in client.get(path).content.decode()


def test_before_it_is_opened_the_browser_chooses_the_language(client, issued):
    for asked, tag, direction in [("es-MX,en;q=0.5", "es", "ltr"), ("ar", "ar", "rtl"), ("zh-CN", "zh-Hans", "ltr"),
                                  ("tlh", "en", "ltr"), ("en-GB", "en", "ltr")]:  # fmt: skip
        answer = client.get(issued.path, headers={"Accept-Language": asked})
        assert f'<html lang="{tag}" dir="{direction}">' in answer.content.decode()
        assert answer["Content-Language"] == tag


def test_afterwards_the_page_speaks_the_plans_language(issued, opened):
    answer = opened.get(issued.path, headers={"Accept-Language": "es"})

    assert answer["Content-Language"] == "en"
    assert '<html lang="en" dir="ltr">' in answer.content.decode()
