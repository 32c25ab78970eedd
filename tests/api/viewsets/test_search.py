"""What may name a patient is asked for in a body; an address that holds it is deprecated."""

import base64
import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from plans.actions.encryption import encrypt
from plans.models import AuditEvent, RepeatableCall
from tests import factories


@pytest.fixture
def people(therapist):
    factories.patient(therapist, name="Ann Ash", has=("sciatica",), record_number="R-1")
    factories.patient(therapist, name="Bob Ash", birth_date="1970-01-01", record_number="R-2")
    factories.patient(therapist, name="Cem Elm")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Ann Ash", "Bob Ash", "Cem Elm"]),
        ({"search": "ann"}, ["Ann Ash"]),
        ({"search": "r-2"}, ["Bob Ash"]),
        ({"record_number": "R-2"}, ["Bob Ash"]),
        ({"birth_date": "1970-01-01"}, ["Bob Ash"]),
        ({"condition": "sciatica"}, ["Ann Ash"]),
        ({"search": "ash", "ordering": "-name"}, ["Bob Ash", "Ann Ash"]),
        ({"search": "nobody"}, []),
    ],
)
def test_patients_are_found(api, people, asked, found):
    answer = api.post("patients/search/", asked)
    assert answer.status_code == 200, answer.content
    assert [one["name"] for one in answer.json()["results"]] == found
    assert "Deprecation" not in answer
    assert AuditEvent.objects.get(verb="patient.listed").detail == {"count": len(found)}


def test_plans_are_found_by_post(api, therapist):
    plan = factories.plan(therapist, title="Stronger legs")
    factories.publication(therapist, of_plan=plan)
    factories.plan(therapist, title="Stronger back", of=plan.patient)
    for asked, found in (
        ({"search": "stronger", "ordering": "title"}, ["Stronger back", "Stronger legs"]),
        ({"search": "legs"}, ["Stronger legs"]),
        ({"published": True}, ["Stronger legs"]),
        ({"published": False}, ["Stronger back"]),
        ({"exercise": "nothing"}, []),
    ):
        assert [one["title"] for one in api.post("plans/search/", asked).json()["results"]] == found
    expanded = api.post("plans/search/?expand=patient", {"search": "legs"}).json()["results"]
    assert expanded[0]["expanded"]["patient"]["name"] == plan.patient.name


def test_own_ids_are_found_by_post(api, therapist):
    body = {"name": "A", "birth_date": "1960-05-17", "external_id": "7", "therapist": str(therapist.pk)}
    made = api.post("patients/", body).json()
    api.post("plans/", {"patient": made["id"], "title": "P", "external_id": "8"})
    assert [one["id"] for one in api.post("patients/search/", {"external_id": "7"}).json()["results"]] == [
        made["id"]
    ]
    assert api.post("plans/search/", {"external_id": "8"}).json()["results"][0]["patient"] == made["id"]


def test_no_address_of_a_search_holds_what_was_asked(api, people):
    page = api.post("patients/search/", {"search": "ash", "page_size": 1, "ordering": "-name"}).json()
    address = urlsplit(page["next"])
    assert (address.path, set(parse_qs(address.query))) == ("/api/v1/patients/search/", {"cursor"})
    cursor = parse_qs(address.query)["cursor"][0]
    assert b"ash" not in base64.urlsafe_b64decode(cursor).lower()
    following = api.get(page["next"].removeprefix("http://testserver"))
    assert [one["name"] for one in following.json()["results"]] == ["Ann Ash"]
    assert following.json()["next"] is None
    before = api.get(following.json()["previous"].removeprefix("http://testserver")).json()
    assert [one["name"] for one in before["results"]] == ["Bob Ash"]


