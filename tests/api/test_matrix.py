"""Who may call what, on their own and on foreign rows: every address has a decision here, or this fails."""

import pytest
from django.core.cache import cache
from django.db import transaction

from plans.api import urls
from tests.api.world import make_world

EVERYONE = {
    "therapist",
    "colleague",
    "lead",
    "library_admin",
    "reviewer",
    "system",
    "stranger",
    "strange_system",
}
WITH_PATIENTS = {"therapist", "colleague", "lead", "system", "stranger", "strange_system"}
LEADS = {"lead", "system", "stranger", "strange_system"}
PEOPLE_LEADS = {"lead", "stranger"}
KEEPERS = LEADS | {"library_admin"}
"""Who writes some clinic's protocols."""
OWN = {"therapist", "lead", "system"}
"""Who sees the patient of this world: the therapist, and who leads the clinic."""
OWN_LEADS = {"lead", "system"}
OWN_PEOPLE = {"lead"}
SHARED = EVERYONE
"""Who sees the shared library: whoever works in a clinic."""
INSIDE = EVERYONE - {"stranger", "strange_system"}

PLAN = {"title": "Plan", "items": [{"exercise_code": "heel-slide"}]}


def plan_body(rows):
    return {"patient": str(rows.patient.pk), **PLAN}


def patient_body(rows):
    return {
        "name": "New",
        "birth_date": "1970-01-01",
        "clinic": str(rows.clinic.pk),
        "therapist": str(rows.therapist.pk),
    }


def protocol_body(rows):
    return {"title": "Legs", "clinic": str(rows.clinic.pk), "items": PLAN["items"]}


def log_body(rows):
    return {"item": str(rows.item.pk), "day": rows.clinic.today().isoformat(), "outcome": "all"}


def measure_body(rows):
    day = rows.clinic.today().isoformat()
    return {"measure": rows.measure.code, "occasion": "start", "day": day, "value": 7}


class Decision:
    """Scope, who may call it at all, who sees the row, what comes back, and a body that is right."""

    def __init__(self, scope, who, sees, status, body=None, foreign=404, odd=()):
        self.scope, self.who, self.sees, self.status = scope, who, sees, status
        self.body, self.foreign, self.odd = body, foreign, dict(odd)


def shared(status=200):
    return Decision("library:read", EVERYONE, SHARED, status)


def patients(scope, status=200, body=None, foreign=404, odd=()):
    return Decision(scope, WITH_PATIENTS, OWN, status, body, foreign, odd)


def leads(scope, status=200, body=None, foreign=404):
    return Decision(scope, LEADS, OWN_LEADS, status, body, foreign)


def people(status=200, body=None, foreign=404):
    return Decision(None, PEOPLE_LEADS, OWN_PEOPLE, status, body, foreign)


