"""Uploaded pictures: what may be printed, and the program of its own that reads what strangers' files hold."""

from plans.pictures.bounds import LOGO, PHOTOGRAPH, Bounds
from plans.pictures.converting import ConvertedPicture, convert_picture
from plans.pictures.crop import RATIOS, Crop
from plans.pictures.errors import PictureReaderBusy, PictureRefused
from plans.pictures.printed import printed_size

__all__ = [
    "LOGO",
    "PHOTOGRAPH",
    "RATIOS",
    "Bounds",
    "ConvertedPicture",
    "Crop",
    "PictureReaderBusy",
    "PictureRefused",
    "convert_picture",
    "printed_size",
]
