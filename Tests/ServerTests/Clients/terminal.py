"""Types into redis-cli and telnet on a terminal of their own and reads the screen.
Usage: terminal.py redis-cli|telnet PORT"""
import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time

program, port = sys.argv[1], sys.argv[2]


class Terminal:
    def __init__(self, *words):
        self.child, self.descriptor = pty.fork()
        if self.child == 0:
            os.environ.update(TERM="xterm", HOME="/nonexistent")
            os.execvp(words[0], words)
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 400, 0, 0))
        self.seen = b""

    def read_until(self, pattern, seconds=30):
        """Reads until what came after the last match matches."""
        end = time.monotonic() + seconds
        while not (found := re.search(pattern, self.seen)):
            ready, _, _ = select.select([self.descriptor], [], [], max(0, end - time.monotonic()))
            if not ready:
                raise AssertionError(f"no {pattern!r} in {self.seen!r}")
            try:
                more = os.read(self.descriptor, 65536)
            except OSError:
                more = b""
            if not more:
                raise AssertionError(f"ended without {pattern!r} in {self.seen!r}")
            self.seen += more
        self.seen = self.seen[found.end():]

    def type(self, data):
        os.write(self.descriptor, data)

    def read_end(self, seconds=30):
        end = time.monotonic() + seconds
        while select.select([self.descriptor], [], [], max(0, end - time.monotonic()))[0]:
            try:
                if not os.read(self.descriptor, 65536):
                    break
            except OSError:
                break
        else:
            os.kill(self.child, 9)
            raise AssertionError("the program does not end")
        return os.waitpid(self.child, 0)[1]


def redis_cli():
    t = Terminal("redis-cli", "-p", port)
    prompt = rb":%s> \Z" % port.encode()
    t.read_until(prompt)
    # The hint comes from COMMAND DOCS, which the client asks for by itself.
    t.type(b"TICKET OPEN ")
    t.read_until(rb"channel=ticket\|chat\|call")
    t.type(b"channel=ticket dept=none\r")
    t.read_until(rb"\(error\) NOTFOUND")
    # What is typed before the prompt is there is lost.
    t.read_until(prompt)
    for line, answer in (
        (b"DEPT ADD support", rb'\n{"id":"support"'),
        (b'TICKET OPEN channel=ticket dept=support subject="two words"', rb'\n{"id":\d+'),
        (b"HELP TICKET SHOW", rb"summary:"),
        (b"INFO server", rb"tcp_port:" + port.encode()),
        (b"HELLO 3", rb"1# "),
        (b"MULTI", rb"transactions are not supported"),
    ):
        t.type(line + b"\r")
        t.read_until(answer)
        t.read_until(prompt)
    t.type(b"quit\r")
    assert t.read_end() == 0


def telnet():
    t = Terminal("telnet", "127.0.0.1", port)
    t.read_until(rb"Escape character is")
    t.type(b"PING\r")
    t.read_until(rb"\+PONG\r\n")
    # Typing is echoed by the terminal, so answers are told from it by their first byte.
    t.type(b'ECHO "a b"\r')
    t.read_until(rb"\n\+a b\r\n")
    # Option negotiation begun by the client: the server drops it.
    t.type(b"\x1d")
    t.read_until(rb"telnet> ")
    t.type(b"send do echo\r")
    t.type(b"PING after\r")
    t.read_until(rb"\n\+after\r\n")
    t.type(b"HELP TICKET OPEN\r")
    t.read_until(rb"\+TICKET OPEN")
    t.type(b"QUIT\r")
    t.read_until(rb"\+OK\r\n")
    t.read_until(rb"Connection closed by foreign host")
    t.read_end()


redis_cli() if program == "redis-cli" else telnet()
print("ok")
