import pytest

from plans.actions.encryption import NotDecryptable, decrypt, encrypt


def test_what_was_encrypted_is_read_back_and_does_not_stand_in_the_open():
    token = encrypt("whsec_secret")
    assert decrypt(token) == "whsec_secret"
    assert "secret" not in token
    assert encrypt("whsec_secret") != token


def test_a_replaced_key_still_reads_and_a_removed_one_does_not(settings):
    token = encrypt("words")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key"
    assert decrypt(token) == "words"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(NotDecryptable):
        decrypt(token)


@pytest.mark.parametrize("token", ["", "words", "gAAAAA=="])
def test_what_nobody_encrypted_is_refused(token):
    with pytest.raises(NotDecryptable):
        decrypt(token)
