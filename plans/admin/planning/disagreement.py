"""A disagreement of sources, taken apart again to be shown side by side."""

import re
from dataclasses import dataclass

_GO_ON = " To go on: "
_SOURCE = re.compile(r"(?:^|(?<=[.;!?] ))(?P<source>[A-Z][^:.;]{0,60}): ")


@dataclass(frozen=True)
class SidedWords:
    """What each source says, as (source, words), and what would justify going on."""

    sides: tuple[tuple[str, str], ...]
    go_on_when: str


def take_apart(text: str) -> SidedWords | None:
    """Read "Guide A: this. Guide B: that. To go on: such." Give None where that is not its form."""
    said, _, go_on_when = text.partition(_GO_ON)
    starts = list(_SOURCE.finditer(said))
    if len(starts) < 2:
        return None
    ends = [*(one.start() for one in starts[1:]), len(said)]
    sides = tuple(
        (one["source"], said[one.end() : end].strip()) for one, end in zip(starts, ends, strict=True)
    )
    return SidedWords(sides=sides, go_on_when=go_on_when)
