"""The names of conditions, found again in free words: in any order, with a small typing error, within other words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from plans.diagnoses.asides import is_aside, sentences
from plans.diagnoses.icd10 import related, same_code
from plans.diagnoses.medical_words import is_medical_word
from plans.diagnoses.regions import regions_beside, regions_in
from plans.diagnoses.text import Gap, Token, normal, tokens
from plans.diagnoses.unsaid import FILLERS, says_more

MAX_WORDS: Final = 600
"""Of one line: far beyond any diagnosis, and a bound on the work."""

NameKey = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConditionName:
    """A condition with all that it is called."""

    code: str
    name: str
    also: tuple[str, ...] = ()
    icd10: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.also, words_of_code(self.code))


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a line that names conditions: more than one where an ICD-10 code stands for several."""

    words: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line says: the conditions it names, whether it denies some, whether it says more than was read."""

    line: str
    mentions: tuple[Mention, ...] = ()
    has_asides: bool = False
    says_more: bool = False


class _Found(NamedTuple):
    start: int
    end: int
    edits: int
    codes: tuple[str, ...]


class _Name(NamedTuple):
    code: str
    words: tuple[str, ...]


class ConditionNames:
    """All names and ICD-10 codes of conditions, ready to be looked for."""

    def __init__(self, conditions: Iterable[ConditionName]) -> None:
        self.conditions = tuple(sorted(conditions, key=lambda one: one.code))
        self._names = {one.code: one.name for one in self.conditions}
        self._by_word: dict[str, list[_Name]] = {}
        self._regions: dict[str, frozenset[str]] = {}
        for condition in self.conditions:
            self._regions[condition.code] = frozenset().union(*map(regions_in, condition.names))
            for words in {_name_words(name) for name in condition.names}:
                for word in set(words):
                    self._by_word.setdefault(word, []).append(_Name(condition.code, words))
        self._words = tuple(self._by_word)

    def name_of(self, code: str) -> str:
        return self._names[code]

    def of_icd10(self, given: str) -> tuple[str, ...]:
        """Return the conditions that an ICD-10 code stands for: exactly, else as a heading or a finer code."""
        for matches in (same_code, related):
            found = [one.code for one in self.conditions if any(matches(given, code) for code in one.icd10)]
            if found:
                return tuple(found)
        return ()

    def read(self, line: str) -> Reading:
        line = normal(line)
        mentions: dict[tuple[str, ...], Mention] = {}
        has_asides = more = False
        for sentence in sentences(tokens(line)[:MAX_WORDS]):
            found = list(self._find(sentence))
            own = [one for one in found if not is_aside(sentence, one.start, one.end)]
            has_asides = has_asides or len(own) < len(found)
            more = more or says_more(sentence, [(one.start, one.end) for one in found])
            more = more or any(self._names_another_part(sentence, one) for one in found)
            for one in own:
                words = line[sentence[one.start].start : sentence[one.end - 1].end]
                mentions.setdefault(one.codes, Mention(words, one.codes))
        return Reading(line, tuple(mentions.values()), has_asides, more)

    def _find(self, sentence: Sequence[Token]) -> Iterator[_Found]:
        """Yield the mentions of a sentence in their order; of two that overlap the longer, then the exact one."""
        candidates = [*self._codes(sentence), *self._named(sentence)]
        candidates.sort(key=lambda one: (one.start - one.end, one.edits))
        taken: dict[int, _Found] = {}
        for one in candidates:
            held = {taken[place] for place in range(one.start, one.end) if place in taken}
            if not held:
                taken.update(dict.fromkeys(range(one.start, one.end), one))
            elif held == {other for other in held if other[:3] == one[:3]}:
                # The same words, as near to the names of two conditions: they may mean either.
                both = one._replace(codes=tuple(sorted({*one.codes, *next(iter(held)).codes})))
                taken.update(dict.fromkeys(range(one.start, one.end), both))
        yield from sorted(set(taken.values()))

    def _codes(self, sentence: Sequence[Token]) -> Iterator[_Found]:
        for place, token in enumerate(sentence):
            if token.is_code and (codes := self.of_icd10(token.word)):
                yield _Found(place, place + 1, 0, codes)

    def _named(self, sentence: Sequence[Token]) -> Iterator[_Found]:
        for run in _runs(sentence):
            meant = [self._meant(sentence[place].word) for place in run]
            for at in range(len(run)):
                for name in self._names_at(meant[at]):
                    if hit := _fit(name.words, meant, at):
                        start, end = run[at], run[hit[0]] + 1
                        if self._fits_region(name.code, sentence, start, end):
                            yield _Found(start, end, hit[1], (name.code,))

    def _meant(self, word: str) -> dict[str, int]:
        if word in self._by_word:
            return {word: 0}
        most = _edits_allowed(word)
        if not most or is_medical_word(word):
            return {}
        near = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=most, limit=None)
        return {
            one: edits for one, edits, _ in near if edits <= _edits_allowed(one) and _begins_alike(one, word)
        }

    def _names_at(self, meant: dict[str, int]) -> set[_Name]:
        return {name for word in meant for name in self._by_word[word]}

    def _names_another_part(self, sentence: Sequence[Token], found: _Found) -> bool:
        """Return whether a part stands in it that is not the condition's: "hip and knee replacement"."""
        own = frozenset[str]().union(*(self._regions[code] for code in found.codes))
        said = (regions_in(token.word) for token in sentence[found.start : found.end])
        return bool(own) and any(region - own for region in said)

    def _fits_region(self, code: str, sentence: Sequence[Token], start: int, end: int) -> bool:
        """Whether no other part of the body is named beside the mention: "disc herniation C5-C6"."""
        beside, own = regions_beside(sentence, start, end), self._regions[code]
        return not beside or not own or bool(beside & own)


