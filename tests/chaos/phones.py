"""Phones that tell over and over, until each telling was answered, as they do that lose the network."""

import http.client
import itertools
import json
import threading
import time
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode

BIRTH_DATE = {"day": "17", "month": "5", "year": "1960"}
AWAY = (OSError, urllib.error.URLError, http.client.HTTPException, ValueError)
"""No answer, half of one, or one that is none of ours."""
PAUSE = 0.3


class Phone(threading.Thread):
    """One device: tells its ticks one by one, at a pace, and once more from the first until it is enough."""

    def __init__(self, address, ticks, *, pace):
        super().__init__(daemon=True)
        self.address, self.ticks, self.pace = address, ticks, pace
        self.tries, self.answers = 0, {}
        self.is_enough, self.gives_up = threading.Event(), threading.Event()
        self._opener = None

    def run(self):
        for number, tick in enumerate(itertools.cycle(self.ticks)):
            if self.gives_up.is_set() or (self.is_enough.is_set() and number >= len(self.ticks)):
                return
            begun = time.monotonic()
            while not self.gives_up.is_set() and not self._tell(tick):
                time.sleep(PAUSE)
            time.sleep(max(0.0, self.pace - (time.monotonic() - begun)))

    def _tell(self, tick):
        self.tries += 1
        try:
            opener = self._opener or self._enter()
            body = json.dumps([tick]).encode()
            asked = urllib.request.Request(
                f"{self.address}log/", data=body, headers={"Content-Type": "application/json"}
            )
            with opener.open(asked, timeout=30) as answer:
                (said,) = json.load(answer)["answers"]
        except urllib.error.HTTPError:
            self._opener = None
            return False
        except AWAY:
            return False
        self._opener = opener
        self.answers.setdefault(tick["id"], []).append(said)
        return True

    def _enter(self):
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        with opener.open(self.address, data=urlencode(BIRTH_DATE).encode(), timeout=30):
            return opener
