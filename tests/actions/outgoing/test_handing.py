"""What a mail server's answers mean: only what it says counts, and what breaks off is not known."""

import pytest
from django.core.mail import EmailMessage

from plans.actions.outgoing.handing import Handed, hand_over, has_server
from plans.models import MailState

LETTER = EmailMessage("Subject", "Body", "clinic@example.org", ["robin@example.org"])


def hand(*, begin=lambda: None):
    return hand_over(LETTER, begin=begin)


def test_a_letter_that_is_taken_is_sent(server):
    assert hand() == Handed(state=MailState.SENT)
    assert len(server.letters) == 1
    assert has_server()


@pytest.mark.parametrize(
    ("command", "said", "state", "code"),
    [
        ("RCPT", "550 no such user", MailState.FAILED, "refused"),
        ("RCPT", "450 try later", MailState.QUEUED, "not_now"),
        ("RCPT", "421 too busy", MailState.QUEUED, "not_now"),
        ("MAIL", "553 not for you", MailState.FAILED, "sender_refused"),
        ("MAIL", "451 later", MailState.QUEUED, "not_now"),
        ("DATA", "554 no", MailState.FAILED, "refused"),
        (".", "552 mailbox full", MailState.FAILED, "refused"),
        (".", "452 no room now", MailState.QUEUED, "not_now"),
        (".", None, MailState.UNKNOWN, "broke_off"),
    ],
)
def test_each_answer_has_its_meaning(server, command, said, state, code):
    server.answers[command] = said
    handed = hand()
    assert (handed.state, handed.error_code) == (state, code)
    if said:
        assert handed.answer == said
    assert handed.refuses_address == (code == "refused")


def test_a_quarrel_over_the_goodbye_changes_nothing(server):
    server.answers["QUIT"] = "500 what"
    assert hand().state == MailState.SENT


def test_without_a_server_it_waits_and_no_hand_over_began(server):
    server.stop()
    began = []
    handed = hand(begin=lambda: began.append(1))
    assert (handed.state, handed.error_code) == (MailState.QUEUED, "unreachable")
    assert began == []


@pytest.mark.parametrize("said", ["421 closing", None])
def test_what_breaks_off_at_the_greeting_was_not_handed_over(server, said):
    server.answers |= {"EHLO": said, "HELO": said}
    began = []
    handed = hand(begin=lambda: began.append(1))
    assert (handed.state, handed.error_code) == (MailState.QUEUED, "unreachable")
    assert began == []


def test_nothing_is_sent_when_the_row_is_another_senders(server):
    ended = Handed(state=MailState.QUEUED)
    assert hand(begin=lambda: ended) is ended
    assert server.letters == []


def test_without_settings_it_is_written_into_a_file(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_FILE_PATH = "", tmp_path / "mails"
    assert hand().state == MailState.SENT
    assert not has_server()
    (written,) = (tmp_path / "mails").iterdir()
    assert "robin@example.org" in written.read_text()


def test_a_folder_that_cannot_be_written_loses_nothing(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "file"
    settings.EMAIL_FILE_PATH.write_text("no folder")
    assert (hand().state, hand().error_code) == (MailState.QUEUED, "unreachable")