def words_of_code(code: str) -> str:
    return code.replace("_", " ").replace("-", " ")


def name_key(name: str) -> NameKey:
    """Return what two names share that are matched alike: their words, in whatever order."""
    return tuple(sorted(_name_words(name)))


def _name_words(name: str) -> tuple[str, ...]:
    found = [token.word for token in tokens(normal(name))]
    return tuple(word for word in found if word not in FILLERS) or tuple(found)


def _runs(sentence: Sequence[Token]) -> Iterator[list[int]]:
    """Yield the places of the words that may make up one name: nothing reaches over a comma or a bracket."""
    run: list[int] = []
    for place, token in enumerate(sentence):
        if token.gap in (Gap.COMMA, Gap.ASIDE) or token.is_code:
            yield run
            run = []
        if token.word not in FILLERS and not token.is_code:
            run.append(place)
    yield run


def _fit(name: tuple[str, ...], meant: Sequence[dict[str, int]], at: int) -> tuple[int, int] | None:
    """Find the words of a name from a place on, in any order, with one word of another kind among them at most.

    Returns the last place and the number of typing errors.
    """
    room = range(at, min(at + len(name) + (len(name) > 1), len(meant)))
    free = list(room)
    edits, last = 0, at
    for word in sorted(name, key=lambda one: one not in meant[at]):
        fitting = [(meant[place][word], place) for place in free if word in meant[place]]
        if not fitting:
            return None
        cost, place = min(fitting)
        free.remove(place)
        edits, last = edits + cost, max(last, place)
    return None if at in free else (last, edits)


def _edits_allowed(word: str) -> int:
    """Short words differ by one letter from too many others."""
    return 0 if len(word) < 5 else 1 if len(word) < 8 else 2


def _begins_alike(one: str, other: str) -> bool:
    """Errors at the beginning are rare, and make other words of short ones: tight, right, light."""
    return one[0] == other[0] or min(len(one), len(other)) >= 8
