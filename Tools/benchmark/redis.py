"""Asks Redis over several connections at once, each waiting for its reply as wrk's do: every question is another one, while
redis-benchmark asks the same again and again, out of the processor's caches."""
import itertools, selectors, socket, time


def rate(port, questions, connections, seconds):
    """Replies a second."""
    waiting, asked, count = selectors.DefaultSelector(), itertools.cycle([command(question) for question in questions]), 0
    try:
        for _ in range(connections):
            line = Line(port)
            waiting.register(line.socket, selectors.EVENT_READ, line)
            line.ask(next(asked))
        begun = time.monotonic()
        while (passed := time.monotonic() - begun) < seconds:
            for ready, _ in waiting.select(1):
                if ready.data.is_answered():
                    count += 1
                    ready.data.ask(next(asked))
    finally:
        for kept in list(waiting.get_map().values()):
            kept.fileobj.close()
        waiting.close()
    return count / passed


def command(words):
    """One command as Redis reads it: an array of strings with their lengths."""
    parts = words.split()
    return "".join([f"*{len(parts)}\r\n", *(f"${len(part)}\r\n{part}\r\n" for part in parts)]).encode()


class Line:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, question):
        self.reply = b""
        self.socket.sendall(question)

    def is_answered(self):
        """Whether the whole array of strings is here: a line for its length, and two for each of them."""
        piece = self.socket.recv(1 << 16)
        if not piece:
            raise OSError("Redis has closed the connection")
        self.reply += piece
        end = self.reply.find(b"\r\n")
        if end < 0:
            return False
        if self.reply[:1] != b"*":
            raise OSError(f"Redis says {self.reply[:end].decode()}")
        return self.reply.count(b"\r\n") == 1 + 2 * int(self.reply[1:end])
