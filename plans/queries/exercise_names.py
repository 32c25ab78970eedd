"""The names of a version's exercises for who reads them at the desk, who may not read the patient's language."""

from collections.abc import Collection, Mapping
from uuid import UUID

from plans.content import PlanContent
from plans.handout.bidi import direction_of
from plans.models import ExerciseText


def exercise_names(contents: Collection[PlanContent], *, language: str) -> Mapping[UUID, str]:
    """Return the names by the items' keys: as they are printed, and in this language beside it where there is one.

    One query if a content is in another language, or none.
    """
    foreign = [content for content in contents if content.language != language]
    revisions = {UUID(item.revision_id) for content in foreign for item in content.items}
    texts = ExerciseText.objects.order_by().filter(revision__in=revisions, language=language)
    own = dict(texts.values_list("revision", "name")) if revisions else {}
    return {
        UUID(item.key): _both(item.name, own.get(UUID(item.revision_id), ""))
        for content in contents
        for item in content.items
    }


def _both(printed: str, own: str) -> str:
    return f"{apart(printed)} ({own})" if own and own != printed else apart(printed)


def apart(name: str) -> str:
    """Keep a name that runs from right to left from turning the sentence round."""
    return f"\u2068{name}\u2069" if direction_of(name) == "rtl" else name
