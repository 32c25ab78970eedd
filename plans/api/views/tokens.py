"""The place where a system's key becomes a token: OAuth 2 client credentials (RFC 6749, 4.4)."""

import hashlib
from base64 import b64decode
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponse, JsonResponse
from drf_spectacular.utils import OpenApiResponse, extend_schema
from oauth2_provider.views.base import RevokeTokenView, TokenView
from rest_framework.exceptions import Throttled
from rest_framework.parsers import FormParser
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from clinic.addresses import address_of
from plans import counters
from plans.api.exception_handler import PROBLEM_JSON
from plans.api.serializers.tokens import (
    CREDENTIALS,
    RevokeInputSerializer,
    TokenErrorSerializer,
    TokenInputSerializer,
    TokenSerializer,
)
from plans.api.throttling import TokenThrottle, add_headers
from plans.api.viewsets.base import FallbackContentNegotiation

MAX_WRONG_SECRETS = 20
WRONG_WINDOW_SECONDS = 900


class _OAuthView(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (TokenThrottle,)
    parser_classes = (FormParser,)
    renderer_classes = (JSONRenderer,)
    content_negotiation_class = FallbackContentNegotiation
    tag = "oauth"
    http_method_names = ["post"]

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        if throttle := getattr(request._request, "api_throttle", None):
            add_headers(response, throttle)
        if isinstance(response, Response) and response.status_code >= 400:
            response.content_type = PROBLEM_JSON
        return response


class OAuthTokenView(_OAuthView):
    """Gives tokens to keys."""

    @extend_schema(
        summary="Get a token",
        operation_id="oauth_token",
        request={"application/x-www-form-urlencoded": TokenInputSerializer},
        responses={
            200: TokenSerializer,
            400: OpenApiResponse(
                TokenErrorSerializer, description="Not a call for a token, or an unknown scope."
            ),
            401: OpenApiResponse(
                TokenErrorSerializer, description="No such key, or it is expired or revoked."
            ),
        },
        auth=[],
    )
    def post(self, request: Request) -> Response | HttpResponse:
        return _with_brake(request._request, _token)


class OAuthRevokeView(_OAuthView):
    """Ends a token before its time."""

    @extend_schema(
        summary="End a token",
        operation_id="oauth_revoke",
        request={"application/x-www-form-urlencoded": RevokeInputSerializer},
        responses={
            200: OpenApiResponse(description="It works no more, if it ever did."),
            400: OpenApiResponse(TokenErrorSerializer, description="Not such a call."),
            401: OpenApiResponse(TokenErrorSerializer, description="No such key."),
        },
        auth=[],
    )
    def post(self, request: Request) -> HttpResponse:
        return _with_brake(request._request, RevokeTokenView.as_view())


def _with_brake(request: HttpRequest, view: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    """Answer a call for or with a key; who has had its secret wrong too often from one address waits. Raises Throttled.

    The secrets are too long to guess: this spares the slow hash, and shows a program that it repeats itself in vain.
    A call that names two keys is refused (RFC 6749, 2.3): both would be tried. Only a right secret begins the count
    anew; a call that is refused for something else counts neither way.
    """
    if _is_basic(request) and request.POST.get("client_secret"):
        words = "The key stands in the Authorization header and in the form: send it in one of them."
        return JsonResponse({"error": "invalid_request", "error_description": words}, status=400)
    tries = f"key:{_key_named(request)}:{address_of(request)}"
    if counters.count(tries, seconds=WRONG_WINDOW_SECONDS) > MAX_WRONG_SECRETS:
        raise Throttled(wait=counters.left(seconds=WRONG_WINDOW_SECONDS))
    answer = view(request)
    if answer.status_code == HTTPStatus.OK:
        counters.forget(tries, seconds=WRONG_WINDOW_SECONDS)
    elif answer.status_code != HTTPStatus.UNAUTHORIZED:
        counters.uncount(tries, seconds=WRONG_WINDOW_SECONDS)
    return answer


def _is_basic(request: HttpRequest) -> bool:
    return request.headers.get("Authorization", "").partition(" ")[0].lower() == "basic"


def _key_named(request: HttpRequest) -> str:
    """Return a digest of the client id that is tried, read as the package reads it; of none where nothing is."""
    named = request.POST.get("client_id", "")
    if _is_basic(request):
        given = request.headers["Authorization"].partition(" ")[2]
        try:
            named, _ = map(unquote_plus, b64decode(given).decode().split(":", 1))
        except ValueError:
            named = ""
    return hashlib.sha256(named.encode()).hexdigest()


def _token(request: HttpRequest) -> HttpResponse:
    # The package also answers other grants; a key has no use for them.
    if request.POST.get("grant_type") != CREDENTIALS:
        return JsonResponse({"error": "unsupported_grant_type"}, status=400)
    answer: HttpResponse = TokenView.as_view()(request)
    return answer
