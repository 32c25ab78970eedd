"""Which release of the service answers."""

from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from plans import __version__
from plans.api.permissions import READ_LIBRARY
from plans.api.serializers.service import ServiceSerializer
from plans.api.viewsets.base import ApiViewSet

ONE = forced_singular_serializer(ServiceSerializer)  # type: ignore[no-untyped-call]  # the package's is untyped


@extend_schema_view(list=extend_schema(summary="Read about the service", responses=ONE, filters=False))
class ServiceViewSet(ApiViewSet):
    """The release of the service, to be told with a question or a fault."""

    calls = {"list": READ_LIBRARY}
    serializer_class = ServiceSerializer
    paged_actions = ()
    filtered_actions = frozenset()

    def list(self, request: Request) -> Response:
        return self.answer(ServiceSerializer({"version": __version__}).data)
