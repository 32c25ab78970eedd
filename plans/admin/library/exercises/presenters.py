"""An exercise as its page shows it: the revision that the clinic uses, beside the one that waits."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from plans import permissions
from plans.actions.photo_rights import PhotoRights
from plans.admin.library.changes import changes_of_exercises
from plans.admin.library.exercises.moving import moves
from plans.admin.library.facts import dose_phrases, safe_words
from plans.admin.library.pictures import asks_to_be_redrawn, is_redrawn, picture_shown
from plans.admin.library.presenters import neighbours_of, reviewed, reviewer_roles, sources_of
from plans.admin.words.equipment import equipment_name
from plans.models import Approval, Clinic, Exercise, ExerciseRevision, PictureBody, Role, User
from plans.queries.exercises import revisions_in_use
from plans.queries.review_entries import EntryKind
from plans.queries.review_notes import notes_of


def exercise_context(exercise: Exercise, *, clinic: Clinic | None, person: User) -> dict[str, Any]:
    newest, in_use = _newest_and_in_use(exercise, clinic)
    revision = in_use or newest
    texts = list(revision.texts.all()) if revision else []
    photo = revision.pictures.filter(body=PictureBody.PHOTO).first() if revision else None
    review = reviewed([revision], kind="revision", clinic=clinic)[0] if revision else None
    drawer = review.approval.drawer if review and review.approval else ""
    changes = (
        changes_of_exercises([newest], clinic=clinic)
        if newest and in_use and clinic and (in_use != newest or is_redrawn(drawer))
        else []
    )
    approved = Approval.objects.filter(clinic=clinic, revision=OuterRef("pk"))
    revisions = list(exercise.revisions.order_by("-number").annotate(was_approved=Exists(approved)))
    roles = list(reviewer_roles(person))
    standing = Approval.objects.filter(revision__exercise=exercise, withdrawn_at=None)
    return {
        "revision": revision,
        "alt": next((text.alt for text in texts if text.language == "en"), ""),
        "neighbours": neighbours_of(exercise, clinic),
        "sources": sources_of(exercise.sources, clinic),
        "equipment": [equipment_name(thing) for thing in revision.equipment] if revision else (),
        "targets": [target.replace("_", " ") for target in revision.targets] if revision else (),
        "helps": revision.helps.select_related("condition") if revision else (),
        "picture": picture_shown(revision, drawer=drawer) if revision else None,
        "moves": moves(revision),
        "photo": photo,
        "photo_rights": PhotoRights.of(photo),
        "asks_to_be_redrawn": revision is not None and asks_to_be_redrawn(revision),
        "revision_review": review,
        "texts": reviewed(texts, kind="text", clinic=clinic),
        "dose": dose_phrases(revision) if revision else (),
        "safe": safe_words(revision) if revision else (),
        "notes": notes_of(EntryKind.EXERCISE, exercise.pk, clinic) if clinic else (),
        "revisions": revisions,
        "change": changes[0] if changes else None,
        "in_use_id": in_use.pk if in_use else None,
        "is_in_use": in_use is not None,
        "was_withdrawn": in_use is None and any(row.was_approved for row in revisions),
        "person": person,
        "reviewer_roles": roles,
        "may_review": bool(roles),
        "recalling_clinics": recalling_clinics(person).filter(approvals__in=standing).distinct(),
        "led_clinics": Clinic.objects.filter(pk__in=permissions.clinics_with(person, Role.LEAD)),
    }


def revision_shown(exercise: Exercise, *, clinic: Clinic | None) -> ExerciseRevision | None:
    """Return the revision that the exercise's page shows: the one in use, or the newest."""
    newest, in_use = _newest_and_in_use(exercise, clinic)
    return in_use or newest


def _newest_and_in_use(
    exercise: Exercise, clinic: Clinic | None
) -> tuple[ExerciseRevision | None, ExerciseRevision | None]:
    newest = exercise.revisions.filter(newest=True).prefetch_related("movements", "texts").first()
    in_use = revisions_in_use([exercise.pk], clinic=clinic).get(exercise.pk) if clinic else None
    return newest, in_use


def recalling_clinics(person: User) -> QuerySet[Clinic]:
    return Clinic.objects.filter(pk__in=permissions.clinics_with(person, *permissions.RECALLERS))
