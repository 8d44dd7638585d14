"""What a client library hides: exact bytes, on a bare socket. Usage: wire.py PORT"""
import socket
import sys

port = int(sys.argv[1])


class Wire:
    def __init__(self):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.file = self.socket.makefile("rb")

    def send(self, data):
        self.socket.sendall(data)

    def line(self):
        return self.file.readline()

    def reply(self):
        """One reply of any type, as Python's values; a map as a list of its keys and values."""
        line = self.line()
        kind, rest = line[:1], line[1:-2]
        if kind in (b"*", b"%", b"~", b">"):
            count = int(rest) * (2 if kind == b"%" else 1)
            return [self.reply() for _ in range(count)]
        if kind == b"$":
            return None if rest == b"-1" else self.file.read(int(rest) + 2)[:-2]
        return None if kind == b"_" else line

    def expect(self, data, *lines):
        """Sends and reads exactly these lines."""
        self.send(data)
        for wanted in lines:
            got = self.line()
            assert got == wanted, (data, wanted, got)

    def expect_end(self):
        assert self.file.read() == b"", "more came, or no end"


def array(*words):
    words = [w.encode() if isinstance(w, str) else w for w in words]
    return b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(w), w) for w in words)


# RESET makes the connection as new, in a read of its own and in the middle of others.
w = Wire()
w.expect(b"PING\r\n" * 3, *[b"+PONG\r\n"] * 3)
w.expect(b"RESET\r\n", b"+RESET\r\n")
w.expect(b"PING\r\nRESET\r\nPING\r\n", b"+PONG\r\n", b"+RESET\r\n", b"+PONG\r\n")
w.send(array("HELLO", "3", "SETNAME", "x"))
assert w.reply()[0] == b"server"
w.expect(array("CLIENT", "GETNAME"), b"$1\r\n", b"x\r\n")
w.expect(array("RESET"), b"+RESET\r\n")
w.expect(array("CLIENT", "GETNAME"), b"$-1\r\n")

# HELLO
w = Wire()
w.expect(array("HELLO", "4"), b"-NOPROTO unsupported protocol version\r\n")
w.expect(array("HELLO", "x"), b"-ERR Protocol version is not an integer or out of range\r\n")
w.send(array("HELLO", "3", "AUTH", "nobody", "x"))
assert w.line().startswith(b"-WRONGPASS ")
w.expect(array("CLIENT", "GETNAME"), b"$-1\r\n")
w.send(array("HELLO"))
hello = w.reply()
assert len(hello) == 14 and hello[5] == b":2\r\n", hello
w = Wire()
w.send(array("AUTH", "x"))
assert w.line().startswith(b"-ERR AUTH <password> called without any password configured")
w.expect(array("AUTH", "default", "x"), b"+OK\r\n")
w.send(array("AUTH", "nobody", "x"))
assert w.line().startswith(b"-WRONGPASS ")

# CLIENT REPLY
w = Wire()
w.expect(b"CLIENT REPLY SKIP\r\nPING one\r\nPING two\r\n", b"+two\r\n")
w.expect(b"CLIENT REPLY SKIP\r\nNOSUCH\r\nPING two\r\n", b"+two\r\n")
w.expect(b"CLIENT REPLY OFF\r\nPING a\r\nCLIENT REPLY SKIP\r\nPING b\r\nPING c\r\nCLIENT REPLY ON\r\nPING d\r\n",
         b"+OK\r\n", b"+d\r\n")
w.expect(b"CLIENT REPLY SKIP\r\nCLIENT REPLY SKIP\r\nPING b\r\nPING c\r\n", b"+c\r\n")
w.expect(b"CLIENT REPLY SKIP\r\nCLIENT REPLY ON\r\nPING d\r\n", b"+OK\r\n", b"+d\r\n")
w.expect(b"CLIENT REPLY OFF\r\nRESET\r\n", b"+RESET\r\n")
w.expect(b"CLIENT REPLY MAYBE\r\n", b"-ERR syntax error\r\n")

# PINGs in rows, of several spellings, cut anywhere
pong = b"+PONG\r\n"
w = Wire()
w.expect(b"PING\r\n" * 3 + b"CLIENT REPLY SKIP\r\n" + b"PING\r\n" * 3 + b"PING a\r\n", *[pong] * 5, b"+a\r\n")
w.expect(b"CLIENT REPLY OFF\r\n" + b"PING\r\n" * 9 + b"CLIENT REPLY ON\r\nPING b\r\n", b"+OK\r\n", b"+b\r\n")
w.expect(b"PING\r\n" * 5 + array("PING") * 2 + b"ping\r\nPING\r\nPIN", *[pong] * 9)
w.expect(b"G\r\n", pong)
w.expect(b"PI\xff\xf1NG\r\nPING\r\nPINGNG\r\n", pong, pong)
assert w.line().startswith(b"-ERR unknown command 'PINGNG'")

# Transactions
for word in (b"MULTI", b"EXEC", b"WATCH k"):
    w.expect(word + b"\r\n", b"-ERR transactions are not supported; use a plain pipeline, if= and rid=\r\n")

# CLIENT KILL of oneself is answered, and nothing after it.
w = Wire()
w.send(b"CLIENT ID\r\n")
own = w.line()[1:].strip()
w.expect(b"CLIENT KILL ID " + own + b" SKIPME no\r\nPING\r\n", b":1\r\n")
w.expect_end()
w = Wire()
w.expect(b"QUIT\r\nPING\r\n", b"+OK\r\n")
w.expect_end()

# A browser is cut off, and so is a stream that is no RESP.
w = Wire()
w.send(b"POST / HTTP/1.1\r\nHost: x\r\n\r\nPING\r\n")
w.expect_end()
w = Wire()
w.send(b"GET / HTTP/1.1\r\nHost: x\r\n\r\nPING\r\n")
assert w.line().startswith(b"-ERR unknown command 'GET'")
w.expect_end()
for junk in (b"*x\r\n", b"*-2\r\n", b"*1\r\n$-5\r\n", b"*1\r\n$1073741824\r\n", b"*1\r\n:5\r\n", b"*99999\r\n",
             b"*1\r\n$4\r\nPINGxx"):
    w = Wire()
    w.send(b"PING\r\n" + junk)
    assert w.line() == b"+PONG\r\n"
    assert w.line().startswith(b"-PROTOCOL "), junk
    w.expect_end()

# Telnet: options negotiated before, inside and between lines, a subnegotiation, and CR NUL.
w = Wire()
w.expect(b"\xff\xfb\x18\xff\xfd\x03PI\xff\xfc\x01NG\r\0\n", b"+PONG\r\n")
w.expect(b"\xff\xfa\x18\x00xterm\xff\xf0ECHO a\r\0\nPING\r\n", b"+a\r\n", b"+PONG\r\n")
w.expect(b"\xff\xf6\xff\xf1PING\r\n", b"+PONG\r\n")

# Too much of one thing is refused and the connection lives on.
w = Wire()
w.send(b"ECHO " + b"x" * 70_000 + b"\r\nPING\r\n")
assert w.line().startswith(b"-TOOBIG ")
assert w.line() == b"+PONG\r\n"
w.send(array("ECHO", b"x" * (1 << 20)))
assert w.line() == b"$1048576\r\n" and w.line() == b"x" * (1 << 20) + b"\r\n"
w.send(array("ECHO", b"x" * ((1 << 20) + 1)) + array("PING"))
assert w.line().startswith(b"-TOOBIG ")
assert w.line() == b"+PONG\r\n"
print("ok")
