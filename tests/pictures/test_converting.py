"""Uploads as people send them, read by the real program."""

import contextlib
import re
import resource
import subprocess
import sys
import threading
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PIL import Image, ImageDraw

from plans.pictures import LOGO, PHOTOGRAPH, bounds, convert_picture, converting, errors
from tests.pictures.samples import encoded, film, heic, linear_profile, logo, photo, raw_png

BLUE, RED = (108, 180, 194), (204, 34, 0)
ANY_COLOUR = replace(PHOTOGRAPH, min_contrast=1.0)
SAND = b"\x80\x00\x40\x00\x20\x00"
"""One dot of sixteen bits: 128, 64, 32 of 255."""


def convert(data, within=PHOTOGRAPH):
    return convert_picture(BytesIO(data), bounds=within)


def refusal_of(data, within=PHOTOGRAPH):
    with pytest.raises(errors.PictureRefused) as caught:
        convert(data, within)
    return type(caught.value), str(caught.value)


def dot_of(made, x=0.9, y=0.9):
    with Image.open(BytesIO(made.data), formats=("JPEG",)) as picture:
        assert (picture.mode, picture.size) == ("RGB", (made.width, made.height))
        return picture.getpixel((int(made.width * x), int(made.height * y)))


def assert_near(found, wanted, *, off=4):
    assert all(abs(one - other) <= off for one, other in zip(found, wanted, strict=True)), found


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_comes_out_as_it_is(kind):
    made = convert(photo(kind=kind))

    assert (made.width, made.height) == (640, 480)
    assert_near(dot_of(made), BLUE)
    assert_near(dot_of(made, 0.2, 0.2), RED)


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (raw_png(500, 400, depth=16, colour_type=0, sample=b"\x80\x00"), (127, 127, 127)),
        (raw_png(500, 400, depth=16, colour_type=2, sample=SAND), (128, 64, 32)),
        (raw_png(500, 400, depth=16, colour_type=4, sample=b"\x80\x00\x80\x00"), (191, 191, 191)),
        (raw_png(500, 400, depth=16, colour_type=6, sample=SAND + b"\x80\x00"), (191, 159, 143)),
        (
            raw_png(500, 400, depth=16, colour_type=0, sample=SAND[:2], extra=[(b"tRNS", SAND[:2])]),
            (255,) * 3,
        ),
        (raw_png(500, 400, depth=16, colour_type=2, sample=SAND, extra=[(b"tRNS", SAND)]), (255,) * 3),
    ],
    ids=["grey", "colour", "grey and clear", "colour and clear", "clear grey", "clear colour"],
)
def test_sixteen_bits_are_no_white_sheet(data, wanted):
    assert_near(dot_of(convert(data, ANY_COLOUR)), wanted)


@pytest.mark.parametrize(
    ("mode", "kind", "wanted"),
    [
        ("1", "PNG", (255, 255, 255)),
        ("L", "PNG", (160, 160, 160)),
        ("LA", "PNG", (160, 160, 160)),
        ("P", "PNG", BLUE),
        ("RGBA", "PNG", BLUE),
        ("L", "JPEG", (160, 160, 160)),
        ("CMYK", "JPEG", BLUE),
        ("RGBA", "WEBP", BLUE),
    ],
)
def test_every_kind_of_colours(mode, kind, wanted):
    source = Image.new("RGB", (640, 480), BLUE)
    if mode == "P":
        source = source.quantize(8)
    threshold = source.convert("L").point(lambda value: 255 if value > 100 else 0)
    data = encoded(threshold.convert("1") if mode == "1" else source.convert(mode), kind)

    assert_near(dot_of(convert(data, ANY_COLOUR)), wanted, off=6)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_clear_is_printed_white(mode):
    clear = Image.new("RGBA" if mode == "P" else mode, (640, 480))
    data = encoded(clear.quantize(4) if mode == "P" else clear)

    assert_near(dot_of(convert(data, ANY_COLOUR)), (255, 255, 255))


def test_the_colours_of_another_screen_become_those_of_a_printer():
    grey = Image.new("RGB", (640, 480), (100, 100, 100))

    assert_near(dot_of(convert(encoded(grey, "JPEG", icc_profile=linear_profile()))), (168, 168, 168))
    assert_near(dot_of(convert(encoded(grey, "JPEG", icc_profile=b"broken"))), (100, 100, 100))


