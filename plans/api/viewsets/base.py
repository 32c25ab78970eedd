"""What every view of the API holds to: a decision for each call, own rows only, one transaction for each change."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any, ClassVar, cast
from uuid import UUID

from django.db.models import Model, QuerySet
from django.urls import reverse
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import GenericViewSet

from plans import audit
from plans.actions.external_ids import set_external_id
from plans.api.authentication import system_of
from plans.api.exception_handler import PROBLEM_JSON
from plans.api.exceptions import refuse
from plans.api.permissions import Call
from plans.api.throttling import add_headers
from plans.api.viewsets.deprecation import deprecate
from plans.api.viewsets.etags import expect_version, known_already, tag_answer, version_of
from plans.api.viewsets.idempotency import run_call
from plans.api.viewsets.parameters import asked_to_expand, check_parameters
from plans.models import AuditVerb, ClinicSystem, Patient, User

CHANGING = frozenset({"post", "put", "patch", "delete"})


class FallbackContentNegotiation(DefaultContentNegotiation):
    """Answers in JSON where a caller accepts nothing that we have: it wants a PDF, or gets told why not."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        try:
            return super().select_renderer(request, renderers, format_suffix)
        except NotAcceptable:
            return renderers[0], renderers[0].media_type


class ApiViewSet(GenericViewSet[Any]):
    """The base of all resources."""

    http_method_names = ["get", "head", "post", "put", "patch", "delete"]
    content_negotiation_class = FallbackContentNegotiation
    lookup_value_converter = "uuid"
    calls: ClassVar[Mapping[str, Call]] = {}
    """The decision for each action; a call without one is an error."""
    expands: ClassVar[Mapping[str, str]] = {}
    """What `expand` may name, each with the scope that a key needs for it."""
    personal_parameters: ClassVar[frozenset[str]] = frozenset()
    """Query parameters that may name a patient. Addresses are kept in logs and histories: a search takes them too."""
    reading_posts: ClassVar[frozenset[str]] = frozenset()
    """The actions that change nothing although they are a POST."""
    filtered_actions: ClassVar[frozenset[str]] = frozenset({"list"})
    """The actions that filter, search and order."""
    parameters: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """Query parameters by action, beyond those of filters, search, ordering and pages."""
    paged_actions: ClassVar[tuple[str, ...]] = ("list",)
    """The actions that answer with pages."""
    optional_if_match: ClassVar[frozenset[str]] = frozenset()
    """The commands that hold the caller to what it saw if it says what that was."""
    volatile_fields: ClassVar[frozenset[str]] = frozenset()
    """What the answers tell of the service's own counting: it makes no other version."""
    model: ClassVar[type[Model]] = User
    versioned: ClassVar[bool] = False
    """Whether its answers name the stored row's version, which If-Match compares."""
    filterset_class: Any = None
    search_fields: ClassVar[tuple[str, ...]] = ()
    search_description: ClassVar[str] = ""
    """What the description says that is searched in, where the columns' names do not say it."""
    ordering_fields: ClassVar[tuple[str, ...]] = ()
    ordering: tuple[str, ...] = ("id",)
    columns: ClassVar[Mapping[str, str]] = {}
    """The columns of what can be ordered by under another name."""

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
        self.expanded = check_parameters(self)
        if method in CHANGING and self.action not in self.reading_posts:
            setattr(self, method, partial(self._run, getattr(self, method)))

    def _run(self, handler: Any, _request: Request, *args: Any, **kwargs: Any) -> Response:
        return run_call(self, handler, *args, **kwargs)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        if throttle := getattr(request._request, "api_throttle", None):
            add_headers(response, throttle)
        if self.action == "list" and not self.personal_parameters.isdisjoint(request.query_params):
            deprecate(response)
        if not isinstance(response, Response):
            return (known_already(request, response) if "ETag" in response else None) or response
        if response.accepted_renderer.format == "json":
            if response.status_code >= 400:
                response.content_type = PROBLEM_JSON
            response.add_post_render_callback(partial(tag_answer, request, self.volatile_fields))
        return response

    def scopes_to_expand(self) -> list[str]:
        """Return the scopes of what this call asks to be expanded; a name that is unknown is refused later."""
        return [self.expands[name] for name in asked_to_expand(self) if name in self.expands]

    # --- For the resources ------------------------------------------------------------------------------

    @property
    def query(self) -> Mapping[str, str]:
        """What the call asks a list for."""
        return {**self.request.query_params.dict(), **self.hidden_query}

    @property
    def person(self) -> User:
        return cast(User, self.request.user)

    @property
    def system(self) -> ClinicSystem | None:
        return system_of(self.request)

    def rows(self) -> QuerySet[Any]:
        """Return the rows that the caller may see; anything else is as if absent."""
        raise NotImplementedError

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return self.model._default_manager.none()
        return self.rows()

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return super().filter_queryset(queryset) if self.action in self.filtered_actions else queryset

    @property
    def default_ordering(self) -> tuple[str, ...]:
        """The order of a list that is asked for in none."""
        return self.ordering

    # --- What a call says --------------------------------------------------------------------------------

    def locked(self) -> Any:
        """Return the row of this address, locked until the end of the call where it is changed."""
        if self.request.method not in SAFE_METHODS:
            # Locked first and read after: what the query reads beside the row would be older than the lock.
            own = self.rows().filter(pk=self.kwargs["pk"]).order_by().values("pk")
            self.rows().model._default_manager.select_for_update().filter(pk__in=own).order_by("pk").first()
        return self.get_object()

    def body(
        self, serializer_class: type[BaseSerializer[Any]] | None = None, *, partial: bool = False
    ) -> Any:
        """Read the body, with this call's serializer if no other is named. Raises ValidationError."""
        kind: Any = serializer_class or self.get_serializer_class()
        serializer = kind(data=self.request.data, partial=partial, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data

    def locked_as_seen(self) -> Any:
        """Return the row of this address, locked. Raises VersionMissing, and VersionChanged for an old one."""
        row = self.locked()
        expect_version(self.request, self.version(row))
        return row

    def locked_for_command(self) -> Any:
        """Return the row of this address, locked; a command may also go for whatever there is, without If-Match."""
        if self.request.headers.get("If-Match", "").strip():
            return self.locked_as_seen()
        return self.locked()

    def keep_external_id(self, what: Model, given: Mapping[str, Any]) -> None:
        """Note the calling system's own id for this row, where one is given. Raises ExternalIdTaken."""
        if self.system and "external_id" in given:
            set_external_id(system=self.system, what=what, value=given["external_id"] or "")
        elif given.get("external_id"):
            refuse("external_id", "Only a system has ids of its own.")

    # --- What it answers ---------------------------------------------------------------------------------

    def present(self, rows: Sequence[Any]) -> Sequence[Any]:
        """Return what the serializer tells of these rows, where that is more than the rows themselves."""
        return rows

    def beside(self, rows: Sequence[Any]) -> dict[str, Any]:
        """Return what the serializer tells beside the rows, read for all of them at once: by field and row's id."""
        return {}

    def serialize(self, rows: Sequence[Any]) -> list[Any]:
        # The resource's own serializer: an action may have another one for its body.
        serializer: Any = type(self).serializer_class
        context = {**self.get_serializer_context(), "beside": self.beside(rows)}
        return list(serializer(self.present(rows), many=True, context=context).data)

    def version(self, row: Any) -> str:
        """Return what names the stored state of a row; blank for what is only read."""
        return version_of([row]) if self.versioned else ""

    def answer_row(self, row: Any, *, status: int = 200) -> Response:
        """Answer with one row; with its address where it is new."""
        location = self.address_of(row) if status == HTTPStatus.CREATED else ""
        data = self.serialize([row])[0]
        return self.answer(data, version=self.version(row), status=status, location=location)

    def address_of(self, row: Any) -> str:
        return reverse(f"api:{self.basename}-detail", args=[row.pk])

    def answer(self, data: Any, *, version: str = "", status: int = 200, location: str = "") -> Response:
        response = Response(data, status=status)
        if version:
            response.version = version  # type: ignore[attr-defined]  # for the ETag
        if location:
            response["Location"] = location
        return response

    def note_reading(self, verb: AuditVerb, what: Model, patient: Patient) -> None:
        self.note_readings(verb, [(what, patient)])

    def note_readings(self, verb: AuditVerb, rows: Iterable[tuple[Model, Patient]]) -> None:
        """Record who read these rows, each of a patient; whoever gets the answer again has read them again."""
        readings = [audit.reading_of(verb, row, audit.place_of(patient)) for row, patient in rows]
        audit.append_readings(by=self.person, readings=readings)
        self.readings += readings
        self.concerns |= {reading.patient_id for reading in readings if reading.patient_id}