EMPTY = dict
DECISIONS = {
    "GET service/": shared(),
    "GET clinics/": shared(),
    "GET clinics/{clinic}/": Decision("library:read", EVERYONE, INSIDE, 200),
    "PATCH clinics/{clinic}/": Decision(
        # Who leads no clinic is kept out; of a foreign one nothing is known.
        "clinics:write",
        LEADS,
        OWN_LEADS,
        200,
        lambda rows: {"locale": "en-NZ"},
    ),
    "GET exercises/": shared(),
    "GET exercises/{exercise}/": shared(),
    "GET exercises/{exercise}/pictures/{sha256}/": shared(),
    "GET movements/": shared(),
    "GET movements/{movement}/": shared(),
    "GET conditions/": shared(),
    "GET conditions/{condition}/": shared(),
    "GET symptoms/": shared(),
    "GET symptoms/{symptom}/": shared(),
    "GET advice/": shared(),
    "GET advice/{advice}/": shared(),
    "GET leaflets/": shared(),
    "GET leaflets/{leaflet}/": shared(),
    "GET measures/": shared(),
    "GET measures/{measure}/": shared(),
    "GET library-protocols/": shared(),
    "GET library-protocols/{library_protocol}/": shared(),
    "POST library-protocols/{library_protocol}/start-plan/": patients(
        # The protocol is everybody's; the patient is not.
        "plans:write",
        201,
        lambda rows: {"patient": str(rows.patient.pk)},
        foreign=400,
        odd={"colleague": 400},
    ),
    "GET rules/": shared(),
    "GET rules/{rule}/": shared(),
    "POST findings/": Decision("findings:read", EVERYONE, SHARED, 200, EMPTY),
    "GET protocols/": Decision("protocols:read", EVERYONE, EVERYONE, 200),
    "POST protocols/": Decision("protocols:write", KEEPERS, INSIDE, 201, protocol_body, foreign=400),
    "GET protocols/{protocol}/": Decision("protocols:read", EVERYONE, INSIDE, 200),
    "PATCH protocols/{protocol}/": Decision(
        "protocols:write", KEEPERS, INSIDE, 200, lambda rows: {"note": "x"}
    ),
    "POST protocols/{protocol}/retire/": Decision("protocols:write", KEEPERS, INSIDE, 200, EMPTY),
    "POST protocols/{protocol}/restore/": Decision("protocols:write", KEEPERS, INSIDE, 200, EMPTY),
    "POST protocols/{protocol}/start-plan/": patients(
        # The protocol is the colleague's, too; the patient is not.
        "plans:write",
        201,
        lambda rows: {"patient": str(rows.patient.pk)},
        odd={"colleague": 400},
    ),
    "GET patients/": patients("patients:read"),
    "POST patients/search/": patients("patients:read", 200, EMPTY),
    "GET patients/search/": patients("patients:read", 400),  # a cursor is missing
    "POST patients/": patients(
        # Only a lead gives a patient to somebody else.
        "patients:write",
        201,
        patient_body,
        foreign=400,
        odd={"colleague": 403},
    ),
    "GET patients/{patient}/": patients("patients:read"),
    "PATCH patients/{patient}/": patients("patients:write", 200, lambda rows: {"phone": "1"}),
    "GET patients/{patient}/audit/": leads("audit:read"),
    "GET plans/": patients("plans:read"),
    "POST plans/search/": patients("plans:read", 200, EMPTY),
    "GET plans/search/": patients("plans:read", 400),
    "POST plans/": patients("plans:write", 201, plan_body, foreign=400),
    "GET plans/{plan}/": patients("plans:read"),
    "PATCH plans/{plan}/": patients("plans:write", 200, lambda rows: {"note": "x"}),
    "PUT plans/{plan}/items/": patients("plans:write", 200, lambda rows: {"items": PLAN["items"]}),
    "POST plans/{plan}/copy/": patients("plans:write", 201, EMPTY),
    "POST plans/{plan}/stop/": patients("plans:write", 200, EMPTY),
    "POST plans/{plan}/pause/": patients("plans:write", 200, EMPTY),
    "POST plans/{plan}/resume/": patients("plans:write", 200, EMPTY),
    "GET plans/{plan}/log/": patients("log:read"),
    "POST plans/{plan}/log/": patients("log:write", 201, log_body),
    "GET plans/{plan}/log-days/": patients("log:read"),
    "POST plans/{plan}/log-days/": patients(
        "log:write", 201, lambda rows: {"day": rows.clinic.today().isoformat(), "pain": 3}
    ),
    "GET plans/{plan}/intention/": patients("log:read"),
    "GET plans/{plan}/measures/": patients("measures:read"),
    "POST plans/{plan}/measures/": patients("measures:write", 201, measure_body),
    "GET plans/{plan}/scores/": patients("measures:read"),
    "GET plans/{plan}/reminders/": patients("mails:read"),
    "PUT plans/{plan}/reminders/": patients(
        "mails:write",
        200,
        lambda rows: {"on": True, "hour": 18, "address": "robin@example.org", "consented": True},
    ),
    "POST plans/{plan}/order-by-position/": patients("plans:write", 200, EMPTY),
    "POST plans/{plan}/renew/": patients("plans:write", 200, EMPTY),
    "POST plans/{plan}/renew/undo/": patients("plans:write", 409, EMPTY),
    "POST plans/{plan}/add-protocol/": patients(
        "plans:write", 200, lambda rows: {"protocol": str(rows.protocol.pk)}
    ),
    "POST plans/{plan}/next-phase/": patients("plans:write", 409, lambda rows: {"because": "met"}),
    "POST plans/{plan}/save-as-protocol/": leads("protocols:write", 201, lambda rows: {"title": "Legs"}),
    "GET plans/{plan}/findings/": patients("plans:read"),
    "POST plans/{plan}/reasons/": patients("plans:publish", 200, lambda rows: {"reasons": []}),
    "POST plans/{plan}/take-back-reasons/": patients(
        "plans:publish", 409, lambda rows: {"reasons": [str(rows.plan.pk)]}
    ),
    "POST plans/{plan}/prepare/": patients("plans:publish", 200, EMPTY),
    "POST plans/{plan}/publish/": patients("plans:publish", 200, EMPTY),
    "GET publications/": patients("publications:read"),
    "GET publications/{publication}/": patients("publications:read"),
    "GET publications/{publication}/pdf/": patients("publications:read", 303),
    "POST publications/{publication}/renderings/": patients(
        "renderings:write", 202, lambda rows: {"formats": ["patient-a4-large-colour"]}
    ),
    "GET publications/{publication}/record/": patients("publications:read"),
    "POST publications/{publication}/taught-back/": patients("publications:write", 200, EMPTY),
    "POST publications/{publication}/taught-back/undo/": patients("publications:write", 409, EMPTY),
    "GET renderings/{rendering}/": patients("publications:read"),
    "GET renderings/{rendering}/pdf/": patients("publications:read"),
    "GET links/": patients("links:read"),
    "POST links/": patients("links:write", 200, lambda rows: {"plan": str(rows.plan.pk)}, foreign=400),
    "GET links/{link}/": patients("links:read"),
    "DELETE links/{link}/": patients("links:write", 204),
    "GET links/{link}/openings/": patients("links:read"),
    "GET links/{link}/devices/": patients("links:read"),
    "DELETE links/{link}/devices/": patients("links:write", 204),
    "DELETE links/{link}/devices/{device}/": patients("links:write", 204),
    "GET mails/": patients("mails:read"),
    "POST mails/": patients(
        "mails:write",
        201,
        lambda rows: {
            "publication": str(rows.publication.pk),
            "address": "robin@example.org",
            "consented": True,
        },
        foreign=400,
    ),
    "GET mails/{mail}/": patients("mails:read"),
    "POST mails/{mail}/bounce/": patients("mails:write", 200, EMPTY),
    "GET reminders/{reminder}/": patients("mails:read"),
    "POST reminders/{reminder}/bounce/": patients("mails:write", 200, EMPTY),
    "POST mails/{mail}/withdraw-consent/": patients("mails:write", 200, EMPTY),
    "GET reviews/": patients("reviews:read"),
    "GET reviews/{review}/": patients("reviews:read"),
    "POST reviews/{review}/close/": patients("reviews:write", 200, EMPTY),
    "GET follow-ups/": patients("follow-ups:read"),
    "GET follow-ups/{follow_up}/": patients("follow-ups:read"),
    "POST follow-ups/{follow_up}/see/": patients("follow-ups:write", 200, EMPTY),
    "POST follow-ups/{follow_up}/done/": patients("follow-ups:write", 200, EMPTY),
    "GET webhooks/": leads("webhooks:read"),
    "POST webhooks/": leads(
        "webhooks:write",
        201,
        lambda rows: {
            "clinic": str(rows.clinic.pk),
            "url": "https://practice.example.org/two",
            "events": ["link.opened"],
        },
        foreign=400,
    ),
    "GET webhooks/{webhook}/": leads("webhooks:read"),
    "PATCH webhooks/{webhook}/": leads("webhooks:write", 200, lambda rows: {"active": False}),
    "DELETE webhooks/{webhook}/": leads("webhooks:write", 204),
    "POST webhooks/{webhook}/renew-secret/": leads("webhooks:write", 200, EMPTY),
    "POST webhooks/{webhook}/resume/": leads("webhooks:write", 200, EMPTY),
    "GET deliveries/": leads("webhooks:read"),
    "GET deliveries/{delivery}/": leads("webhooks:read"),
    "POST deliveries/{delivery}/replay/": leads("webhooks:write", 202, EMPTY),
    "GET systems/": people(),
    "POST systems/": people(
        201, lambda rows: {"clinic": str(rows.clinic.pk), "name": "Another"}, foreign=400
    ),
    "GET systems/{system}/": people(),
    "DELETE systems/{system}/": people(204),
    "POST keys/": people(
        201, lambda rows: {"system": str(rows.system.pk), "scopes": ["plans:read"]}, foreign=400
    ),
    "GET keys/{key}/": people(),
    "DELETE keys/{key}/": people(204),
}
NAMES = {
    "advice": "advice",
    "deliveries": "delivery",
    "library-protocols": "library_protocol",
    "follow-ups": "follow_up",
}


