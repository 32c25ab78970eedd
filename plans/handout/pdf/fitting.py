"""A page whose blocks are chosen and ordered so that they fill its sheets."""

import re
from collections.abc import Callable

from plans.handout.pdf.arranging import FilledPage, Measured, arrange
from plans.handout.pdf.blocks import Block, BlockPage, Kind, Variant, take_apart
from plans.handout.pdf.measuring import MakePage, Ruler
from plans.handout.pdf.paper import PIXELS, paper_of
from plans.handout.pdf.renderer import Page, Renderer

SAFE = 1.0
"""Millimetres of a page that are not planned for: what a sum of measured heights may be wrong by."""
WHITE = 0.02
"""The share of a page that may stay white without a look at larger exercises."""
LEAST_TIGHT = 0.8
"""What all blocks are at least high when exercises are tight, as a share of what they are usually."""
_FRAME = re.compile("<html[^>]*>")


def fit(html: str, renderer: Renderer, *, make_page: MakePage, keep: Callable[[Page], None]) -> str:
    """Return a page with its blocks in their places; `keep` takes each page that was laid out to measure some."""
    page, paper, frame = take_apart(html), paper_of(renderer.css), _FRAME.search(html)
    if page is None or paper is None or frame is None:
        return html
    ruler = Ruler(frame=frame[0], renderer=renderer, width=paper.width, make_page=make_page, keep=keep)
    return _Fitting(page, (paper.room - SAFE) * PIXELS, ruler).fit()


class _Fitting:
    """Chooses the blocks of a page for sheets with so much room, in CSS pixels."""

    def __init__(self, page: BlockPage, room: float, ruler: Ruler) -> None:
        self.page, self.room, self.ruler = page, room, ruler
        self.first_week = next((block for block in page.blocks if block.kind is Kind.WEEK), None)

    def fit(self) -> str:
        usual = [{Variant.USUAL} for _ in self.page.blocks]
        tight = [{Variant.USUAL, Variant.TIGHT} for _ in self.page.blocks]
        pages = self._arrange(usual)
        if self._may_save_a_page(pages) and len(self._arrange(tight, Variant.TIGHT, is_guess=True)) < len(
            pages
        ):
            fewer = self._arrange(tight, Variant.TIGHT)
            if len(fewer) < len(pages):
                return self._grow(fewer, tight, Variant.TIGHT)
        return self._grow(pages, usual, Variant.USUAL)

    def _grow(self, pages: list[FilledPage], sizes: list[set[Variant]], start: Variant) -> str:
        """Measure larger exercises only where a page has room for them: laying them out is what takes time."""
        is_white = any(page.left > WHITE * self.room for page in pages[:-1])
        if is_white:
            pages = self._arrange([one | {Variant.ROOMY} for one in sizes], start)
        long = {number for page in pages for number in page.long}
        return self.page.put_together((one for page in pages for one in page.chosen), long=long)

    def _may_save_a_page(self, pages: list[FilledPage]) -> bool:
        """Whether all would have room on a page less if they were as low as they may become."""
        if len(pages) == 1:
            return False
        used = sum(self.room - page.left - page.extra for page in pages)
        return used * LEAST_TIGHT <= (len(pages) - 1) * self.room

    def _arrange(
        self, sizes: list[set[Variant]], start: Variant = Variant.USUAL, *, is_guess: bool = False
    ) -> list[FilledPage]:
        """Return the pages of blocks in these sizes; for a guess only exercises, which many sheets share, are measured
        in more than the usual one, and the rest taken for as low as it may become."""
        texts = [self._sizes_of(block, wanted) for block, wanted in zip(self.page.blocks, sizes, strict=True)]
        exercises = {number for number, block in enumerate(self.page.blocks) if block.kind is Kind.EXERCISE}
        heights = self.ruler.measure(
            text
            for number, one in enumerate(texts)
            for size, text in one.items()
            if size is Variant.USUAL or not is_guess or number in exercises
        )
        blocks = [
            Measured(
                block.kind,
                {
                    size: heights.get(text, LEAST_TIGHT * heights[one[Variant.USUAL]])
                    for size, text in one.items()
                },
            )
            for block, one in zip(self.page.blocks, texts, strict=True)
        ]
        return arrange(blocks, early=self.page.early, room=self.room, start=start)

    def _sizes_of(self, block: Block, wanted: set[Variant]) -> dict[Variant, str]:
        """Return what is measured of a block: its HTML in the sizes that it has. All weeks are as high as the first."""
        if block.kind is Kind.WEEK:
            block = self.first_week or block
        return {
            size: text
            # Not by the set's own order, which is another one in each process.
            for size in Variant
            if size in wanted and ((text := block.variant(size)) != block.html or size is Variant.USUAL)
        }
