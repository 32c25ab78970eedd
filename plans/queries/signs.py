"""The warning signs of a plan: of its regions and of what the patient has, those that threaten life first."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from plans.content import SignContent
from plans.contraindications import RedFlag, ReviewState, SignFacts, SignState
from plans.handout.widths import width_of
from plans.models import Approval, Clinic, Symptom, SymptomSentence
from plans.queries.approvals import standing
from plans.queries.reach import Reach
from plans.queries.rules import shared_or_of

FALLBACK = "en"
"""The language by which a sign is judged to fit where the patient's language lacks its sentence."""
LETTERS = 84
"""Of usual width, that a line of a warning box holds."""
MAX_LINES = 38
"""Printed lines of all signs together: a page of Letter holds them in both boxes, with their titles."""


class Sign(NamedTuple):
    """A sign in a clinic and a language: its sentence in force, or the newest one with why it is not printed."""

    code: str
    name: str
    sentence: SymptomSentence
    state: ReviewState


@dataclass(frozen=True, kw_only=True)
class ChosenSign:
    """A sign that fits a plan, what its sentence says, and whether it is printed."""

    sign: Sign
    state: SignState

    @property
    def facts(self) -> SignFacts:
        return SignFacts(
            code=self.sign.code, name=self.sign.name, state=self.state, is_emergency=self.is_emergency
        )

    @property
    def is_emergency(self) -> bool:
        return self.sign.sentence.red_flag == RedFlag.EMERGENCY


def signs_known(clinic: Clinic, *, language: str) -> tuple[Sign, ...]:
    """Return all signs of the library and of the clinic that are in use, in the library's order and this language."""
    rows = SymptomSentence.objects.filter(
        shared_or_of(clinic, "symptom__"), symptom__retired_on=None, language__in={language, FALLBACK}
    )
    rows = _with_approvals(rows, clinic).select_related("symptom")
    read: dict[Symptom, list[Any]] = {}
    for row in rows.order_by("symptom__order", "symptom__code", "-number"):
        read.setdefault(row.symptom, []).append(row)
    known = (_sign(symptom, said, language) for symptom, said in read.items())
    return tuple(sign for sign in known if sign.sentence.red_flag)


def _sign(symptom: Symptom, read: Sequence[Any], language: str) -> Sign:
    own = [row for row in read if row.language == language]
    if not own:
        return Sign(symptom.code, symptom.name, read[0], ReviewState.MISSING)
    # When the newest approval was withdrawn, no older sentence comes back.
    judged = next((row for row in own if row.judged), None)
    if judged is None or not judged.approved:
        return Sign(symptom.code, symptom.name, own[0], ReviewState.NEEDS_REVIEW)
    return Sign(symptom.code, symptom.name, judged, ReviewState.APPROVED)


def sentences_in_force(
    symptoms: Collection[UUID], *, clinic: Clinic
) -> Mapping[tuple[UUID, str], SymptomSentence]:
    """Return what is printed of these symptoms now, by symptom and language."""
    newest: dict[tuple[UUID, str], Any] = {}
    rows = _with_approvals(SymptomSentence.objects.filter(symptom__in=symptoms), clinic).filter(judged=True)
    for row in rows.select_related("symptom").order_by("number"):
        newest[row.symptom_id, row.language] = row
    return {key: row for key, row in newest.items() if row.approved}


def _with_approvals(sentences: QuerySet[SymptomSentence], clinic: Clinic) -> QuerySet[Any]:
    """Annotate whether a reviewer of the clinic approves each, and whether one ever did."""
    ever = Approval.objects.filter(clinic=clinic, sign=OuterRef("pk"))
    marked: QuerySet[Any] = sentences.annotate(
        approved=Exists(standing(clinic).filter(sign=OuterRef("pk"))), judged=Exists(ever)
    )
    return marked


def choose_signs(known: Iterable[Sign], reach: Reach, clinic: Clinic) -> tuple[ChosenSign, ...]:
    """Return the signs that fit, those for the emergency number first. Of the others the last ones may have no room."""
    fitting = [
        ChosenSign(sign=sign, state=SignState(sign.state))
        for sign in known
        if reach.fits_sign(sign.sentence.audience)
        and (clinic.names_who_answers or not sign.sentence.needs_answer)
    ]
    fitting.sort(key=lambda one: not one.is_emergency)
    return tuple(_with_room(fitting))


def _with_room(signs: Iterable[ChosenSign]) -> Iterator[ChosenSign]:
    filled = 0
    for one in signs:
        lines = lines_of(one.sign.sentence) if one.state is SignState.APPROVED else 0
        if lines and not one.is_emergency and filled + lines > MAX_LINES:
            yield replace(one, state=SignState.NO_ROOM)
        else:
            filled += lines
            yield one


def lines_of(sentence: SymptomSentence) -> int:
    """Return about how many lines it fills in print, who answers it on one of its own."""
    return ceil(width_of(sentence.words) / LETTERS) + sentence.needs_answer


def content_of_signs(chosen: Iterable[ChosenSign], clinic: Clinic) -> tuple[SignContent, ...]:
    return tuple(
        _content(one.sign.sentence, one.sign.code, clinic)
        for one in chosen
        if one.state is SignState.APPROVED
    )


def _content(sentence: SymptomSentence, code: str, clinic: Clinic) -> SignContent:
    answered = sentence.needs_answer
    return SignContent(
        code=code,
        red_flag=sentence.red_flag,
        words=sentence.words,
        answered_by=clinic.crisis_contact if answered else "",
        answered_at=clinic.crisis_phone if answered else "",
    )
