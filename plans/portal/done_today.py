"""What was told today, for the plan's page: the mark beside each exercise, and where "Play my plan" begins."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from plans.actions.logs.all_done import sessions_of
from plans.content import ItemContent, PlanContent
from plans.models import LogEntry, Outcome, Plan
from plans.portal.told import say_status, slots_of


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What the list says beside an exercise that something was told of."""

    words: str
    is_done: bool


@dataclass(frozen=True, kw_only=True)
class DoneToday:
    """`place` is where to begin, from 0; `marks` are by the exercise's key."""

    place: int
    play_words: str
    marks: Mapping[str, Mark]


Rows = Mapping[str, Sequence[LogEntry]]


def say_done_today(plan: Plan | None, content: PlanContent) -> DoneToday:
    """Return it in the active language. One query, and none without a plan: then nothing is known of today."""
    rows = _read(plan) if plan else {}
    marks = {item.key: _mark(item, rows[item.key]) for item in content.items if item.key in rows}
    place, words = _begin(content.items, rows)
    return DoneToday(place=place, play_words=words, marks=marks)


def _read(plan: Plan) -> Rows:
    today = plan.patient.clinic.today()
    rows: dict[str, list[LogEntry]] = defaultdict(list)
    for row in LogEntry.objects.filter(plan=plan, day=today).only("item_key", "outcome"):
        rows[str(row.item_key)].append(row)
    return rows


def _mark(item: ItemContent, rows: Sequence[LogEntry]) -> Mark:
    done = sum(row.outcome == Outcome.ALL for row in rows)
    if done >= sessions_of(item):
        return Mark(words=gettext("Done today"), is_done=True)
    return Mark(words=say_status(rows, slots_of(item)), is_done=False)


def _begin(items: Sequence[ItemContent], rows: Rows) -> tuple[int, str]:
    """Return the first exercise of which least was told; of a plan for twice a day its second round comes last."""
    told = [len(rows.get(item.key, ())) for item in items]
    left = [place for place, item in enumerate(items) if told[place] < sessions_of(item)]
    if not any(told):
        return 0, gettext("Play my plan")
    if not left:
        return 0, gettext("Play it again")
    place = min(left, key=lambda one: (told[one], one))
    if place == 0 and told[place]:
        return 0, gettext("Play it again")
    return place, gettext("Go on with exercise %(number)s") % {"number": items[place].number}
