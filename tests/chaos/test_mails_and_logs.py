"""Mails and tellings while senders, web server, broker and database are killed: none twice, no telling lost.

A mail that was cut off at its hand-over is listed as not known. Each worker has a scheduler of its own, so several make
the reminders of the same hours. Real processes; the same with a sender that forgets to note its hand-over shows that
the test can fail. CHAOS_ROUNDS: how often all harms are done.
"""

import itertools
import os
import signal
import time
from collections import Counter

import psycopg
import pytest

from tests import engines
from tests.chaos.phones import Phone
from tests.chaos.post_office import PostOffice
from tests.chaos.service import Service
from tests.servers import SECONDS, poll

pytestmark = [pytest.mark.long, pytest.mark.alone, pytest.mark.timeout(900)]
ROUNDS = int(os.environ.get("CHAOS_ROUNDS", "1"))
WORKERS = ("one", "two", "three")
HARMS = 10
AT_ONCE = 2
"""For each harm in a round so many reminders come due, and so many mails are sent."""
PHONES, DEVICES = 2, 2
PACE = 0.4
WAITING = "state = 'queued' AND (not_before IS NULL OR not_before < now() + interval '12 hours')"
"""What goes on by itself; mails that are kept for a later harm are put off for longer."""
MAILS, REMINDERS = "plans_mail", "plans_reminder"


def plans_of(rounds):
    """How many plans are needed, each with a reminder and a mail; some are left for the end."""
    return AT_ONCE * (HARMS * rounds + 1)


class Post:
    """The rows of mails and reminders, looked at and moved in time by the test."""

    def __init__(self, service):
        self.service = service

    def ask(self, question, *values):
        with psycopg.connect(self.service.database, autocommit=True) as connection:
            found = connection.execute(question, values)
            return found.fetchall() if found.description else []

    def bring_due(self, count):
        """Let the hour of some more reminders come, and send some more mails."""
        self.ask(
            "UPDATE plans_reminderschedule SET next_at = now() WHERE id IN (SELECT id FROM "
            "plans_reminderschedule WHERE next_at > now() AND NOT id = ANY(%s::uuid[]) AND NOT EXISTS (SELECT 1 FROM "
            "plans_reminder r WHERE r.schedule_id = plans_reminderschedule.id) ORDER BY id LIMIT %s)",
            self.service.kept_back,
            count,
        )
        self.ask(
            "UPDATE plans_mail SET not_before = NULL WHERE id IN (SELECT id FROM plans_mail WHERE "
            "not_before > now() + interval '12 hours' ORDER BY id LIMIT %s)",
            count,
        )

    def held(self):
        """Who holds which row now."""
        union = " UNION ALL ".join(
            f"SELECT id::text, attempt_token FROM {table} WHERE state = 'running'"
            for table in (MAILS, REMINDERS)
        )
        return set(self.ask(union))

    def wait_for_stuck(self):
        """Return the one row whose holder does not go on, while all others end what they hold."""
        seen = self.held()
        return poll(lambda: self._one_of(seen), what="one row that stays")

    def _one_of(self, seen):
        left = seen & self.held()
        return next(iter(left)) if len(left) == 1 else None

    def let_lease_end(self, held):
        """Let the lease of a row end at once, as time does in minutes."""
        row_id, token = held
        for table in (MAILS, REMINDERS):
            self.ask(
                f"UPDATE {table} SET lease_until = now() - interval '1 second' WHERE id = %s AND attempt_token = %s",
                row_id,
                token,
            )

    def let_pauses_end(self):
        for table in (MAILS, REMINDERS):
            self.ask(
                f"UPDATE {table} SET not_before = NULL WHERE state = 'queued' AND attempts > 0 AND not_before > now()"
            )

    def state(self, row_id):
        union = " UNION ALL ".join(
            f"SELECT state, error_code FROM {table} WHERE id::text = %s" for table in (MAILS, REMINDERS)
        )
        return self.ask(union, row_id, row_id)[0]

    def count(self, condition):
        return sum(
            self.ask(f"SELECT count(*) FROM {table} WHERE {condition}")[0][0] for table in (MAILS, REMINDERS)
        )


