"""Findings put together by their cause: one card for each, which one reason answers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Final, NamedTuple

from plans.contraindications.finding import Finding
from plans.contraindications.levels import Level
from plans.contraindications.rules import Rule
from plans.contraindications.vocabulary import Vocabulary

BALANCE: Final = "unstable_stance"
LEG: Final = "leg_weight_bearing"
LOADING_A_LEG: Final = frozenset({LEG, "single_leg_loading"})

_Cause = tuple[str, ...]
_RULE: Final = "rule"
_WHOLE_PLAN: Final = frozenset({None})

WITHOUT_CARD: Final = frozenset({"order_changes_position"})
"""What a button says by itself: it puts the exercises in the better order."""

_TOGETHER: Final = "_"
"""Stands between the fingerprints of findings that are named together."""

_SAID_ONCE: Final = {
    **dict.fromkeys(("sign_not_approved", "sign_missing", "sign_without_room"), "signs"),
    **dict.fromkeys(("burden_many", "burden_too_many", "burden_long"), "burden"),
    **dict.fromkeys(("date_missing", "side_missing", "kind_missing"), "record"),
    **{
        code: code
        for code in (
            "sentence_missing",
            "sentence_not_approved",
            "revision_not_approved",
            "text_not_approved",
            "text_missing",
            "leaflet_not_approved",
            "leaflet_missing",
            "leaflet_retired",
            "exercise_without_movements",
            "revision_outdated",
            "exercise_duplicate",
            "equipment_missing",
            "dose_impossible",
            "dose_amount_missing",
            "dose_side_missing",
            "dose_side_unexpected",
            "dose_frequency_missing",
            "dose_frequency_partial",
            "dose_rest_missing",
            "dose_until_past",
            "diagnosis_unchecked",
            "code_means_several",
            "check_first",
            "limit_not_checked",
        )
    },
}
"""What has one cause, and one answer, however many exercises or facts it concerns."""


class Card(NamedTuple):
    """All that is said for one cause, the gravest first. `cause` names it for as long as the cause is there."""

    cause: str
    findings: tuple[Finding, ...]

    @property
    def level(self) -> Level:
        return min((finding.level for finding in self.findings), key=lambda level: level.rank)

    @property
    def needs_reason(self) -> bool:
        return any(finding.needs_reason for finding in self.findings)

    @property
    def takes_reason(self) -> bool:
        return any(finding.takes_reason for finding in self.findings)

    @property
    def is_note(self) -> bool:
        """Return whether there is nothing to decide: it is there to be read."""
        return not self.takes_reason and self.level is Level.ADVICE

    def unanswered(self, answered: Collection[str]) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.takes_reason and one.fingerprint not in answered)

    def is_open(self, answered: Collection[str]) -> bool:
        """Return whether it must be seen: it stops the plan, or not all of it was answered."""
        return self.level is Level.STOP or bool(self.unanswered(answered))


def make_cards(findings: Iterable[Finding], vocabulary: Vocabulary) -> tuple[Card, ...]:
    """Return each finding in one card, in the order in which the engine gives the first of each."""
    found: dict[_Cause, list[Finding]] = {}
    for finding in findings:
        if finding.code not in WITHOUT_CARD:
            found.setdefault(_cause(finding, vocabulary), []).append(finding)
    hosts = _find_hosts(found)
    for cause, host in hosts.items():
        found[host].extend(found[cause])
    return tuple(_make_card(cause, said) for cause, said in found.items() if cause not in hosts)


def _make_card(cause: _Cause, said: Iterable[Finding]) -> Card:
    return Card(_name(cause), tuple(sorted(said, key=lambda finding: finding.level.rank)))


def causes_of(cards: Iterable[Card]) -> dict[str, str]:
    """Return the name of each finding's cause, by the finding's fingerprint."""
    return {finding.fingerprint: card.cause for card in cards for finding in card.findings}


def name_together(findings: Iterable[Finding]) -> str:
    """Return the name of just these findings: a reason for it answers them and no other of their cause."""
    return _TOGETHER.join(sorted({finding.fingerprint for finding in findings}))


def fingerprints_of(name: str, cards: Iterable[Card]) -> tuple[str, ...]:
    """Return the findings that a reason answers, given for a cause or for findings; none if it names neither."""
    for card in cards:
        if card.cause == name:
            return tuple(finding.fingerprint for finding in card.findings if finding.takes_reason)
    asked = set(name.split(_TOGETHER))
    taking = (one for card in cards for one in card.findings if one.takes_reason)
    return tuple(one.fingerprint for one in taking if one.fingerprint in asked)


class _Group(NamedTuple):
    """What one cause says: of which disease, how gravely, of which exercises; None is the whole plan."""

    cause: _Cause
    condition: str
    rank: int
    items: frozenset[str | None]

    def is_said_by(self, other: "_Group", *, earlier: bool) -> bool:
        """Return whether the other one's card has room for it: it is as grave, and has all of its exercises."""
        if other.condition != self.condition or other.rank > self.rank or other.cause == self.cause:
            return False
        if self.items == _WHOLE_PLAN:
            # What must be answered for the whole plan is not answered by the way.
            return self.rank > Level.AVOID.rank
        return self.items < other.items or (self.items == other.items and earlier)


