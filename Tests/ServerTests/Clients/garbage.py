"""Sends garbage of every kind on many connections while a well-behaved client works beside them.

Usage: garbage.py PORT SECONDS CONNECTIONS [SEED]
Prints one line of figures; status 1 when the well-behaved client got a wrong answer or none in time.
"""
import json
import multiprocessing
import os
import random
import socket
import struct
import sys
import threading
import time

port, seconds, connections = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
seed = int(sys.argv[4]) if len(sys.argv) > 4 else random.randrange(1 << 30)
PROCESSES = 2
WORDS = [b"TICKET", b"AGENT", b"DEPT", b"OPEN", b"SHOW", b"ADD", b"SET", b"CLIENT", b"KILL", b"LIST", b"CONFIG", b"GET",
         b"HELLO", b"3", b"2", b"COMMAND", b"DOCS", b"HELP", b"REPLY", b"SKIP", b"OFF", b"ON", b"RESET", b"AUTH", b"x",
         b"channel=ticket", b"dept=garbage", b"body=\xff", b"priority=99", b"by=", b"=", b"\"", b"'", b"\\x00", b"*",
         b"ID", b"9" * 30, b"-1", b"1", b"thread=all", b"INFO", b"PING", b"ECHO", b"SELECT", b"0", b"CLOCK", b"TIME"]


def array(*words):
    return b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(w), w) for w in words)


def sentence(r):
    return [w for w in (r.choice(WORDS) for _ in range(r.randint(1, 7))) if w != b"KILL"] or [b"PING"]


def push(s, data, r):
    """Sends all of it, reading now and then so that it is not the unread replies that end it."""
    view = memoryview(data)
    while view:
        sent = s.send(view[:65536])
        view = view[sent:]
        if r.random() < 0.2:
            s.setblocking(False)
            try:
                s.recv(1 << 20)
            except BlockingIOError:
                pass
            s.settimeout(2)


def slow_reader(s, r):
    s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    chunk = array(b"ECHO", b"x" * 60_000) * 10
    for _ in range(20):
        s.sendall(chunk)


def byte_by_byte(s, r):
    for byte in array(b"ECHO", b"slow") * 5 + b"PING\r\n" * 5:
        s.send(bytes([byte]))


def resets(s, r):
    s.send(array(b"PING") * 50)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


KINDS = {
    "random bytes": lambda s, r: push(s, r.randbytes(r.randint(1, 200_000)), r),
    "random lines": lambda s, r: push(s, b"\r\n".join(r.randbytes(r.randint(0, 60)) for _ in range(500)), r),
    "half an array": lambda s, r: push(s, array(b"TICKET", b"OPEN", b"channel=ticket")[: r.randint(1, 40)], r),
    "1 GB length": lambda s, r: push(s, b"*2\r\n$4\r\nECHO\r\n$1073741824\r\n" + b"x" * 100_000, r),
    "negative lengths": lambda s, r: push(s, r.choice([b"*-1\r\n", b"*-7\r\n", b"*1\r\n$-1\r\n", b"*1\r\n$-9\r\n"]) * 9, r),
    "no lengths": lambda s, r: push(s, r.choice([b"*\r\n", b"*1\r\n$\r\n", b"*1e3\r\n", b"*1\r\n$0x10\r\n", b"$5\r\n"]), r),
    "many words": lambda s, r: push(s, b"*16384\r\n" + b"$1\r\nx\r\n" * 16384, r),
    "read past": lambda s, r: push(s, array(b"ECHO", b"x" * 4_000_000), r),
    "NUL bytes": lambda s, r: push(s, b"\0" * 100_000 + b"\r\n", r),
    "invalid UTF-8": lambda s, r: push(s, b"TICKET OPEN channel=ticket dept=garbage body=\xc3\x28\xff\r\n" * 200, r),
    "a million spaces": lambda s, r: push(s, b" " * 1_000_000 + b"\r\n", r),
    "endless line": lambda s, r: push(s, b"x" * 8_000_000, r),
    "empty lines": lambda s, r: push(s, b"\r\n" * 20_000 + b"\n" * 20_000, r),
    "options flood": lambda s, r: push(s, b"\xff\xfb\x01\xff\xfd\x03\xff" * 20_000, r),
    "subnegotiation": lambda s, r: push(s, b"\xff\xfa" + b"\x18" * 200_000, r),
    "quotes": lambda s, r: push(s, b'ECHO "\\x' * 2000 + b"\r\n" + b"'" * 5000 + b"\r\n", r),
    "sentences": lambda s, r: push(s, b"".join(b" ".join(sentence(r)) + b"\r\n" for _ in range(300)), r),
    "arrays": lambda s, r: push(s, b"".join(array(*sentence(r)) for _ in range(300)), r),
    "bent arrays": lambda s, r: push(s, bytes(b if r.random() > 0.002 else r.randrange(256) for b in
                                              b"".join(array(*sentence(r)) for _ in range(50))), r),
    "byte by byte": byte_by_byte,
    "resets": resets,
    "connects": lambda s, r: None,
    "slow reader": slow_reader,
    "much output": lambda s, r: push(s, b"COMMAND\r\n" * 300 + b"HELP\r\n" * 300, r),
}


