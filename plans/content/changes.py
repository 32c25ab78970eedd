"""What a new version says differently, by the stable key of each plan item."""

from plans.content.pictures import PictureContent
from plans.content.records import ChangesContent, DoseChange, ItemContent, PlanContent


def changes_between(old: PlanContent, new: PlanContent) -> ChangesContent:
    """What a patient who knows `old` must be told about `new`. False in a condition when there is nothing.

    An order that changed is no news; another exercise under the same key counts as one added, one removed.
    """
    before, after = _by_identity(old), _by_identity(new)
    both = [(before[key], item) for key, item in after.items() if key in before]
    return ChangesContent(
        since_version=old.version,
        since_date=old.issued_on,
        added=tuple(item.name for key, item in after.items() if key not in before),
        removed=tuple(item.name for key, item in before.items() if key not in after),
        dose_changed=tuple(
            DoseChange(name=b.name, before=a.dose, after=b.dose, limb=b.limb)
            for a, b in both
            if a.dose != b.dose
        ),
        instructions_changed=tuple(b.name for a, b in both if instructions_of(a) != instructions_of(b)),
        general_changed=_general(old) != _general(new),
    )


def _by_identity(content: PlanContent) -> dict[tuple[str, str], ItemContent]:
    return {(item.key, item.exercise_code): item for item in content.items}


def instructions_of(item: ItemContent) -> tuple[object, ...]:
    words = (item.name, item.purpose, item.start, item.steps, item.breathing, item.cautions, item.sentences)
    return (*words, item.later_sentences, item.extra_caution, item.note, item.easier, _shown(item.picture))


def _shown(picture: PictureContent | None) -> tuple[object, ...] | None:
    """What a picture shows. The same figure as another body, or drawn finer, tells the patient nothing new."""
    if picture is None or picture.drawing is None:
        return (picture.alt, picture.sha256) if picture else None
    return (picture.alt, picture.drawing.figure, picture.drawing.mirrored)


def _general(content: PlanContent) -> tuple[object, ...]:
    return (
        content.note,
        content.sentences,
        content.later_sentences,
        content.check_first,
        content.limits,
        content.goals,
        content.advice,
        content.therapies,
        content.leaflets,
        content.signs,
        content.review_date,
    )
