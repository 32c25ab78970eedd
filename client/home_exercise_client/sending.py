"""Calls over HTTP with the standard library alone: tokens, repeats after a lost connection, problems as errors."""

import base64
import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")
MARGIN_SECONDS = 30
LOST = (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError)


class Problem(Exception):
    """The API refused: `status`, a stable `code`, and all that it said in `body`."""

    def __init__(self, status: int, body: Any) -> None:
        self.status, self.body = status, body
        self.code = body.get("code") or body.get("error", "") if isinstance(body, dict) else ""
        super().__init__(f"{status} {self.code}: {body.get('detail', '') if isinstance(body, dict) else ''}")


@dataclass(frozen=True)
class Answer(Generic[T]):
    """What came back: the body as it is described, and the headers that matter."""

    status: int
    body: T
    headers: Mapping[str, str]

    @property
    def etag(self) -> str:
        """The version to name in `if_match`."""
        return self.headers.get("etag", "")

    @property
    def location(self) -> str:
        """Where it is, as a path."""
        return self.headers.get("location", "")

    @property
    def retry_after(self) -> float:
        """Seconds to wait before asking again."""
        return float(self.headers.get("retry-after", "1"))


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class Sender:
    """Sends calls with a key's token; a lost POST is sent again under the same Idempotency-Key."""

    def __init__(
        self,
        url: str,
        *,
        client_id: str,
        client_secret: str,
        scope: str = "",
        timeout: float = 30.0,
        tries: int = 3,
    ) -> None:
        if not url.startswith(("https://", "http://")):
            raise ValueError("the address begins with https://, or with http:// on this machine")
        self.url, self.scope, self.timeout, self.tries = url.rstrip("/"), scope, timeout, tries
        self._basic = base64.b64encode(f"{client_id}:{client_secret}".encode()).decode()
        self._opener = urllib.request.build_opener(_NoRedirects)
        self._token, self._until = "", 0.0

    def send(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        headers: Mapping[str, str | None] | None = None,
    ) -> Answer[Any]:
        """Send one call. Raises Problem for a refusal."""
        known = {name: value for name, value in (headers or {}).items() if value}
        if method == "POST":
            known.setdefault("Idempotency-Key", str(uuid.uuid4()))
        given = {name: _word(value) for name, value in (query or {}).items() if value is not None}
        address = self.url + path + (f"?{urllib.parse.urlencode(given)}" if given else "")
        data = None if method in ("GET", "DELETE") else json.dumps(body or {}).encode()
        answer = self._try(method, address, data, known)
        if answer.status == 401:
            self._until = 0.0
            answer = self._try(method, address, data, known)
        if answer.status >= 400:
            raise Problem(answer.status, answer.body)
        return answer

    def follow(self, page: Answer[Any]) -> Iterator[Any]:
        """Give the results of this page and of all that follow it."""
        while True:
            yield from page.body["results"]
            if not page.body["next"]:
                return
            address = urllib.parse.urlsplit(page.body["next"])
            page = self.send("GET", f"{address.path}?{address.query}")

    def wait_for_pdf(
        self,
        publication: str,
        *,
        format: str | None = None,
        seconds: float = 60.0,
        include_paused: bool = False,
    ) -> bytes:
        """Give a publication's PDF as soon as it is made, that of a paused plan only if told. Raises TimeoutError."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            query = {"format": format, "paused": "include" if include_paused else None}
            answer = self.send("GET", f"/api/v1/publications/{publication}/pdf/", query=query)
            if answer.status == 303:
                answer = self.send("GET", answer.location)
            if answer.status == 200:
                return bytes(answer.body)
            time.sleep(answer.retry_after)
        raise TimeoutError(f"no PDF of publication {publication} after {seconds} seconds")

    def _try(self, method: str, address: str, data: bytes | None, headers: Mapping[str, str]) -> Answer[Any]:
        repeatable = method in ("GET", "PUT") or "Idempotency-Key" in headers
        for number in range(self.tries if repeatable else 1):
            try:
                return self._send(
                    method, address, data, {**headers, "Authorization": f"Bearer {self._fresh()}"}
                )
            except LOST:
                if number + 1 == self.tries or not repeatable:
                    raise
                time.sleep(0.2 * 2**number)
        raise AssertionError("unreachable")

    def _send(self, method: str, address: str, data: bytes | None, headers: Mapping[str, str]) -> Answer[Any]:
        request = urllib.request.Request(  # noqa: S310  # the scheme was checked at the start
            address, data=data, method=method, headers=dict(headers)
        )
        request.add_header("Accept", "application/json, application/problem+json, application/pdf")
        if data is not None and not request.has_header("Content-type"):
            request.add_header("Content-Type", "application/json")
        try:
            with self._opener.open(request, timeout=self.timeout) as found:
                return _read(found)
        except urllib.error.HTTPError as error:
            with error:
                return _read(error)

    def _fresh(self) -> str:
        if time.monotonic() >= self._until:
            given = {"grant_type": "client_credentials"} | ({"scope": self.scope} if self.scope else {})
            headers = {
                "Authorization": f"Basic {self._basic}",
                "Content-Type": "application/x-www-form-urlencoded",
            }
            data = urllib.parse.urlencode(given).encode()
            answer = self._send("POST", f"{self.url}/api/v1/oauth/token/", data, headers)
            if answer.status != 200:
                raise Problem(answer.status, answer.body)
            self._token = answer.body["access_token"]
            self._until = time.monotonic() + answer.body["expires_in"] - MARGIN_SECONDS
        return self._token


def _read(found: Any) -> Answer[Any]:
    data = found.read()
    kind = found.headers.get("Content-Type", "")
    body: Any = json.loads(data) if "json" in kind and data else data
    headers = {name.lower(): value for name, value in found.headers.items()}
    return Answer(found.status, body, headers)


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
