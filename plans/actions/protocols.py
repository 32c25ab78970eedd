"""Protocols: a clinic's programmes, written whole with their ordered items, or saved from a plan."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from plans import audit, permissions
from plans.actions.items import NotInLibrary, check_item, store_items
from plans.actions.texts import TextTooLong, clean_text, clean_texts
from plans.exceptions import PlansError
from plans.languages import get_language
from plans.libraryfiles.vocabulary import Anchor
from plans.models import Advice, AuditVerb, Condition, Plan, PlanItem, Protocol, ProtocolItem, User
from plans.models.base import FREQUENCY_COLUMNS
from plans.permissions import NotAllowed

MAX_WINDOW_DAYS = 3650
MAX_CRITERIA = 300

PROTOCOL_COLUMNS = (
    "title",
    "phase",
    "window_from_day",
    "window_to_day",
    "guidance",
    "goals",
    "note",
    *FREQUENCY_COLUMNS,
)
"""What a caller may set by name; clinic, condition, exercises, therapies and what follows are looked up first."""


class ProtocolTitleTaken(PlansError):
    """The clinic has a protocol named "{title}" already. Give this one another title."""

    code = "protocol_title_taken"


class ImpossibleWindow(PlansError):
    """The window of this protocol cannot be: {problem}."""

    code = "impossible_window"

    def __init__(self, *, problem: str, attribute: str) -> None:
        super().__init__(problem=problem, attribute=attribute)
        self.attribute = attribute


class NextNotFitting(PlansError):
    """{title} cannot follow: {problem}."""

    code = "next_not_fitting"
    attribute = "next"


@transaction.atomic
def save_protocol(
    *,
    protocol: Protocol,
    items: Sequence[ProtocolItem] = (),
    removed: Collection[UUID] = (),
    therapies: Iterable[Advice] | None = None,
    by: User,
) -> Protocol:
    """Write a new or changed protocol with these new or changed items; drop the removed ones.

    The order of the stored items follows their `order`. Rows that are not given stay as they are, and so do the
    therapies when none are given. Raises NotAllowed, ProtocolTitleTaken, NotInLibrary, ImpossibleDose, TextRefused,
    TooManyItems, ImpossibleWindow, NextNotFitting, UnknownLanguage; then nothing is written.
    """
    made = protocol._state.adding
    _check_allowed(protocol, by)
    _check_words(protocol)
    _check_title(protocol)
    _check_window(protocol)
    _check_next(protocol)
    for item in items:
        _check_item(protocol, item)
    protocol.save()
    store_items(protocol, items, removed=removed)
    if therapies is not None:
        protocol.therapies.set(therapies)
    verb = AuditVerb.PROTOCOL_MADE if made else AuditVerb.PROTOCOL_CHANGED
    audit.append(verb=verb, by=by, what=protocol, clinic=protocol.clinic)
    return protocol


@transaction.atomic
def save_as_protocol(
    *, plan: Plan, title: str, condition: Condition | None = None, with_words: bool = False, by: User
) -> Protocol:
    """Make a protocol of a plan's exercises, doses, frequency and therapies, for the clinic of its patient.

    What was written for this patient stays behind: goals, notes, extra cautions, days. `with_words` copies the words
    all the same, for who has looked that they name nobody. Raises as save_protocol does.
    """
    if not permissions.may_care_for(by, plan.patient):
        raise NotAllowed
    protocol = Protocol(
        clinic=plan.patient.clinic,
        title=title,
        condition=condition,
        goals=plan.goals if with_words else "",
        note=plan.note if with_words else "",
        **{name: getattr(plan, name) for name in FREQUENCY_COLUMNS},
    )
    rows = plan.items.select_related("revision__exercise")
    items = [_item_of(row, with_words) for row in rows]
    return save_protocol(protocol=protocol, items=items, therapies=list(plan.therapies.all()), by=by)


@transaction.atomic
def retire_protocol(*, protocol: Protocol, by: User) -> Protocol:
    """Offer it no more. Plans that were made from it hold their own copy."""
    protocol = _locked(protocol, by)
    protocol.retired_on = protocol.clinic.today()
    protocol.save(update_fields=["retired_on", "updated_at"])
    audit.append(verb=AuditVerb.PROTOCOL_RETIRED, by=by, what=protocol, clinic=protocol.clinic)
    return protocol


@transaction.atomic
def restore_protocol(*, protocol: Protocol, by: User) -> Protocol:
    """Offer a retired one again. Raises ProtocolTitleTaken when another has its title by now."""
    protocol = _locked(protocol, by)
    protocol.retired_on = None
    _check_title(protocol)
    protocol.save(update_fields=["retired_on", "updated_at"])
    audit.append(verb=AuditVerb.PROTOCOL_RESTORED, by=by, what=protocol, clinic=protocol.clinic)
    return protocol


def _locked(protocol: Protocol, by: User) -> Protocol:
    stored = Protocol.objects.select_for_update(of=("self",)).select_related("clinic").get(pk=protocol.pk)
    if not permissions.may_write_protocol(by, stored):
        raise NotAllowed
    return stored


def _check_allowed(protocol: Protocol, by: User) -> None:
    if protocol._state.adding:
        if not permissions.may_make_protocols(by, protocol.clinic_id):
            raise NotAllowed
        # Of who writes no protocols of the clinic it is their own: all read it, they and its writers change it.
        protocol.kept_by = None if permissions.may_write_protocols(by, protocol.clinic_id) else by
        return
    # Its exercises are this clinic's: for another clinic it is another protocol.
    if _locked(protocol, by).clinic_id != protocol.clinic_id:
        raise NotAllowed


def _check_words(protocol: Protocol) -> None:
    # The title becomes that of a plan, and is printed there.
    clean_texts(protocol)
    protocol.go_on_when = {
        get_language(code).code: words
        for code, said in protocol.go_on_when.items()
        if (words := _clean_criteria(said))
    }
    condition = protocol.condition
    if condition is not None and condition.clinic_id not in (None, protocol.clinic_id):
        raise NotInLibrary(code=condition.code)


def _clean_criteria(said: str) -> str:
    field, attribute = "Go on when", "go_on_when"
    words = clean_text(said, field=field, attribute=attribute)
    if len(words) > MAX_CRITERIA:
        raise TextTooLong(field=field, attribute=attribute, most=MAX_CRITERIA)
    return words


def _check_window(protocol: Protocol) -> None:
    anchor = Anchor(protocol.window_anchor) if protocol.window_anchor else None
    begins, ends = protocol.window_from_day, protocol.window_to_day
    if anchor is None and (begins is not None or ends is not None):
        raise ImpossibleWindow(problem="it names no date to count its days from", attribute="window_anchor")
    if anchor is not None and begins is None:
        raise ImpossibleWindow(problem="it has no first day", attribute="window_from_day")
    if begins is not None and ends is not None and begins >= ends:
        raise ImpossibleWindow(problem="it ends before it begins", attribute="window_to_day")
    if anchor is not None and any(abs(day) > MAX_WINDOW_DAYS for day in (begins, ends) if day is not None):
        raise ImpossibleWindow(
            problem=f"a day is more than {MAX_WINDOW_DAYS} days away", attribute="window_from_day"
        )


def _check_next(protocol: Protocol) -> None:
    """Hold the chain to one clinic and to an end: whoever follows it must not come round again."""
    follows, seen = protocol.next, {protocol.pk}
    while follows is not None:
        if follows.clinic_id != protocol.clinic_id:
            raise NextNotFitting(title=follows.title, problem="it belongs to another clinic")
        if follows.pk in seen:
            raise NextNotFitting(title=follows.title, problem="it comes before this one already")
        seen.add(follows.pk)
        follows = follows.next


def _check_title(protocol: Protocol) -> None:
    if protocol.retired_on is not None:
        return
    same = Protocol.objects.filter(clinic=protocol.clinic_id, title=protocol.title, retired_on=None)
    if same.exclude(pk=protocol.pk).exists():
        raise ProtocolTitleTaken(title=protocol.title)


def _check_item(protocol: Protocol, item: ProtocolItem) -> None:
    exercise = item.exercise
    check_item(item, exercise)
    if exercise.clinic_id not in (None, protocol.clinic_id):
        raise NotInLibrary(code=exercise.code)


def _item_of(row: PlanItem, with_words: bool) -> ProtocolItem:
    item = ProtocolItem(exercise=row.revision.exercise, order=row.order, offers_easier=row.offers_easier)
    item.dose = replace(row.dose, until=None)
    if with_words:
        item.note, item.extra_caution = row.note, row.extra_caution
    return item
