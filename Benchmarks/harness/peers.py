"""The servers that are measured. A further peer is one more class, named in the lists of `lifecycle.py`, `beside.py` or
`ping.py`, and one more row in `lifecycle/protocol.c`."""

import os
import time

from harness import tools
from harness.beanstalkd import Beanstalkd, BeanstalkdDurable
from harness.postgres import PostgreSQL, PostgreSQLDurable
from harness.server import Server

DEPARTMENTS, AGENTS = 10, 1000


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
                "--fsync", self.fsync, "--snapshot-every", "0", "--snapshot-every-size", "0", *self.options]

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

    def tickets(self):
        return int(self.info("stats")["tickets_opened"])

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

    def tickets(self):
        return int(self.send(["INCRBY seq 0"])[0][1:])


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
    return [kind for kind in kinds if not kind.lacks()]


def missing():
    """A line for each peer that the machine lacks."""
    return [f"{reason}: its rows are left out" for reason in
            (kind.lacks() for kind in (Redis, PostgreSQL, Beanstalkd)) if reason]