class Chaos:
    """One run: the service, its mail servers and phones, and what was done to them."""

    def __init__(self, folder, *, rounds=ROUNDS, forgetful=False):
        self.office = PostOffice(*WORKERS)
        mail = {
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_USE_TLS": "0",
            "DEFAULT_FROM_EMAIL": "plans@service.example",
        }
        given = {**mail, "CHAOS_HURRIED": "1"}
        if forgetful:
            given["CHAOS_FORGETFUL"] = "tests.chaos.forgetful"
        self.service = Service(folder, queues="webhooks,default", environment=given)
        self.service.environment_of = {
            name: {"EMAIL_PORT": str(server.port)} for name, server in self.office.servers.items()
        }
        made = self.service.drive("prepare", str(plans_of(rounds)), str(PHONES), driver="mail_driver")
        self.service.flush_broker()  # of the messages that wait since then, so that those of the test come at once
        self.plans = made["phones"]
        self.service.kept_back = [plan["schedule"] for plan in self.plans]
        self.post = Post(self.service)
        self.cut_off, self.cut_before = [], 0
        self.phones = []

    # --- Harms ---

    def kill_with_the_letter_taken(self):
        self._kill_at(".")

    def kill_before_the_letter(self):
        self._kill_at("DATA")

    def _kill_at(self, point):
        self.office.hold(point)
        self.post.bring_due(AT_ONCE)
        name, row_id = self.office.wait()
        self.service.signal_now(name, signal.SIGKILL)
        self.office.release()
        self.service.restart_worker(name)
        stuck = self.post.wait_for_stuck()
        self.post.let_lease_end(stuck)
        self._note_cut(stuck[0], point)
        if point == ".":
            assert stuck[0] == row_id

    def cut_the_line_with_the_letter_taken(self):
        self.office.cut_off(".")
        self.post.bring_due(AT_ONCE)
        _, row_id = self.office.wait()
        self._note_cut(row_id, ".")

    def _note_cut(self, row_id, point):
        """What was cut off is listed as not known, whether the letter had been taken or not."""
        self.cut_off.append(row_id)
        self.cut_before += point == "DATA"

    def freeze_in_the_hand_over(self):
        self._freeze_at(".")

    def freeze_before_the_hand_over(self):
        """Another sends what the frozen one held; when it goes on, it sends nothing."""
        self._freeze_at("EHLO")

    def _freeze_at(self, point):
        self.office.hold(point)
        self.post.bring_due(AT_ONCE)
        name, _ = self.office.wait()
        stuck = self.post.wait_for_stuck()
        self.service.signal_now(name, signal.SIGSTOP)
        self.post.let_lease_end(stuck)
        if point == ".":
            self._note_cut(stuck[0], point)
            poll(lambda: self.post.state(stuck[0])[0] == "unknown", what="a mail not known")
        else:
            self._wait_for_another_sender(stuck[0])
        self.office.release()
        self.service.thaw_worker(name)

    def _wait_for_another_sender(self, row_id):
        def is_sent():
            self.post.let_pauses_end()
            return self.post.state(row_id)[0] == "sent"

        poll(is_sent, what="another sender")

    def say_later(self):
        self.office.answer(".", "452 no room now")
        self.post.bring_due(AT_ONCE)
        poll(lambda: self.post.count("error_code = 'not_now'"), what="a mail put off")
        self.office.answer_well()

    def flush_the_broker(self):
        self.post.bring_due(AT_ONCE)
        self.service.flush_broker()

    def kill_broker_and_web(self):
        self.post.bring_due(AT_ONCE)
        self.service.kill_web()
        self.service.stop_broker()
        time.sleep(1)
        self.service.start_web()
        time.sleep(1)
        self.service.start_broker()

    def freeze_the_broker(self):
        self.post.bring_due(AT_ONCE)
        self.service.freeze_broker()
        time.sleep(3)
        self.service.thaw_broker()

    def restart_the_database(self):
        self.post.bring_due(AT_ONCE)
        self.service.restart_database()

    # --- The run ---

    def harm(self, rounds):
        harms = [
            self.kill_with_the_letter_taken,
            self.flush_the_broker,
            self.freeze_before_the_hand_over,
            self.kill_broker_and_web,
            self.kill_before_the_letter,
            self.say_later,
            self.freeze_in_the_hand_over,
            self.freeze_the_broker,
            self.cut_the_line_with_the_letter_taken,
            self.restart_the_database,
        ]
        assert len(harms) == HARMS
        for _ in range(rounds):
            for one in harms:
                one()
            self.settle()

    def start(self):
        for name in WORKERS:
            self.service.start_worker(name)
        self.service.start_web()
        engines.wait_for_port(self.service.web_port, self.service.servers)

    def start_phones(self):
        address = f"http://127.0.0.1:{self.service.web_port}"
        for plan, _ in itertools.product(self.plans, range(DEVICES)):
            self.phones.append(Phone(address + plan["path"], plan["ticks"], pace=PACE))
        for phone in self.phones:
            phone.start()

    def correct_and_repeat(self):
        """Correct all by new tellings; then the other device sends its old ones once more, which changes nothing."""
        address = f"http://127.0.0.1:{self.service.web_port}"
        for name in ("corrections", "ticks"):
            phones = [Phone(address + plan["path"], plan[name], pace=0) for plan in self.plans]
            for phone in phones:
                phone.start()
            self.phones += phones
            self.wait_for(phones)

    def wait_for(self, phones):
        for phone in phones:
            phone.is_enough.set()
        for phone in phones:
            phone.join(timeout=SECONDS)
            assert not phone.is_alive(), "a phone got no answer"

    def bring_the_rest_due(self):
        """Let the reminders come due of plans that were told of, and all others that are left."""
        self.service.kept_back = []
        self.post.bring_due(10_000)

    def settle(self):
        """Wait until nothing waits or is held any more."""
        poll(self._is_settled, what="an end of all mails")

    def _is_settled(self):
        self.post.let_pauses_end()
        held = self.post.held()
        due = self.post.ask("SELECT 1 FROM plans_reminderschedule WHERE next_at <= now() LIMIT 1")
        if not held and not due and not self.post.count(WAITING):
            return True
        time.sleep(10)
        for row in held & self.post.held():  # whose holder died: of them the database was restarted under
            self.post.let_lease_end(row)
        return False

    def stop(self):
        for phone in self.phones:
            phone.gives_up.set()
        self.office.stop()
        self.service.stop()


