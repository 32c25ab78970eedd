"""One person's rest body: the base mesh with weighted shape targets."""

from collections.abc import Iterator

import numpy as np

from scripts.bodies.faces import calmed
from scripts.bodies.people import Shape
from scripts.bodies.source import Points, Source

# A calm, friendly face: shares of the face units, left and right alike.
FACE = {"mouthSmile": 0.55, "mouthDimple": 0.1, "cheekSquint": 0.15, "browOuterUp": 0.1}


def mixed(value: float, ends: tuple[str, ...]) -> list[tuple[str, float]]:
    """Return the two neighbouring ends of a scale from 0 to 1 and their shares."""
    place = min(max(value, 0.0), 1.0) * (len(ends) - 1)
    first = min(int(place), len(ends) - 2)
    return [(ends[first], 1 - (place - first)), (ends[first + 1], place - first)]


def rest_body(source: Source, person: Shape) -> Points:
    """Return (n, 3) in centimetres, the lowest point of the skin at y = 0."""
    shape = source.vertices.copy()
    for path, share in targets(person):
        if share > 1e-9:
            shape += share * source.macro(path)
    for path, share in (("stomach/stomach-pregnant-incr", person.pregnant), *person.further):
        shape += share * source.macro(path)
    for unit, share in FACE.items():
        for side in ("Left", "Right"):
            shape += share * source.target(f"faceunits01/targets/faceunits/{unit}{side}.target")
    shape = calmed(shape, source.vertices, source.faces["body"], int(2 + 22 * (person.age - 0.5)))
    shape *= 10
    shape[:, 1] -= shape[source.group("body"), 1].min()
    return shape


def targets(person: Shape) -> Iterator[tuple[str, float]]:
    genders = [("female", 1 - person.gender), ("male", person.gender)]
    ages = mixed((person.age - 0.5) * 2, ("young", "old"))
    for gender, gender_share in genders:
        for age, age_share in ages:
            for origin, share in zip(("african", "asian", "caucasian"), person.origin, strict=True):
                yield f"macrodetails/{origin}-{gender}-{age}", gender_share * age_share * share
            for muscle, muscle_share in mixed(person.muscle, ("minmuscle", "averagemuscle", "maxmuscle")):
                for weight, weight_share in mixed(person.weight, ("minweight", "averageweight", "maxweight")):
                    key = f"{gender}-{age}-{muscle}-{weight}"
                    share = gender_share * age_share * muscle_share * weight_share
                    yield f"macrodetails/universal-{key}", share
                    yield from details(person, key, share)


def details(person: Shape, key: str, share: float) -> Iterator[tuple[str, float]]:
    scales = (
        (f"macrodetails/height/{key}-%s", person.height, ("minheight", "", "maxheight")),
        (
            f"macrodetails/proportions/{key}-%s",
            person.proportions,
            ("uncommonproportions", "", "idealproportions"),
        ),
        (f"breast/{key}-%s-averagefirmness", person.cup, ("mincup", "averagecup", "maxcup")),
    )
    for path, value, ends in scales:
        for end, end_share in mixed(value, ends):
            if end:
                yield path % end, share * end_share


def heads(source: Source, bones: tuple[str, ...], shape: Points) -> Points:
    """Return (bones, 3): where each bone begins in this shape."""
    return np.array([_head(source, source.rig[bone]["head"], shape) for bone in bones])


def _head(source: Source, place: dict[str, object], shape: Points) -> Points:
    match place["strategy"]:
        case "CUBE":
            return shape[source.group(str(place["cube_name"]))].mean(axis=0)
        case "MEAN":
            return shape[place["vertex_indices"]].mean(axis=0)
        case _:
            return shape[place["vertex_index"]]
