"""(n): each screen of the patient's page in Chromium as a phone, at 400 kbit/s with 2,000 ms added to each request.

The web server is the service's own, with its static files collected. A screen is usable when its words are painted and
its scripts have run; its figure may come after that.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bench.api import running_web
from bench.samples import demo_publication
from bench.service import ROOT, running_worker
from plans import tokens
from plans.models import DownloadLink, Patient, Rendering, RenderingState
from tests.servers import chromium, poll

LATENCY_MS, BITS_A_SECOND = 2_000, 400_000
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "locale": "en-US"}
SCREENS = ("", "exercise/1/", "log/", "log/1/", "progress/", "warnings/", "reminders/")
USABLE = """() => Math.max(
  performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd,
  ...performance.getEntriesByName('first-contentful-paint').map(paint => paint.startTime))"""
FIRST = ("the link, first time", "the plan, after the birth date", "the plan, remembered, nothing kept")
MAX_FIRST_KB = 60
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length > 0"


@dataclass(frozen=True, kw_only=True)
class Screen:
    """After how many seconds it was usable, what came over the wire until all had come, and in how many requests."""

    seconds: float
    kilobytes: float
    requests: int

    def to_dict(self) -> dict[str, float]:
        return vars(self)


def limit_of(name: str) -> float | None:
    """Return what the first screens may weigh: of a link, and of a plan to whom opens it."""
    return MAX_FIRST_KB if name in FIRST else None


def measure(folder: Path) -> dict[str, dict[str, float]]:
    """Return the screens in the order in which a patient meets them, then each again to a browser that kept nothing."""
    from playwright.sync_api import sync_playwright

    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(collect, cwd=ROOT, env=os.environ, check=True)
    token, birth_date = _ready_demo(folder)
    with running_web(folder) as port, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        home = f"http://127.0.0.1:{port}/p/{token}/"
        found = {name: screen.to_dict() for name, screen in _go(browser, home, birth_date)}
        browser.close()
    return found


def _ready_demo(folder: Path) -> tuple[str, Patient]:
    """Have the demo's files and figures made; return its link's token, and whose birth date opens it."""
    demo = demo_publication()
    files = Rendering.objects.filter(content=demo.content_id)
    with running_worker(folder, processes=1):
        poll(lambda: not files.exclude(state=RenderingState.READY).exists(), seconds=400, what="the files")
    link = DownloadLink.objects.get(plan=demo.plan, revoked_at=None)
    token = tokens.token_of(link_id=link.pk, digest=link.token_digest)
    return token, demo.plan.patient


def _go(browser: Any, home: str, patient: Patient) -> Iterator[tuple[str, Screen]]:
    with _slow_phone(browser) as (page, meet):
        yield "the link, first time", meet(lambda: page.goto(home))
        for field in ("day", "month", "year"):
            page.locator(f"#{field}").fill(str(getattr(patient.birth_date, field)))
        page.locator("[name=remember]").check()
        yield "the plan, after the birth date", meet(page.locator("button[type=submit]").tap)
        yield "the first exercise", meet(page.locator("[data-play]").tap)
        yield "the next exercise", meet(page.locator("[data-next]").tap)
        yield "the log", meet(lambda: page.goto(f"{home}log/"))
        yield "the log, all done with one tap", meet(lambda: _without_script(page))
        for name in SCREENS[3:]:
            yield f"{name}, after these", meet(partial(page.goto, home + name))
        cookies = page.context.cookies()
    for name in SCREENS:
        with _slow_phone(browser, cookies) as (page, meet):
            yield f"{name or 'the plan'}, remembered, nothing kept", meet(partial(page.goto, home + name))


def _without_script(page: Any) -> None:
    page.evaluate("document.querySelector('main form').submit()")


@contextmanager
def _slow_phone(
    browser: Any, cookies: list[Any] | None = None
) -> Iterator[tuple[Any, Callable[[Callable[[], object]], Screen]]]:
    context = browser.new_context(**PHONE)
    context.add_cookies(cookies or [])
    context.set_default_timeout(60_000)
    page = context.new_page()
    line = context.new_cdp_session(page)
    came: list[float] = []
    line.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    line.send("Network.enable")
    speed = BITS_A_SECOND / 8
    given = {"offline": False, "latency": LATENCY_MS, "downloadThroughput": speed, "uploadThroughput": speed}
    line.send("Network.emulateNetworkConditions", given)

    def meet(act: Callable[[], object]) -> Screen:
        came.clear()
        with page.expect_navigation(wait_until="networkidle"):
            act()
        page.wait_for_function(PAINTED)
        seconds = page.evaluate(USABLE) / 1000
        return Screen(seconds=round(seconds, 2), kilobytes=round(sum(came) / 1000, 1), requests=len(came))

    yield page, meet
    context.close()
