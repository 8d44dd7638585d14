"""A million tickets: how long a start takes, and whether anyone notices a snapshot."""

import copy
import glob
import os
import statistics
import subprocess
import threading
import time

from harness import machine, peers, tools, windows

TICKETS = 1_000_000
# Lifecycles a second while snapshots are written; four requests each.
RATE = 10_000
# A window in which the hypervisor took more than this many cores away says nothing about the server.
MOST_STEAL = 0.05


def tickets(options):
    return TICKETS // 50 if options.quick else TICKETS


def fill(server, count):
    """So many whole lifecycles: resolved tickets of three messages."""
    command = [tools.LIFECYCLE, "--protocol", server.protocol, "--port", str(server.port), "--connections", "16",
               "--depth", "64", "--lifecycles", str(count)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{server.name}: {done.stderr.strip()}")


def megabytes(server, *patterns):
    files = {file for pattern in patterns for file in glob.glob(os.path.join(server.folder, pattern))}
    return sum(os.path.getsize(file) for file in files) / 1e6


# MARK: Restart


def restart(options, scratch):
    """From the start of the process to the first answer, with a million tickets, beside redis-server."""
    count = tickets(options)
    starts = 1 if options.quick else 3
    rows, found = [], []
    for kind in peers.available([peers.Switchboard, peers.RedisLogged]):
        server = kind(scratch)
        try:
            server.prepare()
            fill(server, count)
            memory = resident_megabytes(server.pid)
            # The log alone first, then with a snapshot.
            log = [timed_start(server, server.restart) for _ in range(starts)]
            log_size = megabytes(server, *server.log_files)
            saved = timed_save(server)
            snapshot_size = megabytes(server, *server.snapshot_files)
            # One that follows closely.
            fill(server, 10_000)
            again = timed_save(server)
            snapshot = [timed_start(server, server.restart_from_snapshot) for _ in range(starts)]
        finally:
            server.stop()
        for what, seconds, size in ((server.log_name, log, log_size), (server.snapshot_name, snapshot, snapshot_size)):
            median = statistics.median(seconds)
            found.append({"measurement": "restart", "server": server.name, "from": what, "seconds": seconds,
                          "megabytes": size, "save_seconds": saved,
                          "save_again_seconds": again, "tickets": count, "resident_megabytes": memory})
            rows.append([server.name, what, windows.number(median, 2), windows.number(count / median),
                         windows.number(size),
                         *(windows.number(value, 1) if what == server.snapshot_name else "" for value in (saved, again)),
                         windows.number(memory * 1e6 / count)])
    windows.table(f"Start to first answer with {count:,} tickets of three messages",
                  ["server", "from", "seconds", "tickets/s", "MB on disk", "seconds to write it", "and again after 10,000 more",
                   "memory, bytes a ticket"], rows)
    return found


def timed_save(server):
    """How long a snapshot takes when the server has nothing else to do: ours indexes after a start, and after a load."""
    windows.settle(server)
    begun = time.monotonic()
    server.save()
    return time.monotonic() - begun


def timed_start(server, start):
    server.kill()
    begun = time.monotonic()
    start()
    return time.monotonic() - begun


def resident_megabytes(pid):
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS")) / 1000


# MARK: Snapshot

# What is written in a window, in the order in which windows take turns: nothing, snapshots that take over from the one
# before what did not change, or whole ones, as the first of a server without an older one is.
NONE, LATER, WHOLE = "none", "later ones", "whole ones"
STATES = [NONE, LATER, WHOLE]
LABELS = {NONE: "no snapshot", LATER: "snapshots, each takes over what did not change", WHOLE: "whole snapshots"}


def snapshot(options, scratch):
    """Latency at a fixed rate in windows with and without snapshots being written, taking turns; the echo likewise."""
    rows, found = [], []
    for kind in [peers.Switchboard, peers.SwitchboardDurable]:
        servers = [kind(scratch), peers.Echo(scratch)]
        try:
            servers[0].prepare()
            fill(servers[0], tickets(options))
            servers[0].save()
            figures = alternate(servers, options)
        finally:
            for server in servers:
                server.stop()
        found += [{"measurement": "snapshot", "server": servers[place].name, "beside": servers[0].name,
                   "snapshot": state, "tickets": tickets(options), "windows": each} for (place, state), each in figures.items()]
        rows += snapshot_rows(servers, figures)
    windows.table(f"{RATE:,} lifecycles a second with {tickets(options):,} tickets, while snapshots are written and while not",
                  ["server", "", "p50", "p99", "p99.9", "longest turn on the lane", "a snapshot takes, s", "windows",
                   "left out for steal"], rows)
    return found


def alternate(servers, options):
    """Figures by (server, what is written)."""
    figures = {(place, state): [] for place in range(2) for state in STATES}
    for number in range(2 if options.quick else max(options.windows, 10)):
        for state in STATES if number % 2 == 0 else reversed(STATES):
            for place, server in enumerate(servers):
                figures[place, state].append(window(servers, server, options, number, state))
    return figures


def window(servers, server, options, number, state):
    """One window, all of it while a snapshot is written unless `state` is `NONE`."""
    writing = Snapshots(servers[0], state)
    servers[0].send(["CONFIG RESETSTAT"])
    before = machine.steal()
    figures = windows.load(server, connections=16, depth=16, seconds=options.seconds, rate=RATE, seed=number + 1)
    after = machine.steal()
    figures["steal"] = (after[0] - before[0]) / (after[1] - before[1])
    figures["longest_turn_us"] = servers[0].longest_turn()
    taken = writing.end()
    if taken:
        figures["snapshot_seconds"] = statistics.median(taken)
    windows.settle(servers[0])
    return figures


class Snapshots:
    """Has a server write one snapshot after the other, from a connection of its own."""

    def __init__(self, server, state):
        self.taken, self.state, self.is_over = [], state, state == NONE
        if not self.is_over:
            self.server = copy.copy(server)
            self.server.connect()
            self.begin()
            self.thread = threading.Thread(target=self.run)
            self.thread.start()

    def begin(self):
        if self.state == WHOLE:
            # Without the older files there is nothing to take over from.
            for file in glob.glob(os.path.join(self.server.folder, self.server.snapshot_files[0])):
                os.remove(file)
        self.server.begin_snapshot()

    def run(self):
        while True:
            self.taken.append(self.server.wait_for_snapshot())
            if self.is_over:
                return
            self.begin()

    def end(self):
        """Waits for the last one. Answers the seconds that each took."""
        if self.state != NONE:
            self.is_over = True
            self.thread.join()
            self.server.connection.close()
        return self.taken


def undisturbed(figures):
    """The windows that the hypervisor left alone; all of them when there are none such."""
    return [each for each in figures if each["steal"] <= MOST_STEAL] or figures


def snapshot_rows(servers, figures):
    rows = []
    for place, server in enumerate(servers):
        calm = {}
        for state in STATES:
            kept = undisturbed(figures[place, state])
            left_out = sum(each["steal"] > MOST_STEAL for each in figures[place, state])
            medians = {key: windows.median(kept, key) for key in ("p50_us", "p99_us", "p999_us")}
            cells = [windows.duration(medians[key]) + (f" ({medians[key] / calm[key]:.2f} ×)" if calm else "")
                     for key in medians]
            calm = calm or medians
            rows.append([server.name, LABELS[state], *cells,
                         windows.duration(max(each["longest_turn_us"] for each in kept)) if place == 0 else "",
                         windows.number(windows.median(kept, "snapshot_seconds"), 1),
                         str(len(kept)), str(left_out)])
    return rows
