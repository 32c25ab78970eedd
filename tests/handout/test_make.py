import hashlib
import io
import re
from dataclasses import replace

import pikepdf
import pytest
from django.utils import translation
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from plans import languages
from plans.handout import make
from plans.handout.errors import PreflightFailed
from plans.handout.formats import Copy, Format, Ink, Paper, Size
from plans.handout.make import make_handout
from plans.handout.preflight import expected
from plans.handout.preflight.pdf_reader import read_pdf
from plans.languages import LANGUAGES
from plans.readability import grade_en, inflesz
from tests.handout.make import html_of, pdf_of, plan
from tests.handout.samples import LINK_URL, SHEET_URL, make_plan_in, pictures

BOTH = [pytest.param(paper, id=paper.value) for paper in Paper]


def pages_of(data):
    with pikepdf.open(io.BytesIO(data)) as opened:
        return len(opened.pages)


@pytest.mark.parametrize("paper", BOTH)
class TestSize:
    """Eight exercises with pictures."""

    def test_four_pages_and_three_hundred_kilobytes(self, paper):
        data = pdf_of(plan(), Format(paper=paper))
        assert pages_of(data) <= 4
        assert len(data) < 300_000

    def test_large_print_takes_eight_pages(self, paper):
        data = pdf_of(plan(), Format(paper=paper, size=Size.LARGE))
        assert pages_of(data) <= 8
        assert len(data) < 300_000

    def test_summary_is_one_page(self, paper):
        assert pages_of(pdf_of(plan(), Format(paper=paper, copy=Copy.SUMMARY))) == 1

    def test_paper_is_the_one_asked_for(self, paper):
        with pikepdf.open(io.BytesIO(pdf_of(plan(), Format(paper=paper)))) as opened:
            width, height = (round(float(one)) for one in opened.pages[0].MediaBox[2:])
        assert (width, height) == ((595, 842) if paper is Paper.A4 else (612, 792))


def test_letters_are_twelve_and_eighteen_points():
    """Read from the file: the size of most letters."""
    for size, points in ((Size.NORMAL, 12), (Size.LARGE, 18)):
        with pikepdf.open(io.BytesIO(pdf_of(plan(), Format(size=size)))) as opened:
            content = b"".join(page.Contents.read_bytes() for page in opened.pages)
        # The page is scaled by 0.75 from CSS pixels to points.
        sizes = [round(float(one) * 0.75, 1) for one in re.findall(rb"/\S+ ([\d.]+) Tf", content)]
        assert max(set(sizes), key=sizes.count) == points


def test_no_exercise_is_torn_across_pages():
    for form in (Format(), Format(size=Size.LARGE), Format(paper=Paper.LETTER)):
        pages = read_pdf(pdf_of(plan(), form)).pages
        for item in plan().items:
            (page,) = [
                text
                for text in pages
                if item.steps[0] in text.replace("\n", " ") or f"{item.number}. {item.name}" in text
            ][:1]
            flat = "".join(page.split())
            assert "".join(item.cautions[-1].split()) in flat, (form.key, item.name)


def test_text_is_read_in_order():
    said = "".join("".join(read_pdf(pdf_of(plan())).pages).split())
    parts = [
        "Yourplanforbackandlegpain",
        "Call911now",
        "1.Pelvictilt",
        "Lieonyourback",
        "Sets:2sets",
        "Pullyourbelly",
    ]
    places = [said.index(part) for part in parts]
    assert places == sorted(places)


def test_footer_is_decoration_and_identifies_the_page():
    """Not read aloud on every page, yet printed on each."""
    printed = read_pdf(pdf_of(plan()))
    assert not any("Page 1 of" in text for text in printed.pages)
    with pikepdf.open(io.BytesIO(pdf_of(plan()))) as opened:
        assert all(
            b"/Artifact\n<</Type /Pagination>>\nBDC" in page.Contents.read_bytes() for page in opened.pages
        )


def test_english_handout_reads_easily():
    assert grade_en(expected.graded_text(plan(), LANGUAGES["en"])) <= 6


def test_spanish_handout_reads_easily():

    with translation.override("es"):
        assert inflesz(expected.graded_text(make_plan_in("es"), LANGUAGES["es"])) >= 65


class Counted(dict):
    """A table that counts how often it is asked."""

    asked = 0

    def __getitem__(self, code):
        self.asked += 1
        return super().__getitem__(code)


def test_the_language_is_looked_up_once(monkeypatch):
    table = Counted(LANGUAGES)
    monkeypatch.setattr(languages, "LANGUAGES", table)
    make_handout(plan(), Format(), link_url=LINK_URL, sheet_url=SHEET_URL, pictures=pictures())
    assert table.asked == 1


def test_failed_check_is_a_failed_rendering(monkeypatch):

    monkeypatch.setattr(
        make, "handout_html", lambda *args, **kwargs: html_of(plan()).replace("<li>a fever</li>", "")
    )
    with pytest.raises(PreflightFailed, match="warning sign is missing from page 1"):
        make_handout(plan(), Format(), link_url=LINK_URL, sheet_url=SHEET_URL, pictures=pictures())


def test_same_content_gives_the_same_handout_in_every_ink():
    for ink in Ink:
        form = Format(ink=ink)
        first = make_handout(plan(), form, link_url=LINK_URL, sheet_url=SHEET_URL, pictures=pictures())
        again = make_handout(plan(), form, link_url=LINK_URL, sheet_url=SHEET_URL, pictures=pictures())
        assert hashlib.sha256(first.pdf).digest() == hashlib.sha256(again.pdf).digest()
        assert first.pages == 4


words = st.text(
    st.characters(codec="latin-1", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=60
).filter(str.strip)


@settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(title=words, note=words, name=words)
@example(title="Back & leg <30 min>", note="a  b", name="O'Brien-Núñez")
def test_whatever_a_therapist_types_is_printed_whole(title, note, name):
    content = make_plan_in("es", title=title.strip(), note=note, items=make_plan_in("es").items[:1])

    content = replace(content, patient=replace(content.patient, name=name))
    assert (
        make_handout(content, Format(), link_url=LINK_URL, sheet_url=SHEET_URL, pictures=pictures()).pages
        == 2
    )
