"""The machines of test_two_machines.py begin on clean ground."""

from types import SimpleNamespace

from tests.wide.machines import Network, networks_here, remove_left_networks

NO_SUCH_PROCESS = 4_999_999  # above what Linux gives


def test_what_a_killed_run_left_is_removed_and_what_is_in_use_stays(tmp_path):
    servers = SimpleNamespace(start=lambda *_, **__: None)
    left = Network(8, [], tmp_path, servers, pid=NO_SUCH_PROCESS)
    used = Network(9, [], tmp_path, servers)
    try:
        remove_left_networks()

        assert left.name not in networks_here()
        assert (used.name in networks_here()) == used.separate
    finally:
        used.remove()
