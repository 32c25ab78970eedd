"""Exercises found by words: one ranking for every place that looks for one. Values only, no database."""

from plans.search.documents import Document, Field, Phrase
from plans.search.index import Hit, SearchIndex
from plans.search.vocabulary import known_words, phrases_for

__all__ = ["Document", "Field", "Hit", "Phrase", "SearchIndex", "known_words", "phrases_for"]
