"""The programs that a run needs, and the folder in which servers keep their data."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BENCHMARKS = os.path.join(ROOT, "Benchmarks")
BUILD = os.path.join(ROOT, ".build", "benchmarks")
SERVER = os.environ.get("SWITCHBOARD", os.path.join(ROOT, ".build", "release", "switchboard"))
LIFECYCLE = os.path.join(BUILD, "lifecycle")
ECHO = os.path.join(BUILD, "echo")
COMMIT = os.path.join(BUILD, "commit")
# Signals that end a run; its servers are stopped first.
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def build():
    """Compiles the load generator and the floors."""
    os.makedirs(BUILD, exist_ok=True)
    source = os.path.join(BENCHMARKS, "lifecycle")
    files = [os.path.join(source, name) for name in sorted(os.listdir(source)) if name.endswith(".c")]
    compile_c(LIFECYCLE, files)
    compile_c(ECHO, [os.path.join(BENCHMARKS, "floor", "echo.c")])
    compile_c(COMMIT, [os.path.join(BENCHMARKS, "floor", "commit.c")])
    if not os.path.exists(SERVER):
        sys.exit("there is no release server: run 'make build', or 'make bench' which does")


def compile_c(program, files):
    command = ["cc", "-std=gnu17", "-O2", "-Wall", "-Wextra", "-o", program, *files, "-lm", "-pthread"]
    if subprocess.run(command).returncode != 0:
        sys.exit("the benchmark's own programs do not compile (is a C compiler installed?)")


def installed(program):
    return shutil.which(program) is not None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Scratch:
    """A folder on a real disk and the servers that keep their data there, gone at the end, an interrupted run's too. In
    `.build`, because a temporary folder may be memory."""

    def __enter__(self):
        os.makedirs(BUILD, exist_ok=True)
        self.servers = []
        self.path = tempfile.mkdtemp(prefix="data-", dir=BUILD)
        # Some servers run as another user, who must get through to a folder of theirs.
        os.chmod(self.path, 0o711)
        self.handlers = {number: signal.getsignal(number) for number in ENDINGS}
        for number, handler in self.handlers.items():
            # What `nohup` or a shell's background ignores stays ignored.
            if handler != signal.SIG_IGN:
                signal.signal(number, lambda number, _: sys.exit(128 + number))
        return self

    def __exit__(self, *_):
        # Who is impatient and interrupts again would leave servers behind.
        for number in ENDINGS:
            signal.signal(number, signal.SIG_IGN)
        for server in self.servers:
            server.stop()
        shutil.rmtree(self.path, ignore_errors=True)
        for number, handler in self.handlers.items():
            signal.signal(number, handler)

    def folder(self):
        return tempfile.mkdtemp(dir=self.path)
