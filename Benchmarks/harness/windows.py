"""Windows that go round among servers, and the table of their medians."""

import glob
import json
import os
import statistics
import subprocess
import time

from harness import tools


REQUESTS_A_LIFECYCLE = 4


def load(server, *, connections, depth, seconds, protocol=None, rate=0, waiting=0, seed=1):
    """One window of the load generator; its figures, and the lane's where there is one.

    `rate` counts lifecycles a second. An echo has none: it gets as many lines as the others get requests."""
    if server.protocol is None:
        protocol, rate = "ping", rate * REQUESTS_A_LIFECYCLE
    lane, loop = server.lane(), loop_time(server.pid)
    command = [tools.LIFECYCLE, "--protocol", protocol or server.protocol, "--port", str(server.port),
               "--pid", str(server.pid), "--connections", str(connections), "--depth", str(depth),
               "--seconds", str(seconds), "--rate", str(rate), "--waiting", str(waiting), "--seed", str(seed)]
    done = subprocess.run(command, capture_output=True, text=True)
    if not done.stdout:
        raise SystemExit(f"{server.name}: {done.stderr.strip()}")
    figures = json.loads(done.stdout)
    figures["cpu_us"] = figures["server_cpu"] / max(figures["requests_per_s"], 1) * 1e6
    figures["lifecycle_cpu_us"] = figures["server_cpu"] / max(figures["lifecycles_per_s"], 1) * 1e6
    if lane:
        requests, busy = difference(server.lane(), lane)
        ran, waited = difference(loop_time(server.pid), loop)
        # The lane's clock goes on while its thread waits for a core; the share of that in the thread's time is taken out.
        figures["lane_us"] = busy / max(requests, 1) * ran / max(ran + waited, 1)
        figures["lane_share"] = figures["lane_us"] / max(figures["cpu_us"], 1e-9)
    return figures


def difference(after, before):
    return [late - early for late, early in zip(after, before)]


def loop_time(pid):
    """Nanoseconds that the threads named `loop-…` have run, and waited for a core while they could have run."""
    ran = waited = 0
    for folder in glob.glob(f"/proc/{pid}/task/*"):
        with open(f"{folder}/comm") as name, open(f"{folder}/schedstat") as times:
            if name.read().startswith("loop-"):
                figures = times.read().split()
                ran += int(figures[0])
                waited += int(figures[1])
    return ran, waited


def rounds(servers, count, window):
    """Calls `window(server, number)` for each server in turn, `count` times round. Answers lists in order of server.

    A server has done with what a window left behind (ours indexes what it could not meanwhile, in spare time) before the
    next one has its own."""
    results = [[] for _ in servers]
    for number in range(count):
        # The other way round every second time: who comes first is not always the same.
        places = range(len(servers)) if number % 2 == 0 else reversed(range(len(servers)))
        for place in places:
            results[place].append(window(servers[place], number))
            settle(servers[place])
    return results


def settle(server, longest=60):
    """Waits until the server uses less than a twentieth of a core, for at most so many seconds."""
    deadline, before = time.monotonic() + longest, process_time(server.pid)
    while time.monotonic() < deadline:
        time.sleep(0.2)
        now = process_time(server.pid)
        if now - before < 0.01:
            return
        before = now


def process_time(pid):
    """Seconds of CPU that the process has used."""
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def median(windows, key):
    values = [window[key] for window in windows if key in window]
    return statistics.median(values) if values else None


def ratio(windows, others, key):
    """The median over the rounds of this server's figure to the other's in the same round."""
    return statistics.median(mine[key] / max(other[key], 1e-9) for mine, other in zip(windows, others))


def number(value, digits=0):
    return "" if value is None else f"{value:,.{digits}f}"


def duration(microseconds):
    if microseconds is None:
        return ""
    return f"{microseconds / 1000:.1f} ms" if microseconds >= 1000 else f"{microseconds:.0f} µs"


def table(title, header, rows):
    print(f"\n### {title}\n")
    print("| " + " | ".join(header) + " |")
    print("| " + " | ".join(["---"] * 2 + ["---:"] * (len(header) - 2)) + " |")
    for row in rows:
        print("| " + " | ".join(row) + " |", flush=True)
