"""Protocols of the library: loaded, approved, changed, withdrawn; what was approved goes on."""

from dataclasses import replace

import pytest

from plans.actions.approving import approve, withdraw
from plans.actions.load_library import known_codes, load_library
from plans.contraindications import Anchor
from plans.dose import Dose, Span
from plans.libraryfiles import Library, Place, ProtocolText, WithdrawnData, WithdrawnKind
from plans.models import Approval, AuditEvent, LibraryProtocol, LibraryProtocolRevision
from plans.queries.approvals import protocol_work
from plans.queries.library_protocols import library_protocols_in_use
from tests import factories

pytestmark = pytest.mark.django_db
PLACE = Place("protocols.yaml", 1)


@pytest.fixture
def old():
    factories.movement()
    factories.condition("sciatica")
    early = factories.library_protocol_data("early", next="late")
    late = factories.library_protocol_data("late")
    return Library(exercises=(factories.exercise_data("heel-slide"),), protocols=(early, late))


def load(library):
    return load_library(library=library, figures={})


def newest(code="early"):
    return LibraryProtocolRevision.objects.get(protocol__code=code, newest=True)


def changed(library, **fields):
    return replace(library, protocols=(replace(library.protocols[0], **fields), *library.protocols[1:]))


def test_loaded_whole_and_a_second_time_nothing(old):
    assert load(old).protocols == 2
    row = newest()
    assert (row.number, row.condition.code, row.next, row.anchor) == (1, "sciatica", "late", "onset")
    assert (row.from_day, row.to_day, row.source, row.titles["es"]) == (0, 42, "ours", "Comienzo")
    (item,) = row.items.all()
    assert (item.exercise.code, item.dose.repetitions) == ("heel-slide", Span(5, 10))

    assert load(old).changed == 0
    assert LibraryProtocolRevision.objects.count() == 2
    assert AuditEvent.objects.filter(verb="library.protocol_revised").count() == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"phase": "2 of 2"},
        {"anchor": Anchor.SURGERY},
        {"to_day": 43},
        {"next": None},
        {"note": "The weeks are weak."},
        {"source": "somebody"},
        {"texts": {"en": ProtocolText(title="Another start", go_on_when="Now.")}},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_what_changes_is_a_new_revision(old, fields):
    load(old)

    assert load(changed(old, **fields)).changed == 1
    assert (newest().number, newest("late").number) == (2, 1)


def test_another_dose_is_a_new_revision(old):
    load(old)
    (item,) = old.protocols[0].items
    other = replace(item, dose=Dose(repetitions=Span(6, 6)))

    load(changed(old, items=(other,)))
    assert newest().items.get().dose.repetitions == Span(6, 6)


def test_a_further_language_keeps_the_others(old):
    load(old)
    load(changed(old, texts={"ar": ProtocolText(title="بداية", go_on_when="الآن")}))

    assert set(newest().titles) == {"en", "es", "ar"}
    assert newest().go_on_when["en"] == "The leg is calm."


def test_what_was_approved_goes_on_while_a_change_waits(old, clinic, reviewer):
    load(old)
    first = newest()
    assert protocol_work(clinic).count() == 2
    assert library_protocols_in_use(clinic) == {}
    approve(things=[first], clinic=clinic, by=reviewer)
    load(changed(old, phase="2 of 2"))

    assert library_protocols_in_use(clinic) == {first.protocol_id: first}
    assert newest() in protocol_work(clinic)
    approve(things=[newest()], clinic=clinic, by=reviewer)
    assert library_protocols_in_use(clinic)[first.protocol_id].phase == "2 of 2"


def test_an_approval_is_one_clinics(old, clinic, reviewer):
    load(old)
    approve(things=[newest()], clinic=clinic, by=reviewer)

    assert library_protocols_in_use(factories.clinic()) == {}


def test_taken_back_no_older_one_comes_into_use(old, clinic, reviewer):
    load(old)
    approve(things=[newest()], clinic=clinic, by=reviewer)
    load(changed(old, phase="2 of 2"))
    approve(things=[newest()], clinic=clinic, by=reviewer)
    withdraw(approvals=Approval.objects.filter(protocol=newest()), by=reviewer)

    assert library_protocols_in_use(clinic) == {}


def test_two_libraries_in_turn_end_as_the_last_one_says(old, clinic, reviewer):
    new = changed(old, phase="2 of 2")
    for library in (old, new, old):
        load(library)
    assert (newest().number, newest().phase) == (3, "1 of 2")
    assert load(old).changed == 0


def test_withdrawn_it_is_retired_once_and_comes_back_when_it_is_loaded(old, clinic, reviewer):
    load(old)
    approve(things=[newest("late")], clinic=clinic, by=reviewer)
    without = Library(
        withdrawn=(WithdrawnData(kind=WithdrawnKind.PROTOCOL, code="late", place=PLACE, reason="Weak."),)
    )

    assert load(without).changed == 1
    assert load(without).changed == 0
    assert LibraryProtocol.objects.get(code="late").retired_on
    assert library_protocols_in_use(clinic) == {}
    assert not protocol_work(clinic).filter(protocol__code="late").exists()
    assert "late" not in known_codes().protocols

    assert load(old).changed == 0
    assert [row.protocol.code for row in library_protocols_in_use(clinic).values()] == ["late"]


def test_files_are_told_what_is_stored(old):
    load(old)
    known = known_codes()

    assert known.protocols == {"early": "late", "late": ""}
    assert known.limits["heel-slide"].safe["repetitions"] == Span(1, 20)
    assert known.retired == frozenset()
