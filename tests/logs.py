"""Plans that patients tell of, and what they tell."""

from datetime import timedelta
from uuid import UUID, uuid4

from plans.actions import logs
from plans.actions import plans as plan_actions
from plans.content import from_json
from plans.models import FrozenContent, LogSource, Publication
from plans.queries.checks import check_plan
from tests import factories


def keys_of(publication):
    """The exercises' keys in printed order."""
    return [UUID(item.key) for item in from_json(publication.content.json).items]


def plan_of(by, count=1, **fields):
    """A published plan of so many exercises."""
    clinic = by.memberships.first().clinic
    revisions = [factories.approved_exercise(clinic, f"exercise-{number}") for number in range(count)]
    plan = factories.plan(by, exercises=revisions, **fields)
    # Of eight exercises the rules ask whether they are not too many.
    asked = check_plan(plan).unanswered
    return factories.publication(by, of_plan=plan, reasons={one.fingerprint: "All of them." for one in asked})


def issue_again(publication, by, **fields):
    """Publish the next version of its plan."""
    plan = publication.plan
    for name, value in {"note": f"Note {publication.number}.", **fields}.items():
        setattr(plan, name, value)
    plan_actions.save_plan(plan=plan, by=by)
    return factories.publication(by, of_plan=plan)


def issued_days_ago(publication, days):
    """Move a version's issue, and the start of its plan, into the past."""
    day = publication.issued_on - timedelta(days=days)
    Publication.objects.filter(pk=publication.pk).update(issued_on=day)
    content = FrozenContent.objects.filter(pk=publication.content_id)
    old = content.get().json
    today = publication.issued_on.isoformat()
    moved = old.replace(f'"start_date":"{today}"', f'"start_date":"{day.isoformat()}"')
    content.update(json=moved)
    publication.refresh_from_db()
    return publication


def tell(publication, item_key=None, **fields):
    """Tell of the first exercise, today, on the page, that all was done."""
    given = {
        "item_key": item_key or keys_of(publication)[0],
        "day": publication.plan.patient.clinic.today(),
        "session": 1,
        "outcome": "all",
        "client_id": uuid4(),
        "source": LogSource.PAGE,
        "by": None,
    }
    return logs.tell_exercise(publication=publication, **{**given, **fields})


def tell_day(publication, **fields):
    given = {
        "day": publication.plan.patient.clinic.today(),
        "client_id": uuid4(),
        "source": LogSource.PAGE,
        "by": None,
    }
    return logs.tell_day(publication=publication, **{**given, **fields})
