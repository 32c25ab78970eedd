"""What is laid out to measure blocks: as little as the question needs, and the same in each process."""

import pytest

from plans.handout.pdf import measuring
from plans.handout.pdf.blocks import Block, BlockPage, Kind, Variant
from plans.handout.pdf.fitting import _Fitting
from tests.handout.make import html_of, render
from tests.handout.samples import make_plan


@pytest.fixture
def measured(monkeypatch):
    """The HTML of blocks that were laid out to be measured, in turn."""
    found = []
    lays_out = measuring.Ruler._measure_new
    monkeypatch.setattr(measuring, "_known", type(measuring._known)())
    monkeypatch.setattr(
        measuring.Ruler, "_measure_new", lambda self, htmls: found.extend(htmls) or lays_out(self, htmls)
    )
    return found


def test_of_all_weeks_one_is_measured(measured):
    html = html_of(make_plan())
    assert html.count("<table") > 1
    render(html)
    assert sum("<table" in one for one in measured if "tight" not in one) == 1


def test_each_block_is_measured_once_in_a_process(measured):
    for _ in range(2):
        render(html_of(make_plan()))
    assert len(measured) == len(set(measured)) > 0


class Ruler:
    """All blocks are as high as they say."""

    def __init__(self):
        self.asked = set()

    def measure(self, htmls):
        asked = set(htmls)
        self.asked |= asked
        return {
            one: float(one.partition("h=")[2].partition(";")[0]) * (0.9 if "tight" in one else 1)
            for one in asked
        }


def fitting(*heights: int):
    """A heading and exercises with these heights, on pages of 100."""
    others, *exercises = heights
    blocks = [Block(kind=Kind.PLAIN, html=f'<section class="a">h={others};</section>')] + [
        Block(kind=Kind.EXERCISE, html=f'<div class="fit">h={height};{number}</div>')
        for number, height in enumerate(exercises)
    ]
    ruler = Ruler()
    return _Fitting(BlockPage(head="", blocks=tuple(blocks), early=len(blocks), end=""), 100.0, ruler), ruler


def is_tight(html: str) -> bool:
    return html.startswith('<section class="a tight')


def test_one_patients_words_are_not_laid_out_tight_where_that_cannot_save_a_page():
    """Exercises of 60: two on a page would need 50, which no tight one has."""
    page, ruler = fitting(20, 60, 60, 20)
    page.fit()
    assert not any(map(is_tight, ruler.asked))


def test_they_are_where_it_may():
    page, ruler = fitting(20, 50, 35)
    assert 'class="fit tight"' in page.fit()
    assert any(map(is_tight, ruler.asked))


def test_sizes_stand_in_one_order_whatever_the_order_of_their_set():
    page, _ = fitting(20, 50)
    block = Block(kind=Kind.EXERCISE, html='<div class="fit">h=50;</div>')
    assert list(page._sizes_of(block, {Variant.TIGHT, Variant.ROOMY, Variant.USUAL})) == list(Variant)
