"""The three ways to print a plan that are compared: ours, the straightforward one, and a browser kept warm."""

import base64
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.baseline import page as baseline
from bench.samples import LINK_URL, SHEET_URL, Sample
from bench.timing import process_tree, tree_seconds
from plans.drawer import PEOPLE, draw
from plans.handout.formats import Format
from plans.handout.html import handout_html
from plans.handout.pdf import render_pdf
from plans.handout.picture_address import SCHEME
from plans.handout.stylesheet import make_stylesheet
from plans.languages import LANGUAGES
from plans.models import ExerciseRevision
from tests.servers import chromium

FORMAT = Format()
ENGLISH = LANGUAGES["en"]


def print_ours(sample: Sample) -> bytes:
    """Page and PDF as the worker makes them, without the check."""
    page = handout_html(sample.content, FORMAT, ENGLISH, link_url=LINK_URL, sheet_url=SHEET_URL)
    return render_pdf(page, css=_css(), pictures=sample.pictures)


def straightforward(sample: Sample) -> tuple[Callable[[], bytes], str]:
    """A function that prints the sample in the baseline's way, and its page; its figures are drawn once, before."""
    codes = {item.exercise_code for item in sample.content.items}
    revisions = ExerciseRevision.objects.filter(newest=True, exercise__code__in=codes)
    figures = {
        row.exercise.code: draw(row.figure, body=PEOPLE[0], mirrored=False, right_to_left=False, grey=False)
        for row in revisions.select_related("exercise")
    }
    page = baseline.make_page(sample.content, figures, link_url=LINK_URL, sheet_url=SHEET_URL)
    return lambda: baseline.render(sample.content, figures, link_url=LINK_URL, sheet_url=SHEET_URL), page


@contextmanager
def warm_browser() -> Iterator[tuple[Callable[[str], bytes], Callable[[], float]]]:
    """A function that prints a page with Chromium, tagged, and the clock of all its processes."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        root = _find_root(chromium())

        def print_page(html: str) -> bytes:
            page.set_content(html)
            return page.pdf(prefer_css_page_size=True, print_background=True, tagged=True)

        yield print_page, lambda: tree_seconds(root)
        browser.close()


def _find_root(program: str) -> int:
    """The browser's first process: the first one below this process that bears its name."""
    name = Path(program).name[:15]
    for pid in process_tree(os.getpid()):
        if Path(f"/proc/{pid}/comm").read_text().strip().startswith(name):
            return pid
    raise LookupError(f"{name} does not run")


def whole_page(sample: Sample) -> str:
    """Our page with style and pictures inside, as a browser needs it."""
    page = handout_html(sample.content, FORMAT, ENGLISH, link_url=LINK_URL, sheet_url=SHEET_URL)
    for name, data in sample.pictures.items():
        page = page.replace(SCHEME + name, "data:image/png;base64," + base64.b64encode(data).decode())
    return page.replace("</head>", f"<style>{_css()}</style></head>")


def _css() -> str:
    return make_stylesheet(FORMAT, ENGLISH)
