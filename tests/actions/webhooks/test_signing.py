"""Signatures as receivers of Standard Webhooks check them."""

import base64
import hashlib
import hmac

from plans.actions.webhooks.signing import new_secret, signed_headers


def test_the_specifications_own_example():
    headers = signed_headers(
        message_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestamp=1614265330,
        body='{"test": 2432232314}',
        keys=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
    )
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_two_secrets_sign_beside_each_other():
    old, new = new_secret(), new_secret()
    headers = signed_headers(message_id="m", timestamp=1, body="{}", keys=[new, old])
    first, second = headers["webhook-signature"].split(" ")
    assert [first, second] == [mark(new), mark(old)]


def test_a_secret_has_256_bits():
    assert len(base64.b64decode(new_secret().removeprefix("whsec_"))) == 32
    assert new_secret() != new_secret()


def mark(secret):
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return "v1," + base64.b64encode(hmac.new(key, b"m.1.{}", hashlib.sha256).digest()).decode()
