"""Why an uploaded picture is not taken, in words for the person who chose it."""

from plans.exceptions import PlansError


class PictureRefused(PlansError):
    """The picture cannot be taken."""

    code = "picture_refused"


class PictureUnreadable(PictureRefused):
    """The file is not a picture that can be read, or it is damaged. Use JPEG, PNG or WebP."""

    code = "picture_unreadable"


class PictureFileTooLarge(PictureRefused):
    """The file is too large: at most {most} MB. Save the picture smaller, or as a JPEG."""

    code = "picture_file_too_large"


class PictureTooLarge(PictureRefused):
    """The picture has {width} x {height} dots, and a {kind} file may have at most {most} million. Save it
    smaller, or as a JPEG.
    """

    code = "picture_too_large"


class PictureTooSmall(PictureRefused):
    """The picture has only {width} x {height} dots and would be blurred in print: it needs at least
    {long_side} x {short_side}.
    """

    code = "picture_too_small"


class PictureTooNarrow(PictureRefused):
    """The picture is too narrow to be seen in print ({width} x {height} dots): crop it until it is at most
    {most} times as high as wide.
    """

    code = "picture_too_narrow"


class PictureTooFlat(PictureRefused):
    """The picture is too flat to be seen in print ({width} x {height} dots): crop it until it is at most
    {most} times as wide as high.
    """

    code = "picture_too_flat"


class PictureTooPale(PictureRefused):
    """The picture is white, or too pale to be seen on white paper (its contrast is under {least} to 1). Use its version
    for white paper, or a darker colour, or save it on a dark ground.
    """

    code = "picture_too_pale"


class PicturePartlyPale(PictureRefused):
    """A part of the picture is white or very pale on a clear ground, such as white letters: on white paper it would
    not be seen. Use its version for white paper, or save it on a dark ground.
    """

    code = "picture_partly_pale"


class PictureMoves(PictureRefused):
    """The picture moves, and paper shows one moment of it. Save the one that is to be printed as a JPEG."""

    code = "picture_moves"


class PictureCropIncomplete(PictureRefused):
    """What is cut out of the picture needs four numbers: left, top, width and height, each in per cent."""

    code = "picture_crop_incomplete"


class PictureCropOutside(PictureRefused):
    """What is cut out lies outside of the picture: left and width together are at most 100 %, and so are
    top and height.
    """

    code = "picture_crop_outside"


class PictureCropTooSmall(PictureRefused):
    """What is cut out has only {width} x {height} dots and would be blurred in print: it needs at least
    {least_width} x {least_height}. Cut out more, or use a picture with more dots.
    """

    code = "picture_crop_too_small"


class PictureCropOff(PictureRefused):
    """What is cut out has {width} x {height} dots, and none of the two shapes that fill their place on paper:
    {wide} (wide) or {upright} (upright). With this width its height is {wide_height} % or {upright_height} %.
    """

    code = "picture_crop_off"


class PictureTooHard(PictureRefused):
    """Reading the picture took too much memory or time. Open it on your computer, save it as a JPEG, and send that."""

    code = "picture_too_hard"


class PictureIsHeic(PictureRefused):
    """This is a HEIC picture, as iPhones take them, and this service cannot read those. Send it as a JPEG:
    on the iPhone under Settings, Camera, Formats choose "Most Compatible" and take it again, or open it
    in Photos, choose Share, Options, "Most Compatible", and send that.
    """

    code = "picture_is_heic"


class PictureReaderBusy(PictureRefused):
    """Another picture is being read just now. Try again in a moment."""

    code = "picture_reader_busy"


REFUSALS: dict[str, type[PictureRefused]] = {
    refusal.code: refusal
    for refusal in (
        PictureTooLarge,
        PictureTooSmall,
        PictureTooNarrow,
        PictureTooFlat,
        PictureTooPale,
        PicturePartlyPale,
        PictureMoves,
        PictureCropTooSmall,
        PictureCropOff,
        PictureTooHard,
        PictureIsHeic,
    )
}
"""What the reading program refuses, by the code that it answers with."""
