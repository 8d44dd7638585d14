"""PostgreSQL with the functions of `lifecycle/postgres.sql`: a process for each connection."""

import os
import pwd
import shutil
import signal
import subprocess

from harness import machine, tools
from harness.server import Server

PROGRAMS = ("initdb", "postgres", "psql", "pg_isready")
# Debian keeps the programs of each version in a folder of its own, outside the path.
DEBIAN = "/usr/lib/postgresql/15/bin"


def folder_of_programs():
    """Where all of them are; None when they are not installed."""
    folders = [DEBIAN]
    if tools.installed("pg_config"):
        folders.append(machine.output("pg_config", "--bindir"))
    if tools.installed("postgres"):
        folders.append(os.path.dirname(shutil.which("postgres")))
    return next((folder for folder in folders
                 if all(os.access(os.path.join(folder, name), os.X_OK) for name in PROGRAMS)), None)


def user():
    """Who runs it: it refuses to be root's. None = whoever we are."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return pwd.getpwnam("postgres" if "postgres" in names else "nobody")


def as_user():
    """Options of `subprocess` for a process of that user."""
    account = user()
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}


class PostgreSQL(Server):
    """A new cluster each time, with room for all its data in memory, no checkpoint within a run and nobody to replicate to."""

    program = "postgres"
    protocol = "postgres"
    name = "postgresql, synchronous_commit off"
    synchronous_commit = "off"
    # At once, without a last checkpoint of data that goes away; what it shares in memory is given back.
    stop_signal = signal.SIGQUIT

    @classmethod
    def lacks(cls):
        if not folder_of_programs():
            return "postgresql is not installed"
        if subprocess.run(["test", "-x", tools.BUILD], **as_user()).returncode != 0:
            return f"postgresql does not run as root, and the user {user().pw_name} may not enter {tools.BUILD}"
        return None

    def start(self):
        self.programs = folder_of_programs()
        if user():
            os.chown(self.folder, user().pw_uid, user().pw_gid)
        self.run("initdb", "--pgdata", self.data, "--username", "postgres", "--auth", "trust", "--encoding", "UTF8",
                 "--no-locale", "--no-sync")
        self.launch(**as_user())
        self.connect()

    @property
    def data(self):
        return os.path.join(self.folder, "data")

    def command(self):
        # A quarter of the memory, as its manual advises, at most 4 GiB.
        shared = min(4096, machine.memory() * 1024 // 4)
        settings = {
            "listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": "", "max_connections": 100,
            "shared_buffers": f"{shared}MB", "effective_cache_size": f"{4 * shared}MB", "huge_pages": "try",
            "wal_buffers": "64MB", "min_wal_size": "2GB", "max_wal_size": "16GB", "checkpoint_timeout": "30min",
            "wal_level": "minimal", "max_wal_senders": 0, "jit": "off", "autovacuum_naptime": "5s",
            "random_page_cost": 1.1, "synchronous_commit": self.synchronous_commit}
        return [os.path.join(self.programs, "postgres"), "-D", self.data,
                *(word for name, value in settings.items() for word in ("-c", f"{name}={value}"))]

    def is_connected(self):
        """It takes connections before it is ready for them."""
        return subprocess.run([os.path.join(self.programs, "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)],
                              **as_user()).returncode == 0

    def run(self, program, *arguments, **options):
        """Runs one of its programs to the end and returns what it printed."""
        done = subprocess.run([os.path.join(self.programs, program), *arguments], capture_output=True, text=True,
                              cwd=self.folder, **as_user(), **options)
        if done.returncode != 0:
            raise SystemExit(f"{self.name}: {program} failed:\n{(done.stdout + done.stderr)[-2000:]}")
        return done.stdout

    def query(self, text):
        """Statements from the text, their rows as lists of words."""
        lines = self.run("psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-X", "-q", "-A", "-t", "-F", " ",
                         "-v", "ON_ERROR_STOP=1", "-f", "-", input=text)
        return [line.split(" ") for line in lines.splitlines()]

    def prepare(self):
        with open(os.path.join(tools.BENCHMARKS, "lifecycle", "postgres.sql")) as file:
            self.query(file.read())

    def tickets(self):
        """Whole lifecycles leave no ticket unresolved, nobody with a load, and every message that a ticket counts."""
        opened, unresolved, counted, messages, load = (int(word) for word in self.query(
            "SELECT count(*), count(*) FILTER (WHERE status <> 3), coalesce(sum(messages), 0),"
            " (SELECT count(*) FROM message), (SELECT sum(load) FROM agent_load) FROM ticket;")[0])
        if unresolved or load or messages != counted:
            raise SystemExit(f"{self.name}: of {opened:,} tickets {unresolved:,} are not resolved, agents have {load:,}, "
                             f"and {messages:,} messages are there of {counted:,}")
        return opened


class PostgreSQLDurable(PostgreSQL):
    name = "postgresql, synchronous_commit on"
    synchronous_commit = "on"
