"""The description of the API: as OpenAPI, and as a page that needs no scripts."""

from functools import cache
from typing import Any

import yaml
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.generators import SchemaGenerator

from plans.api.exception_handler import problem_answer
from plans.api.schema.docs_page import pages

READING = ("GET", "HEAD")
YAML = "application/vnd.oai.openapi"


@cache
def described() -> dict[str, Any]:
    """Return the description as JSON values; made once, as the code does not change while it runs."""
    generator: Any = SchemaGenerator  # untyped in the package
    made: dict[str, Any] = generator().get_schema(request=None, public=True)
    return made


@cache
def as_yaml() -> str:
    """Return the description as the file that is checked in."""
    return yaml.dump(described(), Dumper=_Plain, sort_keys=False, allow_unicode=True, width=110)


@csrf_exempt
def schema(request: HttpRequest) -> HttpResponse:
    """Answer with OpenAPI 3.1. It says nothing of any clinic, so everybody may read it."""
    if request.method not in READING:
        return _not_here()
    return HttpResponse(as_yaml(), content_type=YAML)


@csrf_exempt
def documentation(request: HttpRequest) -> HttpResponse:
    if request.method not in READING:
        return _not_here()
    return render(request, "api/docs.html", pages(described()))


def _not_here() -> HttpResponse:
    answer = problem_answer(405, "method_not_allowed", "This can only be read.")
    answer["Allow"] = ", ".join(READING)
    return answer


class _Plain(yaml.SafeDumper):
    """Writes every value in full, without anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True
