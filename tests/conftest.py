"""Fixtures with real servers: a broker, a worker process, a browser. Each test process has its own."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import wraps
from pathlib import Path
from uuid import uuid4
from zlib import crc32

import pytest
import weasyprint
from django.db import connection
from django.http import FileResponse
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests import factories
from tests.servers import Worker, chromium, forget_messages, start_web, start_worker

ROOT = Path(__file__).resolve().parent.parent
BROWSER_MS = 60_000

# A guard of the main branch must say the same of the same commit. New examples are looked for on purpose.
hypothesis_settings.register_profile(
    "repeatable", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.register_profile("random", derandomize=False, deadline=None)
hypothesis_settings.load_profile(os.environ.get("EXAMPLES_PROFILE", "repeatable"))


def pytest_make_parametrize_id(val, argname):
    """Name a long text by its argument: nobody reads it as an id, and one made at random differs in each process."""
    return argname if isinstance(val, str | bytes) and len(val) > 100 else None


ALWAYS = {"long", "postgresql"}


def names_of_marks(item):
    return {mark.name for mark in item.iter_markers()}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Mark what touches a database, a queue or files as `engine`, so that none of it is forgotten.

    Not so what looks at a page through a browser alone, its keys, scripts and colours: each page has a test of its
    queries, which runs on both databases, and so does the main way through a browser to a real worker's file.
    What needs a worker or a browser stays in one test process: one of each is enough for two cores.
    What stands in the folders of the edges is marked `edge`: they call actions and queries, which have their own tests.
    So two of three of them are spared PostgreSQL, but for what counts questions, searches or needs two transactions.
    """
    for item in items:
        if item.path.is_relative_to(ROOT / "tests/admin") or item.path.is_relative_to(ROOT / "tests/api"):
            item.add_marker("edge")
            asks_the_database = "query" in item.path.name or "search" in item.path.name
            if (
                crc32(item.nodeid.encode()) % 3
                and not asks_the_database
                and not (ALWAYS & names_of_marks(item))
            ):
                item.add_marker("spared")
        names = set(getattr(item, "fixturenames", ()))
        touches = item.get_closest_marker("django_db") or names & {
            "db",
            "transactional_db",
            "broker",
            "worker",
            "web_port",
        }
        only_looks = names & {"browser", "page"} and "worker" not in names
        if touches and not only_looks and not item.get_closest_marker("any_engine"):
            item.add_marker("engine")
        if names & {
            "worker",
            "web_port",
            "start_more_workers",
            "browser",
            "page",
        } and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group("servers"))
        if names & {"browser", "page"}:
            item.add_marker("browser")
    if not connection.features.has_select_for_update_skip_locked:
        elsewhere = [item for item in items if item.get_closest_marker("postgresql")]
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]


def pytest_terminal_summary(terminalreporter):
    """Say at the end what tests measured and recorded, also when all went well."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    found = [fact for report in reports if report.when == "call" for fact in report.user_properties]
    if found:
        terminalreporter.section("measured")
    for name, value in found:
        terminalreporter.write_line(f"{name}: {value}")


@pytest.fixture(scope="session")
def broker() -> Iterator[str]:
    """The broker's url: the embedded Valkey of this test process, or the Redis that runs already."""
    from django.conf import settings

    from clinic import embedded

    if not settings.EMBEDDED_BROKER:
        yield settings.CELERY_BROKER_URL
        return
    server = embedded.start(Path(settings.DATA_DIR))
    yield settings.CELERY_BROKER_URL
    embedded.stop(server)
    shutil.rmtree(settings.BROKER_SOCKET.parent, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def look_away_from_layout():
    """Where lines are counted, WeasyPrint's are not: on Python 3.11 the tracer would make it nearly twice as slow."""
    if sys.gettrace() is None:
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in ((weasyprint.HTML, "render"), (weasyprint.document.Document, "write_pdf")):
            patch.setattr(owner, name, untraced(getattr(owner, name)))
        yield


def untraced(function):
    @wraps(function)
    def call(*args, **kwargs):
        tracer = sys.gettrace()
        sys.settrace(None)
        try:
            return function(*args, **kwargs)
        finally:
            sys.settrace(tracer)

    return call


@pytest.fixture(autouse=True)
def counts_of_its_own(monkeypatch):
    """What earlier tests tried does not slow this one, as the cache may live longer; its windows begin with it."""
    monkeypatch.setattr("plans.counters.PREFIX", f"count-{uuid4()}")
    monkeypatch.setattr("plans.counters.EPOCH", time.time())


@pytest.fixture(autouse=True)
def close_answers(monkeypatch) -> Iterator[None]:
    """Close each streamed file at the test's end, as a server does; the test client closes only what is read.

    What another thread streams is a live server's, which closes it itself and may be in the midst of reading.
    """
    streamed = []
    begin = FileResponse.__init__
    tests = threading.get_ident()

    def note(self, *args, **kwargs):
        if threading.get_ident() == tests:
            streamed.append(self)
        begin(self, *args, **kwargs)

    monkeypatch.setattr(FileResponse, "__init__", note)
    yield
    for answer in streamed:
        for close in answer._resource_closers:
            close()


@pytest.fixture
def clinic(db):
    return factories.clinic()


@pytest.fixture
def therapist(clinic):
    return factories.therapist(clinic)


@pytest.fixture
def pat(therapist):
    """The clinic's therapist by her name, for tests that read like a story."""
    return therapist


@pytest.fixture
def lead(clinic):
    return factories.lead(clinic)


@pytest.fixture
def reviewer(clinic):
    return factories.reviewer(clinic)


@pytest.fixture
def worker(transactional_db, broker) -> Iterator[Worker]:
    """A real worker process on this test's database and broker, without messages of older tests.

    It ends with its test: one that lived on would take the renderings of tests that ask for none.
    """
    forget_messages()
    worker = start_worker("worker")
    yield worker
    worker.stop()


@pytest.fixture
def web_port(transactional_db, broker) -> Iterator[int]:
    """The port of a real web server, one process, on this test's database and broker."""
    forget_messages()
    web, port = start_web()
    yield port
    web.stop()


@pytest.fixture
def start_more_workers(transactional_db, broker):
    """A function that starts further workers, to be killed by the test if it likes; stopped at its end."""
    forget_messages()
    started = []

    def start(name, *arguments):
        started.append(start_worker(name, *arguments))
        return started[-1]

    yield start
    for one in started:
        one.stop()


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium, driven by playwright."""
    from playwright.sync_api import expect, sync_playwright

    # A busy machine is no failure: conditions are polled, so a long limit costs nothing when all is well.
    expect.set_options(timeout=BROWSER_MS)
    # Playwright's loop runs in this thread; Django would take that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield found
        found.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")


@pytest.fixture
def page(browser):
    """A fresh page, without cookies of other tests; an error in a script of ours fails the test."""
    context = browser.new_context(accept_downloads=True, locale="en-GB")
    context.set_default_timeout(BROWSER_MS)
    page = context.new_page()
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    context.close()
    answer_what_was_asked()
    assert problems == []


def answer_what_was_asked() -> None:
    """Wait for the live server's threads: one that still answers would find the tables being emptied."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=30)


@pytest.fixture
def run_manage():
    """Run manage.py in its own process on the tests' settings; returns the completed process."""

    def run(*arguments, check=True, **environment):
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=check,
            timeout=120,
        )

    return run
