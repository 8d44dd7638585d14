"""beanstalkd, a bare queue: what a job costs that nobody routes, answers or counts."""

import os

from harness.server import Server


class Beanstalkd(Server):
    program = "beanstalkd"
    protocol = "beanstalkd"
    name = "beanstalkd"
    # put, reserve, delete
    requests = 3

    def command(self):
        return [self.program, "-l", "127.0.0.1", "-p", str(self.port), *self.durability()]

    def durability(self):
        return []

    def stats(self):
        self.connection.sendall(b"stats\r\n")
        count = int(self.replies.readline().split()[1])
        lines = self.replies.read(count + 2).decode().splitlines()
        return dict(line.split(": ", 1) for line in lines if ": " in line)

    def tickets(self):
        stats = self.stats()
        left = sum(int(stats[f"current-jobs-{state}"]) for state in ("ready", "reserved", "delayed", "buried"))
        if left:
            raise SystemExit(f"{self.name} has {left:,} jobs left that nobody deleted")
        return int(stats["total-jobs"])


class BeanstalkdDurable(Beanstalkd):
    """Syncs after each job, before it answers."""

    name = "beanstalkd -f0"

    def durability(self):
        folder = os.path.join(self.folder, "log-of-jobs")
        os.makedirs(folder, exist_ok=True)
        return ["-b", folder, "-f0"]
