"""Searching the lists without words in addresses.

What is searched for is often a patient's name, and an address is kept by browsers, proxies and their logs. So the
search is posted, its words stay in the session, and the address carries a token that says nothing and works for
nobody else.
"""

import secrets
from typing import Any

from django.contrib.admin.views.main import SEARCH_VAR, ChangeListSearchForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

TOKEN_VAR = "search"  # noqa: S105  # the name of a parameter
SESSION_KEY = "desk_searches"
MAX_SEARCHES = 20
"""Searches that a session remembers; the oldest is forgotten."""
MAX_WORDS = 100


def remember_search(request: HttpRequest) -> HttpResponse | None:
    """Keep posted words and return the way to their list; None when no search is asked for.

    Words that stand in an address after all, by an old bookmark, are taken out of it in the same way.
    """
    given = request.POST if request.method == "POST" else request.GET
    if SEARCH_VAR not in given:
        return None
    query = given.copy()
    words = str(query.pop(SEARCH_VAR)[-1]).strip()[:MAX_WORDS]
    for name in ("csrfmiddlewaretoken", TOKEN_VAR, "p"):
        query.pop(name, None)
    if words:
        token = secrets.token_urlsafe(9)
        searches = {**request.session.get(SESSION_KEY, {}), token: words}
        request.session[SESSION_KEY] = dict(list(searches.items())[-MAX_SEARCHES:])
        query[TOKEN_VAR] = token
    return HttpResponseRedirect(f"{request.path}?{query.urlencode()}" if query else request.path)


def searched_words(request: HttpRequest) -> str:
    """Return what the token of this address stands for; nothing when the session does not know it."""
    return str(request.session.get(SESSION_KEY, {}).get(request.GET.get(TOKEN_VAR), ""))


def searching(base: type[Any], words: str) -> type[Any]:
    """Return a change list that searches for these words, and whose links carry the token alone."""

    class WordsForm(ChangeListSearchForm):
        def __init__(self, data: QueryDict) -> None:
            super().__init__({SEARCH_VAR: words})

    class SearchingChangeList(base):  # type: ignore[misc]  # the page's own class
        search_form_class = WordsForm

        def get_filters_params(self, params: dict[str, Any] | None = None) -> dict[str, Any]:
            # The token is no filter; links keep it all the same, as they are built from `params`.
            found: dict[str, Any] = super().get_filters_params(params)
            found.pop(TOKEN_VAR, None)
            return found

    return SearchingChangeList
