import pytest
from django.core.exceptions import ImproperlyConfigured

from clinic import environment


@pytest.mark.parametrize("word", ["maybe", "2", "yess"])
def test_flag_refuses_what_is_neither_yes_nor_no(monkeypatch, word):
    monkeypatch.setenv("SOME_FLAG", word)

    with pytest.raises(ImproperlyConfigured, match="SOME_FLAG"):
        environment.flag("SOME_FLAG")


def test_flag_reads_yes_no_and_blank(monkeypatch):
    monkeypatch.setenv("SOME_FLAG", " Yes ")
    assert environment.flag("SOME_FLAG") is True
    monkeypatch.setenv("SOME_FLAG", "off")
    assert environment.flag("SOME_FLAG", default=True) is False
    monkeypatch.setenv("SOME_FLAG", " ")
    assert environment.flag("SOME_FLAG", default=True) is True


@pytest.mark.parametrize("word", ["-1", "6", "many", "1.5"])
def test_number_refuses_what_is_outside(monkeypatch, word):
    monkeypatch.setenv("SOME_NUMBER", word)

    with pytest.raises(ImproperlyConfigured, match="from 0 to 5"):
        environment.number("SOME_NUMBER", 0, low=0, high=5)


def test_keys_must_be_given_when_machines_share_them(monkeypatch):
    monkeypatch.delenv("SOME_KEY", raising=False)

    with pytest.raises(ImproperlyConfigured, match="SOME_KEY must be set"):
        environment.keys("SOME_KEY", local=None)


def test_keys_refuse_a_short_one(monkeypatch):
    monkeypatch.setenv("SOME_KEY", "x" * 32 + ",short")

    with pytest.raises(ImproperlyConfigured, match="at least 32"):
        environment.keys("SOME_KEY", local=None)


def test_keys_keep_their_order_and_come_before_a_local_one(monkeypatch, tmp_path):
    monkeypatch.setenv("SOME_KEY", f"{'n' * 32}, {'o' * 32}")

    assert environment.keys("SOME_KEY", local=tmp_path) == ["n" * 32, "o" * 32]
    assert list(tmp_path.iterdir()) == []
