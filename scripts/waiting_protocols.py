"""Move protocols that waited for exercises into the starter library, and say which still wait, and for what.

    python -m scripts.waiting_protocols

A file of tests/library/waiting/ goes to plans/library/protocols/ once all its exercises are written, and what follows
on it is there or goes with it.
"""

from collections.abc import Collection, Mapping
from pathlib import Path

from plans.libraryfiles import Known, ProtocolData, read_library

ROOT = Path(__file__).resolve().parents[1]
STARTER = ROOT / "plans" / "library"
WAITING = ROOT / "tests" / "library" / "waiting"


def read_waiting() -> dict[str, ProtocolData]:
    """Read the files that wait: with every exercise of the facts taken as written, they have no problem."""
    if not any(WAITING.glob("*.yaml")):
        return {}
    starter = read_library(STARTER)
    known = Known.of(starter)
    named = {item for file in WAITING.glob("*.yaml") for item in _exercises_named(file)}
    library = read_library(
        WAITING,
        known=Known(
            sources=known.sources,
            conditions=known.conditions,
            exercises=known.exercises | named,
            limits=known.limits,
            protocols=known.protocols,
        ),
    )
    return {protocol.code: protocol for protocol in library.protocols}


def missing(protocols: Mapping[str, ProtocolData], written: Collection[str]) -> dict[str, list[str]]:
    """Return for what each protocol waits: exercises, or the protocol that follows on it."""
    waits = {
        code: [item.exercise for item in protocol.items if item.exercise not in written]
        for code, protocol in protocols.items()
    }
    for _ in protocols:
        for code, protocol in protocols.items():
            if not waits[code] and protocol.next and waits.get(protocol.next):
                waits[code] = [protocol.next]
    return {code: reasons for code, reasons in waits.items() if reasons}


def _exercises_named(file: Path) -> set[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return {line.split("exercise:")[1].split(",")[0].strip() for line in lines if "exercise:" in line}


def main() -> None:
    waiting = read_waiting()
    written = {exercise.code for exercise in read_library(STARTER).exercises}
    waits = missing(waiting, written)
    for code in waiting:
        if code in waits:
            print(f"{code} waits for {', '.join(waits[code])}")
        else:
            (WAITING / f"{code}.yaml").rename(STARTER / "protocols" / f"{code}.yaml")
            print(f"{code} is in the library now")


if __name__ == "__main__":
    main()
