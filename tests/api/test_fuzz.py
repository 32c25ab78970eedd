"""Schemathesis against the running API, as each role: no server error, no answer that is not described."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from plans.actions import systems
from plans.api.scopes import SCOPES
from plans.models import Role
from tests.api.conftest import ask_token
from tests.api.world import make_world

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("fuzz")]

EXAMPLES = {"system": 12, "therapist_system": 6, "scopeless": 2, "anonymous": 2}
LEAST_CASES = 2000
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
def world(settings, broker):
    settings.API_CALLS_PER_MINUTE = 1_000_000
    return make_world()


def header_of(role, world):
    """Give the header that makes the caller this role."""
    if role == "anonymous":
        return None
    scopes = ["library:read"] if role == "scopeless" else list(SCOPES)
    kind = Role.THERAPIST if role == "therapist_system" else Role.LEAD
    system = systems.make_system(clinic=world.rows.clinic, name=role, role=kind, by=None)
    if role == "therapist_system":
        world.rows.patient.therapist = system.user
        world.rows.patient.save()
    made = systems.add_key(system=system, scopes=scopes, by=None)
    return f"Authorization: Bearer {ask_token(made).json()['access_token']}"


def operations(rows):
    """Let half of the calls meet rows that are there: one id for each kind of address."""
    ids = {
        "patients": rows.patient, "plans": rows.plan, "publications": rows.publication, "links": rows.link,
        "renderings": rows.rendering, "reviews": rows.review, "webhooks": rows.webhook, "rules": rows.rule,
        "deliveries": rows.delivery, "exercises": rows.exercise, "clinics": rows.clinic,
        "movements": rows.movement, "conditions": rows.condition, "symptoms": rows.symptom,
        "advice": rows.advice,
    }  # fmt: skip
    return "\n".join(
        f'[[operations]]\ninclude-path-regex = "/api/v1/{name}/[{{]id[}}]/"\nparameters = {{ "path.id" = "{row.pk}" }}'
        for name, row in ids.items()
    )


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("role", EXAMPLES)
def test_nothing_breaks_and_nothing_is_undescribed(role, world, live_server, tmp_path):
    header = header_of(role, world)
    config = tmp_path / "schemathesis.toml"
    config.write_text(CONFIG.format(auth="true" if header else "false") + operations(world.rows))
    done = subprocess.run(
        [
            str(Path(sys.executable).with_name("st")), "--config-file", str(config), "run",
            f"{live_server.url}/api/v1/schema/", "--checks", "all", "--max-examples", str(EXAMPLES[role]),
            "--seed", "7", "--no-color", "--continue-on-failure",
            *(["--header", header] if header else []),
        ],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
        cwd=tmp_path,
        timeout=3500,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-100_000:] + done.stderr[-2000:]
    counted[role] = int(re.search(r"(\d+) generated", done.stdout)[1])


def test_there_were_enough_cases():
    if len(counted) == len(EXAMPLES):
        assert sum(counted.values()) >= LEAST_CASES
