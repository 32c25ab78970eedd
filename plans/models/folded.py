"""A column to search in: the words of other columns as `fold` compares them, on either database alike."""

from collections.abc import Sequence
from typing import Any

from django.db import models

from plans.folding import fold


class FoldedField(models.TextField):  # type: ignore[type-arg]  # not subscriptable at run time
    """The folded words of these columns, written with each save. What holds patients' words is private like them.

    Of a list each entry counts; one with dots, such as M81.0, also without them.
    """

    def __init__(self, *, of: Sequence[str], **kwargs: Any) -> None:
        self.of = tuple(of)
        super().__init__(**{"default": "", "blank": True, "editable": False, **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        words = fold(" ".join(word for name in self.of for word in _words(getattr(model_instance, name))))
        setattr(model_instance, self.attname, words)
        return words


def _words(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [word for entry in value or () for word in (str(entry), str(entry).replace(".", "")) if word]
