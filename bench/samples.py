"""What is printed: the demo's plan, shortened or lengthened with the starter library's other exercises."""

from dataclasses import dataclass, replace
from functools import cache
from uuid import uuid4

from plans.actions import plans as plan_actions
from plans.actions import publishing
from plans.content import ItemContent, PlanContent, from_json
from plans.management.demo import find_demo
from plans.models import ExerciseRevision, Plan, PlanItem, Publication
from plans.rendering.job import pictures_of

LINK_URL = "https://plans.example.org/p/3q2-7wAZ0kq1rT9XhVb5mD4cE8uYfJ6sNgLoPiQaWzI/"
SHEET_URL = "https://plans.example.org/sheet/K7QM4T2XHJ3P/"


@dataclass(frozen=True)
class Sample:
    """A content with its pictures by name."""

    content: PlanContent
    pictures: dict[str, bytes]


def demo_publication() -> Publication:
    """Give the published plan that every measurement starts from."""
    found = find_demo()
    if found is None:
        raise LookupError("the demo plan is missing")
    return found


@cache
def sample(exercises: int) -> Sample:
    """Give the demo's content with this many exercises: its own first, then the library's others, then again."""
    demo = from_json(demo_publication().content.json)
    row = [*demo.items, *_others(demo)]
    items = tuple(_numbered(row[at % len(row)], at + 1) for at in range(exercises))
    content = replace(demo, items=items)
    return Sample(content, _pictures(content))


def varied(given: Sample, number: int) -> Sample:
    """Give the same exercises for another patient, of which no file was made yet."""
    content = given.content
    patient = replace(content.patient, name=f"{content.patient.name} {number}")
    code = f"{number:012d}"
    return Sample(
        replace(content, patient=patient, sheet_code=code, note=f"This is sheet number {number}."),
        given.pictures,
    )


def _numbered(item: ItemContent, number: int) -> ItemContent:
    return replace(item, number=number, key=str(uuid4()))


def _others(demo: PlanContent) -> list[ItemContent]:
    used = {item.exercise_code for item in demo.items}
    rest = (
        ExerciseRevision.objects.filter(newest=True)
        .exclude(exercise__code__in=used)
        .order_by("exercise__code")
    )
    source = demo_publication().plan
    plan = Plan(patient=source.patient, title="All others", times_per_day_min=1, times_per_day_max=1)
    items = []
    for order, revision in enumerate(rest, start=1):
        item = PlanItem(revision=revision, order=order)
        item.dose = revision.dose
        items.append(item)
    saved = plan_actions.save_plan(plan=plan, items=items, by=source.patient.therapist)
    prepared = publishing.prepare(plan=saved, by=source.patient.therapist, formats=())
    return list(prepared.issue.content.items)


def _pictures(content: PlanContent) -> dict[str, bytes]:
    return pictures_of(content, clinic_id=demo_publication().plan.patient.clinic_id, grey=False)
