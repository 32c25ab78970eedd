"""A page's blocks, which the template names: what may grow, move, or be left out to fill the paper."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum

_BLOCK = re.compile(r"<!--block(?: (\w+))?-->(.*?)<!--/block-->|<!--(early)-->", re.DOTALL)
_WHOLE = re.compile('class="(exercise|disclaimer|signs)"')
_FRAGMENT = re.compile("<!--/?fragment-->")
_FIT = '<div class="fit">'
_ROOT = re.compile(r'(?:<!--fragment-->)?<(?:section|div) class="[^"]*')
"""Of a block that has a tight size: the beginning of what it is made of, whose class is then one more."""


class Variant(Enum):
    """The size of a block; the style sheet has a class of each name but the usual one's. Only an exercise is roomy."""

    USUAL = 0
    ROOMY = 1
    TIGHT = 2


class Kind(StrEnum):
    """How a block may be placed: as it stands; with the block after it; in three sizes; elsewhere; elsewhere but not
    between exercises; left out; or broken."""

    PLAIN = ""
    KEPT = "kept"
    EXERCISE = "exercise"
    MOVABLE = "movable"
    AROUND = "around"
    WEEK = "week"
    FLOWING = "flowing"


@dataclass(frozen=True, kw_only=True)
class Block:
    """A part of the page that is not broken unless it is higher than a page."""

    kind: Kind
    html: str

    def variant(self, variant: "Variant") -> str:
        """Return its HTML in a size; what has only one is the same in all."""
        if variant is Variant.USUAL:
            return self.html
        if self.kind is Kind.EXERCISE:
            return self.html.replace(_FIT, f'<div class="fit {variant.name.lower()}">', 1)
        if variant is Variant.TIGHT and (root := _ROOT.match(self.html)):
            return f"{root[0]} tight{self.html[root.end() :]}"
        return self.html


@dataclass(frozen=True, kw_only=True)
class BlockPage:
    """A page taken apart: its blocks between its head and its end; `early` is where a movable block may come first."""

    head: str
    blocks: tuple[Block, ...]
    early: int
    end: str

    def put_together(self, chosen: Iterable[tuple[int, Variant]], *, long: Collection[int]) -> str:
        """Return the page with these blocks, each by its number and its size; the `long` ones may be broken."""
        parts = (
            _let_break(self.blocks[number].variant(variant))
            if number in long
            else self.blocks[number].variant(variant)
            for number, variant in chosen
        )
        return "\n".join((self.head, *parts, self.end))


def _let_break(html: str) -> str:
    """A fragment is never broken: what is higher than a page is laid out in its place."""
    return _WHOLE.sub(r'class="\1 long"', _FRAGMENT.sub("", html), count=1)


def take_apart(html: str) -> BlockPage | None:
    """Return None for a page without blocks."""
    found = list(_BLOCK.finditer(html))
    if not found:
        return None
    blocks = tuple(Block(kind=Kind(one[1] or ""), html=one[2].strip()) for one in found if not one[3])
    return BlockPage(
        head=html[: found[0].start()].rstrip(),
        blocks=blocks,
        early=_place_of_mark(found),
        end=html[found[-1].end() :].lstrip(),
    )


def _place_of_mark(found: Sequence[re.Match[str]]) -> int:
    return next((number for number, one in enumerate(found) if one[3]), len(found))
