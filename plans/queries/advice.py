"""What a handout tells under "Good to know": the plan's therapies, and general advice that fits the patient."""

from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from plans.exceptions import PlansError
from plans.libraryfiles import AdviceKind, Audience
from plans.models import AdviceText, Clinic
from plans.queries.approvals import standing
from plans.queries.checks import PlanCheck
from plans.queries.reach import reach_of
from plans.queries.rules import shared_or_of


class TherapyNotApproved(PlansError):
    """The therapy {therapy} has no approved wording in the patient's language ({language})."""

    code = "therapy_not_approved"


class TherapyRetired(PlansError):
    """The library has withdrawn the therapy {therapy}. Leave it out."""

    code = "therapy_retired"


def advice_for(check: PlanCheck) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of the plan's therapies, and the approved general advice that fits this patient and plan.

    General advice that is not approved, or retired, is not printed. Raises TherapyNotApproved and TherapyRetired for a
    therapy.
    """
    plan, reach = check.plan, reach_of(check.facts, check.chosen, check.vocabulary)
    clinic, language = plan.patient.clinic, plan.patient.language
    held = list(plan.therapies.all())
    therapies = {advice.pk: advice.code for advice in held}
    general = shared_or_of(clinic, "advice__") & Q(advice__kind=AdviceKind.GENERAL, advice__retired_on=None)
    newest = _newest_wordings(Q(advice__in=therapies) | general, clinic, language)
    for advice in held:
        if advice.retired_on is not None:
            raise TherapyRetired(therapy=advice.code)
    for key, code in therapies.items():
        if key not in newest:
            raise TherapyNotApproved(therapy=code, language=language)
    return (
        tuple(wording.words for key, wording in newest.items() if key in therapies),
        tuple(
            wording.words
            for wording in newest.values()
            if wording.kind == AdviceKind.GENERAL and reach.fits_advice(wording.audience)
        ),
    )


class _Wording(NamedTuple):
    words: str
    kind: str
    audience: Audience
    approved: bool


def _newest_wordings(wanted: Q, clinic: Clinic, language: str) -> dict[UUID, _Wording]:
    approved = Exists(standing(clinic).filter(advice=OuterRef("pk")))
    rows = AdviceText.objects.filter(wanted, language=language).annotate(approved=approved)
    rows = rows.order_by("advice__order", "advice__code", "number")
    columns = rows.values_list("advice", "words", "advice__kind", "advice__meant_for", "approved")
    newest = {
        key: _Wording(words, kind, Audience.from_dict(meant_for), good)
        for key, words, kind, meant_for, good in columns
    }
    return {key: wording for key, wording in newest.items() if wording.approved}
