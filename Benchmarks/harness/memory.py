"""Memory by number of tickets, everything counted: what the process holds in RAM, divided by the tickets."""

import re
import statistics
import time

from harness import durability, peers, windows

STEPS = [1_000_000, 2_000_000, 5_000_000, 10_000_000]
# So many tickets are looked at, from the first to the last, to see what showing one costs.
LOOKS = 2000


def memory(options, scratch):
    """Ten million tickets of three messages, one after the other; at each step what they take, and TICKET SHOW."""
    steps = [step // 100 for step in STEPS] if options.quick else STEPS
    server = peers.Switchboard(scratch)
    rows, found, done = [], [], 0
    try:
        server.prepare()
        empty = durability.resident_megabytes(server.pid)
        for step in steps:
            begun = time.monotonic()
            durability.fill(server, step - done)
            rate = (step - done) / (time.monotonic() - begun)
            done = step
            # A snapshot that the journal's size asked for shares the pages it writes; only after it they are counted once.
            server.wait_for_snapshot()
            resident = durability.resident_megabytes(server.pid)
            looks = show(server, done)
            found.append({"measurement": "memory", "tickets": done, "resident_megabytes": resident,
                          "empty_megabytes": empty, "lifecycles_per_s": rate, "show_us": looks})
            rows.append([f"{done:,}", windows.number(resident), windows.number(resident * 1e6 / done),
                         windows.number(rate * 4), windows.duration(looks)])
    finally:
        server.stop()
    windows.table(f"Memory, tickets of three messages ({empty:.0f} MB without any)",
                  ["tickets", "MB in RAM", "bytes a ticket", "requests/s while loading", "TICKET SHOW, median"], rows)
    return found


def show(server, tickets):
    """Median microseconds from one TICKET SHOW to its whole answer, one at a time, over tickets of all ages."""
    times = []
    for number in range(LOOKS):
        ticket = 1 + number * (tickets - 1) // (LOOKS - 1)
        begun = time.perf_counter()
        server.connection.sendall(f"TICKET SHOW {ticket}\r\n".encode())
        answer = server.replies.readline()
        times.append((time.perf_counter() - begun) * 1e6)
        if not re.match(rb'\+\{"id":%d,' % ticket, answer):
            raise SystemExit(f"TICKET SHOW {ticket} was answered with {answer[:80]}")
    return statistics.median(times)
