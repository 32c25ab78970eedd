"""Fragments of pages that many handouts share, laid out once in a process.

An exercise as the library tells it, with a dose that many patients get, looks the same on every sheet of a format:
only its number and its place differ. Between <!--fragment--> and <!--/fragment--> a page names such parts. Each is
laid out alone on a page of the same format and kept; a page that has it gets an empty space of its size, and when the
pages are broken, the kept boxes are put there. To lay exercises out is half of a handout's time.

A page is the same to the byte whether its parts were kept, new, or laid out in their places. This rests on boxes that
the renderer keeps to itself: HANDOUT_FRAGMENTS=0 does without, for the day on which a release of it moves them.
"""

import re
from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from plans.handout.errors import PictureMissing
from plans.handout.fonts import use_bundled_fonts
from plans.handout.pdf.drawn_text import keep_lines
from plans.handout.pdf.renderer import Renderer
from plans.handout.picture_address import SCHEME

with use_bundled_fonts():
    from weasyprint.document import Document, Page
    from weasyprint.formatting_structure.boxes import BlockBox
    from weasyprint.layout.background import layout_box_backgrounds

MAX_KEPT = 200
"""Parts that are kept, the ones used last: measured, a third of a megabyte each."""
_PART = re.compile("<!--fragment-->(.*?)<!--/fragment-->", re.DOTALL)
_FRAME = re.compile("<html[^>]*>")
"""Language, direction and the clinic's colour: all of a page, besides its style sheet, that a part depends on."""
_PICTURE = re.compile(f'src="{SCHEME}([^"]+)"')
_SPACE = "part:"
_NUMBER = "data-part"
_NO_FOOTER = "@page { @bottom-left { content: none } @bottom-right { content: none } }"

Key = tuple[str, str, bool, str]
"""Frame, style sheet, grey, and the part's HTML, which names pictures by their hash."""


@dataclass(frozen=True, kw_only=True)
class Fragment:
    """A part as it was laid out alone: its box, its size and corner in CSS pixels, and what parts it from others."""

    box: Any
    width: float
    height: float
    x: float
    y: float
    margins: str
    breaks: str

    @property
    def ratio(self) -> float:
        return self.width / self.height

    def get_intrinsic_size(self, resolution: object, font_size: object) -> tuple[float, float, float]:
        return self.width, self.height, self.ratio


_kept: OrderedDict[Key, Fragment | None] = OrderedDict()
"""None for a part that is higher than a page: it stays in its page, to be broken there."""


class PageOfFragments:
    """A page whose parts were taken out: from those that are kept, or laid out now."""

    def __init__(self, html: str, renderer: Renderer, further_css: str = "") -> None:
        self.renderer = renderer
        self.further_css = further_css
        frame = _FRAME.match(html.partition("<!doctype html>\n")[2])
        self.frame = frame[0] if frame else "<html>"
        wanted = list(dict.fromkeys(part.strip() for part in _PART.findall(html)))
        self.parts = {part: _kept[self.key(part)] for part in wanted if self.key(part) in _kept}
        for part in self.parts:
            _check_pictures(part, renderer.pictures)
        self.new = self._lay_out_alone([part for part in wanted if part not in self.parts])
        self.parts |= self.new
        self.spaces: dict[str, Fragment] = {}
        self.html = _PART.sub(self._make_space, html)

    def key(self, part: str) -> Key:
        return self.frame, self.renderer.css, self.renderer.grey, part

    def lay_out(self) -> Document:
        document = self.renderer.lay_out(self.html, spaces=self.spaces, further_css=self.further_css)
        if self.spaces:
            document.pages = [self._fill(page) for page in document.pages]
        return document

    def remember(self) -> None:
        """Keep the parts of this page: the renderer found nothing wrong with it."""
        _kept.update({self.key(part): laid_out for part, laid_out in self.new.items()})
        for part in self.parts:
            _kept.move_to_end(self.key(part))
        while len(_kept) > MAX_KEPT:
            _kept.popitem(last=False)

    def _make_space(self, found: re.Match[str]) -> str:
        part = self.parts[found[1].strip()]
        if part is None:
            return found[1]
        address = f"{_SPACE}{len(self.spaces)}"
        self.spaces[address] = part
        style = f"{part.margins}; {part.breaks}"
        return f'<div style="{style}"><img src="{address}" style="display: block" alt="-"></div>'

    def _fill(self, page: Page) -> Page:
        box = page._page_box
        if not _fill_spaces(box, box):
            return page
        # Again: its bookmarks are those of its boxes.
        return Page(box)

    def _lay_out_alone(self, parts: Collection[str]) -> dict[str, Fragment | None]:
        if not parts:
            return {}
        body = "".join(
            f'<div {_NUMBER}="{number}" style="break-after: page">{part}</div>'
            for number, part in enumerate(parts)
        )
        head = '<head><meta charset="utf-8"><title>-</title></head>'
        html = f"<!doctype html>\n{self.frame}{head}<body>{body}</body></html>"
        document = self.renderer.lay_out(html, further_css=_NO_FOOTER)
        holders: list[list[Any]] = [[] for _ in parts]
        for number, holder in _holders(document):
            holders[number].append(holder)
        return dict(zip(parts, map(_as_part, holders), strict=True))


@contextmanager
def nothing_kept() -> Iterator[None]:
    """As in a process that has printed nothing yet; after it, what was kept before is there again."""
    before = _kept.copy()
    _kept.clear()
    try:
        yield
    finally:
        _kept.clear()
        _kept.update(before)


def _check_pictures(part: str, pictures: Mapping[str, bytes]) -> None:
    for name in _PICTURE.findall(part):
        if name not in pictures:
            raise PictureMissing(picture=name)


def _holders(document: Document) -> Iterator[tuple[int, Any]]:
    """Yield the boxes around the parts with their numbers, page by page; one that was broken comes twice."""
    for page in document.pages:
        for box in page._page_box.descendants():
            if box.element is not None and (number := box.element.get(_NUMBER)):
                yield int(number), box


def _as_part(holders: list[Any]) -> Fragment | None:
    boxes = [box for holder in holders for box in holder.children]
    if len(holders) != 1 or len(boxes) != 1:
        return None
    (box,) = boxes
    keep_lines(box)
    return Fragment(
        box=box,
        width=box.border_width(),
        height=box.border_height(),
        x=box.border_box_x(),
        y=box.border_box_y(),
        margins=f"margin: {box.margin_top}px 0 {box.margin_bottom}px",
        breaks=f"break-before: {box.style['break_before']}; break-after: {box.style['break_after']}",
    )


def _fill_spaces(page: Any, parent: Any) -> bool:
    """Put copies of the parts where their spaces stand, as drawing marks boxes; return whether there were any."""
    filled = False
    for number, child in enumerate(parent.children):
        if not isinstance(child, BlockBox):
            continue
        part = _part_in(child)
        if part is None:
            filled |= _fill_spaces(page, child)
            continue
        (space,) = child.children
        box = part.box.deepcopy()
        box.translate(space.border_box_x() - part.x, space.border_box_y() - part.y)
        _move_colours(page, box)
        parent.children[number] = box
        filled = True
    return filled


def _move_colours(page: Any, part: Any) -> None:
    """Measure anew where colours are painted, which is from the page's corner."""
    for box in part.descendants():
        if getattr(box, "background", None):
            layout_box_backgrounds(page, box, None, layout_children=False)


def _part_in(box: Any) -> Fragment | None:
    (child, *_) = box.children or (None,)
    placed = getattr(child, "replacement", None)
    return placed if isinstance(placed, Fragment) else None