@pytest.fixture
def chaos(folder):
    made = []

    def make(**options):
        made.append(Chaos(folder, **options))
        return made[-1]

    yield make
    for one in made:
        one.stop()


def test_no_mail_goes_twice_and_no_telling_is_lost_or_doubled(chaos, record_property):
    run = chaos()
    run.start()
    run.start_phones()
    run.harm(ROUNDS)
    run.wait_for(run.phones)
    run.correct_and_repeat()
    run.bring_the_rest_due()
    run.settle()
    found = run.service.drive("verify", driver="mail_driver")
    letters, states = Counter(run.office.ids), found["states"]
    record_property("chaos of mails", {**Counter(states.values()), "letters": letters.total()})
    record_property(
        "chaos of logs",
        {
            "calls": sum(phone.tries for phone in run.phones),
            "tellings": len(found["changes"]),
            "rows": len(found["entries"]),
        },
    )

    check_mails(run, letters, states, found)
    check_logs(run, found)


def check_mails(run, letters, states, found):
    assert max(letters.values()) == 1
    assert found["most_a_day"] == 1
    assert set(letters) <= set(states)
    assert all(
        (letters[row_id] == 1) == (state == "sent") for row_id, state in states.items() if state != "unknown"
    )
    unknown = {row_id for row_id, state in states.items() if state == "unknown"}
    assert unknown >= set(run.cut_off)
    # Beyond them, only what a sender held while the database was restarted.
    assert len(unknown) <= len(run.cut_off) + len(WORKERS) * ROUNDS
    # Of plans that were told of nobody is reminded.
    told = {plan["schedule"] for plan in run.plans}
    assert not {row_id for row_id, schedule in found["reminders_of"].items() if schedule in told}
    assert len(states) == 2 * plans_of(ROUNDS)
    assert set(states.values()) == {"sent", "unknown"}
    # Else the harms harmed nobody, and the test proves nothing.
    assert run.cut_before == ROUNDS
    assert len(set(run.cut_off) & set(letters)) == 3 * ROUNDS


def check_logs(run, found):
    assert all(said["ok"] for phone in run.phones for said in itertools.chain(*phone.answers.values()))
    given = [tick for plan in run.plans for tick in (*plan["ticks"], *plan["corrections"])]
    assert found["changes"] == sorted(tick["id"] for tick in given)
    told = [
        [plan["plan"], tick["item"], tick["session"], "all", 2]
        for plan in run.plans
        for tick in plan["corrections"]
    ]
    assert found["entries"] == sorted(told)
    assert sorted(found["pains"]) == sorted([plan["plan"], 8, "hurt"] for plan in run.plans)
    assert found["follow_up_events"] == PHONES
    assert found["told_events"] >= PHONES
    # Else nothing came in the phones' way.
    answers = sum(len(said) for phone in run.phones for said in phone.answers.values())
    assert answers < sum(phone.tries for phone in run.phones)


def test_a_sender_that_notes_no_hand_over_sends_a_mail_twice(chaos):
    run = chaos(rounds=0, forgetful=True)
    for name in WORKERS:
        run.service.start_worker(name)
    run.kill_with_the_letter_taken()
    poll(
        lambda: run.post.let_pauses_end() or run.office.ids.count(run.cut_off[0]) > 1,
        seconds=120,
        what="it twice",
    )
