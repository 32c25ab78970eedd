"""Other therapies that a plan may note, in the patient's language where there is a text."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from plans.libraryfiles import AdviceKind
from plans.models import AdviceText, Clinic
from plans.queries.rules import shared_or_of


def therapy_choices(
    clinic: Clinic | None, language: str, *, held: Collection[UUID] = ()
) -> list[tuple[str, str]]:
    """Return each therapy's id and newest words: in this language, else in English.

    Of those that are retired only what is `held`, so that it can be left out.
    """
    if clinic is None:
        return []
    rows = AdviceText.objects.filter(
        shared_or_of(clinic, "advice__"), advice__kind=AdviceKind.THERAPY, language__in={language, "en"}
    )
    rows = rows.filter(Q(advice__retired_on=None) | Q(advice__in=held)).select_related("advice")
    words: dict[UUID, str] = {}
    for text in sorted(rows.order_by("advice__order", "number"), key=lambda text: text.language == language):
        retired = text.advice.retired_on is not None
        words[text.advice_id] = _("%(words)s (retired)") % {"words": text.words} if retired else text.words
    return [(str(advice_id), said) for advice_id, said in words.items()]
