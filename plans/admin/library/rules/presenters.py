"""A rule as its page shows it: the version in force, beside the one that waits."""

from typing import Any

from plans.admin.library.changes import changes_of_rules
from plans.admin.library.facts import window_words
from plans.admin.library.presenters import reviewed, reviewer_roles, sources_of
from plans.models import Clinic, Rule, User
from plans.queries.library import state_of_rule
from plans.queries.review_entries import EntryKind
from plans.queries.review_notes import notes_of


def rule_context(rule: Rule, *, clinic: Clinic | None, person: User) -> dict[str, Any]:
    state = state_of_rule(rule)
    revision = state.in_force if state else None
    sentences = list(revision.sentences.all()) if revision else []
    changes = changes_of_rules([state.pending], clinic=clinic) if state and state.pending and clinic else []
    return {
        "revision": revision,
        "state": state,
        "change": changes[0] if changes else None,
        "window": window_words(revision) if revision else "",
        "revision_review": reviewed([revision], kind="rule", clinic=clinic)[0] if revision else None,
        "sentences": reviewed(sentences, kind="sentence", clinic=clinic),
        "sources": sources_of(rule.sources, clinic),
        "notes": notes_of(EntryKind.RULE, rule.pk, clinic) if clinic else (),
        "revisions": rule.revisions.order_by("-number"),
        "may_review": reviewer_roles(person).exists(),
    }
