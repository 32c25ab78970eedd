"""The generated client: fresh, typed, and at work against the running server."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from client.generate import CURRENT, PACKAGE, files
from plans.api.schema.views import as_yaml
from plans.models import Patient, Rendering
from plans.rendering import job
from tests import factories

ROOT = Path(__file__).resolve().parents[2]


def test_the_description_that_is_checked_in_is_the_one_that_is_served():
    assert CURRENT.read_text() == as_yaml(), "run: .venv/bin/python -m client.generate"


def test_the_client_is_the_one_of_the_description():
    for name, text in files(yaml.safe_load(CURRENT.read_text())).items():
        written = ast.dump(ast.parse((PACKAGE / name).read_text()))
        assert written == ast.dump(ast.parse(text)), "run: .venv/bin/python -m client.generate"


def test_the_client_is_typed_throughout():
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", "home_exercise_client"],
        cwd=ROOT / "client",
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


@pytest.fixture
def client_class(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "client"))
    import home_exercise_client

    return home_exercise_client


@pytest.fixture
def connect(client_class, live_server, clinic, make_system):
    def start(**options):
        _, made = make_system(clinic)
        return client_class.Client(
            live_server.url, client_id=made.key.client_id, client_secret=made.secret, **options
        )

    return start


@pytest.mark.django_db(transaction=True)
def test_from_key_to_pdf(connect, client_class, clinic, therapist):
    factories.approved_exercise(clinic)
    client = connect()
    patient = client.patients_create(
        {"name": "Jordan", "birth_date": "1968-04-12", "therapist": str(therapist.pk)}
    )
    plan = client.plans_create(
        {
            "patient": patient.body["id"],
            "title": "Back plan",
            "review_on": str(factories.in_days(28)),
            "times_per_day_min": 1,
            "days_per_week_min": 7,
            "items": [{"exercise_code": "heel-slide"}],
        }
    )
    with pytest.raises(client_class.Problem) as refused:
        client.plans_publish(plan.body["id"], {}, if_match='"old"')
    assert (refused.value.status, refused.value.code) == (412, "version_changed")
    issued = client.plans_publish(plan.body["id"], {}, if_match=plan.etag)
    assert issued.status == 201
    assert client.publications_pdf(issued.body["id"]).status == 202
    job.work(Rendering.objects.get().pk)
    pdf = client.wait_for_pdf(issued.body["id"])
    assert pdf.startswith(b"%PDF-")


@pytest.mark.django_db(transaction=True)
def test_pages_are_followed(connect, therapist):
    for name in "abc":
        factories.patient(therapist, name=name)
    client = connect()
    found = client.follow(client.patients_list(page_size=1))
    assert [one["name"] for one in found] == ["a", "b", "c"]


@pytest.mark.django_db(transaction=True)
def test_a_lost_answer_is_asked_for_again_and_happens_once(connect, therapist, monkeypatch):
    client = connect()
    send, lost = client._send, []

    def lose_the_first_answer(method, address, data, headers):
        answer = send(method, address, data, headers)
        if address.endswith("/patients/") and not lost:
            lost.append(answer)
            raise ConnectionResetError
        return answer

    monkeypatch.setattr(client, "_send", lose_the_first_answer)
    made = client.patients_create({"name": "A", "birth_date": "1968-04-12", "therapist": str(therapist.pk)})
    assert made.body == lost[0].body
    assert Patient.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_token_that_ended_is_made_anew(connect, client_class):
    client = connect()
    client.plans_list()
    client._token = "ended"
    assert client.plans_list().status == 200
    with pytest.raises(client_class.Problem) as refused:
        connect(scope="nope").plans_list()
    assert refused.value.code == "invalid_scope"


def test_only_web_addresses_are_taken(client_class):
    with pytest.raises(ValueError, match="https"):
        client_class.Client("file:///etc", client_id="a", client_secret="b")
