"""A reviewer decides on one entry of the library as it was shown: approves what was read, or sends it back."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from plans import audit, permissions
from plans.actions.approving import NAMES, Thing, approve, withdraw
from plans.actions.texts import clean_texts
from plans.exceptions import PlansError
from plans.models import (
    AuditVerb,
    Clinic,
    Exercise,
    LibraryProtocol,
    ReviewPlace,
    Rule,
    SentBack,
    User,
)
from plans.models.library import LibraryEntry
from plans.models.library_review import SENT
from plans.permissions import NotAllowed
from plans.queries.approvals import standing
from plans.queries.review_entries import FACTS, Entry, EntryKind, Part, picture_seen, seen_of
from plans.queries.review_state import entry_of

MODELS: dict[str, type[Thing]] = {name: model for model, name in NAMES.items()}


IDENTITIES: dict[str, type[LibraryEntry]] = {
    EntryKind.EXERCISE: Exercise,
    EntryKind.RULE: Rule,
    EntryKind.PROTOCOL: LibraryProtocol,
}


class EntryChanged(PlansError):
    """This entry was changed, or its picture was drawn, after the page showed it to you. Look at it again."""

    code = "entry_changed"


class PictureUnseen(PlansError):
    """The picture is not drawn yet, so you have not seen it. Wait for it, or send the entry back."""

    code = "picture_unseen"


class NothingRead(PlansError):
    """No language is ticked. Tick those that you have read."""

    code = "nothing_read"


class LanguagesUnread(PlansError):
    """All its languages are approved at once. Tick each when you have read it, or leave it to others."""

    code = "languages_unread"


class NoWords(PlansError):
    """Say what is to be changed, so that somebody can change it."""

    code = "no_words"
    attribute = "words"


@transaction.atomic
def approve_shown(
    *, kind: str, pk: UUID, seen: str, languages: Collection[str], clinic: Clinic, by: User
) -> Entry:
    """Approve the facts and the texts in these languages, if they are what was shown. Return the entry.

    Raises NotAllowed, EntryChanged, PictureUnseen, NothingRead, LanguagesUnread; then nothing is approved.
    """
    entry = _as_shown(kind, pk, seen, clinic, by, must_have_picture=True)
    waiting = [part for part in entry.parts if not part.is_approved]
    words = [part for part in waiting if part.name in languages]
    if not words and any(part.name != FACTS for part in waiting):
        raise NothingRead
    if any(part.languages - set(languages) for part in waiting):
        raise LanguagesUnread
    facts = [part for part in waiting if part.name == FACTS]
    approve(things=_things([*facts, *words]), clinic=clinic, by=by)
    return entry


@transaction.atomic
def send_back(*, kind: str, pk: UUID, seen: str, words: str, clinic: Clinic, by: User) -> Entry:
    """Note why an entry is not approved, for those who write it: open until there is a newer version.

    Raises NotAllowed, EntryChanged, NoWords, TextRefused; then nothing is noted.
    """
    words = words.strip()
    if not words:
        raise NoWords
    entry = _as_shown(kind, pk, seen, clinic, by, must_have_picture=False)
    for part in _sent(entry):
        row = SentBack(clinic=clinic, words=words, created_by=by, **{f"{part.thing}_id": part.pk})
        clean_texts(row).save()
        detail: dict[str, audit.Detail] = {"kind": entry.kind.value, "code": entry.code}
        audit.append(verb=AuditVerb.LIBRARY_SENT_BACK, by=by, what=row, clinic=clinic, detail=detail)
    return entry


def _sent(entry: Entry) -> list[Part]:
    """Return what the note hangs on: the version with its facts, or else each text that waits."""
    rows = [part for part in entry.parts if part.thing in SENT]
    return [part for part in rows if not part.is_approved] or rows


@transaction.atomic
def undo_review(*, kind: str, pk: UUID, clinic: Clinic, by: User) -> None:
    """Let an entry wait again: take back its approvals, and close what was sent back. Raises NotAllowed."""
    if not permissions.may_review(by, clinic.pk):
        raise NotAllowed
    entry = entry_of(clinic, kind, pk)
    for part in entry.parts if entry else ():
        withdraw(approvals=standing(clinic).filter(**{part.thing: part.pk}).select_related("clinic"), by=by)
        if part.thing in SENT:
            rows = SentBack.objects.filter(clinic=clinic, closed_at=None, **{part.thing: part.pk})
            rows.update(closed_at=timezone.now(), closed_by=by)


@transaction.atomic
def keep_place(*, page: str, entry: Entry, clinic: Clinic, by: User) -> None:
    """Remember where a reviewer is on a page. Raises NotAllowed."""
    if not permissions.may_review(by, clinic.pk):
        raise NotAllowed
    place = {"kind": entry.kind.value, "code": entry.code}
    ReviewPlace.objects.update_or_create(clinic=clinic, person=by, page=page, defaults=place)


def _as_shown(kind: str, pk: UUID, seen: str, clinic: Clinic, by: User, *, must_have_picture: bool) -> Entry:
    if not permissions.may_review(by, clinic.pk):
        raise NotAllowed
    if identity := IDENTITIES.get(kind):
        # Whoever writes it anew waits here: what is approved is what is newest.
        identity._default_manager.select_for_update().filter(pk=pk).first()
    entry = entry_of(clinic, kind, pk)
    if entry is None:
        raise EntryChanged
    picture = picture_seen(entry)
    if seen_of(entry, picture) != seen:
        raise EntryChanged
    if must_have_picture and not picture:
        raise PictureUnseen
    return entry


def _things(parts: Collection[Part]) -> list[Thing]:
    found: list[Thing] = []
    for part in parts:
        found.append(MODELS[part.thing]._default_manager.get(pk=part.pk))
    return found
