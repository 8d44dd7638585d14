"""Drives a server with Python's redis client, unchanged, in protocol 2 and 3. Usage: redis_client.py PORT PROTOCOL"""
import json
import sys
import time

import redis

port, protocol = int(sys.argv[1]), int(sys.argv[2])


def connect(**options):
    return redis.Redis(host="127.0.0.1", port=port, protocol=protocol, socket_timeout=30, **options)


def refused(code, call, *words):
    """Calls and returns the message; it must be refused with `code` (redis drops a leading ERR)."""
    try:
        answer = call(*words)
    except redis.ResponseError as error:
        text = str(error)
        assert code is None or text.startswith(code), (code, text)
        return text
    raise AssertionError(f"{words} was not refused: {answer!r}")


def ticket(reply):
    return json.loads(reply)


r = connect()
assert r.ping() is True
assert r.echo("größe\r\n\0\x01") == "größe\r\n\0\x01".encode()
assert r.echo(b"\xff\xfe\r\n") == b"\xff\xfe\r\n"

# Information
info = r.info()
assert info["redis_version"].startswith("7."), info
for name in ("process_id", "tcp_port", "uptime_in_seconds", "connected_clients", "used_memory", "loading",
             "total_commands_processed", "last_snapshot_status"):
    assert name in info, name
assert info["tcp_port"] == port
assert set(r.info("clients")) >= {"connected_clients", "maxclients"}
assert "used_memory" not in r.info("server")
assert r.info("nothing") == {}
seconds, micros = r.time()
assert abs(seconds - time.time()) < 60 and 0 <= micros < 1_000_000
assert r.command_count() == len(r.command()) > 20
assert b"ticket" in r.command_list()
assert r.execute_command("COMMAND DOCS", "ping")
assert r.config_get("port") == {"port": str(port)}
assert "maxclients" in r.config_get("max*")
assert r.config_get("nothing") == {}
assert r.config_set("snapshot-every", "7m") is True
assert r.config_get("snapshot-every") == {"snapshot-every": "420s"}
refused("", r.config_set, "nothing", "1")
refused("", r.config_set, "port", "1")
refused("BADARG", r.config_set, "snapshot-every", "soon")
assert r.config_resetstat() is True

# Connections
assert r.client_setname("first") and r.client_getname() in ("first", b"first")
refused("", r.client_setname, "two words")
own = r.client_id()
assert r.client_info()["id"] in (own, str(own))
assert [c["name"] for c in r.client_list() if int(c["id"]) == own] == ["first"]
assert [c["lib-name"] for c in r.client_list() if int(c["id"]) == own] == ["redis-py"]
assert [c["cmd"] for c in r.client_list(client_id=[own])] == ["client|list"]
assert r.client_list(_type="normal") and not r.client_list(_type="pubsub")
other = connect(client_name="second")
other_id = other.client_id()
assert r.client_kill_filter(_id=str(other_id)) == 1
assert other.client_id() != other_id, "the client connects again"
entry = [c for c in r.client_list() if c["name"] == "second"][0]
assert r.client_kill(entry["addr"]) is True
refused("No such client", r.client_kill, "127.0.0.1:1")
assert r.client_kill_filter(_id="999999999") == 0
assert r.client_no_evict("ON") and r.client_no_touch("ON")

# Snapshots
before = r.lastsave()
assert r.save() is True
assert r.lastsave() >= before
assert r.bgsave()

# Requests of our own, whatever the value holds
r.execute_command("DEPT ADD", "sales", "strategy=manual")
r.execute_command("AGENT", "ADD", "ann", "depts=sales")
for text in ('she said "no"', "a\r\nb", "\ttab", "c=d", "'", "\\", "📞 Grüße – 漢字", "", " ", "x" * 100_000):
    opened = ticket(r.execute_command("TICKET", "OPEN", "channel=ticket", "dept=sales", f"subject={text}"[:900],
                                      f"body={text}"))
    shown = ticket(r.execute_command("TICKET", "SHOW", opened["id"]))
    assert shown["thread"][0]["body"] == text, (text[:40], shown)
refused("BADARG", r.execute_command, "TICKET", "OPEN", "channel=ticket", "dept=sales", b"body=\xff\xfe")
refused("NOTFOUND", r.execute_command, "TICKET", "SHOW", "99999999")
refused("unknown command", r.execute_command, "FLUSHALL")
refused("unknown command", r.get, "key")
assert r.execute_command("DEPT", "LIST"), "a list"
refused("STATE", r.execute_command, "TICKET", "NEXT", "by=ann")
r.execute_command("AGENT", "ONLINE", "ann")
assert r.execute_command("AGENT", "SHOW", "ann").startswith(b'{"id":"ann"')

# Pipelines and transactions
with r.pipeline(transaction=False) as pipe:
    for number in range(2000):
        pipe.execute_command("TICKET", "OPEN", "channel=chat", "dept=sales", f"subject=n{number}")
    answers = [ticket(answer) for answer in pipe.execute()]
ids = [answer["id"] for answer in answers]
assert ids == sorted(set(ids)) and len(ids) == 2000
with r.pipeline(transaction=False) as pipe:
    pipe.ping()
    pipe.execute_command("TICKET", "SHOW", "nonsense")
    pipe.echo("after")
    ping, error, echo = pipe.execute(raise_on_error=False)
assert ping is True and isinstance(error, redis.ResponseError) and echo == b"after"
with r.pipeline(transaction=True) as pipe:
    pipe.ping()
    assert "transactions are not supported" in refused(None, pipe.execute)
assert r.ping()

# Pools and texts
pool = redis.ConnectionPool(host="127.0.0.1", port=port, protocol=protocol, max_connections=20)
clients = [redis.Redis(connection_pool=pool) for _ in range(20)]
assert all(client.ping() for client in clients)
pool.disconnect()
assert clients[0].ping()
texts = connect(decode_responses=True)
assert texts.echo("ä") == "ä"
try:
    texts.execute_command("ECHO", b"\xff")
    raise AssertionError("bytes that are no text came back as text")
except UnicodeDecodeError:
    pass
texts = connect(decode_responses=True)
assert isinstance(texts.execute_command("TICKET", "SHOW", ids[0]), str)

# Users
try:
    connect(username="nobody", password="x").ping()
    raise AssertionError("an unknown user came in")
except redis.AuthenticationError:
    pass
assert connect(username="default", password="whatever").ping()
refused("DB index", connect(db=5).ping)
assert connect(db=0).ping()
assert r.reset() if hasattr(r, "reset") else True

verified = ticket(r.execute_command("VERIFY"))
assert verified["ok"] is True, verified
print("ok")