def address_of(pattern):
    """The address of a pattern, with the name of its row."""
    path = str(pattern.pattern)
    prefix = path.partition("/")[0]
    name = NAMES.get(prefix, prefix.removesuffix("s"))
    for written, meant in (("<uuid:pk>", name), ("<str:sha256>", "sha256"), ("<uuid:device>", "device")):
        path = path.replace(written, f"{{{meant}}}")
    return path


def routes():
    """Every call that the url list offers, as `METHOD path`, with its view's decision."""
    found = {}
    for pattern in urls.router.urls:
        for method, action in pattern.callback.actions.items():
            if method != "head":
                found[f"{method.upper()} {address_of(pattern)}"] = pattern.callback.cls.calls[action]
    return found


def test_every_address_has_a_decision():
    assert set(routes()) == set(DECISIONS)


@pytest.mark.parametrize("call", DECISIONS)
def test_scopes_are_those_that_were_decided(call):
    assert routes()[call].scope == DECISIONS[call].scope


@pytest.mark.parametrize("call", DECISIONS)
def test_every_role_gets_what_was_decided(db, call):
    world = make_world()
    wrong = {}
    for role, caller in world.callers.items():
        expected = expect(call, role)
        got = status_of(call, caller, world.rows)
        if got != expected:
            wrong[role] = f"{got}, not {expected}"
    assert wrong == {}


