"""What a handout owes its reader in each format, to be found again in the finished file."""

from collections.abc import Iterator
from dataclasses import astuple, replace

from plans.content import ItemContent, PlanContent, item_texts, text_of
from plans.contraindications import RedFlag
from plans.handout import phrases, strings
from plans.handout.floor import say_floor
from plans.handout.formats import Copy, Format, Size
from plans.handout.limits import name_limit, say_limit
from plans.handout.log import count_weeks, say_answers, say_instruction
from plans.handout.widths import width_of
from plans.languages import Language


def texts(content: PlanContent, form: Format, language: Language) -> Iterator[str]:
    """Yield every text of the content that this copy prints, and every dose in the active language's words."""
    if language.is_draft:
        yield strings.say_draft(language)
    if content.demonstration:
        yield strings.say_demonstration()
    if form.copy is Copy.SUMMARY:
        yield from (content.title, content.patient.name, content.sheet_code)
        yield strings.say_emergency_title(content.clinic.emergency_number)
        yield strings.say_emergencies()[0]
        yield from content.check_first
        yield from map(name_limit, content.limits)
        yield from (item.name for item in content.items)
    elif form.copy is Copy.CLINICIAN:
        # Leaflets are for the patient to keep.
        yield from text_of(replace(content, leaflets=()))
        yield from _finding_texts(content)
    else:
        yield from text_of(content)
    if form.copy is Copy.PATIENT:
        yield from (say_instruction(), *say_answers())
    if form.copy is not Copy.SUMMARY:
        yield from phrases.say_later(content.later_sentences, language)
        yield phrases.say_start(content, language)
        yield from (say_limit(limit, language) for limit in content.limits)
        yield from floor_texts(content)
        for item in content.items:
            yield phrases.say_sides(item, language)
            if item.easier:
                yield phrases.say_easier(item.easier, language)
            yield from phrases.say_later(item.later_sentences, language)
        yield from sign_texts(content)
    for item in content.items:
        # How often may stand once above all exercises.
        yield from (phrase.text for phrase in phrases.say_amount(item, language))
    if phrases.share_rhythm(content):
        yield from (phrase.text for phrase in phrases.say_rhythm(content.items[0].dose, language))


def _finding_texts(content: PlanContent) -> Iterator[str]:
    for finding in content.findings:
        yield from (
            finding.message,
            finding.reason,
            finding.rationale,
            finding.counter_evidence,
            finding.source,
        )


def floor_texts(content: PlanContent) -> tuple[str, ...]:
    advice = say_floor(content)
    return astuple(advice) if advice else ()


def warnings(content: PlanContent) -> list[str]:
    titles = [strings.say_emergency_title(content.clinic.emergency_number), strings.say_same_day_title()]
    return titles + strings.say_emergencies() + strings.say_same_day_signs()


def sign_texts(content: PlanContent) -> Iterator[str]:
    """Yield the titles and answers of the signs of this plan; their words are texts of the content."""
    flags = {sign.red_flag for sign in content.signs}
    if RedFlag.EMERGENCY in flags:
        yield strings.say_more_emergencies_title(content.clinic.emergency_number)
    if RedFlag.SAME_DAY in flags:
        yield strings.say_more_same_day_title()
    yield from filter(None, map(phrases.say_answer, content.signs))


def alternative_texts(content: PlanContent) -> list[str]:
    return [item.picture.alt for item in content.items if item.picture]


def max_pages(content: PlanContent, form: Format, language: Language) -> int:
    """Return a generous number: long texts may take more room, but a page for each line is a fault of the layout."""
    count, is_large = len(content.items), form.size is Size.LARGE
    letters = int(sum(map(width_of, texts(content, form, language))))
    if form.copy is Copy.SUMMARY:
        return 1 + (count // 4 + letters // 400 if is_large else count // 8 + letters // 600)
    findings = (len(content.findings) + 1) // 2 + bool(content.signs)
    leaflets = len(content.leaflets) if form.copy is Copy.PATIENT else 0
    if is_large:
        return 4 + findings + 2 * (count + leaflets) + letters // 1000
    return 4 + findings + count + leaflets + letters // 2000


def max_tables(content: PlanContent, form: Format) -> int:
    """A week is a table; one that goes on over pages is one on each. 16 lines fit on any, 12 letters into a line."""
    if form.copy is not Copy.PATIENT:
        return 0
    lines = sum(1 + int(width_of(item.name) // 12) for item in content.items)
    return count_weeks(content) + lines // 16


def graded_text(content: PlanContent, language: Language) -> str:
    """Return our own words and the library's, a sentence a line; names and what the therapist wrote are not judged."""
    later = [one.words for one in content.later_sentences]
    lines = [*content.advice, *content.check_first, *content.sentences, *later, *warnings(content)]
    lines += (*strings.say_pain_advice().values(), *floor_texts(content), say_instruction())
    for item in content.items:
        lines += graded_of(item, language)
    lines += [sign.words for sign in content.signs]
    lines += [text for leaflet in content.leaflets for text in leaflet.lines]
    return "\n".join(lines)


def graded_of(item: ItemContent, language: Language) -> list[str]:
    own = {item.name, item.extra_caution, item.note, item.easier.name if item.easier else ""}
    return [phrases.say_sides(item, language), *(text for text in item_texts(item) if text not in own)]
