"""Any sequence of edits, conflicts and losses of the network ends with a draft that holds every accepted change once.

Two pages work at one plan through HTTP, as the desk's script does: each sends what changed against what it knows, and
sends the same again until it is answered. The network may lose a call or its answer at any time. The test keeps its
own account of what was accepted.
"""

import json
from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from plans.models import DraftChange, Plan
from tests import factories
from tests.admin.conftest import signed_in

WORDS = st.sampled_from(["", "a", "b", "c", "stairs", "x" * 10_000])
SETS = st.sampled_from(["1", "2", "3-4", "", "many"])


class PageOfDesk:
    """One open page: what it knows of the draft, what it shows, and what is on its way."""

    def __init__(self, client, person, plan_id, state):
        self.client, self.person = client, person
        self.address = reverse("admin:plans_plan_changes", args=[plan_id])
        self.on_its_way = None
        self.learn(state)

    def learn(self, state):
        self.seen = state["number"]
        self.known = {("", name): text for name, text in state["plan"].items()}
        self.order = [item["id"] for item in state["items"]]
        for item in state["items"]:
            self.known |= {(item["id"], name): text for name, text in item["fields"].items()}

    def send(self, changes):
        """Put changes on their way; what is on its way already goes first, unchanged."""
        self.on_its_way = self.on_its_way or {
            "person": str(self.person.pk),
            "seen": self.seen,
            "changes": [{**change, "id": str(uuid4())} for change in changes],
        }

    def deliver(self):
        answer = self.client.post(self.address, json.dumps(self.on_its_way), content_type="application/json")
        assert answer.status_code == 200, answer.content
        return answer.json()

    def take(self, told):
        sent, self.on_its_way = self.on_its_way, None
        self.seen = told["number"]
        results = {outcome["id"]: outcome for outcome in told["outcomes"]}
        for change in sent["changes"]:
            outcome = results[change["id"]]
            if outcome["result"] != "saved":
                continue
            if change["kind"] == "set":
                self.known[change["item"] or "", change["field"]] = outcome["stands"].get(change["field"], "")
            elif change["kind"] == "add":
                self.order.append(change["item"])
                stands = outcome.get("stands", {})
                self.known |= {(change["item"], name): text for name, text in stands.items()}
            elif change["kind"] == "remove":
                self.order = [one for one in self.order if one != change["item"]]
        if "state" in told:
            self.learn(told["state"])
        return [(change, results[change["id"]]) for change in sent["changes"]]