def _find_hosts(found: Mapping[_Cause, Sequence[Finding]]) -> dict[_Cause, _Cause]:
    """Return the causes that have no card of their own, each with that whose card says them too.

    What one disease says of an exercise is decided once, and what it says of the whole plan is read there. A host
    that is found to be a guest comes later in the answer than its own guests.
    """
    groups = [
        _Group(
            cause,
            cause[1],
            min(one.level.rank for one in said),
            frozenset(one.item for one in said),
        )
        for cause, said in found.items()
        if cause[0] == _RULE
    ]
    hosts: dict[_Cause, _Cause] = {}
    for place, guest in enumerate(groups):
        for other_place, host in enumerate(groups):
            if host.cause not in hosts and guest.is_said_by(host, earlier=other_place < place):
                hosts[guest.cause] = host.cause
                break
    return hosts


def _name(cause: _Cause) -> str:
    # A condition is patient data: it does not stand in the page's addresses and field names in clear.
    return sha256("\x1f".join(("cause", *cause)).encode()).hexdigest()[:32]


def _cause(finding: Finding, vocabulary: Vocabulary) -> _Cause:
    if finding.code in _SAID_ONCE:
        return (_SAID_ONCE[finding.code],)
    if finding.code == "limit":
        # Behind the revision of the exercise stands the limit, which is answered for all exercises at once.
        return finding.code, *finding.identity[1:]
    if finding.rule:
        return _cause_of_rule(finding.rule, finding.condition or "", vocabulary)
    return finding.code, finding.item or "", *finding.identity


def _cause_of_rule(rule: Rule, condition: str, vocabulary: Vocabulary) -> _Cause:
    widest = _widest(rule, vocabulary)
    # Said of whatever disease, a caution about balance is heeded once. What is avoided is answered for its disease.
    if rule.level is Level.CAUTION:
        if BALANCE in rule.movements and widest <= {BALANCE, LEG}:
            return ("balance",)
        if rule.movements and rule.movements <= LOADING_A_LEG:
            return ("loading a leg",)
    return _RULE, condition, max(widest, default="")


def _widest(rule: Rule, vocabulary: Vocabulary) -> frozenset[str]:
    """Return what its movements come to in the end: bending forward, whether far, held or against a weight."""
    where = f"Rule {rule.code}"
    wider = {code for movement in rule.movements for code in vocabulary.wider(movement, where=where)}
    ends = frozenset(code for code in wider if len(vocabulary.wider(code, where=where)) == 1)
    return ends or rule.movements
