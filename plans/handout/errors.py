"""Why a rendering failed. Each class is one reason; `code` is what a rendering's row keeps of it."""

from plans.exceptions import PlansError


class RenderingFailed(PlansError):
    """The handout could not be made."""

    code = "rendering_failed"


class PictureMissing(RenderingFailed):
    """The picture {picture} of this plan is not in the storage."""

    code = "picture_missing"


class PictureBroken(RenderingFailed):
    """The picture {picture} of this plan cannot be read as a picture."""

    code = "picture_broken"


class FontsMissing(RenderingFailed):
    """The handout's own fonts are missing or damaged: {problem}."""

    code = "fonts_missing"


class FetchRefused(RenderingFailed):
    """The page asked for {address}, which a handout may not load."""

    code = "fetch_refused"


class RendererComplained(RenderingFailed):
    """The renderer was not content with the page: {complaint}."""

    code = "renderer_complained"


class PreflightFailed(RenderingFailed):
    """The finished PDF did not pass its check: {problems}."""

    code = "preflight_failed"


class RendererBroke(RenderingFailed):
    """The handout met a fault of the program: {problem}."""

    code = "renderer_broke"
