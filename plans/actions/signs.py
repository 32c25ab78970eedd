"""What the patient's copy says of warning signs, as the library's files say it; what was approved goes on meanwhile."""

from django.db import transaction

from plans.actions.retiring import retire_entry
from plans.actions.shared_rows import write_changed
from plans.libraryfiles import SymptomData
from plans.models import AuditVerb, Symptom, SymptomSentence


def write_signs(symptoms: tuple[SymptomData, ...]) -> int:
    """Write what the sentences of these symptoms say now, and return how many symptoms say something else.

    Sentences in languages that are not given stay. The symptoms themselves are written before; one that was retired is
    in use again, and its sentences need review.
    """
    rows = {row.code: row for row in Symptom.objects.filter(clinic=None)}
    newest: dict[str, dict[str, SymptomSentence]] = {}
    for said in SymptomSentence.objects.filter(symptom__clinic=None).order_by("number"):
        newest.setdefault(said.symptom_id.hex, {})[said.language] = said
    back = {rows[data.code].pk for data in symptoms if write_changed(rows[data.code], {"retired_on": None})}
    new = [
        sentence
        for data in symptoms
        for sentence in _changed(
            data, rows[data.code], newest.get(rows[data.code].pk.hex, {}), is_back=rows[data.code].pk in back
        )
    ]
    SymptomSentence.objects.bulk_create(new)
    return len({sentence.symptom_id for sentence in new} | back)


@transaction.atomic
def retire_symptom(symptom: Symptom) -> None:
    """Offer it no more, and print no sentence of it: a newer library has withdrawn it.

    Where it is recorded of a patient it stays, and a red flag stops plans until it is cleared.
    """
    retire_entry(symptom, verb=AuditVerb.SYMPTOM_RETIRED)


def _changed(
    data: SymptomData, symptom: Symptom, before: dict[str, SymptomSentence], *, is_back: bool
) -> list[SymptomSentence]:
    words = {language: row.words for language, row in before.items()}
    if data.red_flag:
        words |= {language.lower(): said for language, said in data.sentences.items()}
    made = []
    for language, said in words.items():
        old = before.get(language)
        # Words were approved for those whom they are meant for, and for how fast to act: both are reviewed again.
        row = SymptomSentence(
            symptom=symptom,
            language=language,
            number=old.number + 1 if old else 1,
            words=said,
            red_flag=data.red_flag or "",
            meant_for=data.shown_to.to_dict(),
            needs_answer=data.needs_answer,
        )
        if old is None or old.says() != row.says() or is_back:
            made.append(row)
    return made
