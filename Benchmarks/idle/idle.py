#!/usr/bin/env python3
"""What an idle connection costs: a server with its default settings, idle connections from processes of their own, and
busy ones beside them.

Usage: idle.py SERVER [--idle 10000] [--busy 100] [--seconds 5] [--options "--loops 2"]

Prints one line of JSON. Status 1 when a connection was refused or lost, or an answer was wrong.
"""
import argparse
import json
import multiprocessing
import os
import resource
import selectors
import shlex
import socket
import subprocess
import sys
import tempfile
import time

CLIENT_PROCESSES = 4


def memory(process_id):
    """Kilobytes resident."""
    with open(f"/proc/{process_id}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))


def hold(port, count, named, pipe):
    """Opens `count` connections, each of which has been answered once, and keeps them until told to check them all."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    held = []
    for _ in range(count):
        s = socket.create_connection(("127.0.0.1", port), timeout=60)
        if named:
            s.sendall(b"PING\r\n")
            assert s.recv(64) == b"+PONG\r\n"
        held.append(s)
    pipe.send("held")
    pipe.recv()
    for s in held:
        s.sendall(b"ECHO still\r\n")
    pipe.send(sum(s.recv(64) == b"+still\r\n" for s in held))


def work(port, count, seconds, pipe):
    """`count` connections with one request each on the way, for `seconds`; tells how many were answered."""
    selector = selectors.DefaultSelector()
    requests = [b"PING\r\n", b"TICKET OPEN channel=ticket dept=idle subject=s body=b\r\n", b"DEPT SHOW idle\r\n"]
    for number in range(count):
        s = socket.create_connection(("127.0.0.1", port), timeout=60)
        s.sendall(requests[number % 3])
        selector.register(s, selectors.EVENT_READ, [number, time.monotonic()])
    times = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for key, _ in selector.select(1):
            reply = key.fileobj.recv(65536)
            assert reply.startswith(b"+") and reply.endswith(b"\r\n"), reply
            times.append(time.monotonic() - key.data[1])
            key.data[0] += 1
            key.data[1] = time.monotonic()
            key.fileobj.sendall(requests[key.data[0] % 3])
    times.sort()
    pipe.send({"answers": len(times), "median_ms": round(times[len(times) // 2] * 1000, 2),
               "p99_ms": round(times[len(times) * 99 // 100] * 1000, 2)})


def start(target, *words):
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=target, args=(*words, theirs), daemon=True)
    process.start()
    theirs.close()
    return ours


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("server")
    parser.add_argument("--idle", type=int, default=10_000)
    parser.add_argument("--busy", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--options", default="")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, open(folder + "/log", "w+") as log:
        server = subprocess.Popen(
            [chosen.server, "serve", "--port", "0", "--data", folder + "/data", *shlex.split(chosen.options)],
            stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            port = int(server.stdout.readline().split()[3].rsplit(":", 1)[1])
            with socket.create_connection(("127.0.0.1", port), timeout=60) as s:
                s.sendall(b"DEPT ADD idle\r\n")
                s.recv(65536)
            # What the first hundred connections cost once is no cost of the others.
            warm = start(hold, port, 100, True)
            warm.recv()
            before = memory(server.pid)
            shares = [chosen.idle * (n + 1) // CLIENT_PROCESSES - chosen.idle * n // CLIENT_PROCESSES
                      for n in range(CLIENT_PROCESSES)]
            begun = time.monotonic()
            holders = [start(hold, port, share, True) for share in shares]
            for holder in holders:
                assert holder.recv() == "held"
            took = time.monotonic() - begun
            time.sleep(0.5)
            after = memory(server.pid)
            busy = start(work, port, chosen.busy, chosen.seconds).recv()
            for holder in holders:
                holder.send("check")
            alive = sum(holder.recv() for holder in holders)
            log.seek(0)
            warnings = [line.strip() for line in log if " warning: " in line or " error: " in line]
            print(json.dumps({
                "idle": chosen.idle, "alive_after": alive, "bytes_each": (after - before) * 1024 // max(chosen.idle, 1),
                "rss_before_kb": before, "rss_after_kb": after, "connected_in_s": round(took, 2), "busy": busy,
                "warnings": warnings}))
            return 0 if alive == chosen.idle and not warnings else 1
        finally:
            server.terminate()
            server.wait(60)


sys.exit(main())
