"""The heights of blocks, each measured once in a process, by what the renderer tells everybody: where marks stand."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING

from plans.handout.pdf.renderer import Page, Renderer

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

MAX_KNOWN = 4000
"""Heights that are kept by the digest of what they are of: a number each."""
_MARK = '<div id="{}" style="padding-top: .01mm"></div>'
_TALL = "@page {{ size: {}mm 40000mm }}"

_known: OrderedDict[bytes, float] = OrderedDict()

MakePage = Callable[[str, Renderer, str], Page]
"""What lays a page out, with further rules."""


@dataclass(frozen=True, kw_only=True)
class Ruler:
    """Measures blocks on paper of a width in millimetres; `keep` takes each page that was laid out for that."""

    frame: str
    renderer: Renderer
    width: float
    make_page: MakePage
    keep: Callable[[Page], None]

    def measure(self, htmls: Iterable[str]) -> dict[str, float]:
        """Return the height of each in CSS pixels."""
        keys = {html: self._key(html) for html in htmls}
        if unknown := [html for html, key in keys.items() if key not in _known]:
            heights = self._measure_new(unknown)
            _known.update((keys[html], height) for html, height in zip(unknown, heights, strict=True))
        for key in keys.values():
            _known.move_to_end(key)
        found = {html: _known[key] for html, key in keys.items()}
        while len(_known) > MAX_KNOWN:
            _known.popitem(last=False)
        return found

    def _key(self, html: str) -> bytes:
        digest = self._base.copy()
        digest.update(html.encode())
        return digest.digest()

    @cached_property
    def _base(self) -> "Hash":
        return sha256(f"{self.renderer.grey}{self.frame}{self.renderer.css}".encode())

    def _measure_new(self, htmls: Sequence[str]) -> Iterator[float]:
        marks = [_MARK.format(number) for number in range(len(htmls) + 1)]
        body = "".join(mark + html for mark, html in zip(marks, (*htmls, ""), strict=True))
        head = '<head><meta charset="utf-8"><title>-</title></head>'
        html = f"<!doctype html>\n{self.frame}{head}<body>{body}</body></html>"
        page = self.make_page(html, self.renderer, _TALL.format(self.width))
        places: dict[str, float] = {}
        above = 0.0
        # One sheet, unless a block asks for a new one.
        for sheet in page.lay_out().pages:
            places.update((name, above + top) for name, (_, top, *_) in sheet.anchors.items())
            above += sheet.height
        self.keep(page)
        tops = [places[str(number)] for number in range(len(marks))]
        return (bottom - top for top, bottom in pairwise(tops))
