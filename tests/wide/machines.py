"""Machines on one machine: each with its own copy of the service, its own folders and, for root, its own network."""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import boto3

from clinic.processes import Processes
from clinic.serve import QUEUES
from tests import engines

ROOT = Path(__file__).resolve().parent.parent.parent
PARTS = ("clinic", "plans", "templates", "locale", "static", "manage.py")
BUCKET = "handouts"


class Network:
    """A network of its own that reaches this machine's loopback ports at `host`; without root, the same network."""

    def __init__(self, number, ports, folder, servers, *, pid=None):
        pid = pid or os.getpid()
        self.name = f"clinic-{pid}-{number}"
        self.separate = may_make_networks()
        self.host, self.own_host = "127.0.0.1", "127.0.0.1"
        if not self.separate:
            return
        self.host, self.own_host = f"10.77.{number}.1", f"10.77.{number}.2"
        ip("netns", "add", self.name)
        outside, inside = outside_of(pid, number), f"cli{pid % 10000}{number}"
        ip("link", "add", outside, "type", "veth", "peer", "name", inside, "netns", self.name)
        ip("address", "add", f"{self.host}/30", "dev", outside)
        ip("link", "set", outside, "up")
        ip("-n", self.name, "address", "add", f"{self.own_host}/30", "dev", inside)
        ip("-n", self.name, "link", "set", inside, "up")
        ip("-n", self.name, "link", "set", "lo", "up")
        argv = [sys.executable, "-m", "tests.wide.forward", self.host, *map(str, ports)]
        servers.start(f"forward-{number}", argv, env=os.environ, log=folder / f"forward-{number}.log")

    @property
    def prefix(self):
        """What a command begins with to run in this network."""
        return ["ip", "netns", "exec", self.name] if self.separate else []

    def remove(self):
        if self.separate:
            ip("netns", "delete", self.name)


def ip(*arguments):
    done = subprocess.run(
        ["ip", *arguments], check=True, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    return done.stdout


def may_make_networks():
    return os.getuid() == 0 and shutil.which("ip") is not None


def outside_of(pid, number):
    return f"clo{pid % 10000}{number}"


def networks_here():
    """The names of all networks, whoever made them."""
    return re.findall(r"^\S+", ip("netns", "list"), re.MULTILINE) if may_make_networks() else []


def remove_left_networks():
    """Remove what a killed run left: its addresses are ours, and what is sent there would go to nobody."""
    for name in networks_here():
        of = re.fullmatch(r"clinic-(\d+)-(\d+)", name)
        if of and not Path(f"/proc/{of[1]}").exists():
            outside = outside_of(int(of[1]), of[2])
            if outside in ip("-o", "link"):
                ip("link", "delete", outside)  # at once, which the end of a network is not
            ip("netns", "delete", name)


class Installation:
    """PostgreSQL, Redis and object storage; machines that share nothing else are added one by one."""

    def __init__(self, folder):
        remove_left_networks()
        self.folder = folder
        self.servers = Processes(patience=5)
        self.machines = []
        database = engines.start_postgres(self.servers, folder / "postgres")
        broker = engines.start_redis(self.servers, folder / "redis")
        self.ports = [
            int(database.split(":")[2].split("/")[0]),
            int(broker.rsplit(":", 1)[1]),
            self.start_s3(),
        ]
        self.web_port = engines.free_port()

    def start_s3(self):
        port = engines.free_port()
        argv = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
        self.servers.start("s3", argv, env=os.environ, log=self.folder / "s3.log")
        engines.wait_for_port(port, self.servers)
        keys = {"aws_access_key_id": "someone", "aws_secret_access_key": "something"}
        self.s3 = boto3.client("s3", endpoint_url=f"http://127.0.0.1:{port}", region_name="us-east-1", **keys)
        self.s3.create_bucket(Bucket=BUCKET)
        return port

    def add(self, name):
        number = len(self.machines) + 1
        network = Network(number, self.ports, self.folder, self.servers)
        self.machines.append(Machine(self, self.folder / name, network))
        return self.machines[-1]

    def settings(self, host):
        """The environment of a machine that reaches the shared servers at `host`."""
        postgres, redis, s3 = self.ports
        return {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "clinic.settings",
            "DATABASE_URL": f"postgresql://clinic@{host}:{postgres}/postgres",
            "REDIS_URL": f"redis://{host}:{redis}/0",
            "S3_BUCKET": BUCKET,
            "S3_ENDPOINT": f"http://{host}:{s3}",
            "S3_REGION": "us-east-1",
            "S3_ACCESS_KEY_ID": "someone",
            "S3_SECRET_ACCESS_KEY": "something",
            "SECRET_KEY": "only-for-the-wide-test-" * 3,
            "LINK_KEY": "only-for-the-wide-test-links-" * 2,
            "PUBLIC_URL": f"http://127.0.0.1:{self.web_port}",
        }

    def networks(self):
        """How far the machines are apart, in words."""
        if all(machine.network.separate for machine in self.machines):
            return "each machine in a network of its own"
        return "NOT SEPARATE: one network for all, as this user may make none; only the folders differ"

    def freeze_storage(self):
        self.servers.running["s3"].send_signal(signal.SIGSTOP)

    def thaw_storage(self):
        self.servers.running["s3"].send_signal(signal.SIGCONT)

    def handouts(self):
        """The names of the files in the bucket that were rendered."""
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix="renderings/")
        return {entry["Key"] for page in pages for entry in page.get("Contents", ())}

    def stop(self):
        for machine in self.machines:
            machine.processes.stop()
        self.servers.stop()
        for machine in self.machines:
            machine.network.remove()


class Machine:
    """One machine with its copy of the service."""

    def __init__(self, installation, folder, network):
        self.folder, self.network = folder, network
        self.processes = Processes(patience=10)
        self.code, self.data = folder / "code", folder / "data"
        for part in PARTS:
            source = ROOT / part
            copy = shutil.copytree if source.is_dir() else shutil.copy
            self.code.mkdir(parents=True, exist_ok=True)
            copy(source, self.code / part)
        self.data.mkdir(mode=0o700)
        self.env = {**installation.settings(network.host), "DATA_DIR": str(self.data), "PWD": str(self.code)}

    def run(self, *argv):
        subprocess.run(
            [*self.network.prefix, *argv], cwd=self.code, env=self.env, check=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def start(self, name, *argv):
        # `env --chdir`, because Processes starts all in our own folder.
        command = [*self.network.prefix, "env", f"--chdir={self.code}", sys.executable, "-m", *argv]
        self.processes.start(name, command, env=self.env, log=self.folder / f"{name}.log")

    def start_worker(self):
        self.start("worker", "celery", "-A", "clinic", "worker", "--queues", QUEUES, "--concurrency", "1",
                   "--loglevel", "INFO", "--hostname", f"{self.folder.name}@wide",
                   "--beat", "--schedule", str(self.data / "beat"))  # fmt: skip

    def start_web(self, port):
        self.start("web", "gunicorn", "--config", "python:clinic.gunicorn", "--bind", f"0.0.0.0:{port}")

    def kill(self, name):
        process = self.processes.running[name]
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def log_path(self, name):
        return self.folder / f"{name}.log"

    def log(self, name):
        return self.log_path(name).read_text()

    def files(self):
        """What it has kept on its own disk that a patient's file could be."""
        return [path for path in self.data.rglob("*") if path.is_file() and "static" not in path.parts
                and path.suffix in (".pdf", ".png", ".jpeg")]  # fmt: skip