@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [
        (1, (640, 480), (0.2, 0.2)),
        (2, (640, 480), (0.8, 0.2)),
        (3, (640, 480), (0.8, 0.8)),
        (4, (640, 480), (0.2, 0.8)),
        (5, (480, 640), (0.2, 0.2)),
        (6, (480, 640), (0.8, 0.2)),
        (7, (480, 640), (0.8, 0.8)),
        (8, (480, 640), (0.2, 0.8)),
        (0, (640, 480), (0.2, 0.2)),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photograph_stands_as_the_camera_was_held(kind, orientation, size, red_at):
    exif = Image.Exif()
    exif[0x0112] = orientation

    made = convert(photo(kind=kind, exif=exif))

    assert (made.width, made.height) == size
    assert_near(dot_of(made, *red_at), RED)


def test_nothing_of_where_and_when_it_was_taken_is_kept():
    exif = Image.Exif()
    exif[0x010E] = "the kitchen of Robin Example"
    exif.get_ifd(0x8825)[1] = "N"

    made = convert(photo(exif=exif, comment=b"Robin Example"))

    assert b"Robin" not in made.data
    with Image.open(BytesIO(made.data)) as picture:
        assert not picture.getexif()


def test_a_large_photograph_is_brought_to_what_print_needs():
    made = convert(photo(4000, 3000))

    assert (made.width, made.height) == (1400, 1050)


@pytest.mark.parametrize(
    ("data", "within", "kind", "words"),
    [
        (b"", PHOTOGRAPH, errors.PictureUnreadable, "not a picture that can be read"),
        (b"<svg/>", PHOTOGRAPH, errors.PictureUnreadable, "Use JPEG, PNG or WebP."),
        (photo(kind="GIF"), PHOTOGRAPH, errors.PictureUnreadable, "Use JPEG, PNG or WebP."),
        (film("GIF"), PHOTOGRAPH, errors.PictureUnreadable, "Use JPEG, PNG or WebP."),
        (photo()[:2000], PHOTOGRAPH, errors.PictureUnreadable, "or it is damaged"),
        (raw_png(1, 1), PHOTOGRAPH, errors.PictureTooSmall, "only 1 x 1 dots .* at least 400 x 300"),
        (photo(399, 300), PHOTOGRAPH, errors.PictureTooSmall, "399 x 300"),
        (photo(640, 200), PHOTOGRAPH, errors.PictureTooSmall, "640 x 200"),
        (raw_png(39_000, 1000), PHOTOGRAPH, errors.PictureTooLarge, "39000 x 1000 dots, and a PNG file .* 16 million"),
        (raw_png(6320, 6320, colour_type=6), PHOTOGRAPH, errors.PictureTooLarge, "or as a JPEG"),
        (photo(2000, 500), PHOTOGRAPH, errors.PictureTooFlat, "2000 x 500.* at most 3.2 times as wide"),
        (photo(400, 1000), PHOTOGRAPH, errors.PictureTooNarrow, "400 x 1000.* at most 2.2 times as high"),
        (photo(59, 300), LOGO, errors.PictureTooSmall, "at least 60 x 60"),
        (photo(1200, 100), LOGO, errors.PictureTooFlat, "at most 10.0 times"),
    ],
)  # fmt: skip
def test_what_cannot_be_printed_is_refused_in_words_that_help(data, within, kind, words):
    found, said = refusal_of(data, within)

    assert found is kind
    assert re.search(words, said), said


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (logo("white", "white"), errors.PictureTooPale, "white paper .* under 1.5 to 1.* version for white paper"),
        (logo("white", "white", ground="white"), errors.PictureTooPale, "dark ground"),
        (logo("#f4f4f0", "#eeeeee"), errors.PictureTooPale, "too pale"),
        (logo("#ffeb3b", "#ffd700"), errors.PictureTooPale, "too pale"),
        (logo(letters="white"), errors.PicturePartlyPale, "white letters"),
        (logo(letters="#f4f4f0"), errors.PicturePartlyPale, "would not be seen"),
    ],
    ids=["white", "white on white", "nearly white", "yellow", "white letters", "pale letters"],
)  # fmt: skip
def test_a_logo_that_white_paper_would_swallow_is_refused(data, kind, words):
    found, said = refusal_of(data, LOGO)

    assert found is kind
    assert re.search(words, said), said


