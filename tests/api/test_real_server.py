"""What the test client cannot show: chunked bodies, and what is answered before Django, by the web server itself."""

import http.client
import json
import re
import socket
from urllib.parse import urlencode

from plans.models import Plan, Publication
from tests import factories

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
PROBLEM = "application/problem+json"


def send(port, method, path, body, **headers):
    """Send a body in chunks of 5 bytes, without a length, as .NET, Java and Node do by themselves."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    pieces = (body[start : start + 5].encode() for start in range(0, len(body), 5))
    link.request(method, path, pieces, {**names, "Transfer-Encoding": "chunked"}, encode_chunked=True)
    answer = link.getresponse()
    answer.text = answer.read().decode()
    link.close()
    return answer


def test_bodies_in_chunks_are_bodies(web_port, clinic, therapist, make_system):
    _, made = make_system(clinic)
    plan = factories.plan(therapist)
    grant = {
        "grant_type": "client_credentials",
        "client_id": made.key.client_id,
        "client_secret": made.secret,
    }
    token = send(web_port, "POST", "/api/v1/oauth/token/", urlencode(grant), Content_Type=FORM)
    assert token.status == 200, token.text
    known = {"Authorization": f"Bearer {json.loads(token.text)['access_token']}", "Content_Type": JSON}
    path = f"/api/v1/plans/{plan.pk}/"

    changed = send(web_port, "PATCH", path, json.dumps({"note": "Slowly."}), **known, If_Match="*")
    assert (changed.status, json.loads(changed.text)["note"]) == (200, "Slowly.")
    assert Plan.objects.get().note == "Slowly."

    # A guard that is lost would publish what nobody has seen.
    seen = json.dumps({"expected_hash": "1-0000"})
    refused = send(web_port, "POST", f"{path}publish/", seen, **known)
    assert (refused.status, json.loads(refused.text)["code"]) == (409, "plan_changed"), refused.text
    assert not Publication.objects.exists()
    given = json.dumps({"formats": ["patient-a4-large-colour"]})
    issued = send(web_port, "POST", f"{path}publish/", given, **known, If_Match="*")
    assert issued.status == 201, issued.text
    assert Publication.objects.get().formats == ["patient-a4-large-colour"]

    large = json.dumps({"note": "x" * 1_100_000})
    refused = send(web_port, "PATCH", path, large, **known, If_Match="*")
    assert (refused.status, json.loads(refused.text)["code"]) == (413, "body_too_large")


def test_the_desk_opens_for_a_form_in_chunks(web_port, therapist):
    link = http.client.HTTPConnection("127.0.0.1", web_port, timeout=30)
    link.request("GET", "/admin/login/")
    page = link.getresponse()
    forged = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())[1]
    cookie = page.headers["Set-Cookie"].partition(";")[0]
    link.close()
    form = {"username": therapist.username, "password": "a long pass phrase", "csrfmiddlewaretoken": forged}
    answer = send(web_port, "POST", "/admin/login/", urlencode(form), Content_Type=FORM, Cookie=cookie)
    assert (answer.status, answer.headers["Location"]) == (302, "/admin/"), answer.text
    cookies = "; ".join(name.partition(";")[0] for name in answer.headers.get_all("Set-Cookie"))
    assert "session=" in cookies

    # Much is taken with this session, and with no other; what was typed also without one, from our own page.
    made_up = re.sub("session=[a-z0-9]+", f"session={'a' * 32}", cookies)
    without = re.search("csrf=[^;]+", cookies)[0]
    ours = {"Origin": f"http://127.0.0.1:{web_port}"}
    path = "/admin/plans/exercise/add/"
    assert post_words(web_port, path, 300_000, Cookie=cookies)[0] == 403  # read, and without its token
    for cookie in (made_up, without):
        status, words = post_words(web_port, path, 300_000, Cookie=cookie, **ours)
        assert (status, "sign in in another tab" in words) == (413, True)
        assert post_words(web_port, path, 30_000, Cookie=cookie)[0] == 413
        status, words = post_words(web_port, path, 30_000, Cookie=cookie, **ours)
        assert (status, "in another tab, then go back" in words) == (403, True)


def post_words(port, path, size, **headers):
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    link.request("POST", path, urlencode({"note": "x" * size}), {"Content-Type": FORM, **headers})
    answer = link.getresponse()
    found = answer.status, answer.read().decode()
    link.close()
    return found


RAW = {
    b"nonsense\r\n\r\n": (400, "bad_request"),
    b"GET /api/v1/plans/ HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n": (400, "bad_request"),
    b"GET /api/v1/" + b"x" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n": (414, "address_too_long"),
    b"GET /api/v1/plans/ HTTP/1.1\r\n" + b"X-Y: z\r\n" * 300 + b"\r\n": (431, "headers_too_large"),
    b"POST /api/v1/plans/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n": (
        400,
        "body_broke_off",
    ),
    b"POST /api/v1/plans/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: secret\r\n\r\n": (
        501,
        "bad_request",
    ),
    b"GET /api/v1/plans/ HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n": (400, "bad_request"),
}


def test_what_is_no_request_gets_a_problem(web_port):
    wrong = {}
    for sent, expected in RAW.items():
        with socket.create_connection(("127.0.0.1", web_port), timeout=30) as link:
            link.sendall(sent)
            answer = http.client.HTTPResponse(link)
            answer.begin()
            body = answer.read()
        got = (answer.status, json.loads(body)["code"]) if answer.headers["Content-Type"] == PROBLEM else body
        if got != expected:
            wrong[sent[:60]] = got
    assert wrong == {}
