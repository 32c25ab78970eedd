"""Protocols of the starter library: as the table has them, in both languages, and never against their own rules."""

from itertools import chain

import pytest

from plans.contraindications import Anchor, Level, Operated, check
from plans.contraindications.vocabulary import Vocabulary
from plans.readability import grade_en, inflesz
from scripts.waiting_protocols import missing, read_waiting
from tests.contraindications.test_starter_library import LIBRARY, SHIPPED, VOCABULARY
from tests.contraindications.world import TODAY, condition, days_ago, item, plan
from tests.library.facts import facts, parts

WAITING = read_waiting()
ALL = {protocol.code: protocol for protocol in (*LIBRARY.protocols, *WAITING.values())}
TABLE = {}
for row in facts("protocols"):
    TABLE.setdefault(row["protocol"], []).append(row)
FACTS = {row["code"]: row for row in facts("exercises")}
WRITTEN = {exercise.code: exercise for exercise in LIBRARY.exercises}
FOR_YEARS = 730
each = pytest.mark.parametrize("code", sorted(ALL))


def test_what_waits_is_what_lacks_an_exercise():
    """Fails when the last exercise of a protocol is written: python -m scripts.waiting_protocols then moves it."""
    assert WAITING.keys() - missing(WAITING, WRITTEN).keys() == set()


def test_each_protocol_of_the_table_is_there():
    assert TABLE.keys() <= ALL.keys()


@pytest.mark.parametrize("code", sorted(TABLE))
def test_it_says_what_the_table_says(code):
    protocol, rows = ALL[code], TABLE[code]
    first = rows[0]
    days = (protocol.from_day, protocol.to_day)
    assert (protocol.condition, protocol.phase, protocol.anchor or "") == (
        first["condition"], first["phase"], first["anchor"],
    )  # fmt: skip
    assert days == tuple(int(first[name]) if first[name] else None for name in ("from_day", "to_day"))
    assert {source for row in rows for source in parts(row["sources"])} == set(protocol.sources)
    assert [item.exercise for item in protocol.items] == [row["exercise"] for row in rows]
    for item_, row in zip(protocol.items, rows, strict=True):
        said = dict(part.split(": ") for part in row["dose"].split(", "))
        side = item_.dose.side
        given = {name: str(span).replace(" ", "") for name, span in item_.dose.spans().items() if span}
        assert {**given, **({"side": side.value} if side else {})} == said, row["exercise"]


@each
def test_doses_are_within_what_the_table_of_exercises_calls_safe(code):
    """What waits is not read against its exercises; the table is."""
    for item_ in ALL[code].items:
        if item_.exercise in WRITTEN:
            continue
        row = FACTS[item_.exercise]
        safe = dict(part.split(": ") for part in row["safe"].split(", "))
        for name, given in item_.dose.spans().items():
            if given:
                low, _, high = safe[name].partition("-")
                assert int(low) <= given.low <= given.high <= int(high or low), (item_.exercise, name)
        assert bool(item_.dose.side) == (row["one_sided"] == "yes"), item_.exercise


@each
def test_titles_and_criteria_are_there_in_both_languages_and_read_easily(code):
    texts = ALL[code].texts
    assert texts.keys() == {"en", "es"}
    for text in texts.values():
        assert text.go_on_when.endswith(".")
        assert not any(sign.isdigit() for sign in text.title + text.go_on_when)
    assert grade_en(f"{texts['en'].title}\n{texts['en'].go_on_when}") <= 6
    assert inflesz(f"{texts['es'].title}\n{texts['es'].go_on_when}") >= 65


def test_no_title_is_that_of_two():
    for language in ("en", "es"):
        titles = [protocol.texts[language].title for protocol in ALL.values()]
        assert len(titles) == len(set(titles))


def movements_of(exercise):
    if exercise in WRITTEN:
        return WRITTEN[exercise].movements
    return parts(FACTS[exercise]["movements"])


def days_of(protocol):
    """Every day on which it may be begun; of one that fits at any time, those of two years and no date at all."""
    if protocol.anchor:
        return range(protocol.from_day, protocol.to_day if protocol.to_day is not None else FOR_YEARS)
    return [None, *range(FOR_YEARS)]


def dates_on(protocol, day):
    if day is None:
        return {}
    dated = next(entry.dates for entry in LIBRARY.conditions if entry.code == protocol.condition)
    anchors = (protocol.anchor,) if protocol.anchor else dated
    return {Anchor(anchor).value: days_ago(day) for anchor in anchors if anchor != "due_date"}


def rules_for(protocol):
    wider = VOCABULARY.with_parents(protocol.condition, where="a protocol")
    return [rule for rule in SHIPPED.values() if rule.condition in wider]


def avoided(protocol, day, vocabulary: Vocabulary = VOCABULARY, rules=None):
    patient = condition(
        protocol.condition, operated=Operated.NO if day is None else None, **dates_on(protocol, day)
    )
    items = [item(*movements_of(each.exercise), key=each.exercise) for each in protocol.items]
    found = check(
        plan(*items, conditions=(patient,), review_date=TODAY), rules or rules_for(protocol), vocabulary
    )
    return {
        (finding.item, finding.rule.code)
        for finding in found
        if finding.code == "condition_rule" and finding.level in (Level.AVOID, Level.STOP)
    }


@each
def test_nothing_in_it_is_avoided_for_its_condition_on_any_day_of_its_window(code):
    protocol = ALL[code]
    if not rules_for(protocol):
        return
    found = {day: avoided(protocol, day) for day in days_of(protocol)}
    assert {day: those for day, those in found.items() if those} == {}


def test_the_search_for_what_is_avoided_finds_something():
    """Of a disc's first weeks a bend is avoided, on each day and not a day longer."""
    early = ALL["disc-early"]
    bent = type(early.items[0])(
        exercise="single-knee-to-chest", dose=early.items[0].dose, place=early.items[0].place
    )
    wrong = type(early)(**{**vars(early), "items": (*early.items, bent)})
    hit = [day for day in range(60) if avoided(wrong, day)]
    assert hit == list(range(42))


def test_each_that_follows_begins_where_the_first_one_ends():
    for protocol in ALL.values():
        after = ALL.get(protocol.next or "")
        if after and protocol.to_day is not None:
            assert (after.anchor, after.from_day) == (protocol.anchor, protocol.to_day), protocol.code
        if after:
            assert after.condition == protocol.condition


def test_a_file_holds_the_one_protocol_of_its_name_but_for_the_guides():
    for protocol in chain(LIBRARY.protocols, WAITING.values()):
        name = protocol.place.file.rpartition("/")[2]
        assert name in (f"{protocol.code}.yaml", "low-back.yaml")
