"""No word of a patient stands in an address or a title."""

import re
from html import unescape

import pytest
from django.urls import reverse

from plans.admin.base.search import MAX_SEARCHES, MAX_WORDS, SESSION_KEY
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.test_access import GET, address

PATIENTS = reverse("admin:plans_patient_changelist")
MARKED = ("Quentin", "Secretname", "R-77")


def search(client, words, path=PATIENTS, **filters):
    return client.post(path, {"q": words, **filters})


def test_a_search_is_kept_in_the_session_and_its_address_says_nothing(world, desk):
    answer = search(desk, "Quentin")

    assert answer.status_code == 302
    assert not [word for word in MARKED if word in answer["Location"]]
    found = desk.get(answer["Location"])
    assert b"Quentin Secretname" in found.content
    assert not [link for link in addresses(found) if any(word in link for word in MARKED)]


def test_a_search_finds_only_what_was_asked_for(world, desk, therapist):
    factories.patient(therapist, name="Another Person")

    found = desk.get(search(desk, "secretname")["Location"]).content.decode()

    assert "Quentin Secretname" in found
    assert "Another Person" not in found


def test_sorting_and_paging_keep_the_search(world, desk, therapist):
    for number in range(60):
        factories.patient(therapist, name=f"Robin Many{number:02}", birth_date="1970-01-01")

    first = desk.get(search(desk, "Robin")["Location"])
    (next_page,) = {link for link in addresses(first) if "p=2" in link}
    second = desk.get(PATIENTS + next_page)

    assert b"Secretname" not in second.content
    assert b"Robin Many59" in second.content


def test_words_in_an_old_bookmark_leave_the_address(world, desk):
    answer = desk.get(PATIENTS, {"q": "Quentin"})

    assert answer.status_code == 302
    assert "Quentin" not in answer["Location"]
    assert b"Quentin Secretname" in desk.get(answer["Location"]).content


def test_a_visitor_is_sent_to_sign_in_without_the_words(world, client):
    answer = client.get(PATIENTS, {"q": "Quentin"}, follow=True)

    assert not [place for place, _ in answer.redirect_chain if "Quentin" in place]
    assert "Quentin" not in answer.content.decode()


def test_words_for_a_new_row_are_taken_from_no_address(world, desk, client):
    add = reverse("admin:plans_patient_add")

    answer = client.get(add, {"name": "Quentin", "therapist": str(world.patient.therapist_id)}, follow=True)

    assert not [place for place, _ in answer.redirect_chain if "Quentin" in place]
    assert str(world.patient.therapist_id) in answer.redirect_chain[-1][0]
    assert "Quentin" not in desk.get(add, {"name": "Quentin"}).content.decode()


def test_a_token_works_for_nobody_else(world, desk):
    place = search(desk, "Quentin")["Location"]

    other = signed_in(world.people["lead"]).get(place)

    assert 'value="Quentin"' not in other.content.decode()


def test_an_empty_search_shows_all(world, desk):
    assert search(desk, "   ")["Location"] == PATIENTS


def test_a_session_remembers_a_bounded_number_of_bounded_words(world, desk):
    for number in range(MAX_SEARCHES + 3):
        search(desk, f"{number} " + "x" * 500)

    kept = desk.session[SESSION_KEY]
    assert len(kept) == MAX_SEARCHES
    assert all(len(words) <= MAX_WORDS for words in kept.values())


def test_the_framework_takes_no_words_for_a_list_of_choices_in_an_address(world, desk):
    query = {"app_label": "plans", "model_name": "plan", "field_name": "patient", "term": "Secretname"}

    assert desk.get(reverse("admin:autocomplete"), query).status_code == 405
    assert b"Secretname" in desk.post(reverse("admin:autocomplete"), query).content


@pytest.mark.parametrize("name", sorted(GET))
def test_titles_and_links_of_every_page_name_no_patient(world, name):
    people = GET[name]
    if not people:
        return
    page = signed_in(world.people[min(people)]).get(address(name, world))
    if "html" not in page.get("Content-Type", ""):
        return

    told = [*re.findall(r"<title>(.*?)</title>", page.content.decode(), re.S), *addresses(page)]

    assert not [one for one in told if any(word in unescape(one) for word in (*MARKED, world.plan.title))]


def addresses(page):
    return [
        unescape(one)
        for one in re.findall(r'(?:href|action|src|hx-get|hx-post)="([^"]*)"', page.content.decode())
    ]


@pytest.mark.parametrize("way", ["printed", "small letters and spaces", "dashes"])
@pytest.mark.parametrize("page", ["plan", "publication"])
def test_the_code_on_a_sheet_finds_its_plan_and_publication(desk, therapist, page, way):
    wanted, _other = (issue(therapist, name) for name in ("Quentin Wanted", "Robin Other"))
    code = typed(wanted.sheet_code, way)
    path = reverse(f"admin:plans_{page}_changelist")
    found = desk.get(search(desk, code, path)["Location"]).content.decode()
    assert "Quentin Wanted" in found
    assert "Robin Other" not in found


@pytest.mark.parametrize("page", ["plan", "publication"])
def test_the_code_of_a_foreign_sheet_finds_nothing(desk, page):
    foreign = issue(factories.therapist(factories.clinic()), "Quentin Foreign")
    path = reverse(f"admin:plans_{page}_changelist")
    assert b"Quentin Foreign" not in desk.get(search(desk, foreign.sheet_code, path)["Location"]).content


def issue(therapist, name):
    patient = factories.patient(therapist, name=name)
    return factories.publication(therapist, of_plan=factories.plan(therapist, of=patient))


def typed(code, way):
    groups = (code[:4], code[4:8], code[8:])
    return {
        "printed": code,
        "small letters and spaces": " ".join(groups).lower(),
        "dashes": "-".join(groups),
    }[way]