def test_the_cursor_of_a_plain_list_tells_no_name_either(api, people):
    cursor = parse_qs(urlsplit(api.get("patients/?page_size=1").json()["next"]).query)["cursor"][0]
    assert b"Ann" not in base64.urlsafe_b64decode(cursor)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"surname": "x"}, "surname"),
        ({"birth_date": "17.5.1960"}, "birth_date"),
        ({"search": "x" * 201}, "search"),
        ({"search": 5}, "search"),
        ({"search": "\0"}, "search"),
        ({"ordering": "phone"}, "ordering"),
        ({"page_size": 0}, "page_size"),
        ({"page_size": 201}, "page_size"),
        ({"clinic": "x"}, "clinic"),
    ],
)
def test_a_search_that_cannot_be_meant_is_refused_by_field(api, people, asked, field):
    answer = api.post("patients/search/", asked)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)


def test_a_search_is_followed_by_its_own_cursor_only(api, people):
    mine = parse_qs(urlsplit(api.post("patients/search/", {"page_size": 1}).json()["next"]).query)["cursor"][
        0
    ]
    of_list = parse_qs(urlsplit(api.get("patients/?page_size=1").json()["next"]).query)["cursor"][0]
    for path in (
        "patients/search/",
        "patients/search/?cursor=x",
        f"patients/search/?cursor={of_list}",
        f"plans/search/?cursor={mine}",
        f"patients/?cursor={mine}",
        f"patients/search/?cursor={mine}&page_size=3",
        f"patients/search/?cursor={encrypt('5')}",
    ):
        answer = api.get(path)
        assert answer.status_code == 400, path
        assert answer["Content-Type"] == "application/problem+json"


def test_a_search_is_not_kept_under_a_key(api, people):
    for _ in range(2):
        assert api.post("patients/search/", {"search": "ann"}, Idempotency_Key="k").status_code == 200
    assert api.post("patients/search/", {"search": "bob"}, Idempotency_Key="k").status_code == 200
    assert not RepeatableCall.objects.exists()


@pytest.mark.parametrize(
    ("path", "deprecated"),
    [
        ("patients/", False),
        ("patients/?page_size=5&ordering=name&condition=sciatica", False),
        ("patients/?search=ann", True),
        ("patients/?birth_date=1970-01-01", True),
        ("patients/?record_number=R-1", True),
        ("patients/?external_id=7", True),
        ("patients/?search=", True),
        ("plans/", False),
        ("plans/?published=true", False),
        ("plans/?search=legs", True),
        ("plans/?external_id=8", True),
        ("exercises/?search=heel", False),
        ("protocols/?search=legs", False),
    ],
)
def test_an_address_with_a_patients_words_is_deprecated(api, people, path, deprecated):
    answer = api.get(path)
    if deprecated:
        # RFC 9745: a structured date, that is, an @ and seconds.
        assert re.fullmatch(r"@\d+", answer["Deprecation"])
        assert answer["Link"] == '</api/v1/docs/#deprecated>; rel="deprecation"; type="text/html"'
    else:
        assert "Deprecation" not in answer
        assert "Link" not in answer


def test_what_has_not_changed_is_deprecated_too(api, people):
    seen = api.get("patients/?search=ann")["ETag"]
    answer = api.get("patients/?search=ann", If_None_Match=seen)
    assert (answer.status_code, "Deprecation" in answer) == (304, True)


def test_the_page_that_the_deprecation_names_is_there(api):
    assert 'id="deprecated"' in api.get("docs/").content.decode()


@pytest.mark.parametrize("typed", ["Mu\u0308-1", "M\u00fc-1", "Mu\u0308\u200b-1"])
def test_ids_are_found_however_their_letters_are_composed(api, therapist, typed):
    body = {"name": "A", "birth_date": "1960-05-17", "therapist": str(therapist.pk)}
    made = api.post("patients/", {**body, "external_id": "Mu\u0308-1", "record_number": "Mu\u0308-1"}).json()
    plan = api.post("plans/", {"patient": made["id"], "title": "P", "external_id": "Mu\u0308-1"}).json()
    for name in ("external_id", "record_number"):
        for found in (
            api.get(f"patients/?{urlencode({name: typed})}"),
            api.post("patients/search/", {name: typed}),
        ):
            assert [one["id"] for one in found.json()["results"]] == [made["id"]]
    found = api.post("plans/search/", {"external_id": typed}).json()
    assert [one["id"] for one in found["results"]] == [plan["id"]]
