"""What the patient's copy says of warning signs, beside what is printed of them now."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from plans.admin.library.audiences import audience_in_words
from plans.admin.library.changes import Change, change_of
from plans.admin.library.facts import Facts
from plans.models import Clinic, SymptomSentence
from plans.queries.signs import sentences_in_force


def changes_of_signs(sentences: Iterable[SymptomSentence], *, clinic: Clinic) -> list[Change]:
    sentences = list(sentences)
    before = sentences_in_force({row.symptom_id for row in sentences}, clinic=clinic)
    return [change_of(before.get((row.symptom_id, row.language)), row, sign_facts) for row in sentences]


def sign_facts(sentence: SymptomSentence) -> Facts:
    answer = _("only where the clinic names who answers") if sentence.needs_answer else _("no")
    return {
        (_("Warning sign"), ""): sentence.symptom.name,
        (_("Printed"), ""): sentence.get_red_flag_display() or _("no more"),
        (_("For"), ""): audience_in_words(sentence.audience),
        (_("Needs an answer"), ""): answer,
        (_("Sentence"), sentence.language): sentence.words,
    }
