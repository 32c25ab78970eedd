"""Names, numbers and sentences of one direction inside text of the other."""

import unicodedata
from dataclasses import replace

from django.utils.html import format_html

from plans.content import (
    ClinicContent,
    FindingContent,
    ItemContent,
    LimitContent,
    PatientContent,
    PlanContent,
    SignContent,
    TherapistContent,
)
from plans.handout.preflight.finder import has_right_to_left

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


def isolate(content: PlanContent, *, direction: str) -> PlanContent:
    """Return the content for a page of this direction.

    On a right-to-left page a phone number such as (555) 0100-22 would print as 22-0100 (555), and so would a number
    beside a Hebrew name on any page. What a therapist wrote in the other direction keeps its own, line by line.
    """
    page = _Page(direction)
    return replace(
        content,
        clinic=page.clinic(content.clinic),
        patient=page.patient(content.patient),
        therapist=page.therapist(content.therapist),
        sheet_code=page.wrap(content.sheet_code),
        title=page.turn(content.title),
        goals=page.turn(content.goals),
        note=page.turn(content.note),
        items=tuple(map(page.item, content.items)),
        limits=tuple(map(page.limit, content.limits)),
        signs=tuple(map(page.sign, content.signs)),
        findings=tuple(map(page.finding, content.findings)),
    )


def direction_of(text: str) -> str:
    for character in text:
        if (kind := unicodedata.bidirectional(character)) in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return ""


class _Page:
    def __init__(self, direction: str) -> None:
        self.direction = direction

    def clinic(self, clinic: ClinicContent) -> ClinicContent:
        return replace(
            clinic,
            name=self.wrap(clinic.name),
            address=self.wrap(clinic.address),
            phone=self.wrap(clinic.phone),
            emergency_number=self.wrap(clinic.emergency_number),
            disclaimer=self.turn(clinic.disclaimer),
        )

    def patient(self, patient: PatientContent) -> PatientContent:
        return replace(patient, name=self.wrap(patient.name), record_number=self.wrap(patient.record_number))

    def therapist(self, person: TherapistContent) -> TherapistContent:
        return replace(
            person,
            name=self.wrap(person.name),
            title=self.wrap(person.title),
            licence=self.wrap(person.licence),
        )

    def item(self, item: ItemContent) -> ItemContent:
        return replace(item, note=self.turn(item.note), extra_caution=self.turn(item.extra_caution))

    def limit(self, limit: LimitContent) -> LimitContent:
        # The sentence around them is one line of text: a direction of their own cannot stand at an element.
        return replace(limit, words=self.wrap(limit.words.rstrip(" .")), said_by=self.wrap(limit.said_by))

    def sign(self, sign: SignContent) -> SignContent:
        return replace(sign, answered_by=self.wrap(sign.answered_by), answered_at=self.wrap(sign.answered_at))

    def finding(self, finding: FindingContent) -> FindingContent:
        return replace(finding, reason=self.turn(finding.reason), reason_by=self.wrap(finding.reason_by))

    def wrap(self, text: str) -> str:
        if not text or (self.direction == "ltr" and not has_right_to_left(text)):
            return text
        return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"

    def turn(self, text: str) -> str:
        """Turn a text of any length. The renderer sets each line for itself: the direction stands at the element."""
        own = direction_of(text)
        if own in ("", self.direction):
            return text
        return format_html('<span dir="{}">{}</span>', own, text)
