"""No call asks the database more often because there are more rows."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans.actions import follow_ups, systems
from plans.actions.webhooks import endpoints
from plans.models import Advice, DayEntry, LogEntry, Occasion, Review, WebhookEvent
from tests import factories
from tests.api.test_matrix import routes
from tests.api.world import make_world
from tests.measures import tell

LISTS = [
    "clinics/", "exercises/", "exercises/?language=en", "exercises/?search=supine", "movements/", "conditions/",
    "symptoms/", "advice/", "leaflets/", "measures/", "rules/", "library-protocols/",
    "patients/", "plans/", "plans/?expand=patient,exercises", "publications/", "links/", "links/{link}/openings/",
    "links/{link}/devices/",
    "mails/",
    "reviews/", "follow-ups/", "webhooks/", "deliveries/", "patients/{patient}/audit/", "protocols/",
    "protocols/?expand=exercises", "protocols/{protocol}/?expand=exercises", "plans/{plan}/",
    "plans/{plan}/?expand=exercises,findings", "plans/{plan}/findings/", "plans/{plan}/log/", "plans/{plan}/log-days/",
    "plans/{plan}/measures/", "plans/{plan}/scores/",
]  # fmt: skip


@pytest.fixture
def world(db, broker):
    made = make_world()
    tell(made.rows.plan, made.rows.measure.code, 3)  # what changed is asked for once a number is told
    return made


@pytest.mark.parametrize("path", LISTS)
def test_rows_cost_no_queries(world, path):
    caller = world.callers["system"]
    path = path.format(**{name: row.pk for name, row in vars(world.rows).items()})
    before = count(caller, path)
    for number in range(3):
        add_rows(world.rows, number)
    after = count(caller, path)
    # One more is a cache of content types or the like; one for each row would be three.
    assert after[0] <= before[0] + 1
    assert after[1] > before[1]


def test_every_list_is_counted():
    """A new list that nobody thought of here fails."""
    read = {call.removeprefix("GET ") for call in routes() if call.startswith("GET ")} - {"service/"}
    lists = {
        path for path in read if not path.endswith(("}/", "/pdf/", "/record/", "/reminders/", "/intention/"))
    }
    searches = {"patients/search/", "plans/search/"}
    assert lists <= {path.partition("?")[0] for path in LISTS} | {"systems/"} | searches


@pytest.mark.parametrize("path", ["patients/", "plans/"])
def test_a_search_asks_as_often_as_its_list(world, path):
    add_rows(world.rows, 0)
    listed, _ = count(world.callers["system"], path)
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        answer = world.callers["system"].post(f"{path}search/", {})
    assert len(answer.json()["results"]) > 1
    assert len(queries) <= listed


WRITES = {
    "create": ("post", "plans/"),
    "replace": ("put", "plans/{plan}/items/"),
    "copy": ("post", "plans/{plan}/copy/"),
    "order": ("post", "plans/{plan}/order-by-position/"),
    "renew": ("post", "plans/{plan}/renew/"),
    "reasons": ("post", "plans/{plan}/reasons/"),
    "prepare": ("post", "plans/{plan}/prepare/"),
    "publish": ("post", "plans/{plan}/publish/"),
}


@pytest.mark.parametrize("name", WRITES)
def test_writing_many_items_asks_as_often_as_writing_few(world, name):
    """Few are four: from there on a caution is found, whose reason is read."""
    clinic, therapist = world.rows.clinic, world.rows.therapist
    revisions = [factories.approved_exercise(clinic, f"one-{number}") for number in range(6)]
    counts = []
    for exercises in (revisions[:4], revisions):
        patient = factories.patient(therapist, clinic)
        plan = factories.plan(therapist, of=patient, exercises=exercises)
        items = [{"exercise_code": row.exercise.code} for row in exercises]
        kept = [{"id": str(item.pk)} for item in plan.items.all()]
        body = {
            "create": {"patient": str(patient.pk), "title": "New", "items": items},
            "replace": {"items": [*kept, *items]},
            "reasons": {"reasons": []},
        }.get(name, {})
        method, path = WRITES[name]
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            answer = world.callers["system"].call(method, path.format(plan=plan.pk), body, If_Match="*")
        assert answer.status_code in (200, 201), answer.content
        counts.append(len(queries))
    assert counts[1] <= counts[0]


def test_publishing_asks_no_more_than_it_must(world):
    plan = factories.plan(world.rows.therapist, of=world.rows.patient, exercises=[world.rows.revision])
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        answer = world.callers["system"].post(
            f"plans/{plan.pk}/publish/", {}, If_Match="*", Idempotency_Key="k"
        )
    assert answer.status_code == 201
    assert len(queries) <= 53


def test_items_of_a_question_cost_no_queries(world):
    caller = world.callers["system"]
    add_rows(world.rows, 0)
    add_rows(world.rows, 1)

    def ask(*codes):
        cache.clear()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = caller.post("findings/", {"items": [{"exercise_code": code} for code in codes]})
        assert answer.status_code == 200
        return len(queries)

    ask("heel-slide")
    assert ask("heel-slide", "more-0", "more-1") <= ask("heel-slide") + 1


def count(caller, path):
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        answer = caller.get(path)
    assert answer.status_code == 200, answer.content
    return len(queries), len(answer.content)


def add_rows(rows, number):
    """One more of everything, and one more inside of what a single object shows."""
    clinic, owner = rows.clinic, rows.therapist
    lead = factories.lead(clinic)
    movement = factories.movement(f"more-{number}")
    rows.movement.implies.add(movement)
    revision = factories.approved_exercise(clinic, f"more-{number}", movements=("supine", movement.code))
    factories.condition(f"more-{number}")
    factories.symptom(f"more-{number}")
    Advice.objects.create(code=f"more-{number}", kind="therapy")
    rows.plan.leaflets.add(factories.approved_leaflet(clinic, f"more-{number}"))
    factories.approved_library_protocol(clinic, f"more-{number}", exercises=("heel-slide", f"more-{number}"))
    factories.approved_rule(clinic, f"more-{number}", condition="arthritis")
    patient = factories.patient(owner, clinic, has=("muscle_weakness", f"more-{number}"))
    plan = factories.plan(owner, of=patient, exercises=[rows.revision, revision])
    publication = factories.publication(owner, of_plan=plan)
    Review.objects.create(publication=publication, difference="d", appeared=[], gone=[])
    factories.mail(owner, of=publication)
    for days_ago in (1, 0):
        told = factories.log_entry(publication, days_ago=days_ago, feel="hurt")
        follow_ups.raise_follow_ups(plan=plan, day=told.day)
    item = factories.item(revision, order=number + 2, plan=rows.plan)
    item.save()
    factories.protocol(lead, exercises=[rows.revision, revision])
    factories.protocol_item(revision.exercise, order=number + 2, protocol=rows.protocol).save()
    day = rows.publication.issued_on + timedelta(days=number + 10)
    DayEntry.objects.create(plan=rows.plan, publication=rows.publication, day=day, pain=number)
    LogEntry.objects.create(
        plan=rows.plan, publication=rows.publication, day=day, item_key=rows.item.pk, outcome="all"
    )
    row = factories.approved_measure(clinic, f"more-{number}")
    for occasion in ("start", "review"):
        tell(rows.plan, row.code, number % 10, occasion=Occasion(occasion), by=owner)
    link = rows.link
    link.devices.create(kind="phone", expires_on=link.expires_on)
    link.openings.create(use="opened", token_digest="x", address_digest="y")
    made = endpoints.make_webhook(
        clinic=clinic, url="https://practice.example.org/hook", events=list(WebhookEvent), by=lead
    )
    factories.delivery(made.endpoint, "link.opened")
    system = systems.make_system(clinic=clinic, name=f"More {number}", by=lead)
    systems.add_key(system=system, scopes=[], by=lead)


def test_systems_of_a_clinic_cost_no_queries(world):
    caller = world.callers["lead"]
    before = count(caller, "systems/")
    for number in range(3):
        add_rows(world.rows, number)
    after = count(caller, "systems/")
    assert after[0] <= before[0] + 1
    assert after[1] > before[1]
