"""Many people at once: seats made for them in one go, and an HTTP client light enough to share two cores with the site it loads."""

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

TOKEN = "a" * 32  # a browser's own token against forged forms: cookie and form agree
HEADER_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site said: its status (0 where the line broke) and where it led to."""

    status: int
    location: str = ""

    @property
    def is_received(self) -> bool:
        """Whether an answer was acknowledged."""
        return self.status == HTTPStatus.SEE_OTHER and "/received/" in self.location


BROKEN = Answer(0)


class Line:
    """One connection that is kept open, and opened again after it broke."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, request: bytes, patience: float = 30.0) -> Answer:
        """Send a whole request and wait for the whole answer. A line that breaks is told as such, and opened anew the next time."""
        try:
            return await asyncio.wait_for(self._ask(request), patience)
        except (OSError, EOFError, TimeoutError, asyncio.IncompleteReadError):
            self.close()
            return BROKEN

    async def _ask(self, request: bytes) -> Answer:
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.writer.write(request)
        head = await self.reader.readuntil(HEADER_END)
        lines = head.decode("latin-1").split("\r\n")
        headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in lines[1:] if line)}
        await self.reader.readexactly(int(headers.get("content-length", "0")))
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(int(lines[0].split(" ")[1]), headers.get("location", ""))

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
        self.writer = None


def getting(path: str, session: str = "") -> bytes:
    """A page asked for by whoever holds a session."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: sessionid={session}\r\n\r\n".encode()


def sending(path: str, session: str, **fields: str) -> bytes:
    """A form sent by whoever holds a session, with its token."""
    body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN}).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: sessionid={session}; csrftoken={TOKEN}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def steadily(
    asks: Iterable[bytes],
    rate: float,
    lines: Sequence[Line],
    done: Callable[[int, Answer, float], None],
) -> None:
    """Send each of `asks` at its own moment, `rate` a second, whether or not earlier ones have been answered.

    `done(n, answer, seconds)` counts from the moment it should have been sent, so a site that stalls is charged for all who wait.
    """
    waiting: asyncio.Queue[tuple[int, bytes, float] | None] = asyncio.Queue()

    async def serve(line: Line) -> None:
        while (one := await waiting.get()) is not None:
            n, request, due = one
            answer = await line.ask(request)
            done(n, answer, time.perf_counter() - due)

    async def feed() -> None:
        start = time.perf_counter()
        for n, request in enumerate(asks):
            due = start + n / rate
            if (ahead := due - time.perf_counter()) > 0:
                await asyncio.sleep(ahead)
            waiting.put_nowait((n, request, due))
        for _ in lines:
            waiting.put_nowait(None)

    await asyncio.gather(feed(), *(serve(line) for line in lines))
