"""Lines of advice, as the library's files say them: the newest wording counts, once a reviewer approves it."""

from django.db import transaction

from plans.actions.retiring import retire_entry
from plans.actions.shared_rows import write_changed, write_shared
from plans.libraryfiles import AdviceData
from plans.models import Advice, AdviceText, AuditVerb


def write_advice(data: AdviceData, order: int) -> None:
    """Write advice of the shared library. Texts in languages that are not given stay."""
    before = Advice.objects.filter(code=data.code, clinic=None).first()
    advice, _ = write_shared(
        Advice,
        data.code,
        {
            "kind": data.kind,
            "meant_for": data.audience.to_dict(),
            "source": data.source,
            "sources": list(data.sources),
            "order": order,
        },
    )
    # Words were approved for those whom they were meant for: meant for others, they are reviewed again. So is
    # what comes back after it was withdrawn.
    for_others = before is not None and before.meant_for != advice.meant_for
    is_back = write_changed(advice, {"retired_on": None})
    newest = {text.language: text for text in advice.texts.order_by("number")}
    words = {language: text.words for language, text in newest.items()}
    words |= {language.lower(): said for language, said in data.texts.items()}
    for language, said in words.items():
        old = newest.get(language)
        if old is None or old.words != said or for_others or is_back:
            number = old.number + 1 if old else 1
            AdviceText.objects.create(advice=advice, language=language, number=number, words=said)


@transaction.atomic
def retire_advice(advice: Advice) -> None:
    """Print and offer it no more: a newer library has withdrawn it."""
    retire_entry(advice, verb=AuditVerb.ADVICE_RETIRED)
