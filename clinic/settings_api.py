"""How the API is put together: settings of its frameworks, by dotted names of what is ours."""

OAUTH2_PROVIDER_APPLICATION_MODEL = "plans.SystemKey"
OAUTH2_PROVIDER = {
    # Systems come in with their own key; nobody signs in to anything else through us.
    "OAUTH2_SERVER_CLASS": "oauthlib.oauth2.BackendApplicationServer",
    "SCOPES_BACKEND_CLASS": "plans.api.scopes.KeyScopes",
    "SCOPES": {"library:read": "replaced by the backend above"},
    "ACCESS_TOKEN_EXPIRE_SECONDS": 3600,
    # Only digests of tokens are stored, and no token travels in an address.
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
}
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "plans.api.authentication.SystemAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["plans.api.permissions.ScopeAndRolePermission"],
    "DEFAULT_THROTTLE_CLASSES": ["plans.api.throttling.KeyThrottle"],
    "DEFAULT_PARSER_CLASSES": ["plans.api.parsers.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": [
        "rest_framework.renderers.JSONRenderer",
        "plans.api.renderers.ReadOnlyBrowsableAPIRenderer",
    ],
    "DEFAULT_PAGINATION_CLASS": "plans.api.pagination.SealedCursorPagination",
    "DEFAULT_FILTER_BACKENDS": [
        "plans.api.filters.FilterBackend",
        "plans.api.filters.FoldedSearchFilter",
        "plans.api.filters.StrictOrderingFilter",
    ],
    "DEFAULT_SCHEMA_CLASS": "plans.api.schema.openapi.ApiAutoSchema",
    "EXCEPTION_HANDLER": "plans.api.exception_handler.exception_handler",
    "UPLOADED_FILES_USE_URL": False,
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
API_PROBLEM = "plans.api.exception_handler.problem"
"""How the API shapes an error, for those errors that none of its views answers."""
SPECTACULAR_SETTINGS = {
    "TITLE": "Home exercise",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": ["plans.api.schema.hooks.finish_schema"],
    "PREPROCESSING_HOOKS": ["plans.api.schema.hooks.only_api"],
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SERVERS": [{"url": "/", "description": "This service"}],
}
