"""Schemathesis against the running API, as each role: no server error, no answer that is not described."""

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.core.servers.basehttp import WSGIRequestHandler
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.test import Client

from plans.actions import systems
from plans.api import throttling
from plans.api.scopes import SCOPES
from plans.models import Role
from tests.api.conftest import ask_token
from tests.api.world import make_world

pytestmark = [
    pytest.mark.long,
    pytest.mark.postgresql,  # calls come at once
    pytest.mark.xdist_group("fuzz"),  # counted together at the end
    pytest.mark.django_db(transaction=True),
]

AT_LENGTH = os.environ.get("FUZZ_AT_LENGTH", "") not in ("", "0")
"""Whether a person in a browser and a stranger make the described calls too: some ten minutes more."""
ALL, RANDOM = "examples,coverage,fuzzing,stateful", "fuzzing,stateful"
MOST = ALL if AT_LENGTH else RANDOM
ROLES = {
    "system": (8 if AT_LENGTH else 4, ALL),
    "therapist_session": (4, MOST),
    "therapist_system": (4, RANDOM),
    "scopeless": (2, RANDOM),
    "anonymous": (1, MOST),
}
"""Random calls of each operation, and the phases. What follows from the description alone, some 5,000 calls, is the
same for every role: a lead's system makes it always."""
SEED = os.environ.get("FUZZ_SEED", "7")
LEAST_CASES = 2000
MAX_GUARDED = 0.05
"""The share of calls that may end at the guards instead of behind them."""
counted: dict[str, int] = {}

CONFIG = """
[checks.positive_data_acceptance]
# A schema cannot say which codes a library has, which ids a caller sees, or what was published already.
expected-statuses = [
  "2xx", "303", "304", "400", "401", "403", "404", "409", "412", "416", "422", "428",
]
[checks.negative_data_rejection]
expected-statuses = ["304", "400", "401", "403", "404", "405", "409", "412", "413", "415", "422", "428"]
[checks.ignored_auth]
enabled = {auth}
"""


@pytest.fixture
def world(settings, broker, monkeypatch):
    settings.API_CALLS_PER_MINUTE = 1_000_000
    monkeypatch.setattr(throttling, "TOKENS_PER_MINUTE", 1_000_000)
    # The test server writes head and body apart: without this each call waits 40 ms for an acknowledgement.
    monkeypatch.setattr(WSGIRequestHandler, "disable_nagle_algorithm", True)
    return make_world()


def headers_of(role, world):
    """Return the headers that make the caller this role."""
    if role == "anonymous":
        return []
    if role == "therapist_session":
        return session_headers(world.callers["therapist"])
    scopes = ["library:read"] if role == "scopeless" else list(SCOPES)
    therapist = world.rows.therapist if role == "therapist_system" else None
    kind = Role.THERAPIST if therapist else Role.LEAD
    system = systems.make_system(
        clinic=world.rows.clinic, name=role, role=kind, on_behalf_of=therapist, by=None
    )
    made = systems.add_key(system=system, scopes=scopes, by=None)
    return [f"Authorization: Bearer {ask_token(made).json()['access_token']}"]


def session_headers(caller):
    """Give what the browser of a person who is signed in sends, with the token against forged calls."""
    session, forged = caller.client.cookies[settings.SESSION_COOKIE_NAME].value, "t" * CSRF_SECRET_LENGTH
    cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={forged}"
    return [f"Cookie: {cookies}", f"X-CSRFToken: {forged}"]


def status_with(headers):
    """Ask something with a body: whether the caller is known, may ask, and is no forged call."""
    sent = dict(header.split(": ", 1) for header in headers)
    caller = Client(enforce_csrf_checks=True)
    return caller.post("/api/v1/findings/", "{}", "application/json", headers=sent).status_code


def operations(rows):
    """Let half of the calls meet rows that are there: one id for each kind of address."""
    ids = {
        "patients": rows.patient, "plans": rows.plan, "publications": rows.publication, "links": rows.link,
        "renderings": rows.rendering, "reviews": rows.review, "webhooks": rows.webhook, "rules": rows.rule,
        "deliveries": rows.delivery, "exercises": rows.exercise, "clinics": rows.clinic,
        "movements": rows.movement, "conditions": rows.condition, "symptoms": rows.symptom,
        "advice": rows.advice, "leaflets": rows.leaflet, "measures": rows.measure, "protocols": rows.protocol,
        "library-protocols": rows.library_protocol,
    }  # fmt: skip
    return "\n".join(
        f'[[operations]]\ninclude-path-regex = "/api/v1/{name}/[{{]id[}}]/"\nparameters = {{ "path.id" = "{row.pk}" }}'
        for name, row in ids.items()
    )


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("role", ROLES)
def test_nothing_breaks_and_nothing_is_undescribed(role, world, live_server, tmp_path, record_property):
    headers, (examples, phases) = headers_of(role, world), ROLES[role]
    assert status_with(headers) == {"anonymous": 401, "scopeless": 403}.get(role, 200)
    config, ends = tmp_path / "schemathesis.toml", tmp_path / "ends"
    config.write_text(CONFIG.format(auth="true" if headers else "false") + operations(world.rows))
    done = subprocess.run(
        [
            str(Path(sys.executable).with_name("st")), "--config-file", str(config), "run",
            f"{live_server.url}/api/v1/schema/", "--checks", "all", "--max-examples", str(examples), "--phases", phases,
            "--seed", SEED, "--no-color", "--continue-on-failure",
            *(part for header in headers for part in ("--header", header)),
        ],
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "PYTHONWARNINGS": "ignore",
            "PYTHONHASHSEED": SEED,  # the fuzzer walks through sets
            "PYTHONPATH": str(Path(__file__).parent),
            "SCHEMATHESIS_HOOKS": "fuzz_hooks",
            "FUZZ_ENDS": str(ends),
        },
        cwd=tmp_path,
        timeout=3500,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-100_000:] + done.stderr[-2000:]
    told = Counter(ends.read_text().splitlines())
    guarded = told["422 key_reused"] + told["428 version_missing"]
    share = guarded / told.total()
    record_property(f"calls of {role} that ended as key_reused or 428", f"{share:.1%} of {told.total()}")
    assert share < MAX_GUARDED
    counted[role] = int(re.search(r"(\d+) generated", done.stdout)[1])


def test_there_were_enough_cases():
    if len(counted) == len(ROLES):
        assert sum(counted.values()) >= LEAST_CASES
