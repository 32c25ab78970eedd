"""Which words a handout owes its reader."""

from collections.abc import Iterator

from plans.content.records import ItemContent, PlanContent


def text_of(content: PlanContent) -> tuple[str, ...]:
    """Every string that must be found in the patient's PDF, in printed order, empty ones left out.

    Doses are not here: their words depend on the language's plural rules (`plans.dose.phrases`).
    """
    clinic = content.clinic
    head = (clinic.name, content.title, content.patient.name, content.therapist.name, content.sheet_code)
    items = (text for item in content.items for text in item_texts(item))
    tail = (*content.advice, *content.therapies, clinic.phone, clinic.address, clinic.disclaimer)
    later = (one.words for one in content.later_sentences)
    limits = (text for limit in content.limits for text in (limit.words.rstrip(" ."), limit.said_by))
    about = (*content.check_first, content.goals, content.note, *content.sentences, *later, *limits)
    signs = (text for sign in content.signs for text in (sign.words, sign.answered_by, sign.answered_at))
    leaflets = (text for leaflet in content.leaflets for text in leaflet.lines)
    return tuple(text for text in (*head, *about, *items, *signs, *tail, *leaflets) if text.strip())


def item_texts(item: ItemContent) -> Iterator[str]:
    yield from (item.name, item.purpose, item.start, *item.steps, item.breathing, *item.cautions)
    yield from (item.extra_caution, *item.sentences, *(one.words for one in item.later_sentences), item.note)
    if item.easier:
        easier = item.easier
        yield from (easier.name, easier.start, *easier.steps, *easier.cautions, *easier.sentences)
