"""What the rules say of a plan as it stands in its form, saved or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from plans.admin.plans.item_forms import ItemForm, ItemFormSet
from plans.admin.plans.marks import lines_of_row
from plans.admin.plans.offered_reasons import recent_reasons
from plans.admin.plans.presenters import (
    Cards,
    Overview,
    overview,
    show_cards,
)
from plans.admin.plans.reason_fields import posted_reasons
from plans.admin.programmes.inlines import int_or
from plans.admin.words.equipment import equipment_name
from plans.contraindications import PlanFacts, suggest_order
from plans.exceptions import PlansError
from plans.models import Plan, User
from plans.queries.checks import PlanCheck, check_plan
from plans.queries.easier import easier_ones
from plans.queries.leaflets import ChosenLeaflet
from plans.queries.library_snapshot import LibrarySnapshot


@dataclass(kw_only=True)
class FormCheck:
    """The plan's findings and the overview, or why there are none."""

    cards: Cards = field(default_factory=Cards)
    overview: Overview | None = None
    better_order: str = ""
    failure: str = ""
    unread: int = 0
    facts: PlanFacts | None = None

    @property
    def has_older(self) -> bool:
        items = self.facts.items if self.facts else ()
        return any(item.in_use_number not in (None, item.revision_number) for item in items)

    @property
    def equipment(self) -> list[str]:
        return sorted(map(equipment_name, self.facts.equipment)) if self.facts else []

    @property
    def age(self) -> int | None:
        if self.facts is None or self.facts.birth_date is None:
            return None
        today, birth = self.facts.today, self.facts.birth_date
        return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def check_form(
    plan: Plan,
    formset: ItemFormSet,
    *,
    leaflets: Sequence[ChosenLeaflet],
    person: User,
    data: Mapping[str, Any],
) -> FormCheck:
    """Check the plan with the rows and leaflets of the form; each row gets its own `findings`."""
    rows = _rows(formset)
    page = FormCheck(
        unread=sum(bool(form.errors) for form in formset.in_order if form not in rows and _wanted(form))
    )
    if not plan.patient_id:
        page.failure = _("Choose the patient first: then the rules can be checked.")
        return page
    try:
        library = formset.library
        check = check_plan(plan, [form.instance for form in rows], leaflets=leaflets, library=library)
        _hold_easier(check, rows, library)
    except PlansError as error:
        page.failure = _("The rules could not be checked: %(error)s") % {"error": error}
        return page
    _fill(page, check, rows, posted=posted_reasons(data), person=person)
    return page


def _fill(
    page: FormCheck, check: PlanCheck, rows: list[ItemForm], *, posted: Mapping[str, str], person: User
) -> None:
    recent = recent_reasons(person) if any(finding.takes_reason for finding in check.findings) else {}
    page.cards = show_cards(check, check.cards, posted=posted, recent=recent)
    page.overview = overview(check, posted=posted)
    page.facts = check.facts
    prefixes = {str(form.instance.pk): form.prefix or "" for form in rows}
    page.better_order = " ".join(prefixes[key] for key in suggest_order(check.facts.items))
    for form in rows:
        form.findings = lines_of_row(page.cards, str(form.instance.pk))


def _hold_easier(check: PlanCheck, rows: list[ItemForm], library: LibrarySnapshot) -> None:
    """Note the rows whose easier exercise is not right for this patient, and so is left out."""
    offering = [form for form in rows if form.instance.offers_easier and form.easier_name]
    if offering:
        fitting = easier_ones(check, library=library)
        for form in offering:
            form.easier_held = form.instance.pk not in fitting


def _rows(formset: ItemFormSet) -> list[ItemForm]:
    rows = [form for form in formset.in_order if _wanted(form) and form.instance.revision_id]
    for place, form in enumerate(rows, start=1):
        form.instance.order = int_or(form.instance.order, place)
    return rows


def _wanted(form: ItemForm) -> bool:
    return not (form.is_bound and form["DELETE"].value())
