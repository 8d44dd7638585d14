"""A server that is measured: a process on a free port, stopped at the end whatever happens."""

import os
import shutil
import signal
import socket
import subprocess
import time

from harness import tools


class Server:
    """A server process on a free port, with a folder of its own."""

    program = None
    # What the load generator speaks to it.
    protocol = None
    # Requests of one lifecycle.
    requests = 4
    stop_signal = signal.SIGTERM

    def __init__(self, scratch):
        self.process = None
        self.folder = scratch.folder()
        self.port = tools.free_port()
        self.log = open(os.path.join(self.folder, "log"), "w")
        scratch.servers.append(self)
        self.start()

    @classmethod
    def lacks(cls):
        """What is missing to run it here, as a sentence; None when nothing is."""
        return None if tools.installed(cls.program) else f"{cls.program} is not installed"

    def start(self):
        self.launch()
        self.connect()

    def launch(self, **options):
        # In a session of its own: an interrupt from the keyboard goes to the harness alone, which then stops it.
        self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
                                        cwd=self.folder, start_new_session=True, **options)

    @property
    def pid(self):
        return self.process.pid

    def connect(self):
        self.wait_until(self.is_connected)

    def is_connected(self):
        try:
            self.connection = socket.create_connection(("127.0.0.1", self.port))
        except OSError:
            return False
        self.replies = self.connection.makefile("rb")
        return True

    def wait_until(self, condition):
        deadline = time.monotonic() + 120
        while not condition():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise SystemExit(f"{self.name} did not start:\n{self.last_words()}")
            time.sleep(0.02)

    def last_words(self):
        with open(self.log.name, errors="replace") as file:
            return file.read()[-2000:]

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

    def tickets(self):
        """How many tickets were opened in it so far; None when it does not count them."""
        return None

    def check(self, opened):
        """Ends the run when it does not hold what the load generator opened in it."""
        held = self.tickets()
        if held is not None and held != opened:
            raise SystemExit(f"{self.name} holds {held:,} tickets, {opened:,} were opened in it")

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
        """Once more does no harm."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)
