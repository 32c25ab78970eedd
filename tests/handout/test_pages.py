import pytest
from PIL import Image

from plans.handout.formats import Copy, Format, Ink, Paper, Size
from tests.handout import pageshots
from tests.handout.make import html_of, pdf_of, plan, render
from tests.handout.samples import FINDINGS, make_plan, make_plan_in, make_second_version

SHOTS = {
    "patient": (make_plan(), Format()),
    "second-version": (make_second_version(), Format(paper=Paper.LETTER)),
    "large-grey": (make_plan(), Format(paper=Paper.LETTER, size=Size.LARGE, ink=Ink.GREY)),
    "summary": (make_plan(), Format(copy=Copy.SUMMARY)),
    "summary-large": (make_plan(), Format(copy=Copy.SUMMARY, size=Size.LARGE)),
    "clinician": (make_plan(findings=FINDINGS), Format(copy=Copy.CLINICIAN, ink=Ink.GREY)),
    "spanish": (make_plan_in("es"), Format(paper=Paper.LETTER)),
    "arabic": (make_plan_in("ar"), Format()),
    "chinese": (make_plan_in("zh-hans"), Format()),
}


@pytest.mark.parametrize("name", SHOTS)
def test_pages_look_as_approved(name, tmp_path):
    content, form = SHOTS[name]
    assert pageshots.compare(name, pageshots.shoot(pdf_of(content, form), tmp_path)) == []


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        ('<p class="figure">', '<p class="figure" style="visibility: hidden">'),
        ("Do not arch your back at the top.", ""),
        ("You did this one well. Keep going.", ""),
        ("<li>Hold, and let your back relax.</li>", ""),
        ("--brand: #0b6e6e", "--brand: #ffffff"),
        ('<ul class="dose">', "<ul>"),
    ],
)
def test_comparison_sees_what_is_lost(part, instead, tmp_path, monkeypatch):
    monkeypatch.delenv("APPROVE_PAGES", raising=False)
    monkeypatch.setattr(pageshots, "ARTIFACTS", tmp_path)
    html = html_of(plan())
    assert part in html

    faults = pageshots.compare("patient", pageshots.shoot(render(html.replace(part, instead)), tmp_path))

    assert faults
    assert all("difference" in fault or "instead of" in fault for fault in faults)


def test_approving_writes_what_differs_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(pageshots, "APPROVED", tmp_path)
    monkeypatch.setenv("APPROVE_PAGES", "1")
    white, black = (Image.new("L", (40, 40), shade) for shade in (255, 0))
    pageshots.compare("sheet", [white, white, white])
    kept = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    nearly = white.copy()
    nearly.putpixel((0, 0), 250)

    pageshots.compare("sheet", [nearly, black])

    now = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert sorted(now) == ["sheet_1.png", "sheet_2.png"]
    assert now["sheet_1.png"] == kept["sheet_1.png"]
    assert now["sheet_2.png"] != kept["sheet_2.png"]
