from pathlib import Path

import pytest

from plans.admin.audit.filters import SUBJECTS
from plans.admin.audit_labels import words_of
from plans.models import AuditEvent, AuditVerb

PINNED = (Path(__file__).parent / "audit_verbs.txt").read_text().split()


def test_no_verb_went_or_changed_by_the_way():
    """Rows are never rewritten: a verb that was once stored keeps its value. A new one is added to audit_verbs.txt."""
    assert sorted(AuditVerb) == sorted(PINNED)


@pytest.mark.parametrize("verb", AuditVerb)
def test_every_verb_has_words_and_a_subject_to_filter_by(verb):
    beginnings = {beginning for _, words in SUBJECTS.values() for beginning in words}

    assert words_of(AuditEvent(verb=verb)) == verb.label
    assert "." not in verb.label
    assert verb.partition(".")[0] in beginnings


def test_a_verb_of_a_later_release_is_shown_as_it_is():
    assert words_of(AuditEvent(verb="plan.sung")) == "plan.sung"