@pytest.mark.parametrize(
    "data",
    [
        logo(),
        logo(ground="white"),
        logo("#aaccee", "white", ground="#102040"),
        logo("#cccccc", "#ffc107"),
        logo(ground=(255, 255, 255, 255), letters="black"),
    ],
    ids=["clear", "on white", "white on dark", "light", "black"],
)
def test_a_logo_that_is_seen_is_taken(data):
    assert convert(data, LOGO).width >= 400


def test_white_that_something_seen_surrounds_is_not_missed():
    """A card with round corners, and a ring that is white inside."""
    for outline in ("#0b6e6e", None):
        picture = Image.new("RGBA", (600, 300))
        pen = ImageDraw.Draw(picture)
        pen.rounded_rectangle((10, 10, 590, 290), 60, fill="white", outline=outline, width=12)
        pen.ellipse((230, 80, 370, 220), fill="#0b6e6e")
        assert convert(encoded(picture), LOGO)


def test_the_white_around_a_logo_does_not_make_it_small():
    made = convert(logo(size=(1200, 1200), at=(150, 450)), LOGO)

    assert (made.width, made.height) == pytest.approx((493, 201), abs=6)
    assert_near(dot_of(made, 0.05, 0.5), (11, 110, 110), off=12)


def test_without_its_margin_a_logo_keeps_a_shape_that_is_taken():
    flat = Image.new("RGB", (1200, 1200), "white")
    ImageDraw.Draw(flat).line((100, 1190, 1100, 1190), fill="black", width=10)
    thin = flat.rotate(90)

    made = [convert(encoded(picture), LOGO) for picture in (flat, thin)]

    assert made[0].width <= 10 * made[0].height
    assert made[1].height <= 2 * made[1].width
    assert convert(encoded(flat.crop((0, 600, 1200, 1200))), PHOTOGRAPH).height == 600


@pytest.mark.parametrize("colour", ["white", "#f8f8f8"])
def test_a_photograph_of_nothing_is_refused(colour):
    assert refusal_of(encoded(Image.new("RGB", (640, 480), colour), "JPEG"))[0] is errors.PictureTooPale


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_a_picture_that_moves_is_refused(kind):
    found, said = refusal_of(film(kind))

    assert found is errors.PictureMoves
    assert "as a JPEG" in said


def test_the_limits_themselves_are_taken():
    assert convert(photo(400, 300)).width == 400
    assert convert(photo(300, 660)).height == 660
    assert convert(photo(1280, 400)).width == 1280
    assert convert(raw_png(4000, 4000)).width == 1400
    assert convert(photo(600, 60), LOGO).width == 600


def test_a_file_that_is_too_large_is_not_even_copied(monkeypatch):
    monkeypatch.setattr(bounds, "MAX_BYTES", 2_000_000)
    upload = BytesIO(bytes(9_000_000))

    with pytest.raises(errors.PictureFileTooLarge, match="at most 2 MB"):
        convert_picture(upload, bounds=PHOTOGRAPH)

    assert upload.tell() < 2_500_000


