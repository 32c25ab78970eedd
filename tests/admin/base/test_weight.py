"""What a page of the desk weighs on the wire, in bytes: the first time, and when the browser has kept what it may."""

import re
from pathlib import Path
from urllib.parse import urljoin
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from plans.models import PictureBody, RevisionPicture
from plans.rendering.keep_drawn import keep_drawn
from tests import factories
from tests.admin.conftest import signed_in

FIRST, SECOND = 300_000, 40_000
FIGURES = Path(__file__).parents[2] / "figures" / "draw" / "approved"
LINKED = re.compile(r"""<(?:script|link|img)\b[^>]*?\s(?:src|href)="(/[^"]+)\"""")
IN_STYLE = re.compile(r"""url\(["']?([^"')]+)["']?\)""")


@pytest.fixture
def wire(settings, tmp_path):
    """The service as it runs: static files collected, made small, served by the middleware."""
    from clinic import settings as real

    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": real.STORAGES["staticfiles"]}
    settings.MIDDLEWARE = real.MIDDLEWARE
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("collectstatic", interactive=False, verbosity=0)
    return Wire


class Wire:
    """A browser that counts: everything that a page names is fetched once, packed as it comes."""

    def __init__(self, person):
        self.client = signed_in(person)
        self.kept = {}
        self.weights = {}

    def get(self, address):
        headers = {"accept-encoding": "gzip"}
        if tag := self.kept.get(address):
            headers["if-none-match"] = tag
        answer = self.client.get(address, headers=headers)
        assert answer.status_code in (200, 304), (address, answer.status_code)
        body = b"".join(answer) if answer.streaming else answer.content
        self.weights[address] = len(body) + sum(len(f"{name}: {value}\r\n") for name, value in answer.items())
        self.kept[address] = "for ever" if "immutable" in answer["Cache-Control"] else answer.get("ETag")
        return answer, body

    def visit(self, address):
        """Open a page; give its bytes with all that it needs."""
        self.weights = {}
        _answer, body = self.get(address)
        for part in sorted(set(LINKED.findall(unpacked(body)))):
            self.fetch(part)
        return sum(self.weights.values())

    def fetch(self, part):
        if self.kept.get(part) == "for ever":
            return
        _answer, body = self.get(part)
        if part.endswith(".css"):
            for named in IN_STYLE.findall(unpacked(body)):
                if not named.startswith("data:"):
                    self.fetch(urljoin(part, named))


def unpacked(body):
    import gzip

    return (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()


@pytest.fixture
def plan(therapist, clinic):
    exercises = [factories.approved_exercise(clinic, f"exercise-{number}") for number in range(8)]
    figures = sorted(FIGURES.glob("*.png"))
    for revision, figure in zip(exercises, [*figures, *figures], strict=False):
        picture = keep_drawn(figure.read_bytes())
        RevisionPicture.objects.create(revision=revision, body=PictureBody.SLENDER, picture=picture)
    patient = factories.patient(therapist, has=("sciatica",))
    return factories.plan(therapist, of=patient, exercises=exercises)


def test_a_plan_of_eight_weighs_little_and_less_the_second_time(wire, therapist, plan):
    browser = wire(therapist)
    page = reverse("admin:plans_plan_change", args=[plan.pk])
    first = browser.visit(page)
    heaviest = sorted(browser.weights.items(), key=lambda one: -one[1])[:12]
    pictures = [weight for address, weight in browser.weights.items() if "/exercise/picture/" in address]
    assert (len(pictures), min(pictures) > 2000) == (8, True), browser.weights
    second = browser.visit(page)
    new = wire(therapist).visit(reverse("admin:plans_plan_new", args=[uuid4()]))
    assert first < FIRST, heaviest
    assert new < FIRST, "a plan that has no patient yet, and the list of them"
    assert not [part for part in browser.kept if "jquery" in part], "nothing of the plan's page asks for it"
    assert second < SECOND, browser.weights
    assert second > 1000, "the page itself comes anew"


def test_pages_are_padded_and_files_are_not_packed_twice(wire, therapist, plan):
    browser = wire(therapist)
    page = reverse("admin:plans_plan_change", args=[plan.pk])
    answer, _body = browser.get(page)
    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]
    lengths = {len(browser.get(reverse("admin:jsi18n"))[1]) for _ in range(8) if not browser.kept.clear()}
    assert len(lengths) > 1, "its length would tell what is in it"
    plain = browser.client.get(page)
    assert "Content-Encoding" not in plain
    styles = next(iter(Path(settings.STATIC_ROOT).glob("unfold/css/styles.*.css.gz")))
    packed, body = browser.get(f"/static/unfold/css/{styles.name.removesuffix('.gz')}")
    assert body == styles.read_bytes()
    assert "immutable" in packed["Cache-Control"]
