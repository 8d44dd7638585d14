"""The lifecycle workload: open and route, agent reply, customer reply, resolve and pull the next."""

from harness import peers, windows

NO_FSYNC, FSYNC = "no fsync", "fsync before each reply"
# The servers of one table, ours first: ratios are to it.
PAIRS = [
    (NO_FSYNC, [peers.Switchboard, peers.SwitchboardRESP, peers.Redis]),
    (FSYNC, [peers.SwitchboardDurable, peers.RedisDurable]),
]
SHAPES = {
    NO_FSYNC: [(64, 1), (16, 16), (16, 64), (64, 16)],
    FSYNC: [(64, 1), (256, 1), (64, 4), (16, 16), (16, 64), (64, 16)],
}
# Where there are so many requests in flight, what a small C program reaches that only puts the bytes on disk.
FLOOR_IN_FLIGHT = 256
HEADER = ["connections x depth", "server", "requests/s", "server CPU µs/request", "p50", "p99", "p99.9",
          "switchboard ÷ this", "CPU: this ÷ switchboard", "lane µs/request", "lane share", "client CPU"]


def floors_for(durability, in_flight):
    return [peers.CommitFloor] if durability == FSYNC and in_flight == FLOOR_IN_FLIGHT else []


def closed(options, scratch):
    """As fast as it goes: every slot is always busy."""
    found = []
    for durability, kinds in PAIRS:
        rows = []
        for connections, depth in SHAPES[durability]:
            floors = floors_for(durability, connections * depth)
            found += measure(options, scratch, kinds + floors, rows, f"{connections} x {depth}", {
                "connections": connections, "depth": depth})
        found += measure(options, scratch, kinds, rows, "16 x 16, every agent full", {
            "connections": 16, "depth": 16, "waiting": 50})
        windows.table(f"Lifecycle, {durability}", HEADER, rows)
    return found


def fixed_rate(options, scratch):
    """2,500 lifecycles a second, latency from the scheduled arrival; beside them as many lines that are merely echoed."""
    found = []
    for durability, kinds in PAIRS:
        rows = []
        floors = floors_for(durability, 16 * 16) + [peers.Echo]
        found += measure(options, scratch, kinds + floors, rows, "16 x 16", {
            "connections": 16, "depth": 16, "rate": 2500}, count=options.windows if options.quick else max(options.windows, 10))
        windows.table(f"Lifecycle at 2,500 a second, {durability}", HEADER, rows)
    return found


def measure(options, scratch, kinds, rows, label, shape, count=None):
    """Servers start empty for each shape, and go on filling through its windows, `count` or as many as the run's options say."""
    servers = [kind(scratch) for kind in peers.available(kinds)]
    try:
        for server in servers:
            server.prepare()
        results = windows.rounds(servers, count or options.windows, lambda server, number: windows.load(
            server, seconds=options.seconds, seed=number + 1, **shape))
        for server, figures in zip(servers, results):
            server.check(sum(window["opened"] for window in figures))
    finally:
        for server in servers:
            server.stop()
    for server, figures in zip(servers, results):
        share = windows.median(figures, "lane_share")
        errors = sum(window["errors"] for window in figures)
        rows.append([
            label, server.name + (f" ({errors} errors)" if errors else ""),
            windows.number(windows.median(figures, "requests_per_s")), windows.number(windows.median(figures, "cpu_us"), 2),
            *(windows.duration(windows.median(figures, key)) for key in ("p50_us", "p99_us", "p999_us")),
            windows.number(windows.ratio(results[0], figures, "requests_per_s"), 2),
            windows.number(windows.ratio(figures, results[0], "cpu_us"), 2),
            windows.number(windows.median(figures, "lane_us"), 2), "" if share is None else f"{share:.0%}",
            windows.number(windows.median(figures, "client_cpu"), 2)])
    return [{"measurement": "lifecycle", "shape": shape, "server": server.name, "windows": figures}
            for server, figures in zip(servers, results)]
