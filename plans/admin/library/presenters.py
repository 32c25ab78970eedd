"""Library rows in words: names, review states, who approved them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from plans.admin.base.requests import state_of
from plans.models import (
    Approval,
    Clinic,
    Exercise,
    ExerciseRevision,
    ExerciseText,
    Membership,
    Role,
    RuleRevision,
    RuleSentence,
    Source,
    User,
)
from plans.queries.approvals import standing
from plans.queries.protocols import names_of
from plans.queries.rules import shared_or_of

Reviewable = ExerciseRevision | ExerciseText | RuleRevision | RuleSentence


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """A revision, text, rule or sentence with its standing approval, if there is one."""

    thing: Reviewable
    approval: Approval | None

    @property
    def words(self) -> str:
        if self.approval is None:
            return _("needs review")
        return _("approved by %(approved_by)s, licence %(licence_number)s") % {
            "approved_by": self.approval.approved_by,
            "licence_number": self.approval.licence_number,
        }


def review_clinics(request: HttpRequest) -> list[UUID]:
    """Return the id of the clinic whose review states the person sees, alone in a list, or nothing."""
    clinic = state_of(request).clinic
    return [clinic.pk] if clinic else []


def reviewed(things: Iterable[Reviewable], *, kind: str, clinic: Clinic | None) -> list[Reviewed]:
    things = list(things)
    approvals: dict[UUID, Approval] = {}
    if clinic is not None:
        rows = standing(clinic).filter(**{f"{kind}__in": things}).select_related("approved_by")
        approvals = {getattr(row, f"{kind}_id"): row for row in rows}
    return [Reviewed(thing=thing, approval=approvals.get(thing.pk)) for thing in things]


def reviewer_roles(person: User) -> QuerySet[Membership]:
    return Membership.objects.filter(person=person, role=Role.REVIEWER).select_related("clinic")


def sources_of(codes: Collection[str], clinic: Clinic | None) -> list[Source]:
    return list(Source.objects.filter(shared_or_of(clinic), code__in=codes)) if codes else []


def neighbours_of(exercise: Exercise, clinic: Clinic | None) -> list[tuple[str, Exercise, str]]:
    """Return what is easier and harder, also where only the other exercise says so: each with its place and name."""
    found = [(_("Easier"), exercise.easier), (_("Harder"), exercise.harder)]
    others = Exercise.objects.filter(Q(easier=exercise) | Q(harder=exercise)).filter(shared_or_of(clinic))
    for other in others.order_by("code"):
        if other.easier_id == exercise.pk and other != exercise.harder:
            found.append((_("Easier than"), other))
        if other.harder_id == exercise.pk and other != exercise.easier:
            found.append((_("Harder than"), other))
    named = [(place, other) for place, other in found if other]
    names = names_of([other.pk for _, other in named], clinics=[clinic.pk] if clinic else ()) if named else {}
    return [(place, other, names.get(other.pk, other.code)) for place, other in named]
