"""What the patient's copy says of warning signs, as the library's files say it; what was approved goes on meanwhile."""

from plans.libraryfiles import SymptomData
from plans.models import Symptom, SymptomSentence


def write_signs(symptoms: tuple[SymptomData, ...]) -> int:
    """Write what the sentences of these symptoms say now, and return how many symptoms say something else.

    Sentences in languages that are not given stay. The symptoms themselves are written before.
    """
    rows = {row.code: row for row in Symptom.objects.filter(clinic=None)}
    newest: dict[str, dict[str, SymptomSentence]] = {}
    for said in SymptomSentence.objects.filter(symptom__clinic=None).order_by("number"):
        newest.setdefault(said.symptom_id.hex, {})[said.language] = said
    new = [
        sentence
        for data in symptoms
        for sentence in _changed(data, rows[data.code], newest.get(rows[data.code].pk.hex, {}))
    ]
    SymptomSentence.objects.bulk_create(new)
    return len({sentence.symptom_id for sentence in new})


def _changed(
    data: SymptomData, symptom: Symptom, before: dict[str, SymptomSentence]
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
        if old is None or old.says() != row.says():
            made.append(row)
    return made