def peak_megabytes(code, *arguments):
    """Run the code in a process of its own; return the peaks of its memory and of its child's, in megabytes."""
    measure = (
        "\nimport re, resource as r\n"
        "own = re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]\n"
        "print(int(own) // 1024, r.getrusage(r.RUSAGE_CHILDREN).ru_maxrss // 1024)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code + measure, *arguments],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(map(int, ended.stdout.split()[-2:]))


def test_no_picture_takes_the_web_process_along(tmp_path, record_property):
    """The largest picture of each kind, and the PNG of 155 KB that took it to a gigabyte."""
    samples = {
        "bomb.png": raw_png(6320, 6320, colour_type=6),
        "largest.png": raw_png(4000, 4000, depth=16, colour_type=6, sample=SAND + b"\x80\x00"),
        "largest.jpg": photo(8160, 6120, progressive=True),
    }
    code = (
        "import sys\nfrom plans.pictures import *\n"
        "try:\n    convert_picture(open(sys.argv[1], 'rb'), bounds=PHOTOGRAPH)\n"
        "except PictureRefused:\n    pass"
    )
    for name, data in samples.items():
        (tmp_path / name).write_bytes(data)
        own, child = peak_megabytes(code, str(tmp_path / name))
        record_property(f"{name} ({len(data) // 1000} KB)", f"{own} MB here, {child} MB in the child")
        assert own < 60
        assert child < converting.MEGABYTES


def test_a_picture_that_wants_more_memory_than_there_is_is_refused(monkeypatch):
    monkeypatch.setattr(converting, "MEGABYTES", 60)

    assert refusal_of(raw_png(4000, 4000, depth=16, colour_type=6))[0] is errors.PictureTooHard


@pytest.fixture
def stubborn(monkeypatch):
    """A function that puts a program of ours in the reading program's place."""
    with TemporaryDirectory() as folder:
        program = Path(folder) / "decoder.py"

        def put(code):
            program.write_text(code)
            monkeypatch.setattr(converting, "DECODER", program)

        yield put


def running(program):
    """Whether any process of this machine runs the program; other tests' processes may be our children too."""
    name = str(program).encode()
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            if name in command.read_bytes():
                return True
    return False


@pytest.mark.parametrize(
    "code",
    ["import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "import time; time.sleep(600)"],
    ids=["processor", "clock"],
)
def test_one_that_takes_too_long_is_refused_and_its_program_ended(stubborn, monkeypatch, code):
    stubborn(code)
    monkeypatch.setattr(converting, "SECONDS", 2)

    assert refusal_of(photo())[0] is errors.PictureTooHard
    assert not running(converting.DECODER)


def test_the_program_limits_itself_before_it_reads(tmp_path):
    from plans.pictures import decoder

    code = (
        "import resource as r, sys; sys.path.insert(0, sys.argv[1]); import decoder; "
        "decoder.limit_self(megabytes=600, seconds=20); "
        "print(r.getrlimit(r.RLIMIT_DATA)[1] >> 20, r.getrlimit(r.RLIMIT_CPU)[1], r.getrlimit(r.RLIMIT_CORE)[1])"
    )
    ended = subprocess.run(
        [sys.executable, "-I", "-c", code, str(Path(decoder.__file__).parent)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert ended.stdout.split() == ["600", "20", "0"]
    assert resource.getrlimit(resource.RLIMIT_DATA)[1] == resource.RLIM_INFINITY


def test_the_program_knows_no_secret_of_the_service(stubborn, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "s" * 40)
    stubborn(
        "import os, sys\n"
        "if set(os.environ) - {'PATH', 'LANG', 'LC_CTYPE'}: sys.exit(1)\n"
        'print(\'{"width": 1, "height": 1}\')'
    )

    assert convert(photo()).width == 1


def test_one_picture_at_a_time_is_read_in_a_process(monkeypatch):
    assert converting.WAIT_SECONDS <= 2  # it holds a working thread
    monkeypatch.setattr(converting, "WAIT_SECONDS", 0.05)
    held, done = threading.Event(), threading.Event()

    def hold():
        with converting._one_at_a_time:
            held.set()
            done.wait(30)

    other = threading.Thread(target=hold)
    other.start()
    held.wait(30)
    try:
        assert refusal_of(photo())[0] is errors.PictureReaderBusy
    finally:
        done.set()
        other.join()
    assert convert(photo()).width == 640


def test_a_heic_of_a_phone_is_read_where_the_converter_is_installed(tmp_path):
    made = convert(heic(tmp_path, photo()))

    assert (made.width, made.height) == (640, 480)
    assert_near(dot_of(made), BLUE, off=8)
    assert_near(dot_of(made, 0.2, 0.2), RED, off=8)


def test_a_damaged_heic_is_refused(tmp_path):
    assert refusal_of(heic(tmp_path, photo())[:900])[0] is errors.PictureUnreadable


def test_without_the_converter_the_words_say_how_to_send_a_jpeg(tmp_path, monkeypatch):
    data = heic(tmp_path, photo())
    monkeypatch.setattr(converting, "heif_converter", lambda: None)

    kind, said = refusal_of(data)

    assert kind is errors.PictureIsHeic
    assert "Most Compatible" in said
    assert "JPEG" in said
