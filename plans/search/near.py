"""Words that were probably meant: at a small distance from what was typed."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from plans.search.text import is_chinese

MAX_NEAR: Final = 12
SHORTEST: Final = 4
"""Shorter words differ by one letter from too many others."""


def near_words(
    word: str, words: Sequence[str], beginnings: Mapping[str, Collection[str]]
) -> dict[str, float]:
    """Return the words that may be meant, each with how sure that is, from 0 to 1.

    `beginnings` has the words by their first letters, as many as this one has: what is still being typed may be
    mistyped already.
    """
    most = _edits_allowed(word)
    if not most or is_chinese(word):
        return {}
    whole = process.extract(word, words, scorer=OSA.distance, score_cutoff=most, limit=None)
    found = {one: 0.75 - 0.1 * edits for one, edits, _ in whole if _is_alike(word, one, int(edits))}
    if len(word) > SHORTEST:
        begun = process.extract(word, list(beginnings), scorer=OSA.distance, score_cutoff=1, limit=None)
        for beginning, _, _ in begun:
            if beginning[0] == word[0]:
                for one in beginnings[beginning]:
                    found.setdefault(one, 0.5)
    nearest = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return dict(nearest[:MAX_NEAR])


def _edits_allowed(word: str) -> int:
    return 0 if len(word) < SHORTEST else 1 if len(word) < 7 else 2


def _is_alike(typed: str, meant: str, edits: int) -> bool:
    """Whether they may be one word: errors at the beginning are rare, and make other words of short ones."""
    if edits > _edits_allowed(meant) and len(meant) < SHORTEST:
        return False
    return typed[0] == meant[0] or sorted(typed[:2]) == sorted(meant[:2]) or min(len(typed), len(meant)) > 6
