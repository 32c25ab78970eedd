"""The description of the API: as OpenAPI, and as a page that needs no scripts."""

from functools import cache
from typing import Any

import yaml
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from plans.api.reading import pages

YAML = "application/vnd.oai.openapi"


@cache
def described() -> dict[str, Any]:
    """Give the description as JSON values; made once, as the code does not change while it runs."""
    generator: Any = SchemaGenerator  # untyped in the package
    made: dict[str, Any] = generator().get_schema(request=None, public=True)
    return made


@cache
def as_yaml() -> str:
    """Give the description as the file that is checked in."""
    return yaml.dump(described(), Dumper=_Plain, sort_keys=False, allow_unicode=True, width=110)


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """Answer with OpenAPI 3.1. It says nothing of any clinic, so everybody may read it."""
    return HttpResponse(as_yaml(), content_type=YAML)


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """Show the same as a page."""
    return render(request, "api/docs.html", pages(described()))


class _Plain(yaml.SafeDumper):
    """Writes every value in full, without anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True
