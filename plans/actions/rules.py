"""Rules: a changed one becomes a new version; reasons and publications name the version they met."""

import hashlib
from collections.abc import Mapping

from django.db import transaction

from plans import audit, permissions
from plans.actions.fingerprints import fingerprint
from plans.actions.library_texts import clean_rule
from plans.exceptions import PlansError
from plans.libraryfiles import RuleData
from plans.models import AuditVerb, Clinic, Condition, Movement, Rule, RuleRevision, RuleSentence, User
from plans.permissions import NotAllowed
from plans.queries.rules import shared_or_of


class UnknownInRule(PlansError):
    """Rule {rule} names the {kind} {code}, which the library does not have."""

    code = "unknown_in_rule"


class RuleRetired(PlansError):
    """Rule {rule} is retired already."""

    code = "rule_retired"


COLUMNS = (
    "condition",
    "whole_plan",
    "level",
    "anchor",
    "from_day",
    "to_day",
    "until_cleared",
    "check_first",
    "rationale",
    "evidence",
    "source",
    "counter_evidence",
    "review_on",
)
"""What a version says itself, beside its movements and sentences."""


@transaction.atomic
def write_rule(*, data: RuleData, clinic: Clinic | None, by: User | None) -> tuple[RuleRevision, bool]:
    """Write a rule as a new version, or give the newest one if it says the same already.

    The version judges at once, beside the one that is approved: it makes the rule weaker for nobody before a reviewer
    of the clinic approves it. Gives the version and whether it is new. Raises UnknownInRule: a rule that matches
    nothing is never kept.
    """
    _check_allowed(clinic, by)
    data = clean_rule(data)
    rule, _ = Rule.objects.select_for_update().get_or_create(code=data.code, clinic=clinic)
    newest = rule.revisions.filter(newest=True).first()
    mark = fingerprint(data)
    if newest and newest.fingerprint == mark:
        return newest, False
    rule.revisions.filter(newest=True).update(newest=False)
    revision = RuleRevision.objects.create(
        rule=rule,
        number=newest.number + 1 if newest else 1,
        condition=_condition(data, clinic),
        whole_plan=data.whole_plan,
        level=data.level,
        anchor=data.anchor or "",
        from_day=data.from_day,
        to_day=data.to_day,
        until_cleared=data.until_cleared,
        check_first=data.check_first,
        rationale=data.rationale,
        evidence=data.evidence,
        source=data.source,
        counter_evidence=data.counter_evidence,
        review_on=data.review_on,
        fingerprint=mark,
    )
    revision.movements.set(_movements(data, clinic))
    _add_sentences(revision, data.sentences)
    detail: dict[str, audit.Detail] = {"code": data.code, "number": revision.number}
    audit.append(verb=AuditVerb.RULE_REVISED, by=by, what=revision, clinic=clinic, detail=detail)
    return revision, True


@transaction.atomic
def retire_rule(*, rule: Rule, by: User | None) -> RuleRevision:
    """Write a version that lets the rule fire no more; until a reviewer approves it the rule holds as before.

    Raises RuleRetired. A rule that is written again after that is in use again.
    """
    _check_allowed(rule.clinic, by)
    rule = Rule.objects.select_for_update().get(pk=rule.pk)
    newest = rule.revisions.get(newest=True)
    if newest.retired:
        raise RuleRetired(rule=rule.code)
    columns = {name: getattr(newest, name) for name in COLUMNS}
    mark = hashlib.sha256(f"retired {newest.fingerprint}".encode()).hexdigest()
    movements, sentences = list(newest.movements.all()), list(newest.sentences.all())
    rule.revisions.filter(newest=True).update(newest=False)
    retired = RuleRevision.objects.create(
        rule=rule, number=newest.number + 1, retired=True, fingerprint=mark, **columns
    )
    retired.movements.set(movements)
    _add_sentences(retired, {row.language: row.words for row in sentences})
    detail: dict[str, audit.Detail] = {"code": rule.code, "number": retired.number}
    audit.append(verb=AuditVerb.RULE_RETIRED, by=by, what=rule, clinic=rule.clinic, detail=detail)
    return retired


def _add_sentences(revision: RuleRevision, sentences: Mapping[str, str]) -> None:
    RuleSentence.objects.bulk_create(
        RuleSentence(revision=revision, language=language.lower(), words=words)
        for language, words in sentences.items()
    )


def _check_allowed(clinic: Clinic | None, by: User | None) -> None:
    if by is None:
        return
    if clinic is None or not permissions.may_edit_library(by, clinic.pk):
        raise NotAllowed


def _condition(data: RuleData, clinic: Clinic | None) -> Condition:
    found = Condition.objects.filter(shared_or_of(clinic), code=data.condition).first()
    if found is None:
        raise UnknownInRule(rule=data.code, kind="condition", code=data.condition)
    return found


def _movements(data: RuleData, clinic: Clinic | None) -> list[Movement]:
    known = {
        movement.code: movement
        for movement in Movement.objects.filter(shared_or_of(clinic), code__in=data.movements)
    }
    for code in data.movements:
        if code not in known:
            raise UnknownInRule(rule=data.code, kind="movement", code=code)
    return [known[code] for code in data.movements]
