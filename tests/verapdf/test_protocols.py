"""The library's protocols as handouts: each, with its own pictures, is PDF/UA-1 by the reference checker."""

import os
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from plans.content import PlanContent
from plans.dose import Frequency, Span
from plans.handout.formats import Format
from plans.handout.make import Handout, make_handout
from tests.handout.library import figures, library, make_library_plan
from tests.handout.samples import LINK_URL, SHEET_URL
from tests.verapdf import vera

pytestmark = pytest.mark.xdist_group("verapdf")

# Drawing every exercise takes minutes: EVERY_PROTOCOL=1 makes all of them in both languages.
EVERY = bool(os.environ.get("EVERY_PROTOCOL"))
PROTOCOLS = sorted(library().protocols, key=lambda protocol: protocol.code)
CHOSEN = PROTOCOLS if EVERY else PROTOCOLS[::4]
FOLDER = os.environ.get("PROTOCOL_FILES", "")
"""Where to keep the files, to be looked at."""
DAILY = Frequency(times_per_day=Span(1, 1), days_per_week=Span(7, 7))


@pytest.fixture
def failures_of(tmp_path_factory, tmp_path):
    log = tmp_path_factory.mktemp("verapdf") / "log"
    with vera.checker(log) as process:
        yield partial(vera.failures_of, process, log, folder=tmp_path)


def plan_of(protocol, language: str) -> PlanContent:
    codes = [item.exercise for item in protocol.items]
    content = make_library_plan(language, codes, title=protocol.texts[language].title)
    items = [
        replace(made, dose=item.dose.with_frequency(DAILY))
        for made, item in zip(content.items, protocol.items, strict=True)
    ]
    return replace(content, items=tuple(items))


def handout_of(protocol, language: str) -> Handout:
    codes = [item.exercise for item in protocol.items]
    return make_handout(
        plan_of(protocol, language),
        Format(),
        link_url=LINK_URL,
        sheet_url=SHEET_URL,
        pictures=figures(codes, language),
    )


@pytest.mark.long
def test_a_plan_from_each_protocol_is_accessible_and_passes_the_pre_flight(failures_of):
    """The pre-flight is part of making: it raises for a word, a dose or a picture that is not on the paper."""
    both = [(protocol, language) for protocol in CHOSEN for language in ("en", "es")]
    wanted = both if EVERY else both[::3]  # the languages in turn
    files, pages = {}, {}
    for protocol, language in wanted:
        made = handout_of(protocol, language)
        files[f"{protocol.code}-{language}"] = made.pdf
        pages[f"{protocol.code}-{language}"] = made.pages
    for name, pdf in files.items() if FOLDER else ():
        Path(FOLDER, f"{name}.pdf").write_bytes(pdf)

    assert failures_of(files) == {name: [] for name in files}
    assert {name: count for name, count in pages.items() if count > 8} == {}
