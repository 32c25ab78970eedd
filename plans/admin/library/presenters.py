"""Library rows in words: names, review states, who approved them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from plans.contraindications import ReviewState
from plans.models import Approval, Clinic, ExerciseRevision, ExerciseText, RuleRevision, RuleSentence, User
from plans.permissions import clinics_with
from plans.queries.approvals import standing

STATES = {ReviewState.APPROVED: "approved", ReviewState.NEEDS_REVIEW: "needs review"}


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """A revision, text, rule or sentence with its standing approval, if there is one."""

    thing: ExerciseRevision | ExerciseText | RuleRevision | RuleSentence
    approval: Approval | None

    @property
    def words(self) -> str:
        """The state as one line."""
        if self.approval is None:
            return "needs review"
        return f"approved by {self.approval.by}, licence {self.approval.licence_number}"


def clinic_of(person: User) -> Clinic | None:
    """Give the clinic whose review states the person sees; read once for each loaded user, that is, once a request."""
    if not hasattr(person, "_clinic_shown"):
        person._clinic_shown = Clinic.objects.filter(pk__in=clinics_with(person)).first()  # type: ignore[attr-defined]
    clinic: Clinic | None = person._clinic_shown  # type: ignore[attr-defined]  # a note on the row for this request
    return clinic


def clinics_shown(person: User) -> list[UUID]:
    """Return that clinic's id, alone in a list, or nothing."""
    clinic = clinic_of(person)
    return [clinic.pk] if clinic else []


def reviewed(
    things: Iterable[ExerciseRevision | ExerciseText | RuleRevision | RuleSentence],
    *,
    kind: str,
    clinic: Clinic | None,
) -> list[Reviewed]:
    """Give each thing with the clinic's standing approval; `kind` is its column of Approval."""
    things = list(things)
    approvals: dict[UUID, Approval] = {}
    if clinic is not None:
        rows = standing(clinic).filter(**{f"{kind}__in": things}).select_related("by")
        approvals = {getattr(row, f"{kind}_id"): row for row in rows}
    return [Reviewed(thing=thing, approval=approvals.get(thing.pk)) for thing in things]
