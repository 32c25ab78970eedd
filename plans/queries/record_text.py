"""An issued version as plain text for the clinic's own record: what was given, and on which grounds.

Without the link, which opens the plan: a record is read by many.
"""

from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from plans.content import FindingContent, ItemContent, PlanContent, from_json
from plans.handout.limits import say_limit
from plans.handout.phrases import (
    say_dose,
    say_grounds,
    say_level,
    say_whole_plan,
    shorten,
    write_date,
)
from plans.languages import SOURCE, Language, get_language
from plans.models import Mail, MailState, Publication


def record_text(publication: Publication, *, language: str = SOURCE) -> str:
    """Return the text in a language of the desk; names and notes are those of the sheet, in the patient's."""
    content = from_json(publication.record.json)
    with translation.override(language):
        return _text(content, publication, get_language(language, locale=content.clinic.locale))


def _text(content: PlanContent, publication: Publication, language: Language) -> str:
    parts = (
        _head(content, publication, language),
        _exercises(content, language),
        _notes(content, language),
        _changes(content, language),
        _findings(content),
        _given(publication, language),
    )
    return "\n\n".join("\n".join(lines) for part in parts if (lines := list(part))) + "\n"


def _head(content: PlanContent, publication: Publication, language: Language) -> Iterator[str]:
    number = f" ({content.patient.record_number})" if content.patient.record_number else ""
    yield f"{_('Home exercise plan')}: {content.title}"
    yield f"{_('Patient')}: {content.patient.name}{number}"
    yield _("Version %(number)s of %(date)s, published by %(name)s, %(clinic)s") % {
        "number": content.version,
        "date": write_date(content.issued_on, language),
        "name": publication.published_by,
        "clinic": content.clinic.name,
    }
    yield f"{_('Sheet code')}: {content.sheet_code}"
    if content.goals:
        yield f"{_('Goals')}: {_line(content.goals)}"
    if content.start_date:
        yield f"{_('Starts')}: {write_date(content.start_date, language)}"
    if content.review_date:
        yield f"{_('Review')}: {write_date(content.review_date, language)}"


def _exercises(content: PlanContent, language: Language) -> Iterator[str]:
    yield _("Exercises")
    for item in content.items:
        # A name that the reader may not understand is told by its code, too.
        code = "" if content.language == language.code else f" ({item.exercise_code})"
        yield f"{item.number}. {item.name}{code}: {_dose(item, language)}"
        if item.extra_caution:
            yield f"   {_('Caution')}: {_line(item.extra_caution)}"
        if item.note:
            yield f"   {_('Note')}: {_line(item.note)}"


def _dose(item: ItemContent, language: Language) -> str:
    said = shorten(say_dose(item, language), language)
    return ", ".join(f"{one.label.lower()} {one.text}" if one.label else one.text for one in said) or _(
        "no dose"
    )


def _notes(content: PlanContent, language: Language) -> Iterator[str]:
    for sentence in content.check_first:
        yield f"{_('To check first each day')}: {_line(sentence)}"
    for limit in content.limits:
        yield f"{_('Limit')}: {_line(say_limit(limit, language))}"
    if content.note:
        yield f"{_('Note to the patient')}: {_line(content.note)}"
    if content.therapies:
        yield f"{_('Beside it')}: {' '.join(content.therapies)}"
    if content.leaflets:
        yield f"{_('Leaflets')}: {', '.join(leaflet.title for leaflet in content.leaflets)}"
    if content.signs:
        yield f"{_('Warning signs')}: {' '.join(sign.words for sign in content.signs)}"


def _changes(content: PlanContent, language: Language) -> Iterator[str]:
    changes = content.changes
    if not changes:
        return
    since = {"number": changes.since_version, "date": write_date(changes.since_date, language)}
    yield _("Changed since version %(number)s of %(date)s") % since
    told = {
        _("Added"): changes.added,
        _("Removed"): changes.removed,
        _("Another dose"): tuple(change.name for change in changes.dose_changed),
        _("Other instructions"): changes.instructions_changed,
    }
    for what, names in told.items():
        if names:
            yield f"- {what}: {', '.join(names)}"
    if changes.general_changed:
        yield f"- {_('Notes, advice, goals or the day of review')}"


def _findings(content: PlanContent) -> Iterator[str]:
    yield _("What the rules found, and why the plan goes on")
    names = {item.number: item.name for item in content.items}
    for finding in content.findings:
        about = names[finding.item] if finding.item else say_whole_plan()
        yield from _finding(finding, about)
    if not content.findings:
        yield _("Nothing. The rules are prompts, not proof that a plan is safe.")


def _finding(finding: FindingContent, about: str) -> Iterator[str]:
    yield f"- {say_level(finding.level)}, {about}: {_line(finding.message)}"
    if grounds := say_grounds(finding):
        yield f"  {_('Grounds')}: {_line(grounds)}"
    if finding.reason:
        by = f" ({finding.reason_by})" if finding.reason_by else ""
        yield f"  {_('Reason to go on')}: {_line(finding.reason)}{by}"


def _given(publication: Publication, language: Language) -> Iterator[str]:
    clinic = publication.plan.patient.clinic
    sent = Mail.objects.filter(publication=publication, state=MailState.SENT, written_to_file=False)
    for mail in sent.select_related("consent").order_by("finished_at"):
        day = write_date(clinic.day_of(mail.finished_at or mail.created_at), language)
        yield _("Link sent by mail to %(address)s on %(date)s.") % {
            "address": mail.consent.address,
            "date": day,
        }
    if teaching := publication.teaching:
        said = {"date": write_date(teaching.taught_on, language), "name": teaching.created_by}
        yield _("Shown and taught back on %(date)s, recorded by %(name)s.") % said


def _line(words: str) -> str:
    """Return the words on one line, as each line of the text tells one thing."""
    return " ".join(words.split())
