"""Finding over the wire among a million tickets: how long a page takes, and what a scan of everything costs the rest."""

import random
import socket
import statistics
import threading
import time

from harness import durability, machine, peers, windows

# Neither has an index: every ticket is looked at.
SCAN = 'COUNT "version > 100 or channel = call"'
QUESTIONS = {
    "owner and status": lambda chance: f'FIND "agent = {chance.randint(1, peers.AGENTS)} and status = resolved" limit=50',
    "a word of the thread": lambda chance: f'FIND "text ~ {chance.choice(WORDS)}" limit=50',
    "a word and a department": lambda chance: (
        f'FIND "text ~ {chance.choice(WORDS)} and dept = {chance.randint(1, peers.DEPARTMENTS)}" limit=50'),
}
# Of the load generator's texts.
WORDS = ["order", "invoice", "parcel", "refund", "address", "account"]


def find(options, scratch):
    """Scans one after the other beside lifecycles as fast as they go, in windows that take turns with windows without."""
    server = peers.Switchboard(scratch)
    try:
        server.prepare()
        durability.fill(server, durability.tickets(options))
        client = Client(server)
        client.ask(SCAN)
        pages = [page(client, name, 10 if options.quick else 200) for name in QUESTIONS]
        figures = {False: [], True: []}
        for number in range(2 if options.quick else max(options.windows, 10)):
            for scanned in ((False, True) if number % 2 == 0 else (True, False)):
                figures[scanned].append(window(server, client, options, number, scanned))
    finally:
        server.stop()
    print_pages(pages, options)
    print_scans(figures, options)
    return [{"measurement": "find", "scanned": scanned, "tickets": durability.tickets(options), "windows": each}
            for scanned, each in figures.items()]


class Client:
    """A connection of its own: the server's is asked for figures meanwhile."""

    def __init__(self, server):
        self.server = server
        self.connection = socket.create_connection(("127.0.0.1", server.port))
        self.replies = self.connection.makefile("rb")

    def ask(self, question):
        """The microseconds from the question to the last line of its answer."""
        begun = time.monotonic()
        self.connection.sendall(question.encode() + b"\r\n")
        first = self.replies.readline()
        if first.startswith(b"-"):
            raise SystemExit(f"{self.server.name} answered '{question}' with '{first.decode().rstrip()}'")
        for _ in range(int(first[1:]) if first.startswith(b"*") else 0):
            self.replies.readline()
        return (time.monotonic() - begun) * 1e6


def page(client, name, count):
    chance = random.Random(1)
    return name, [client.ask(QUESTIONS[name](chance)) for _ in range(count)]


def window(server, client, options, number, scanned):
    """One window of lifecycles; beside it, if asked for, scans by one client."""
    taken, is_over = [], threading.Event()

    def scan():
        while not is_over.is_set():
            taken.append(client.ask(SCAN))

    # What the window before left to be indexed is none of this one's.
    client.ask(SCAN)
    scanning = threading.Thread(target=scan)
    before = machine.steal()
    if scanned:
        scanning.start()
    figures = windows.load(server, connections=16, depth=64, seconds=options.seconds, seed=number + 1)
    after = machine.steal()
    is_over.set()
    if scanned:
        scanning.join()
        figures["scans"] = len(taken)
        figures["scan_us"] = statistics.median(taken)
    figures["steal"] = (after[0] - before[0]) / (after[1] - before[1])
    return figures


def print_pages(pages, options):
    windows.table(f"A page of 50 among {durability.tickets(options):,} tickets, over the wire, nothing else going on",
                  ["question", "", "median", "p99"],
                  [[name, "", windows.duration(statistics.median(taken)), windows.duration(sorted(taken)[len(taken) * 99 // 100])]
                   for name, taken in pages])


def print_scans(figures, options):
    """By pairs of neighbouring windows, those left out that the hypervisor disturbed."""
    pairs = [(without, beside) for without, beside in zip(figures[False], figures[True])]
    calm = [pair for pair in pairs if all(each["steal"] <= durability.MOST_STEAL for each in pair)] or pairs
    ratios = sorted(beside["requests_per_s"] / without["requests_per_s"] for without, beside in calm)
    windows.table("Lifecycles at 16 x 64, no fsync, beside scans of every ticket by one client",
                  ["", "windows", "requests/s", "p99", "scans a window", "a scan takes"],
                  [[name, str(len(calm)), windows.number(windows.median(each, "requests_per_s")),
                    windows.duration(windows.median(each, "p99_us")),
                    windows.number(windows.median(each, "scans")), windows.duration(windows.median(each, "scan_us"))]
                   for name, each in (("no scan", [pair[0] for pair in calm]), ("scans", [pair[1] for pair in calm]))])
    print(f"\nwith ÷ without, pair by pair: median {statistics.median(ratios):.2f}, from {ratios[0]:.2f} to {ratios[-1]:.2f}")
