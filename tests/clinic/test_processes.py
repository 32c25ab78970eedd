import os
import signal
import subprocess
import sys
import textwrap

import pytest

from clinic.processes import Processes
from tests.servers import poll


@pytest.fixture
def processes():
    made = Processes(patience=1.0, hurry=1.0)
    yield made
    made.stop()


def start(processes, name, code, tmp_path):
    processes.start(
        name, [sys.executable, "-u", "-c", textwrap.dedent(code)], env=os.environ, log=tmp_path / name
    )
    poll(lambda: processes.last_words(name), what=f"{name}'s first line")


def gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_stops_in_reverse_order_and_kills_who_does_not_listen(processes, tmp_path):
    order = tmp_path / "order"
    polite = f"""
        import signal, sys, time
        def end(*_):
            open({str(order)!r}, "a").write(sys.argv[0] + NAME + "\\n"); sys.exit()
        signal.signal(signal.SIGTERM, end)
        print("ready"); time.sleep(60)
    """
    start(processes, "first", f"NAME = 'first'{polite}".replace("\n        ", "\n"), tmp_path)
    start(processes, "second", f"NAME = 'second'{polite}".replace("\n        ", "\n"), tmp_path)
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready'); time.sleep(60)"
    )
    start(processes, "deaf", deaf, tmp_path)
    pids = [process.pid for process in processes.running.values()]

    processes.stop()

    assert [line.removeprefix("-c") for line in order.read_text().splitlines()] == ["second", "first"]
    assert all(gone(pid) for pid in pids)


def test_who_does_not_finish_in_time_is_hurried_with_its_children_before_it_is_killed(processes, tmp_path):
    """A child that is asked may put down what it holds, as a worker's does."""
    put_down = tmp_path / "put-down"
    child = f"""
        import pathlib, signal, sys, time
        signal.signal(signal.SIGTERM, lambda *_: (pathlib.Path({str(put_down)!r}).touch(), sys.exit()))
        print("holds", flush=True)
        time.sleep(60)
    """
    code = f"""
        import signal, subprocess, sys
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        child = subprocess.Popen([sys.executable, "-c", {textwrap.dedent(child)!r}])
        child.wait()
    """
    processes.hurry = 30  # it is over as soon as the child is
    start(processes, "busy", code, tmp_path)

    processes.stop()

    assert put_down.exists()


def test_stops_the_children_of_a_server_too(processes, tmp_path):
    code = """
        import subprocess, sys, time
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        print(child.pid); time.sleep(60)
    """
    start(processes, "parent", code, tmp_path)
    child = int(processes.last_words("parent"))

    processes.stop()

    poll(lambda: gone(child), seconds=5, what="the child's end")


def test_tells_which_server_ended_and_its_last_words(processes, tmp_path):
    start(processes, "short", "import sys; print('no space left'); sys.exit(3)", tmp_path)
    poll(lambda: list(processes.ended()))

    assert list(processes.ended()) == [("short", 3)]
    assert processes.last_words("short") == "no space left"


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent-death signal is Linux's")
def test_servers_end_when_the_supervisor_is_killed(tmp_path):
    code = f"""
        import os, pathlib, sys, time
        from clinic.processes import Processes
        processes = Processes()
        sleep = [sys.executable, "-c", "import time; time.sleep(60)"]
        processes.start("server", sleep, env=os.environ, log=pathlib.Path({str(tmp_path / "log")!r}))
        print(processes.running["server"].pid, flush=True)
        time.sleep(60)
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True
    ) as supervisor:
        pid = int(supervisor.stdout.readline())
        assert not gone(pid)
        supervisor.send_signal(signal.SIGKILL)

    poll(lambda: gone(pid), seconds=5, what="the server's end")
