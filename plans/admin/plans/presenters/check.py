"""What the rules say of a plan as it stands in its form, saved or not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from plans.admin.plans.item_forms import ItemForm, ItemFormSet
from plans.admin.plans.presenters.findings import Overview, Shown, overview, recent_reasons, show
from plans.admin.programmes.inlines import int_or
from plans.contraindications import PlanFacts, suggest_order
from plans.exceptions import PlansError
from plans.models import Plan, User
from plans.queries.checks import PlanCheck, check_plan

REASON = "reason-"


@dataclass(kw_only=True)
class Look:
    """The check for the page: the plan's findings, the overview, and why there is none."""

    of_plan: list[Shown] = field(default_factory=list)
    overview: Overview | None = None
    better_order: str = ""
    failure: str = ""
    unread: int = 0
    facts: PlanFacts | None = None

    @property
    def has_older(self) -> bool:
        """Whether the clinic goes on with another revision of an exercise than the plan's."""
        items = self.facts.items if self.facts else ()
        return any(item.in_use_number not in (None, item.revision_number) for item in items)

    @property
    def equipment(self) -> list[str]:
        """What is at home, always in the same order."""
        return sorted(self.facts.equipment) if self.facts else []

    @property
    def age(self) -> int | None:
        """The patient's age in whole years."""
        if self.facts is None or self.facts.birth_date is None:
            return None
        today, birth = self.facts.today, self.facts.birth_date
        return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def look_at(plan: Plan, formset: ItemFormSet, *, person: User, data: Mapping[str, Any]) -> Look:
    """Check the plan with the rows of the form; each row gets its own findings as `shown`."""
    rows = _rows(formset)
    look = Look(
        unread=sum(bool(form.errors) for form in formset.in_order if form not in rows and _wanted(form))
    )
    if not plan.patient_id:
        look.failure = "Choose the patient first: then the rules can be checked."
        return look
    try:
        check = check_plan(plan, [form.instance for form in rows])
    except PlansError as error:
        look.failure = f"The rules could not be checked: {error}"
        return look
    _fill(look, check, rows, posted=posted_reasons(data), person=person)
    return look


def posted_reasons(data: Mapping[str, Any]) -> dict[str, str]:
    """Give the reasons typed into a form, by the fingerprint of the finding."""
    return {name.removeprefix(REASON): str(words) for name, words in data.items() if name.startswith(REASON)}


def _fill(
    look: Look, check: PlanCheck, rows: list[ItemForm], *, posted: Mapping[str, str], person: User
) -> None:
    recent = recent_reasons(person) if any(finding.needs_reason for finding in check.findings) else {}
    look.of_plan = show(check, check.of_plan, posted=posted, recent=recent)
    look.overview = overview(check, posted=posted)
    look.facts = check.facts
    prefixes = {str(form.instance.pk): form.prefix or "" for form in rows}
    look.better_order = " ".join(prefixes[key] for key in suggest_order(check.facts.items))
    for form in rows:
        form.shown = show(check, check.of_item(form.instance), posted=posted, recent=recent)


def _rows(formset: ItemFormSet) -> list[ItemForm]:
    rows = [form for form in formset.in_order if _wanted(form) and form.instance.revision_id]
    for place, form in enumerate(rows, start=1):
        form.instance.order = int_or(form.instance.order, place)
    return rows


def _wanted(form: ItemForm) -> bool:
    return not (form.is_bound and form["DELETE"].value())
