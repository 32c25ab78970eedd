"""Which release of the service answers."""

from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from plans import __version__, permissions
from plans.api.permissions import Call
from plans.api.serializers.service import ServiceShown
from plans.api.viewsets.base import ApiViewSet

ONE = forced_singular_serializer(ServiceShown)  # type: ignore[no-untyped-call]  # the package's is untyped


@extend_schema_view(list=extend_schema(summary="Read about the service", responses=ONE, filters=False))
class Service(ApiViewSet):
    """The release of the service, to be told with a question or a fault."""

    calls = {"list": Call("library:read", permissions.may_read_library)}
    serializer_class = ServiceShown
    paged = ()
    lists = frozenset()

    def list(self, request: Request) -> Response:
        return self.answer(ServiceShown({"version": __version__}).data)
