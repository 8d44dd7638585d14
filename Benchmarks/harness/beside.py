"""The lifecycle beside servers whose best shape, or number of requests, is another one: each at its own best, and lifecycles
are compared, not requests."""

from harness import lifecycle, peers, windows

# The shape at which ours does most.
OUR_SHAPE = (16, 64)
# (what is durable, ours, the peer); the shapes of both.
POSTGRESQL = [
    (lifecycle.NO_FSYNC, peers.Switchboard, peers.PostgreSQL),
    (lifecycle.FSYNC, peers.SwitchboardDurable, peers.PostgreSQLDurable),
]
POSTGRESQL_SHAPES = [(OUR_SHAPE, shape) for shape in [(16, 1), (16, 8), (64, 1)]]
BEANSTALKD = [
    (lifecycle.NO_FSYNC, peers.Switchboard, peers.Beanstalkd),
    (lifecycle.FSYNC, peers.SwitchboardDurable, peers.BeanstalkdDurable),
]
BEANSTALKD_SHAPES = [((16, 1), (16, 1)), ((16, 16), (16, 16)),
                     *((OUR_SHAPE, shape) for shape in [(16, 1), (16, 16), (16, 64)])]
HEADER = ["connections x depth", "server", "lifecycles/s", "requests a lifecycle", "requests/s",
          "server CPU µs/lifecycle", "p50", "p99", "p99.9", "lifecycles: switchboard ÷ this",
          "CPU a lifecycle: this ÷ switchboard", "client CPU"]


def postgresql(options, scratch):
    """Three shapes, because it has a process for each connection; ours is at its best shape beside each of them."""
    return compare("postgresql", POSTGRESQL, POSTGRESQL_SHAPES, "Lifecycle beside PostgreSQL", options, scratch)


def beanstalkd(options, scratch):
    """A bare queue: its lifecycle is three requests, without a thread, agents or capacity. At the same shapes, and ours at
    its best shape beside each."""
    return compare("beanstalkd", BEANSTALKD, BEANSTALKD_SHAPES, "Lifecycle beside beanstalkd as a bare queue", options,
                   scratch)


def compare(measurement, pairs, shapes, title, options, scratch):
    found = []
    for durability, *kinds in pairs:
        if len(peers.available(kinds)) < 2:
            continue
        rows = []
        for pair in shapes:
            found += measure(measurement, durability, kinds, pair, rows, options, scratch)
        windows.table(f"{title}, {durability}", HEADER, rows)
    return found


def measure(measurement, durability, kinds, shapes, rows, options, scratch):
    """Ours and the peer, each at its own shape, in windows that take turns. Both start empty."""
    servers = []
    try:
        for kind in kinds:
            servers.append(kind(scratch))
            servers[-1].prepare()
        shape_of = dict(zip(servers, shapes))
        results = windows.rounds(servers, options.windows, lambda server, number: windows.load(
            server, seconds=options.seconds, seed=number + 1, connections=shape_of[server][0], depth=shape_of[server][1]))
        for server, figures in zip(servers, results):
            server.check(sum(window["opened"] for window in figures))
    finally:
        for server in servers:
            server.stop()
    for server, shape, figures in zip(servers, shapes, results):
        errors = sum(window["errors"] for window in figures)
        rows.append([
            f"{shape[0]} x {shape[1]}", server.name + (f" ({errors} errors)" if errors else ""),
            windows.number(windows.median(figures, "lifecycles_per_s")), str(server.requests),
            windows.number(windows.median(figures, "requests_per_s")),
            windows.number(windows.median(figures, "lifecycle_cpu_us"), 1),
            *(windows.duration(windows.median(figures, key)) for key in ("p50_us", "p99_us", "p999_us")),
            windows.number(windows.ratio(results[0], figures, "lifecycles_per_s"), 2),
            windows.number(windows.ratio(figures, results[0], "lifecycle_cpu_us"), 2),
            windows.number(windows.median(figures, "client_cpu"), 2)])
    # `shapes` joins the rows of one run: those whose windows took turns.
    return [{"measurement": measurement, "durability": durability, "server": server.name, "shapes": list(map(list, shapes)),
             "shape": {"connections": shape[0], "depth": shape[1]}, "windows": figures}
            for server, shape, figures in zip(servers, shapes, results)]
