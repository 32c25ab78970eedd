"""What a page of a patient may load, run and send: of this site alone, and as little as it needs."""


def test_scripts_of_our_own_run_on_an_exercise_and_nothing_else(issued, opened):
    answer = opened.get(f"{issued.path}exercise/1/")
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))

    assert policy == {
        "default-src": "'none'",
        "style-src": "'self'",
        "img-src": "'self'",
        "script-src": "'self'",
        "worker-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    page = answer.content.decode()
    assert page.count("<script") == page.count('type="application/json"') + page.count("<script defer src=")
    assert "style=" not in page
    assert " onclick" not in page
