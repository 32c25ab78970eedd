"""The documentation page and the browsable answers need no scripts and nothing from outside."""

import re

import yaml

from plans.api.schema.docs_page import marked
from tests import factories


def test_page_names_every_call_scope_and_error(client, db):
    answer = client.get("/api/v1/docs/")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "<script" not in page
    assert re.findall(r'(?:src|href)="https?:', page) == []
    for word in (
        "plans_publish",
        "plans:publish",
        "problem-publish_refused",
        "problem-invalid",
        "object-Patient",
    ):
        assert word in page


def test_every_answer_says_what_it_means(client, db):
    page = client.get("/api/v1/docs/").content.decode()
    assert re.findall(r"<td></td>\s*<td></td>", page) == []
    assert "`" not in page


def test_words_in_the_description_are_text_and_code():
    assert marked("a `b` <i> `<c>`") == "a <code>b</code> &lt;i&gt; <code>&lt;c&gt;</code>"


def test_schema_is_served_as_yaml(client, db):
    answer = client.get("/api/v1/schema/")
    assert yaml.safe_load(answer.content)["info"]["title"] == "Home exercise"


def test_a_signed_in_person_reads_in_the_browser(person, therapist):
    patient = factories.patient(therapist)
    answer = person(therapist).get(f"patients/{patient.pk}/", Accept="text/html")
    page = answer.content.decode()
    assert answer["Content-Type"].startswith("text/html")
    assert patient.name in page
    assert "<script" not in page


def test_html_in_a_name_is_only_text(person, therapist):
    patient = factories.patient(therapist, name="<img src=x onerror=alert(1)>")
    page = person(therapist).get(f"patients/{patient.pk}/", Accept="text/html").content.decode()
    assert "<img" not in page
