"""All checks of a plan in one pass, in one order."""

from collections.abc import Iterable, Iterator

from plans.contraindications.burden import check_burden
from plans.contraindications.cause_first import check_causes, check_clearances, check_pain_control
from plans.contraindications.condition_rules import check_due_dates, check_missing_dates, check_rules
from plans.contraindications.dates import check_dates
from plans.contraindications.diagnoses import check_diagnoses
from plans.contraindications.disagreements import check_disagreements
from plans.contraindications.dose_linter import check_doses
from plans.contraindications.facts import PlanFacts
from plans.contraindications.finding import Finding
from plans.contraindications.gaps import check_gaps, check_review_date
from plans.contraindications.library_checks import check_library
from plans.contraindications.limits import check_limits
from plans.contraindications.red_flags import check_red_flags
from plans.contraindications.rulebook import RuleBook
from plans.contraindications.rules import Rule
from plans.contraindications.say_more import check_kinds, check_sides, keep_strictest_kind
from plans.contraindications.sentences import check_sentences
from plans.contraindications.stricter import keep_stricter
from plans.contraindications.vocabulary import Vocabulary


def check(facts: PlanFacts, rules: Iterable[Rule], vocabulary: Vocabulary) -> tuple[Finding, ...]:
    """Return all findings of a plan, ordered by level, exercise (the plan first) and code.

    The order of conditions, symptoms, limits and rules makes no difference. Raises UnknownCode for a movement or
    condition, of the plan or of any rule, that the vocabulary does not have.
    """
    return check_with(facts, RuleBook(rules, vocabulary))


def check_with(facts: PlanFacts, book: RuleBook) -> tuple[Finding, ...]:
    """Do as `check` does with rules already read: for many plans at once."""
    order: dict[str | None, int] = {None: -1}
    order.update((item.key, number) for number, item in enumerate(facts.items))
    return tuple(sorted(_check_all(facts, book), key=lambda finding: _place(finding, order)))


def _check_all(facts: PlanFacts, book: RuleBook) -> Iterator[Finding]:
    said = list(keep_strictest_kind(keep_stricter(list(check_rules(facts, book)), book)))
    yield from said
    yield from check_limits(facts, book)
    yield from check_sentences(said)
    yield from check_disagreements(facts, said)
    yield from check_causes(facts, book.vocabulary, said)
    yield from check_red_flags(facts, book.vocabulary)
    yield from check_clearances(facts)
    yield from check_pain_control(facts)
    yield from check_gaps(facts)
    yield from check_diagnoses(facts, book.vocabulary)
    yield from check_review_date(facts)
    yield from check_dates(facts)
    yield from check_due_dates(facts, book)
    yield from check_missing_dates(facts, book)
    yield from check_sides(facts, book)
    yield from check_kinds(facts, book)
    yield from check_doses(facts)
    yield from check_burden(facts)
    yield from check_library(facts)


def _place(finding: Finding, order: dict[str | None, int]) -> tuple[int, int, str, str, tuple[str, ...], str]:
    return (
        finding.level.rank,
        order[finding.item],
        finding.code,
        finding.rule_code,
        finding.identity,
        finding.message,
    )
