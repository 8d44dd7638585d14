"""PING: what the sockets and the protocol cost without a ticket."""

import re
import resource
import subprocess

from harness import peers, tools, windows

SHAPES = [(16, 1), (16, 16), (16, 64)]


def inline(options, scratch):
    """PING in its inline form, beside redis-server and the floor."""
    servers = [kind(scratch) for kind in peers.available([peers.Switchboard, peers.Redis, peers.Echo])]
    rows, found = [], []
    try:
        for connections, depth in SHAPES:
            results = windows.rounds(servers, options.windows, lambda server, number: windows.load(
                server, protocol="ping", connections=connections, depth=depth, seconds=options.seconds / 2))
            for server, figures in zip(servers, results):
                found.append({"measurement": "ping", "shape": {"connections": connections, "depth": depth},
                              "server": server.name, "windows": figures})
                rows.append([
                    f"{connections} x {depth}", server.name, windows.number(windows.median(figures, "requests_per_s")),
                    windows.number(windows.median(figures, "cpu_us"), 2),
                    windows.duration(windows.median(figures, "p50_us")),
                    windows.duration(windows.median(figures, "p99_us")),
                    windows.number(windows.ratio(results[0], figures, "requests_per_s"), 2),
                    windows.number(windows.median(figures, "client_cpu"), 2)])
    finally:
        for server in servers:
            server.stop()
    windows.table("PING, inline", ["connections x depth", "server", "requests/s", "server CPU µs/request", "p50", "p99",
                                   "switchboard ÷ this", "client CPU"], rows)
    return found


def redis_benchmark(options, scratch):
    """Redis's own load generator, unchanged, against both."""
    if not tools.installed("redis-benchmark"):
        print("\nredis-benchmark is not installed: its rows are left out")
        return []
    raise_file_limit()
    requests = 100_000 if options.quick else 1_000_000
    servers = [kind(scratch) for kind in peers.available([peers.Switchboard, peers.Redis])]
    rows, found = [], []
    try:
        for extra in ([], ["-c", "1000"]):
            arguments = ["-t", "ping_inline,ping_mbulk", "-n", str(requests), "-P", "16", *extra, "-q"]
            results = windows.rounds(servers, max(options.windows, 3) if not options.quick else 1,
                                     lambda server, number: one_benchmark(server, arguments))
            found.append({"measurement": "redis-benchmark", "arguments": arguments, "windows": results})
            for test in ("PING_INLINE", "PING_MBULK"):
                for server, figures in zip(servers, results):
                    rows.append([f"{test} {' '.join(extra) or '-c 50'}", server.name,
                                 windows.number(windows.median(figures, test)),
                                 windows.number(windows.ratio(results[0], figures, test), 2),
                                 windows.number(sum(window["errors"] for window in figures))])
    finally:
        for server in servers:
            server.stop()
    windows.table(f"redis-benchmark -t ping_inline,ping_mbulk -n {requests} -P 16 -q",
                  ["test", "server", "requests/s", "switchboard ÷ this", "errors"], rows)
    return found


def one_benchmark(server, arguments):
    done = subprocess.run(["redis-benchmark", "-p", str(server.port), *arguments], capture_output=True, text=True)
    text = (done.stdout + done.stderr).replace("\r", "\n")
    figures = {name: float(rate) for name, rate in re.findall(r"^(PING_\w+): ([0-9.]+) requests per second", text, re.M)}
    figures["errors"] = (done.returncode != 0) + len(re.findall(r"(?i)^.*error.*$", text, re.M))
    if figures["errors"] or len(figures) != 3:
        raise SystemExit(f"redis-benchmark against {server.name} failed:\n{text[-2000:]}")
    return figures


def raise_file_limit():
    """1,000 connections of redis-benchmark need as many files, and it inherits the limit from here."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4096 if hard == resource.RLIM_INFINITY else min(4096, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
