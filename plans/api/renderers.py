"""The API in a browser, for people who are signed in to the desk: reading only, without forms."""

from typing import Any

from rest_framework.renderers import BrowsableAPIRenderer


class ReadOnlyBrowsableAPIRenderer(BrowsableAPIRenderer):
    """Shows answers as pages. Forms would need scripts and styles that our content policy forbids."""

    template = "api/browse.html"

    def get_context(
        self, data: Any, accepted_media_type: str | None, renderer_context: Any
    ) -> dict[str, Any]:
        response, view = renderer_context["response"], renderer_context["view"]
        renderer: Any = self.get_default_renderer(view)
        return {
            "content": self.get_content(renderer, data, accepted_media_type, renderer_context),
            "status": response.status_code,
            "request": renderer_context["request"],
            "links": _links(data),
        }


def _links(data: Any) -> list[tuple[str, str]]:
    if not isinstance(data, dict):
        return []
    return [(name, data[name]) for name in ("previous", "next") if data.get(name)]
