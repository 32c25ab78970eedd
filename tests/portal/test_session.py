"""What ends a session: its time, the link's end, the patient; and which language it speaks."""

import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from plans.actions.links import renew_link
from plans.models import DownloadLink
from plans.portal.session import SESSION_TIME
from tests.portal.conftest import BIRTH_DATE, PDF, expired, make_ready, revoked, say, token_of


def test_a_session_ends_after_its_time(issued, opened, monkeypatch):
    now = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + SESSION_TIME.total_seconds() - 5)
    assert issued.plan.title in opened.get(issued.path).content.decode()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + SESSION_TIME.total_seconds() + 5)
    assert say(opened.get(issued.path)) == say(Client().get(issued.path))


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
