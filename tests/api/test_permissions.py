"""A key reads nothing by what it may write, nor by what it may expand: scope x expand x verb, from the url list."""

import pytest
from django.core.cache import cache
from django.db import transaction
from oauth2_provider.models import get_access_token_model

from plans.api import urls
from plans.api.scopes import SCOPES
from plans.models import AuditEvent
from tests.api.test_matrix import DECISIONS, address_of
from tests.api.world import make_world

MARKS = {"patients:read": "Zebedee", "plans:read": "Quokkaplan", "protocols:read": "Narwhallist"}
"""A word that only the rows of a scope hold."""

LISTS = ("GET patients/", "POST patients/search/")
"""Here one row for each clinic says how many of its patients were listed."""


def offered():
    """Every call with each word and all words that its view can expand, and the scopes that were declared for it."""
    for pattern in urls.router.urls:
        for method, action in pattern.callback.actions.items():
            view = pattern.callback.cls
            if method == "head" or view.calls[action].scope is None:
                continue
            for expand in {(), tuple(view.expands), *((word,) for word in view.expands)}:
                scopes = (*view.calls[action].scopes, *(view.expands[word] for word in expand))
                yield f"{method.upper()} {address_of(pattern)}", expand, frozenset(scopes)


OFFERED = list(offered())


@pytest.fixture
def world(db, broker):
    world = make_world()
    rows = world.rows
    rows.patient.name = MARKS["patients:read"]
    rows.patient.save()
    rows.plan.title = MARKS["plans:read"]
    rows.plan.save()
    rows.protocol.title = rows.protocol.note = rows.protocol.goals = MARKS["protocols:read"]
    rows.protocol.save()
    return world


def send(world, call, expand, scopes):
    """Call it with a token of these scopes, and undo it."""
    cache.clear()
    get_access_token_model().objects.update(scope=" ".join(scopes))
    method, path = call.split(" ")
    ids = {name: row.pk for name, row in vars(world.rows).items()} | {"sha256": world.rows.picture.sha256}
    made = DECISIONS[call].body
    body = made(world.rows) if made not in (None, dict) else ({} if made else None)
    words = f"?expand={','.join(expand)}" if expand else ""
    with transaction.atomic():
        answer = world.callers["system"].call(method.lower(), path.format(**ids) + words, body, If_Match="*")
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        readings = set(AuditEvent.objects.values_list("verb", "patient_id"))
        transaction.set_rollback(True)
    return answer, text.decode(errors="replace"), readings


def expected(call, expand):
    if call in ("GET plans/", "POST plans/search/") and "findings" in expand:
        return 400  # told for one plan at a time
    if call == "POST plans/{plan}/publish/":
        return 201  # the title is another one since the last version
    return DECISIONS[call].status


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "PUT", "DELETE"])
def test_a_call_needs_the_scope_of_all_that_it_does_expands_and_answers(world, method):
    wrong = []
    for call, expand, scopes in OFFERED:
        if not call.startswith(method):
            continue
        answer, text, _ = send(world, call, expand, scopes)
        if answer.status_code != expected(call, expand):
            wrong.append(f"{call} {expand} with {sorted(scopes)}: {answer.status_code} {text}")
        for scope in scopes:
            answer, *_ = send(world, call, expand, frozenset(SCOPES) - {scope})
            if answer.status_code != 403 or f'scope="{scope}"' not in answer["WWW-Authenticate"]:
                wrong.append(f"{call} {expand} without {scope}: {answer.status_code}")
    assert wrong == []


@pytest.mark.parametrize("scope", MARKS)
def test_nothing_tells_what_a_key_may_not_read(world, scope):
    told = set()
    for call, expand, _ in OFFERED:
        _, text, _ = send(world, call, expand, frozenset(SCOPES) - {scope})
        if MARKS[scope] in text:
            told.add(f"{call} {expand}")
    assert told == set()


def test_whoever_is_told_of_a_patient_is_recorded(world):
    """Whatever answers with the patient leaves a row of the patient's record, whatever verb it has."""
    patient, told, unrecorded = world.rows.patient.pk, [], []
    for call, expand, _ in OFFERED:
        _, text, readings = send(world, call, expand, SCOPES)
        if MARKS["patients:read"] in text and call not in LISTS:
            told.append(call)
            if ("patient.viewed", patient) not in readings:
                unrecorded.append(f"{call} {expand}")
        if MARKS["patients:read"] in text and call in LISTS:
            assert ("patient.listed", None) in readings
    assert unrecorded == []
    assert {"GET plans/", "PATCH plans/{plan}/", "PATCH patients/{patient}/"} <= set(told)
