"""No page of the patient's, in no state, language or light, hinders who sees, hears or moves in another way."""

import json
import os
import time

import pytest

from tests.portal.every_page import Shelf, Walk
from tests.portal.judges import failures, read_aloud

pytestmark = pytest.mark.xdist_group("judges")
LANGUAGES = ["en", "es", "ar", "zh-hans"]


@pytest.fixture
def shelf(browser):
    opened = Shelf(browser)
    yield opened
    opened.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_judges_find_nothing_on_any_page(issued, broker, shelf, language):
    found = {}
    for name, page in Walk(issued, language)().items():
        found[name] = failures(shelf.open(page))

    assert {name: faults for name, faults in found.items() if faults} == {}


def test_proto(issued, broker, shelf):
    out = {}
    for name, page in Walk(issued, "en")().items():
        if name in ("question", "plan", "exercise", "warnings", "first log", "alarm: now"):
            t = time.time()
            out[name] = read_aloud(shelf.open(page))
            print(name, time.time() - t, flush=True)
    json.dump(out, open("/tmp/chk/out/spoken.json", "w"), indent=1, ensure_ascii=False)
