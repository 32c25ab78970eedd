"""What warning signs are called at the desk: in the reader's language."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import F, OuterRef, Q, Subquery
from django.utils.text import capfirst
from django.utils.translation import get_language

from plans.contraindications import RedFlag
from plans.handout import strings
from plans.languages import SOURCE
from plans.models import Symptom, SymptomSentence
from plans.queries.logs.warning_signs import FIXED_SIGNS


def sign_names(codes: Collection[str], *, clinics: Collection[UUID]) -> Mapping[str, str]:
    """Return the names that are known by code; a clinic's own sign goes before a shared one. One query, or none.

    The library's names are English, for clinicians; in another language the words for patients stand for them.
    """
    if not codes:
        return {}
    language = (get_language() or SOURCE).partition("-")[0]
    sentences = SymptomSentence.objects.filter(symptom=OuterRef("pk"), language=language)
    newest = Subquery(sentences.order_by("-number").values("words")[:1])
    rows = Symptom.objects.filter(Q(clinic=None) | Q(clinic__in=clinics), code__in=codes)
    fixed = {code: words for code, words in _fixed().items() if code in codes}
    names = dict(fixed)
    for row in rows.order_by(F("clinic").asc(nulls_first=True)).annotate(said=newest):
        if language == SOURCE:
            names[row.code] = row.name
        elif row.clinic_id or row.code not in fixed:
            names[row.code] = (row.said or row.name).rstrip(".")
    return names


def _fixed() -> dict[str, str]:
    said = {
        RedFlag.EMERGENCY: strings.say_emergencies(),
        RedFlag.SAME_DAY: strings.say_same_day_signs(),
    }
    return {
        code: capfirst(words)
        for flag, codes in FIXED_SIGNS.items()
        for code, words in zip(codes, said[flag], strict=True)
    }