class Drafting(RuleBasedStateMachine):
    """Two therapists, one plan, a network that loses things."""

    @initialize()
    def begin(self):
        clinic = factories.clinic()
        self.people = [factories.lead(clinic), factories.lead(clinic)]
        self.revision = factories.approved_exercise(clinic)
        patient = factories.patient(self.people[0])
        self.plan_id = uuid4()
        self.pages = []
        for person in self.people:
            client = signed_in(person)
            body = {"person": str(person.pk), "seen": 0, "changes": [], "patient": str(patient.pk)}
            address = reverse("admin:plans_plan_changes", args=[self.plan_id])
            told = client.post(address, json.dumps(body), content_type="application/json").json()
            self.pages.append(PageOfDesk(client, person, self.plan_id, told["state"]))
        self.accepted = {}
        self.rows = {}

    # --- What a page does: it sets, adds, removes, moves; and then the network does what it likes ---------------------

    def go(self, who, changes, fate):
        page = self.pages[who]
        page.send(changes)
        if fate == "lost before":
            return
        told = page.deliver()
        self.note(page.on_its_way["changes"], told)
        if fate == "answer lost":
            return
        page.take(told)

    def note(self, changes, told):
        """Keep account of what the service says it accepted: of each change once, when it is first said."""
        results = {outcome["id"]: outcome for outcome in told["outcomes"]}
        for change in changes:
            if results[change["id"]]["result"] != "saved" or change["id"] in self.accepted:
                continue
            self.accepted[change["id"]] = change
            if change["kind"] == "add":
                self.rows[change["item"]] = dict.fromkeys(("note", "sets"), "") | change["values"]
            elif change["kind"] == "remove":
                self.rows.pop(change["item"], None)
            elif change["kind"] == "set" and change["item"]:
                self.rows[change["item"]][change["field"]] = change["value"]
            elif change["kind"] == "set":
                self.rows.setdefault("", {})[change["field"]] = change["value"]

    FATE = st.sampled_from(["arrives", "lost before", "answer lost"])
    WHO = st.integers(0, 1)

    @rule(who=WHO, fate=FATE, field=st.sampled_from(["goals", "note"]), words=WORDS)
    def types(self, who, fate, field, words):
        page = self.pages[who]
        change = {"kind": "set", "item": None, "field": field, "base": page.known["", field], "value": words}
        self.go(who, [change], fate)

    @rule(who=WHO, fate=FATE, pick=st.integers(0, 9), note=WORDS, sets=SETS)
    def doses(self, who, fate, pick, note, sets):
        page = self.pages[who]
        if not page.order:
            return
        item = page.order[pick % len(page.order)]
        made = [("note", note), ("sets", sets)]
        changes = [
            {"kind": "set", "item": item, "field": name, "base": page.known[item, name], "value": value}
            for name, value in made
            if value != page.known[item, name]
        ]
        self.go(who, changes, fate)

    @rule(who=WHO, fate=FATE, pick=st.integers(0, 9))
    def adds(self, who, fate, pick):
        page = self.pages[who]
        self.go(
            who,
            [
                {
                    "kind": "add",
                    "item": str(uuid4()),
                    "revision": str(self.revision.pk),
                    "after": page.order[: pick % (len(page.order) + 1)][::-1],
                    "values": {"sets": "2"},
                }
            ],
            fate,
        )

    @rule(who=WHO, fate=FATE, pick=st.integers(0, 9))
    def removes(self, who, fate, pick):
        page = self.pages[who]
        if not page.order:
            return
        item = page.order[pick % len(page.order)]
        base = {name: text for (key, name), text in page.known.items() if key == item}
        self.go(who, [{"kind": "remove", "item": item, "base": base}], fate)

    @rule(who=WHO, fate=FATE, pick=st.integers(0, 9), to=st.integers(0, 9))
    def moves(self, who, fate, pick, to):
        page = self.pages[who]
        if not page.order:
            return
        item = page.order[pick % len(page.order)]
        rest = [one for one in page.order if one != item]
        after = rest[: to % (len(rest) + 1)][::-1]
        self.go(who, [{"kind": "move", "item": item, "after": after}], fate)

    @precondition(lambda self: self.accepted)
    @rule(who=WHO, fate=FATE)
    def takes_back(self, who, fate):
        """Somebody who sees the last change as it stands takes it back: sent again, it must not come a second time."""
        page = self.pages[who]
        for _ in range(2):
            self.go(who, [], "arrives")
        change = list(self.accepted.values())[-1]
        item = change["item"]
        if change["kind"] == "add" and item in page.order:
            self.go(who, [{"kind": "remove", "item": item, "base": {}}], fate)
        elif change["kind"] == "remove" and item not in page.order:
            again = {"kind": "add", "item": item, "revision": str(self.revision.pk), "after": []}
            self.go(who, [{**again, "values": {"sets": "1"}}], fate)
        elif change["kind"] == "set" and (not item or item in page.order):
            back = {"base": change["value"], "value": change["base"]}
            self.go(who, [{**change, **back}], fate)

    @precondition(lambda self: any(page.on_its_way for page in self.pages))
    @rule()
    def the_network_is_back(self):
        """What is on its way arrives, however often it arrived before."""
        for who, page in enumerate(self.pages):
            if page.on_its_way:
                self.go(who, [], "arrives")

    # --- What always holds -------------------------------------------------------------------------------------------

    @invariant()
    def the_draft_is_the_account(self):
        plan = Plan.objects.get(pk=self.plan_id)
        items = list(plan.items.all())
        assert {str(item.pk) for item in items} == set(self.rows) - {""}
        assert [item.order for item in items] == list(range(1, len(items) + 1))
        for item in items:
            told = self.rows[str(item.pk)]
            assert (item.note, str(item.dose.sets or "")) == (told["note"], told["sets"])
        mine = self.rows.get("", {})
        assert (plan.goals, plan.note) == (mine.get("goals", ""), mine.get("note", ""))

    @invariant()
    def each_accepted_change_is_logged_at_most_once_and_nothing_else_is(self):
        logged = [
            str(key) for key in DraftChange.objects.filter(plan=self.plan_id).values_list("pk", flat=True)
        ]
        assert set(logged) <= set(self.accepted)
        assert len(logged) == len(set(logged))

    def teardown(self):
        """The network is back for good: nothing is left on its way, and both pages know the same draft."""
        if hasattr(self, "pages"):
            self.the_network_is_back()
            self.the_draft_is_the_account()


@pytest.mark.django_db
def test_every_accepted_change_is_held_once():
    run_state_machine_as_test(Drafting, settings=settings(max_examples=8, stateful_step_count=25))
