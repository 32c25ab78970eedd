"""Two workers and a web server that share nothing but PostgreSQL, Redis and object storage; one worker is killed."""

import json
import os
import re
import subprocess
import sys

import pytest
import requests

from tests.chaos.conftest import folder  # noqa: F401
from tests.servers import poll, renderings_taken
from tests.wide.machines import ROOT, Installation

pytestmark = [pytest.mark.long, pytest.mark.alone, pytest.mark.timeout(600)]
PUBLICATIONS = 40
PACE = 8
BIRTH_DATE = {"day": "17", "month": "5", "year": "1960"}


@pytest.fixture
def installation(folder):  # noqa: F811
    installation = Installation(folder)
    try:
        yield installation
    finally:
        installation.stop()


@pytest.fixture
def drive(installation, tmp_path):
    """A function that does a step inside Django on the shared servers."""
    env = {**os.environ, **installation.settings("127.0.0.1"), "DATA_DIR": str(tmp_path)}

    def run(*step):
        argv = [sys.executable, "-m", "tests.with_django", "tests.chaos.driver", *step]
        ended = subprocess.run(argv, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True)
        lines = ended.stdout.splitlines()
        return json.loads(lines[-1]) if lines else {}

    run.env = env
    return run


def test_any_machine_may_go_and_every_plan_gets_its_file(installation, drive, record_property):
    web, one, two = (installation.add(name) for name in ("web", "one", "two"))
    web.run(sys.executable, "manage.py", "migrate", "--verbosity", "0")
    drive("prepare", str(PUBLICATIONS))
    for worker in (one, two):
        worker.start_worker()
    poll(lambda: all("ready." in worker.log("worker") for worker in (one, two)), what="both workers")
    publisher = subprocess.Popen(
        [sys.executable, "-m", "tests.with_django", "tests.chaos.driver", "publish", str(PACE)],
        cwd=ROOT, env=drive.env, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    with publisher:
        poll(lambda: all(taken_by(worker) > 2 for worker in (one, two)), what="work on both")
        # While the storage hangs, each worker has a handout in its hands.
        installation.freeze_storage()
        poll(lambda: drive("count")["running"] == 2, what="both workers in mid-work")
        one.kill("worker")
        installation.thaw_storage()
    poll(lambda: drive("count")["ready"] == PUBLICATIONS, seconds=150, what="all files")
    found = drive("verify")
    assert (found["right"], found["strays"]) == (PUBLICATIONS, 0)
    assert len(installation.handouts()) == PUBLICATIONS
    assert found["workers_lost"] == 1
    record_property("wide: networks", installation.networks())
    record_property(
        "wide", f"{taken_by(one)} taken by the worker that was killed, {taken_by(two)} by the other; {found}"
    )
    patient_downloads(installation, web, drive)
    assert [machine.files() for machine in installation.machines] == [[], [], []]


def taken_by(worker):
    return renderings_taken(worker.log_path("worker"))


def patient_downloads(installation, web, drive):
    """Through the web machine, which made none of the files: the whole file, then a part of it."""
    web.run(sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0")
    web.start_web(installation.web_port)
    path = drive("open_address")["path"]
    address = f"http://{web.network.own_host}:{installation.web_port}"
    browser = requests.Session()
    browser.headers["Host"] = f"127.0.0.1:{installation.web_port}"
    poll(lambda: answers(browser, address + "/health/live"), what="the web server")
    shown = browser.post(address + path, BIRTH_DATE, allow_redirects=False)
    assert shown.status_code == 303
    page = browser.get(address + path, cookies=shown.cookies)
    file = re.search(r'href="([^"]+\.pdf)', page.text)[1]
    whole = browser.get(address + file)
    assert whole.content.startswith(b"%PDF-")
    assert whole.content.rstrip().endswith(b"%%EOF")
    part = browser.get(address + file, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, whole.content[100:200])


def answers(browser, address):
    try:
        return browser.get(address, timeout=5).status_code == 200
    except requests.ConnectionError:
        return False
