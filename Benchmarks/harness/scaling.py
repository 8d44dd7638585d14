"""More loops, more shards: what is serial, and what one more core could give."""

from harness import peers, windows

# (loops, shards)
SHAPES = [(1, 1), (1, 2), (1, 4), (2, 4), (4, 4)]
CONNECTIONS, DEPTH = 64, 16


def scaling(options, scratch):
    """The lifecycle workload by number of loops and shards, with the commit lane's share of a request."""
    servers = []
    rows, found = [], []
    try:
        for loops, shards in SHAPES:
            server = peers.Switchboard(scratch, options=["--loops", str(loops), "--shards", str(shards)])
            servers.append(server)
            server.prepare()
        results = windows.rounds(servers, options.windows, lambda server, number: windows.load(
            server, connections=CONNECTIONS, depth=DEPTH, seconds=options.seconds, seed=number + 1))
    finally:
        for server in servers:
            server.stop()
    default = results[SHAPES.index((1, 4))]
    for (loops, shards), figures in zip(SHAPES, results):
        share = windows.median(figures, "lane_share")
        found.append({"measurement": "scaling", "loops": loops, "shards": shards, "windows": figures})
        rows.append([
            str(loops), str(shards), windows.number(windows.median(figures, "requests_per_s")),
            windows.number(windows.ratio(figures, default, "requests_per_s"), 2),
            windows.number(windows.median(figures, "cpu_us"), 2), windows.number(windows.median(figures, "lane_us"), 2),
            f"{share:.0%}", *(windows.number(amdahl(share, cores), 2) for cores in (2, 3, 4)),
            windows.number(1 / max(share, 1e-9), 1)])
    windows.table(
        f"Loops and shards, lifecycle, {CONNECTIONS} x {DEPTH}, no fsync",
        ["loops", "shards", "requests/s", "÷ 1 loop, 4 shards", "server CPU µs/request", "lane µs/request", "lane share",
         "2 cores could give", "3 cores", "4 cores", "any number"], rows)
    return found


def amdahl(serial, cores):
    """How many times the speed of one core `cores` of them could give at most (Amdahl 1967), `serial` being the share of
    the work that only one of them can do."""
    return 1 / (serial + (1 - serial) / cores)
