"""The servers that are measured. A further peer is one more class, named in the lists of `lifecycle.py` or `ping.py`,
and one more row in `lifecycle/protocol.c`."""

import os
import shutil
import socket
import subprocess
import time

from harness import tools

DEPARTMENTS, AGENTS = 10, 1000


class Server:
    """A server process on a free port, with a folder of its own."""

    program = None
    # What the load generator speaks to it.
    protocol = None

    def __init__(self, scratch):
        self.folder = scratch.folder()
        self.port = tools.free_port()
        self.log = open(os.path.join(self.folder, "log"), "w")
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command(), stdout=self.log, stderr=self.log, cwd=self.folder)
        self.connect()

    @property
    def pid(self):
        return self.process.pid

    def connect(self):
        deadline = time.monotonic() + 120
        while True:
            try:
                self.connection = socket.create_connection(("127.0.0.1", self.port))
                self.replies = self.connection.makefile("rb")
                return
            except OSError:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    self.stop()
                    raise SystemExit(f"{self.name} did not start: see {self.log.name}")
                time.sleep(0.02)

    def send(self, lines):
        """Sends requests, each answered by one line, and returns the answers."""
        self.connection.sendall(b"".join(line.encode() + b"\r\n" for line in lines))
        answers = [self.replies.readline().decode().rstrip() for _ in lines]
        for line, answer in zip(lines, answers):
            if answer.startswith("-") or not answer:
                raise SystemExit(f"{self.name} answered '{line[:60]}' with '{answer}'")
        return answers

    def prepare(self):
        """Departments and agents for the lifecycle workload."""

    def lane(self):
        """(requests, microseconds) of the commit lane so far; None where there is none."""
        return None

    def restart(self):
        """Starts the process again and returns when it answers."""
        self.start()
        while not self.is_ready():
            time.sleep(0.01)

    def is_ready(self):
        self.connection.sendall(b"PING\r\n")
        return self.replies.readline().startswith(b"+PONG")

    def kill(self):
        self.connection.close()
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Switchboard(Server):
    program = tools.SERVER
    protocol = "inline"
    fsync = "no"
    name = "switchboard"
    log_name, log_files = "journal alone", ["data/journal-*"]
    snapshot_name, snapshot_files = "snapshot", ["data/snapshot-*"]

    def __init__(self, scratch, options=()):
        self.options = list(options)
        super().__init__(scratch)

    def command(self):
        return [self.program, "serve", "--port", str(self.port), "--data", os.path.join(self.folder, "data"),
                "--fsync", self.fsync, "--snapshot-every", "0", *self.options]

    def prepare(self):
        lines = [f"DEPT ADD {department}" for department in range(1, DEPARTMENTS + 1)]
        for agent in range(1, AGENTS + 1):
            department = (agent - 1) * DEPARTMENTS // AGENTS + 1
            lines += [f"AGENT ADD {agent} depts={department} ticket=5 chat=3 call=1", f"AGENT ONLINE {agent}"]
        self.send(lines)

    def info(self, section):
        self.connection.sendall(f"INFO {section}\r\n".encode())
        count = int(self.replies.readline()[1:])
        lines = [self.replies.readline().decode().strip().lstrip("+") for _ in range(count)]
        return dict(line.split(":", 1) for line in lines if ":" in line)

    def lane(self):
        figures = self.info("stats")
        return int(figures["lane_requests"]), int(figures["lane_busy_us"])

    def longest_turn(self):
        """Microseconds, since the counters were reset."""
        return int(self.info("stats")["lane_longest_turn_us"])

    def save(self):
        self.send(["SAVE"])

    def restart_from_snapshot(self):
        self.restart()

    def begin_snapshot(self):
        # Of a state that is in a snapshot already none would be written.
        self.send([f"DEPT SET 1 title={time.time()}", "BGSAVE"])

    def is_snapshotting(self):
        return self.info("persistence")["snapshot_in_progress"] == "1"

    def wait_for_snapshot(self):
        """Returns how many seconds it took, all in all."""
        while self.is_snapshotting():
            time.sleep(0.05)
        return int(self.info("persistence")["last_snapshot_ms"]) / 1000


class SwitchboardRESP(Switchboard):
    protocol = "resp"
    name = "switchboard (RESP)"


class SwitchboardDurable(Switchboard):
    fsync = "always"
    name = "switchboard, fsync always"


class Redis(Server):
    program = "redis-server"
    protocol = "redis"
    name = "redis"
    durability = ["--appendonly", "no"]

    def command(self):
        # Listpacks hold a whole ticket; no latency histograms; no rewrite of the log in the middle of a window.
        return [self.program, "--bind", "127.0.0.1", "--port", str(self.port), "--dir", self.folder, "--save", "",
                "--hash-max-listpack-value", "1024", "--hash-max-listpack-entries", "128", "--latency-tracking", "no",
                "--auto-aof-rewrite-percentage", "0", *self.durability]

    def prepare(self):
        with open(os.path.join(tools.BENCHMARKS, "lifecycle", "redis.lua"), "rb") as file:
            library = file.read()
        self.connection.sendall(b"*3\r\n$8\r\nFUNCTION\r\n$4\r\nLOAD\r\n$%d\r\n%s\r\n" % (len(library), library))
        if self.replies.readline()[:1] != b"$":
            raise SystemExit("redis does not load redis.lua: it needs version 7")
        self.replies.readline()
        lines = []
        for agent in range(1, AGENTS + 1):
            department = (agent - 1) * DEPARTMENTS // AGENTS + 1
            lines += [f"ZADD a:{department}:{channel} 0 {agent}" for channel in (1, 2, 3)]
        self.send(lines)


class RedisDurable(Redis):
    name = "redis, appendfsync always"
    durability = ["--appendonly", "yes", "--appendfsync", "always"]


class RedisLogged(Redis):
    """With a log that is synced each second, for a start from it; then with snapshots only."""

    name = "redis"
    durability = ["--appendonly", "yes", "--appendfsync", "everysec"]
    log_name, log_files = "append-only file", ["appendonlydir/*"]
    snapshot_name, snapshot_files = "RDB file", ["dump.rdb"]

    def save(self):
        self.send(["SAVE"])

    def restart_from_snapshot(self):
        self.durability = ["--appendonly", "no"]
        self.restart()


class Echo(Server):
    program = tools.ECHO
    name = "bare epoll echo"

    def command(self):
        return [self.program, str(self.port)]


class CommitFloor(Server):
    """Takes the lifecycle's requests, puts as many bytes on disk as our journal does, and knows no tickets."""

    program = tools.COMMIT
    protocol = "inline"
    name = "C echo + group commit"

    def command(self):
        return [self.program, str(self.port), os.path.join(self.folder, "journal")]


def available(kinds):
    return [kind for kind in kinds if tools.installed(kind.program)]


def missing():
    """A line for each peer that the machine lacks."""
    return [f"{kind.program} is not installed: its rows are left out" for kind in (Redis,)
            if not tools.installed(kind.program)]
