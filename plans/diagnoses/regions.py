"""Parts of the body as diagnoses name them: a disc of the neck is none of the low back."""

import re
from collections.abc import Sequence
from typing import Final

from plans.diagnoses.text import Gap, Token, normal, tokens, word_set

_REGIONS: Final = {
    word: region
    for region, words in {
        "low back": "lumbar lumbago lumbalgia lumbosacral back espalda lomo sacral sacroiliac",
        "neck": "neck cervical cuello",
        "chest": "thoracic toracica toracico chest rib",
        "shoulder": "shoulder hombro",
        "elbow": "elbow codo",
        "hand": "wrist hand finger thumb carpal muneca mano dedo",
        "hip": "hip cadera",
        "knee": "knee rodilla meniscus",
        "foot": "ankle foot heel toe tobillo pie talon",
        "jaw": "jaw tmj mandibula",
    }.items()
    for word in words.split()
}
_LEVELS: Final = (
    (re.compile(r"c[1-8](c?[1-8])?"), "neck"),
    (re.compile(r"(t|th)1?[0-9]"), "chest"),
    (re.compile(r"[ls][1-5]"), "low back"),
)
_LEADS: Final = word_set("of in at the level de del la el en a nivel")


def regions_in(name: str) -> frozenset[str]:
    return frozenset(filter(None, (_region(token.word) for token in tokens(normal(name)))))


def regions_beside(sentence: Sequence[Token], start: int, end: int) -> frozenset[str]:
    """Return the parts named in a mention and right before or behind it: "cervical …", "… of the neck"."""
    found = {_region(token.word) for token in sentence[start:end]}
    if start and sentence[start].gap in (Gap.NONE, Gap.SLASH):
        found.add(_region(sentence[start - 1].word))
    for place in range(end, len(sentence)):
        if sentence[place].gap is Gap.COMMA or (sentence[place].gap is Gap.ASIDE and place > end):
            break
        found.add(_region(sentence[place].word))
        if sentence[place].word not in _LEADS:
            break
    return frozenset(filter(None, found))


def _region(word: str) -> str:
    level = (region for pattern, region in _LEVELS if pattern.fullmatch(word.lower()))
    return _REGIONS.get(word) or next(level, "")
