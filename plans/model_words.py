"""The models' words at the desk: names of fields, help texts and choices are translated when they are shown.

The models name them once, in English and mostly by the field's own name; what is marked here is what the catalogue of
plans/admin/locale must have.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Choices, Field
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

MARKED: set[str] = set()
OWN_NAMES = frozenset(name for _, name in settings.LANGUAGES)
"""A language's name is in the language itself."""


def mark_models() -> None:
    """Mark what the models of the domain say. Before the desk's forms are made: they copy it."""
    for kind in _choices(Choices):
        if kind.__module__.startswith("plans."):
            _mark_labels(kind)
    for model in apps.get_app_config("plans").get_models():
        _mark(model._meta, "verbose_name")
        # The framework's own plural holds the name as it was before.
        model._meta.verbose_name_plural = _marked(str(model._meta.verbose_name_plural))
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            _mark_field(field)


def _mark_field(field: "Field[Any, Any]") -> None:
    _mark(field, "verbose_name", "help_text")
    if field.choices:
        field.choices = [(value, _marked(label)) for value, label in field.choices]


def _mark_labels(kind: type[Choices]) -> None:
    for member in kind:
        _mark(member, "_label_")


def _mark(owner: Any, *names: str) -> None:
    for name in names:
        setattr(owner, name, _marked(getattr(owner, name)))


def _marked(words: Any) -> Any:
    """Return the words as they are read later; what is marked already, or is no English, stays."""
    if isinstance(words, Promise) or words in OWN_NAMES or not re.search("[a-z]", words):
        return words
    MARKED.add(str(words))
    return gettext_lazy(words)


def _choices(kind: type[Choices]) -> Iterator[type[Choices]]:
    for child in kind.__subclasses__():
        yield child
        yield from _choices(child)
