"""What schemathesis is told before and after each call: most calls get past the guards, and how they end is counted.

The fuzzer draws the same short Idempotency-Key for many calls and leaves If-Match out; then it would test the two
guards thousands of times and little behind them.
"""

import itertools
import os
import re
from uuid import uuid4

import schemathesis

KEY = re.compile(r"[\x21-\x7e]{1,255}")
GUARD_EVERY = 25
"""One call in so many meets the guards as it was drawn: they are part of what is described."""
counted = itertools.count(1)


@schemathesis.hook
def before_call(ctx, case, kwargs):
    """Give each call a key of its own, and let it go for whatever version there is."""
    if next(counted) % GUARD_EVERY == 0:
        return
    described = {one["name"] for one in case.operation.definition.raw.get("parameters", ())}
    key = case.headers.get("Idempotency-Key")
    if isinstance(key, str) and KEY.fullmatch(key):
        case.headers["Idempotency-Key"] = str(uuid4())
    if "If-Match" in described:
        case.headers["If-Match"] = "*"


@schemathesis.hook
def after_call(ctx, case, response):
    """Note how the call ended."""
    code = ""
    if "json" in response.headers.get("content-type", [""])[0] and response.content:
        body = response.json()
        code = body.get("code", "") if isinstance(body, dict) else ""
    with open(os.environ["FUZZ_ENDS"], "a") as file:
        file.write(f"{response.status_code} {code}\n")
