"""Which language the desk speaks, to whom, and what its scripts are told."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from plans.exceptions import UnreadableDose
from plans.models import User
from tests import factories
from tests.admin.forms import text_of

HOME = reverse("admin:index")
CHOOSE = reverse("desk_language")
WORDS = reverse("admin:jsi18n")


def test_a_person_chooses_and_goes_on_where_they_were(desk, therapist):
    plans = reverse("admin:plans_plan_changelist")
    answer = desk.post(CHOOSE, {"language": "es", "next": plans})
    assert answer["Location"] == plans
    assert User.objects.get(pk=therapist.pk).desk_language == "es"
    page = desk.get(plans, headers={"accept-language": "en"})
    assert page["Content-Language"] == "es"
    assert '<html lang="es"' in page.content.decode()
    assert "Planes" in text_of(page)


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "javascript:alert(1)", ""])
def test_the_way_back_stays_at_the_desk(desk, back):
    assert desk.post(CHOOSE, {"language": "es", "next": back})["Location"] == HOME


def test_a_language_that_the_desk_does_not_speak_is_refused(desk, therapist):
    answer = desk.post(CHOOSE, {"language": "ar"})
    assert answer.status_code == 400
    assert "ar" in answer.content.decode()
    assert User.objects.get(pk=therapist.pk).desk_language == ""


def test_it_is_chosen_by_who_is_signed_in(client, db):
    assert client.post(CHOOSE, {"language": "es"}).status_code == 302
    assert not User.objects.exclude(desk_language="").exists()


@pytest.mark.parametrize(
    ("asked", "given"), [("es-MX,es", "es"), ("ar,es", "en"), ("zh-Hans", "en"), ("fr", "en")]
)
def test_who_chose_none_gets_the_browsers(desk, asked, given):
    assert desk.get(HOME, headers={"accept-language": asked})["Content-Language"] == given


def test_the_sign_in_page_speaks_the_browsers_language(client, db):
    page = client.get(reverse("admin:login"), headers={"accept-language": "es"})
    assert "Contraseña" in text_of(page)


def test_days_are_written_as_the_language_writes_them(desk, therapist):
    plan = factories.plan(therapist, review_on=date(2026, 1, 5), start_on=date(2025, 12, 8))
    for language, day in (("en", "5 January 2026"), ("es", "5 de enero de 2026")):
        desk.post(CHOOSE, {"language": language})
        assert day in text_of(desk.get(reverse("admin:plans_plan_changelist"))), plan


def test_what_the_domain_refuses_is_said_in_the_language_of_the_page():
    with translation.override("es"):
        assert str(UnreadableDose(field="sets", value="x")) == "No se puede leer la dosis: sets es x."
    assert str(UnreadableDose(field="sets", value="x")) == "The dose cannot be read: sets is x."


def test_scripts_get_their_words_and_keep_them(desk, client):
    desk.post(CHOOSE, {"language": "es"})
    first = desk.get(WORDS)
    assert "No se encontr\\u00f3 nada." in first.content.decode()
    assert first["Cache-Control"] == "private, no-cache"
    assert desk.get(WORDS, headers={"if-none-match": first["ETag"]}).status_code == 304
    desk.post(CHOOSE, {"language": "en"})
    assert desk.get(WORDS, headers={"if-none-match": first["ETag"]}).status_code == 200
    assert client.get(WORDS).status_code == 200, "the page to sign in has scripts too"


def test_the_menu_offers_both(desk):
    page = desk.get(HOME).content.decode()
    assert page.count(f'action="{CHOOSE}"') == 2
    assert "Español" in page
    assert "العربية" not in page
