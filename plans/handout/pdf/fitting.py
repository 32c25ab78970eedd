"""A page whose blocks are chosen and ordered so that they fill its sheets."""

import re
from collections.abc import Callable

from plans.handout.pdf.arranging import FilledPage, Measured, arrange
from plans.handout.pdf.blocks import BlockPage, Variant, take_apart
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

    def fit(self) -> str:
        sizes = [{Variant.USUAL} for _ in self.page.blocks]
        pages = self._arrange(sizes)
        if self._may_save_a_page(pages):
            tight = self._arrange([one | {Variant.TIGHT} for one in sizes], Variant.TIGHT)
            if len(tight) < len(pages):
                return self._grow(tight, [one | {Variant.TIGHT} for one in sizes], Variant.TIGHT)
        return self._grow(pages, sizes, Variant.USUAL)

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

    def _arrange(self, sizes: list[set[Variant]], start: Variant = Variant.USUAL) -> list[FilledPage]:
        texts = [
            {
                size: text
                for size in wanted
                if (text := block.variant(size)) != block.html or size is Variant.USUAL
            }
            for block, wanted in zip(self.page.blocks, sizes, strict=True)
        ]
        heights = self.ruler.measure(text for one in texts for text in one.values())
        blocks = [
            Measured(block.kind, {size: heights[text] for size, text in one.items()})
            for block, one in zip(self.page.blocks, texts, strict=True)
        ]
        return arrange(blocks, early=self.page.early, room=self.room, start=start)
