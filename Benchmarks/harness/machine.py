"""What a run was made on."""

import datetime
import os
import platform
import subprocess
import time

from harness import tools


def describe(options):
    commit = output("git", "-C", tools.ROOT, "rev-parse", "--short", "HEAD")
    changed = output("git", "-C", tools.ROOT, "status", "--porcelain", "--untracked-files=no", "Sources")
    return "\n".join([
        f"{datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d %H:%M} UTC, commit {commit}{' with changes' if changed else ''}",
        f"{os.cpu_count()} x {processor()}, {memory()} GiB, Linux {platform.release()}; client and servers share the cores",
        f"medians of {options.windows} windows of {options.seconds:g} s, servers taking turns",
        load(),
    ])


def load():
    return "load average " + " ".join(f"{value:.2f}" for value in os.getloadavg())


def steal():
    """(cores taken away by the hypervisor, wall clock), both in seconds so far."""
    with open("/proc/stat") as file:
        return int(file.readline().split()[8]) / os.sysconf("SC_CLK_TCK"), time.monotonic()


def output(*command):
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()


def processor():
    with open("/proc/cpuinfo") as file:
        names = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    return names[0] if names else platform.machine()


def memory():
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 30
