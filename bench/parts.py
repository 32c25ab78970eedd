"""The parts of the bench: each measures one side of the service and says it in lines, with the goal beside it."""

from collections.abc import Mapping
from pathlib import Path

from bench import api, engine
from bench.report import Line


def renderer_lines(details: dict[str, object], *, rounds: int) -> list[Line]:
    from bench import renderer

    times = renderer.measure(rounds=rounds)
    details["renderer"] = {name: one.to_dict() for name, one in times.items()}
    median = {name: one.median for name, one in times.items()}
    ours = median["ours, 8"]
    more = (median["ours, 32"] - median["ours, 16"]) / 16
    few = (median["ours, 16"] - median["ours, 4"]) / 12
    lines = [
        Line(part="a", what=f"processor time, {name}", value=value, unit="ms")
        for name, value in median.items()
    ]
    return [
        *lines,
        _ratio("a/b", "ours to the straightforward way", ours / median["straightforward"], most=0.30),
        _ratio("a/c", "ours to Chromium, the same page", ours / median["Chromium"], most=0.70),
        _ratio(
            "a/c", "ours to Chromium, the straightforward page", ours / median["Chromium, (b)"], most=0.50
        ),
        _ratio("a", "cost of an exercise from 16 to 32, to 4 to 16", more / few, most=1.15),
        _ratio("d", "pre-flight to ours", median["pre-flight"] / ours, most=0.3),
    ]


def _ratio(part: str, what: str, value: float, *, most: float) -> Line:
    return Line(part=part, what=what, value=round(value, 3), unit="times", most=most)


def waiting_lines(folder: Path, details: dict[str, object], *, rounds: int) -> list[Line]:
    from bench import queueing

    times = queueing.measure_waiting(folder, rounds=rounds)
    details["waiting"] = times.to_dict()
    known = details.get("renderer")
    most = None
    if isinstance(known, dict):
        most = known["ours, 8"]["median_ms"] + known["pre-flight"]["median_ms"] + 60
    return [Line(part="d", what="publish to ready, idle worker", value=times.median, unit="ms", most=most)]


def rate_lines(folder: Path, *, documents: int) -> list[Line]:
    from bench import queueing

    one = queueing.measure_rate(folder, processes=1, documents=documents)
    two = queueing.measure_rate(folder, processes=2, documents=documents)
    return [
        Line(part="e", what="rate with 1 process", value=round(one, 2), unit="a second"),
        Line(part="e", what="rate with 2 processes", value=round(two, 2), unit="a second"),
        Line(part="e", what="2 processes to 1", value=round(two / one, 2), unit="times", least=1.8),
    ]


def memory_lines(details: dict[str, object], *, documents: int) -> list[Line]:
    from bench import memory

    found = memory.measure(documents=documents)
    details["memory"] = found
    what = f"memory after 100 documents, then growth over {documents}"
    return [
        Line(part="f", what="memory after 100 documents", value=found["after_100_mb"], unit="MB"),
        Line(part="f", what=what, value=found["growth_percent"], unit="%", most=10),
    ]


def unchanged_lines(details: dict[str, object], *, rounds: int) -> list[Line]:
    from bench import queueing

    times, renderings = queueing.measure_unchanged(rounds=rounds)
    details["unchanged"] = times.to_dict()
    return [
        Line(part="g", what="publish of unchanged content", value=times.median, unit="ms", most=20),
        Line(part="g", what="renderings that it asks for", value=renderings, unit="files", most=0),
    ]


def api_lines(folder: Path, details: dict[str, object], *, quick: bool) -> list[Line]:
    size = {"calls": 40, "patients": 300} if quick else {}
    lines, details["api"] = api.measure(folder, **size)
    return lines


def search_lines(details: dict[str, object], *, rounds: int) -> list[Line]:
    from bench import searching

    times = searching.measure(rounds=rounds)
    details["search"] = times
    return [
        _ratio(
            "j",
            f"all searches to before, {size} exercises",
            times[f"now, {size}"] / times[f"before, {size}"],
            most=1.3,
        )
        for size in ("few", "many")
    ]


def checking_lines(details: dict[str, object], *, rounds: int) -> list[Line]:
    from bench import checking

    found = checking.measure(rounds=rounds)
    details["checking"] = found
    lines = []
    for name, row in found.items():
        what = f"a check of 8 exercises, {name}"
        lines += [
            Line(part="k", what=what, value=row["median_ms"], unit="ms"),
            Line(
                part="k",
                what=f"queries of it, {name}",
                value=row["queries"],
                unit="",
                most=checking.QUERIES_BEFORE,
            ),
        ]
    return lines


