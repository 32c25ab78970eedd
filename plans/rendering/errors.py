"""Why a rendering failed. Each class is one reason; `code` is what a rendering's row keeps of it."""

from plans.exceptions import PlansError


class RenderingFailed(PlansError):
    """The handout could not be made."""


class PictureMissing(RenderingFailed):
    """The picture {picture} of this plan is not in the storage."""


class PictureBroken(RenderingFailed):
    """The picture {picture} of this plan cannot be read as a picture."""


class FontsMissing(RenderingFailed):
    """The handout's own fonts are missing or damaged: {problem}."""


class AddressRefused(RenderingFailed):
    """The page asked for {address}, which a handout may not load."""


class RendererComplained(RenderingFailed):
    """The renderer was not content with the page: {complaint}."""


class PreflightFailed(RenderingFailed):
    """The finished PDF did not pass its check: {problems}."""


class RendererBroke(RenderingFailed):
    """The handout met a fault of the program: {problem}."""


class FileGone(PlansError):
    """The file is gone from the storage. It is being made again; come back in a moment."""
