"""Asks for much and reads nothing until the server closes the connection. Usage: slow_reader.py PORT"""
import socket
import sys

s = socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=30)
s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
request = b"*2\r\n$4\r\nECHO\r\n$60000\r\n" + b"x" * 60_000 + b"\r\n"
try:
    # Far more than the limit and what the system holds for both sides.
    for _ in range(5000):
        s.sendall(request)
except (ConnectionResetError, BrokenPipeError):
    print("ok")
