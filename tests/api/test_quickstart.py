"""What a newcomer pastes in the first hour: the line of `make demo`, the five printed calls, the client's example."""

import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from plans import permissions
from plans.actions.systems import add_key
from plans.management.demo import CLINIC
from plans.models import AuditEvent, Clinic, ClinicSystem, Publication, Role, User

ROOT = Path(__file__).resolve().parents[2]

# Where the worker's tests are: a process draws the library's figures once.
pytestmark = pytest.mark.xdist_group("servers")


def printed(name, language):
    """The first example of this language in a page, as it stands there."""
    return re.search(rf"```{language}\n(.*?)```", (ROOT / name).read_text(), re.DOTALL)[1]


def test_it_is_five_calls():
    assert re.findall(r"^# (\d)\. ", printed("docs/api.md", "bash"), re.MULTILINE) == list("12345")


@pytest.fixture
def library(db):
    call_command("load_library", str(ROOT / "plans" / "library"), stdout=StringIO())


def make_demo():
    """What `make demo` prints: logins by name, and the line with the key."""
    said = StringIO()
    call_command("demo_data", stdout=said)
    logins = dict(re.findall(r"^Login \(shown once\): (\S+) +(\S+)", said.getvalue(), re.MULTILINE))
    (line,) = re.findall(r"^export .*$", said.getvalue(), re.MULTILINE)
    return logins, line


@pytest.mark.any_engine  # the tests below make the same demo on every engine
def test_the_demo_has_somebody_for_everything(library, broker):
    logins, _ = make_demo()
    assert set(logins) == {"demo.therapist", "demo.lead", "demo.admin", "demo.service"}
    clinic = Clinic.objects.get(name=CLINIC)
    for name, password in logins.items():
        answer = Client().post("/admin/login/", {"username": name, "password": password})
        assert (answer.status_code, answer["Location"]) == (302, "/admin/"), name
    people = {name: User.objects.get(username=name) for name in logins}
    roles = {name: permissions.roles_of(one).get(clinic.pk, frozenset()) for name, one in people.items()}
    assert roles == {
        "demo.therapist": {Role.THERAPIST},
        "demo.lead": {Role.LEAD},
        "demo.admin": {Role.LIBRARY_ADMIN, Role.REVIEWER},
        "demo.service": frozenset(),
    }
    assert permissions.may_run_the_service(people["demo.service"])
    # The lead made the key by the action of every lead, and can make the next.
    made = AuditEvent.objects.get(verb="system.key_made")
    assert made.created_by == people["demo.lead"]
    add_key(system=ClinicSystem.objects.get(), scopes=["plans:read"], by=people["demo.lead"])


def test_a_second_demo_changes_nothing_and_says_what_to_do(library, broker):
    make_demo()
    said = StringIO()
    call_command("demo_data", stdout=said)
    assert "nothing changed" in said.getvalue()
    assert "demo.lead makes another" in said.getvalue()
    assert "export" not in said.getvalue()
    assert User.objects.filter(username__startswith="demo.").count() == 4


@pytest.mark.timeout(300)
def test_what_is_printed_works_as_printed(worker, live_server, library, settings, tmp_path):
    """In a clinic where more than one person treats."""
    settings.PUBLIC_URL = live_server.url
    _, line = make_demo()
    clinic = Clinic.objects.get(name=CLINIC)
    assert permissions.treating_in({clinic.pk}).count() >= 2
    demonstration = Publication.objects.count()

    run(["bash", "-euo", "pipefail", "-c", f"{line}\n{printed('docs/api.md', 'bash')}"], tmp_path)
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF-")

    (tmp_path / "plan.pdf").unlink()
    example = tmp_path / "example.py"
    example.write_text(printed("client/README.md", "python"))
    command = f'{line}\nPYTHONPATH="{ROOT / "client"}" "{sys.executable}" example.py'
    # All four of the demonstration, and the two that the calls and the example made.
    assert sorted(run(["bash", "-euc", command], tmp_path).split()).count("Jordan") == 3
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF-")
    assert Publication.objects.count() == demonstration + 2


def run(command, folder):
    done = subprocess.run(
        command, cwd=folder, env=dict(os.environ), capture_output=True, text=True, timeout=240
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