def portal_lines(details: dict[str, object], *, quick: bool) -> list[Line]:
    from bench import portal

    size = {"rounds": 5, "few": 200, "many": 2_000} if quick else {"rounds": 30}
    found = portal.measure(**size)
    details["portal"] = found
    lines = []
    for name, row in found.items():
        (few_ms, few_queries), (ms, queries) = row["few"], row["many"]
        most = max(portal.ENOUGH_MS, portal.AT_MOST_TIMES * few_ms)
        lines += [
            Line(part="m", what=f"{name}, few patients: database", value=few_ms, unit="ms"),
            Line(part="m", what=f"{name}, many patients: database", value=ms, unit="ms", most=most),
            Line(part="m", what=f"{name}, many patients: queries", value=queries, unit="", most=few_queries),
        ]
    return lines


def slow_net_lines(folder: Path, details: dict[str, object]) -> list[Line]:
    from bench import slow_net

    found = slow_net.measure(folder)
    details["slow_net"] = found
    lines = []
    for name, row in found.items():
        what = f"{name}: {row['requests']:.0f} requests"
        lines += [
            Line(part="n", what=f"{name}: usable after", value=row["seconds"], unit="s", most=5),
            Line(part="n", what=what, value=row["kilobytes"], unit="kB", most=slow_net.limit_of(name)),
        ]
    return lines


def phone_lines(folder: Path, details: dict[str, object], *, runs: int) -> list[Line]:
    from bench import lighthouse

    found = lighthouse.measure(folder, runs=runs)
    details["phone"] = found
    return [
        Line(
            part="o",
            what=f"Lighthouse's performance on a phone, {page}",
            value=lighthouse.median(scores),
            unit="of 100",
            least=95,
        )
        for page, scores in found.items()
    ]


def figures_lines(details: dict[str, object]) -> list[Line]:
    from bench import figures

    found = figures.measure()
    details["figures"] = found
    return [
        Line(
            part="i", what="processor time of a figure, mean", value=found["figure_ms"], unit="ms", most=600
        ),
        Line(part="i", what="processor time of the slowest", value=found["slowest_ms"], unit="ms"),
        Line(part="i", what="processor time of a close-up", value=found["close_up_ms"], unit="ms", most=1000),
        Line(part="i", what="size of a figure, mean", value=found["mean_kb"], unit="kB", most=20),
        Line(part="i", what="size of the largest", value=found["largest_kb"], unit="kB", most=34),
        Line(part="i", what="size of a moving picture", value=found["moving_kb"], unit="kB", most=120),
        Line(part="i", what="memory that drawing adds", value=found["memory_mb"], unit="MB", most=250),
    ]


def preview_lines(details: dict[str, object], *, rounds: int) -> list[Line]:
    from bench import preview

    found = preview.measure(rounds=rounds)
    details["preview"] = found
    return [
        Line(
            part="i", what="drawing of a preview alone, mean", value=found["drawing_ms"], unit="ms", most=100
        ),
        Line(part="i", what="19 of 20 within", value=found["drawing_slow_ms"], unit="ms"),
        Line(part="i", what="the editor's whole answer, mean", value=found["answer_ms"], unit="ms", most=300),
        Line(part="i", what="19 of 20 within", value=found["answer_slow_ms"], unit="ms"),
        Line(part="i", what="its first answer of a figure, mean", value=found["first_ms"], unit="ms"),
    ]


def undrawn_lines(folder: Path, details: dict[str, object], *, rounds: int) -> list[Line]:
    from bench import queueing

    times = queueing.measure_undrawn(folder, rounds=rounds)
    details["undrawn"] = times.to_dict()
    what = "publish to ready, 8 figures undrawn"
    return [Line(part="i", what=what, value=times.median, unit="ms", most=8000)]


def _most(row: Mapping[str, object]) -> float | None:
    """The limits of a plan of 50 exercises, whose rules were read before."""
    if (row["items"], row["rules_read"]) != (50, "before"):
        return None
    return {200: 2, 400: 3}[int(str(row["rules"]))]


def engine_lines() -> list[Line]:
    return [
        Line(
            part="h",
            what=f"rules: {row['items']} items x {row['rules']} rules, read {row['rules_read']}",
            value=float(str(row["median_ms"])),
            unit="ms",
            most=_most(row),
        )
        for row in engine.measure()
    ]


def loading_lines() -> list[Line]:
    from bench import loading

    taken = loading.measure()
    return [
        Line(part="l", what="loading the whole library, SQLite", value=taken.first, unit="s", most=20),
        Line(part="l", what="the same library a second time", value=taken.second, unit="s"),
    ]