def rubbish(number, until, counts):
    r = random.Random(seed * 1000 + number)
    while time.monotonic() < until:
        kind = r.choice(list(KINDS))
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=2) as s:
                s.settimeout(2)
                KINDS[kind](s, r)
                if r.random() < 0.5:
                    s.shutdown(socket.SHUT_WR)
                    s.recv(4096)
        except OSError:
            pass  # The server may close whatever it does not like.
        counts[kind] = counts.get(kind, 0) + 1


def process(index, until, results):
    counts = {}
    each = connections // PROCESSES
    threads = [threading.Thread(target=rubbish, args=(index * each + n, until, counts)) for n in range(each)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    results.put(counts)


def well_behaved(until):
    """One request after the other, each with its answer checked. Returns the seconds that each took."""
    times = []
    s = socket.create_connection(("127.0.0.1", port), timeout=120)
    file = s.makefile("rb")
    number = 0
    while time.monotonic() < until:
        number += 1
        begun = time.monotonic()
        s.sendall(array(b"ECHO", b"%d" % number) + b"TICKET OPEN channel=ticket dept=good subject=n%d\r\n" % number)
        assert file.readline() == b"$%d\r\n" % len(str(number)) and file.readline() == b"%d\r\n" % number
        opened = json.loads(file.readline()[1:])
        s.sendall(b"TICKET SHOW %d\r\n" % opened["id"])
        assert json.loads(file.readline()[1:])["subject"] == f"n{number}"
        times.append(time.monotonic() - begun)
    return times


def main():
    with socket.create_connection(("127.0.0.1", port), timeout=30) as s:
        s.sendall(b"DEPT ADD good\r\nDEPT ADD garbage\r\n")
        s.makefile("rb").readline()
    until = time.monotonic() + seconds
    results = multiprocessing.Queue()
    children = [multiprocessing.Process(target=process, args=(n, until, results)) for n in range(PROCESSES)]
    for child in children:
        child.start()
    times = sorted(well_behaved(until))
    counts = {}
    for _ in children:
        for kind, count in results.get(timeout=60).items():
            counts[kind] = counts.get(kind, 0) + count
    for child in children:
        child.join(60)
    print(json.dumps({
        "seed": seed, "connections": sum(counts.values()), "kinds": len(counts), "answers": len(times),
        "median_ms": round(times[len(times) // 2] * 1000, 2), "p99_ms": round(times[len(times) * 99 // 100] * 1000, 2),
        "worst_ms": round(times[-1] * 1000, 2)}))


main()