ADDING = {
    "POST protocols/{protocol}/start-plan/", "POST library-protocols/{library_protocol}/start-plan/",
    "POST plans/{plan}/copy/", "POST plans/{plan}/save-as-protocol/",
    "POST plans/{plan}/reasons/", "POST plans/{plan}/take-back-reasons/", "POST plans/{plan}/prepare/",
    "POST publications/{publication}/renderings/",
    "POST deliveries/{delivery}/replay/", "POST publications/{publication}/taught-back/",
    "POST publications/{publication}/taught-back/undo/", "POST plans/{plan}/log/", "POST plans/{plan}/log-days/",
    "POST plans/{plan}/measures/",
}  # fmt: skip
"""What adds something beside a row and changes nothing of it that was seen, or names by id what it takes back."""
CHANGING = [call for call in DECISIONS if not call.startswith("GET") and "{" in call and call not in ADDING]


@pytest.mark.parametrize("call", CHANGING)
def test_what_changes_a_row_holds_to_the_version_that_was_seen(db, call):
    world = make_world()
    assert status_of(call, world.callers["lead"], world.rows, if_match='"old-0"') == 412
    if not call.startswith("POST"):
        assert status_of(call, world.callers["lead"], world.rows, if_match="") == 428


def expect(call, role):
    decision = DECISIONS[call]
    if role == "anonymous":
        return 401
    if role == "scopeless":
        if decision.scope != "library:read":
            return 403
        role = "system"
    if role not in decision.who:
        return 403
    if role in decision.odd:
        return decision.odd[role]
    about_a_row = "{" in call or decision.foreign == 400
    if about_a_row and role not in decision.sees:
        return decision.foreign
    return decision.status


def status_of(call, caller, rows, if_match="*"):
    """Call it for real, and undo it."""
    method, path = call.split(" ")
    ids = {name: row.pk for name, row in vars(rows).items()} | {"sha256": rows.picture.sha256}
    decision = DECISIONS[call]
    body = decision.body(rows) if decision.body not in (None, dict) else ({} if decision.body else None)
    cache.clear()
    with transaction.atomic():
        answer = caller.call(method.lower(), path.format(**ids), body, If_Match=if_match)
        transaction.set_rollback(True)
    return answer.status_code
