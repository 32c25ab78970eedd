"""What every view of the API holds to: a decision for each call, own rows only, one transaction for each change."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, ClassVar, NoReturn, cast
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from rest_framework.exceptions import ErrorDetail, NotAcceptable, ValidationError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from plans import audit
from plans.actions.externalids import set_external_id
from plans.api.authentication import system_of
from plans.api.exception_handler import PROBLEM_JSON
from plans.api.permissions import Call
from plans.api.throttling import add_headers
from plans.api.viewsets.deprecation import deprecate
from plans.api.viewsets.etags import expect_version, known_already, tag_answer, version_of
from plans.api.viewsets.idempotency import run_call
from plans.models import AuditVerb, ClinicSystem, Patient, User
from plans.models.base import Identified

CHANGING = frozenset({"post", "put", "patch", "delete"})


class AnyAnswer(DefaultContentNegotiation):
    """Answers in JSON where a caller accepts nothing that we have: it wants a PDF, or gets told why not."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        try:
            return super().select_renderer(request, renderers, format_suffix)
        except NotAcceptable:
            return renderers[0], renderers[0].media_type


class ApiViewSet(GenericViewSet[Any]):
    """The base of all resources."""

    http_method_names = ["get", "head", "post", "put", "patch", "delete"]
    content_negotiation_class = AnyAnswer
    lookup_value_converter = "uuid"
    calls: ClassVar[Mapping[str, Call]] = {}
    """The decision for each action; a call without one is an error."""
    expands: ClassVar[Mapping[str, str]] = {}
    """What `expand` may name, each with the scope that a key needs for it."""
    personal: ClassVar[frozenset[str]] = frozenset()
    """Query parameters that may name a patient. Addresses are kept in logs and histories: a search takes them too."""
    reads_by_post: ClassVar[frozenset[str]] = frozenset()
    """The actions that change nothing although they are a POST."""
    lists: ClassVar[frozenset[str]] = frozenset({"list"})
    """The actions that filter, search and order."""
    parameters: ClassVar[tuple[str, ...]] = ()
    """Query parameters beyond those of filters, search, ordering and pages."""
    paged: ClassVar[tuple[str, ...]] = ("list",)
    """The actions that answer with pages."""
    holds: ClassVar[frozenset[str]] = frozenset()
    """The commands that hold the caller to what it saw if it says what that was."""
    counts: ClassVar[frozenset[str]] = frozenset()
    """What the answers tell of the service's own counting: it makes no other version."""
    filterset_class: Any = None
    search_fields: ClassVar[tuple[str, ...]] = ()
    searched: ClassVar[str] = ""
    """What the description says that is searched in, where the columns' names do not say it."""
    ordering_fields: ClassVar[tuple[str, ...]] = ()
    ordering: tuple[str, ...] = ("id",)

    # --- The way of a call ------------------------------------------------------------------------------

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.readings: list[audit.Reading] = []
        self.hidden_query: Mapping[str, str] = {}
        """What it asks for elsewhere than in its address."""
        self.concerns: set[UUID] = set()
        """The patients whom the answer tells of: it is given again only to who may still see them."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        method = (request.method or "").lower()
        if self.action is None or method not in self.http_method_names:
            return  # answered by 405
        self._check_parameters()
        if method in CHANGING and self.action not in self.reads_by_post:
            setattr(self, method, partial(self._run, getattr(self, method)))

    def _run(self, handler: Any, _request: Request, *args: Any, **kwargs: Any) -> Response:
        return run_call(self, handler, *args, **kwargs)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        if throttle := getattr(request._request, "api_throttle", None):
            add_headers(response, throttle)
        if self.action == "list" and not self.personal.isdisjoint(request.query_params):
            deprecate(response)
        if not isinstance(response, Response):
            return (known_already(request, response) if "ETag" in response else None) or response
        if response.accepted_renderer.format == "json":
            if response.status_code >= 400:
                response.content_type = PROBLEM_JSON
            response.add_post_render_callback(partial(tag_answer, request, self.counts))
        return response

    def _check_parameters(self) -> None:
        known = {*self.parameters, *(("expand",) if self.expands else ())}
        if self.action in self.paged:
            known |= {"cursor", "page_size"}
        if self.action == "list":
            filters = self.filterset_class.base_filters if self.filterset_class else ()
            known |= set(filters)
            known |= {"ordering"} if self.ordering_fields else set()
            known |= {"search"} if self.search_fields else set()
        given = self.request.query_params
        wrong = {name: [why] for name in given if (why := _wrong(name, given.getlist(name), known))}
        if wrong:
            raise ValidationError(wrong)
        self.expanded = self._read_expand()

    def scopes_to_expand(self) -> list[str]:
        """Return the scopes of what this call asks to be expanded; a name that is unknown is refused later."""
        return [self.expands[name] for name in self._asked_to_expand() if name in self.expands]

    def _read_expand(self) -> frozenset[str]:
        given = self._asked_to_expand()
        if wrong := [name for name in given if name not in self.expands]:
            raise ValidationError({"expand": [f"{wrong[0]}: one of {', '.join(self.expands)}."]})
        return frozenset(given)

    def _asked_to_expand(self) -> list[str]:
        # All values of a name that is given twice: such a call is refused, but not before its scopes are.
        given = ",".join(self.request.query_params.getlist("expand"))
        return [name for name in given.split(",") if name]

    # --- For the resources ------------------------------------------------------------------------------

    @property
    def query(self) -> Mapping[str, str]:
        """What the call asks a list for."""
        return {**self.request.query_params.dict(), **self.hidden_query}

    @property
    def person(self) -> User:
        """Who calls: a person, or the user of a system."""
        return cast(User, self.request.user)

    @property
    def system(self) -> ClinicSystem | None:
        """The system that calls."""
        return system_of(self.request)

    def rows(self) -> QuerySet[Any]:
        """Give the rows that the caller may see; anything else is as if absent."""
        raise NotImplementedError

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset_for_schema().none()
        return self.rows()

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return super().filter_queryset(queryset) if self.action in self.lists else queryset

    def queryset_for_schema(self) -> QuerySet[Any]:
        """Give any queryset of the model, for the description alone."""
        return User.objects.all()

    def locked(self) -> Any:
        """Give the row of this address, locked until the end of the call where it is changed."""
        if self.request.method not in SAFE_METHODS:
            # Locked first and read after: what the query reads beside the row would be older than the lock.
            own = self.rows().filter(pk=self.kwargs["pk"]).order_by().values("pk")
            self.rows().model._default_manager.select_for_update().filter(pk__in=own).order_by("pk").first()
        return self.get_object()

    def body(self, **kwargs: Any) -> Any:
        """Read the body with this call's serializer. Raises ValidationError."""
        serializer = self.get_serializer(data=self.request.data, **kwargs)
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data

    def expect(self, rows: Iterable[Identified]) -> None:
        """Hold the caller to the version it saw."""
        expect_version(self.request, version_of(rows))

    def expect_if_told(self, rows: Iterable[Identified]) -> None:
        """Hold the caller to the version that it names; a command may also go for whatever there is."""
        if self.request.headers.get("If-Match", "").strip():
            self.expect(rows)

    def keep_external_id(self, what: Model, given: Mapping[str, Any]) -> None:
        """Note the calling system's own id for this row, where one is given. Raises ExternalIdTaken."""
        if self.system and "external_id" in given:
            set_external_id(system=self.system, what=what, value=given["external_id"] or "")
        elif given.get("external_id"):
            refuse("external_id", "Only a system has ids of its own.")

    def answer(
        self,
        data: Any,
        *,
        rows: Iterable[Identified] = (),
        version: str = "",
        status: int = 200,
        location: str = "",
    ) -> Response:
        """Answer with JSON; its version is given, or names the rows."""
        response = Response(data, status=status)
        stored = list(rows)
        if stored or version:
            response.version = version or version_of(stored)  # type: ignore[attr-defined]  # for the ETag
        if location:
            response["Location"] = location
        return response

    def note_reading(self, verb: AuditVerb, what: Model, patient: Patient) -> None:
        """Record who read this row of a patient."""
        self.note_readings(verb, [(what, patient)])

    def note_readings(self, verb: AuditVerb, rows: Iterable[tuple[Model, Patient]]) -> None:
        """Record who read these rows, each of a patient; whoever gets the answer again has read them again."""
        readings = [audit.reading_of(verb, row, audit.place_of(patient)) for row, patient in rows]
        audit.append_readings(by=self.person, readings=readings)
        self.readings += readings
        self.concerns |= {reading.patient_id for reading in readings if reading.patient_id}


def _wrong(name: str, values: list[str], known: set[str]) -> ErrorDetail | None:
    """Say why a parameter cannot be meant: a filter that is not applied would give everything."""
    if name not in known:
        return ErrorDetail("There is no parameter of this name here.", code="unknown_parameter")
    if len(values) > 1:
        return ErrorDetail("This parameter is given twice.", code="given_twice")
    return None if values[0].strip() else ErrorDetail("This parameter is blank.", code="blank")


def refuse(field: str, message: str, code: str = "invalid") -> NoReturn:
    """Raise a ValidationError for one field."""
    raise ValidationError({field: [ErrorDetail(message, code=code)]})


def url_of(request: Request | HttpRequest, path: str) -> str:
    """Give the whole address of a path of ours."""
    return request.build_absolute_uri(path)


def ids(rows: Iterable[Model]) -> list[UUID]:
    """Give the ids of rows."""
    return [row.pk for row in rows]
