"""The one ranking: what is called so before what merely has to do with it, what was typed before what may be meant."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from plans.folding import fold
from plans.search.documents import Document, Fact, Field, Phrase
from plans.search.near import near_words
from plans.search.postings import VARIANT, Postings
from plans.search.text import MAX_TYPED, MAX_WORDS, OPTIONAL, is_chinese, tokens, variants

BEGUN: Final = 0.85
"""How sure a word is of which the first letters were typed."""
WHOLE, BEGINS, COVERS = 0.5, 0.15, 0.25
"""What is added to a fact's weight: for all of its words, for being begun with, and by the part that was typed."""
SOURCE_LANGUAGE, OTHER_LANGUAGE = 0.98, 0.95
"""What a name in English, or in any other language, counts against one in the person's own."""

ENOUGH: Final = 3
"""Of so many words one may be missing: somebody who describes an exercise says more than the library does."""

Found = dict[int, dict[int, tuple[float, int]]]
"""By facet and phrase: how sure a word was found there, and at which place."""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A document that was found. `score` is the same whatever else is found; `by` is what it was found by."""

    document: Document
    score: int
    by: Phrase | None = None
    field: Field = Field.NAME


class SearchIndex:
    """Documents, ready to be searched.

    `said` has the phrases of the facts. `known` are words with a meaning of their own, which are never taken for a
    typing error: that nothing needs a band is not mended by what bends. Of them `conditions` are those that name one:
    they must be found, and are looked for in names and in what an exercise helps, not in what it does. An exercise
    that pulls at the sciatic nerve would else be found for the sciatica in which it is to be avoided. Whoever types
    the whole name of a condition means that one: its words must stand together in one phrase, else what helps a new
    knee and a sore hip would be found for a new hip.
    """

    def __init__(
        self,
        documents: Iterable[Document],
        *,
        said: Mapping[Fact, Sequence[Phrase]],
        known: Collection[str] = (),
        conditions: Collection[str] = (),
    ) -> None:
        self.documents = tuple(documents)
        self._conditions = _all_forms(conditions)
        self._named = frozenset(frozenset(tokens(one)) - OPTIONAL for one in conditions)
        self._known = _all_forms(known) | self._conditions
        self._postings = Postings(self.documents, said, self._conditions)

    def find(self, words: str, *, language: str) -> list[Hit]:
        """Return what fits best first. Without words it is everything, by name."""
        typed = tokens(words[:MAX_TYPED])[:MAX_WORDS]
        if not typed:
            return [] if words.strip() else self._everything(language)
        found = self._best(typed, language) or self._best(typed, language, mistyped=True)
        if not found:
            found = self._best_of(self._without_one(typed), language)
        if frozenset(typed) - OPTIONAL in self._named:
            found = {document: hit for document, hit in found.items() if hit.by}
        return sorted(found.values(), key=lambda hit: _order(hit, language))

    def _without_one(self, typed: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the words without one of them, where enough are left to say what is looked for."""
        needed = [word for word in typed if word not in OPTIONAL]
        if len(needed) < ENOUGH:
            return []
        return [
            tuple(word for word in typed if word != left) for left in needed if left not in self._conditions
        ]

    def _everything(self, language: str) -> list[Hit]:
        return sorted(
            (Hit(document=document, score=0) for document in self.documents),
            key=lambda hit: _order(hit, language),
        )

    def _best(self, typed: Sequence[str], language: str, *, mistyped: bool = False) -> dict[int, Hit]:
        return self._best_of(self._readings(typed), language, mistyped=mistyped)

    def _best_of(
        self, readings: Iterable[Sequence[str]], language: str, *, mistyped: bool = False
    ) -> dict[int, Hit]:
        best: dict[int, Hit] = {}
        for reading in readings:
            for number, hit in self._read(reading, language, mistyped=mistyped).items():
                if number not in best or best[number].score < hit.score:
                    best[number] = hit
        return best

    def _readings(self, typed: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the words as they were typed, and with two of them as one where the library writes it so."""
        pairs = [
            (*typed[:at], typed[at] + typed[at + 1], *typed[at + 2 :])
            for at in range(len(typed) - 1)
            if self._postings.has(typed[at] + typed[at + 1])
        ]
        return [tuple(typed), *pairs]

    def _read(self, words: Sequence[str], language: str, *, mistyped: bool) -> dict[int, Hit]:
        needed = [word for word in words if word not in OPTIONAL] or list(words)
        found = [self._found(word, language, mistyped=mistyped) for word in needed]
        # What nobody knows and nothing resembles says nothing; what is known and not found says that there is none.
        kept = [one for one, word in zip(found, needed, strict=True) if one or word in self._known]
        if not kept or not all(kept):
            return {}
        optional = [self._found(word, language, mistyped=False) for word in words if word not in needed]
        return self._score(kept, optional)

    def _found(self, word: str, language: str, *, mistyped: bool) -> Found:
        # Of two Chinese signs either alone would mean something else.
        forms = () if is_chinese(word) else variants(word)
        meant = {word: 1.0, **dict.fromkeys(forms, VARIANT)}
        # A condition's name is whole: "RA" is not the beginning of a raise.
        for one in () if word in self._conditions else self._postings.beginning_with(word):
            meant.setdefault(one, BEGUN + 0.1 * len(word) / len(one))
        meant = {one: sure for one, sure in meant.items() if self._postings.has(one)}
        if (mistyped or not meant) and word not in self._known:
            near = near_words(word, self._postings.sorted_words, self._postings.beginnings(len(word)))
            meant = {**near, **meant}
        return self._look_up(meant, language)

    def _look_up(self, meant: Mapping[str, float], language: str) -> Found:
        found: Found = {}
        for word, sure in meant.items():
            for facet, phrase, place, form in self._postings.of(word):
                said_in = self._postings.facets[facet].phrases[phrase].language
                value = sure * form * _of_language(said_in, language)
                phrases = found.setdefault(facet, {})
                if phrase not in phrases or phrases[phrase][0] < value:
                    phrases[phrase] = (value, place)
        return found

    def _score(self, words: Sequence[Found], optional: Sequence[Found]) -> dict[int, Hit]:
        facets = self._postings.facets
        sums: dict[int, float] | None = None
        for word in words:
            best: dict[int, float] = {}
            for number, phrases in word.items():
                value = facets[number].field.value * max(sure for sure, _ in phrases.values())
                for document in facets[number].documents:
                    if best.get(document, 0) < value:
                        best[document] = value
            sums = (
                best
                if sums is None
                else {
                    document: sums[document] + value for document, value in best.items() if document in sums
                }
            )
        more = self._together(words, optional)
        return {
            document: self._hit(document, value / len(words), more.get(document), words)
            for document, value in (sums or {}).items()
        }

    def _together(
        self, words: Sequence[Found], optional: Sequence[Found]
    ) -> dict[int, tuple[float, Field, Phrase]]:
        """Return, by document, the phrase that has all the words and fits them best, and what that adds."""
        best: dict[int, tuple[float, Field, Phrase]] = {}
        for number in set(words[0]).intersection(*words[1:]):
            facet = self._postings.facets[number]
            for phrase in set(words[0][number]).intersection(*(word[number] for word in words[1:])):
                hits = [word[number][phrase] for word in words]
                hits += [word[number][phrase] for word in optional if phrase in word.get(number, {})]
                value = facet.field.value * _fit(hits, facet.lengths[phrase])
                for document in facet.documents:
                    if document not in best or best[document][0] < value:
                        best[document] = (value, facet.field, facet.phrases[phrase])
        return best

    def _hit(
        self, number: int, value: float, together: tuple[float, Field, Phrase] | None, words: Sequence[Found]
    ) -> Hit:
        more, field, by = together or (0, Field.NAME, None)
        return Hit(document=self.documents[number], score=round(10 * (value + more)), by=by, field=field)


def _fit(hits: Sequence[tuple[float, int]], length: int) -> float:
    sure = sum(value for value, _ in hits) / len(hits)
    covered = min(1.0, len({place for _, place in hits}) / length)
    if covered == 1:
        return WHOLE * sure
    return sure * (COVERS * covered + (BEGINS if any(place == 0 for _, place in hits) else 0))


def _of_language(said_in: str, language: str) -> float:
    if said_in in ("", language):
        return 1
    return SOURCE_LANGUAGE if said_in == "en" else OTHER_LANGUAGE


def _all_forms(words: Iterable[str]) -> frozenset[str]:
    found = {token for text in words for token in tokens(text)} - OPTIONAL
    return frozenset(found.union(*map(variants, found))) if found else frozenset()


def _order(hit: Hit, language: str) -> tuple[int, str, str, str]:
    document = hit.document
    return -hit.score, fold(document.name_in(language)), document.code, document.key
