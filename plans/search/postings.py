"""Where each word stands, so that a search looks at the words that were typed and at nothing else."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as field_of
from functools import cached_property
from typing import Final, NamedTuple

from plans.search.documents import Document, Fact, Field, Phrase
from plans.search.text import is_chinese, tokens, variants

VARIANT: Final = 0.96
"""How sure another form of a word is; the word itself is 1."""


class Posting(NamedTuple):
    """A word in a phrase: where, and how sure it is the word that is looked up here."""

    facet: int
    phrase: int
    place: int
    sure: float


@dataclass
class Facet:
    """A fact in all its phrases, with the documents of which it is true."""

    field: Field
    phrases: list[Phrase]
    lengths: list[int] = field_of(default_factory=list)
    """How many words each phrase has."""
    documents: list[int] = field_of(default_factory=list)


class Postings:
    """The facts of all documents, looked up by word."""

    def __init__(
        self,
        documents: Sequence[Document],
        said: Mapping[Fact, Sequence[Phrase]],
        not_of_movements: Collection[str],
    ) -> None:
        self.facets: list[Facet] = []
        self._by_word: dict[str, list[Posting]] = {}
        self._words: set[str] = set()
        for facet in _facets(documents, said):
            skipped = not_of_movements if facet.field is Field.MOVEMENT else ()
            for number, phrase in enumerate(facet.phrases):
                words = tokens(phrase.words)
                facet.lengths.append(len(words))
                self._add(len(self.facets), number, words, skipped)
            self.facets.append(facet)

    def _add(self, facet: int, number: int, words: Sequence[str], skipped: Collection[str]) -> None:
        for place, word in enumerate(words):
            if word in skipped:
                continue
            self._words.add(word)
            self._by_word.setdefault(word, []).append(Posting(facet, number, place, 1))
            following = words[place + 1] if place + 1 < len(words) else ""
            others = variants(word)
            if following and following not in skipped and not is_chinese(word + following):
                others |= {word + following}
            for other in others:
                self._by_word.setdefault(other, []).append(Posting(facet, number, place, VARIANT))

    @cached_property
    def sorted_words(self) -> list[str]:
        return sorted(self._words)

    def has(self, word: str) -> bool:
        return word in self._by_word

    def of(self, word: str) -> Sequence[Posting]:
        return self._by_word.get(word, ())

    def beginning_with(self, word: str) -> Iterator[str]:
        words = self.sorted_words
        for at in range(bisect_left(words, word), len(words)):
            if not words[at].startswith(word):
                return
            if words[at] != word:
                yield words[at]

    def beginnings(self, length: int) -> Mapping[str, Collection[str]]:
        """Return the longer words by their first letters, this many."""
        if length not in self._beginnings:
            found: dict[str, list[str]] = {}
            for word in self.sorted_words:
                if len(word) > length:
                    found.setdefault(word[:length], []).append(word)
            self._beginnings[length] = found
        return self._beginnings[length]

    @cached_property
    def _beginnings(self) -> dict[int, dict[str, list[str]]]:
        return {}


def _facets(documents: Sequence[Document], said: Mapping[Fact, Sequence[Phrase]]) -> Iterator[Facet]:
    shared: dict[Fact, Facet] = {}
    for number, document in enumerate(documents):
        called: dict[Field, Facet] = {}
        for field, phrase in document.called:
            called.setdefault(field, Facet(field, [], documents=[number])).phrases.append(phrase)
        yield from called.values()
        for fact in document.facts:
            if fact not in shared:
                shared[fact] = Facet(fact[0], list(said.get(fact, ())))
            shared[fact].documents.append(number)
    yield from shared.values()
