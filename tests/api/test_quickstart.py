"""The five calls of the README, as a reader would paste them, against the running service."""

import os
import re
import subprocess
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from plans.management.demo import make_demo

ROOT = Path(__file__).resolve().parents[2]


def quickstart():
    text = (ROOT / "README.md").read_text()
    return re.search(r"```bash\n(.*?)```", text, re.DOTALL)[1]


def test_it_is_five_calls():
    assert re.findall(r"^# (\d)\. ", quickstart(), re.MULTILINE) == list("12345")


@pytest.mark.timeout(300)
def test_five_calls_lead_from_a_token_to_a_pdf(worker, live_server, make_system, tmp_path):
    call_command("load_library", str(ROOT / "plans" / "library"), stdout=StringIO())
    clinic = make_demo().publication.plan.patient.clinic
    _, made = make_system(clinic)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", quickstart()],
        cwd=tmp_path,
        env={
            **os.environ,
            "URL": live_server.url,
            "CLIENT_ID": made.key.client_id,
            "CLIENT_SECRET": made.secret,
        },
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF-")
