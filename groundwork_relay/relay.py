"""The relay itself: each keyed request goes to the endpoint once, however often it is asked for while its reply is kept.

Replies are in memory alone, KEEP seconds after they were asked for last: a withdrawn answer leaves nothing behind.
"""

import asyncio
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    TCPConnector,
    web,
)
from yarl import URL

KEY = "Idempotency-Key"
KEEP = 50.0  # seconds after a request was asked last in which it is not sent again; a worker that died is replaced after some 30
MOST_KEPT = 5_000  # replies
LARGEST = 2**20  # bytes of a reply that is kept; of a request, eight times as much
PASSED_ON = ("Authorization", "Content-Type", "Accept", "User-Agent")
PASSED_BACK = ("Content-Type", "Retry-After", "X-Request-Id")


@dataclass(frozen=True, slots=True)
class Said:
    """What the endpoint replied."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def may_be_kept(self) -> bool:
        """Whether asking again would only repeat it: an error is none that will stay."""
        return self.status == HTTPStatus.OK and len(self.body) <= LARGEST

    def response(self) -> web.Response:
        """The same for whoever asked."""
        return web.Response(status=self.status, headers=self.headers, body=self.body)


class Relay:
    """Passes requests on to one endpoint. `deadline`: seconds after which a request nobody can be waiting for any more is given up."""

    def __init__(self, endpoint: str, deadline: float) -> None:
        self.endpoint, self.deadline = endpoint.rstrip("/"), deadline
        self.under_way: dict[tuple[str, ...], asyncio.Task[Said]] = {}
        self.forgetting: dict[tuple[str, ...], asyncio.TimerHandle] = {}

    def application(self) -> web.Application:
        """The server: everything under / goes to the endpoint, /health is our own."""
        made = web.Application(client_max_size=8 * LARGEST)
        made.cleanup_ctx.append(self._connected)
        made.router.add_get("/health", self.health)
        made.router.add_post("/{path:.*}", self.ask)
        return made

    async def health(self, request: web.Request) -> web.Response:
        """How many requests are under way or kept."""
        return web.json_response({"kept": len(self.under_way)})

    async def ask(self, request: web.Request) -> web.StreamResponse:
        """The reply to a request: the one that is kept or under way under its key, or a new one."""
        body = await request.read()
        headers = {name: request.headers[name] for name in PASSED_ON if name in request.headers}
        sending = self._send(request.raw_path, headers, body)
        try:
            said = await (self._once(request, sending) if KEY in request.headers else sending)
        except ClientConnectorError:
            raise web.HTTPBadGateway(text="the endpoint cannot be reached") from None
        except (ClientError, TimeoutError):
            _hang_up(request)
            raise web.HTTPBadGateway from None
        return said.response()

    async def _once(self, request: web.Request, sending: Coroutine[None, None, Said]) -> Said:
        """The one reply to this key of this sender; who asked first may be gone, the request goes on."""
        key = (request.headers[KEY], request.headers.get("Authorization", ""), request.path)
        if key in self.under_way:
            sending.close()
            if key in self.forgetting:  # who asks again has just seen that the words still stand
                self._forget_later(key)
        else:
            self.under_way[key] = asyncio.create_task(sending)
            self.under_way[key].add_done_callback(lambda task: self._keep(key, task))
        return await asyncio.shield(self.under_way[key])

    def _keep(self, key: tuple[str, ...], task: "asyncio.Task[Said]") -> None:
        """Forget a reply after a while, what is no reply to keep at once, and the oldest where there are too many."""
        stays = not task.cancelled() and task.exception() is None and task.result().may_be_kept
        if not stays:
            del self.under_way[key]
            return
        self._forget_later(key)
        if len(self.forgetting) > MOST_KEPT:
            self._forget(next(iter(self.forgetting)))

    def _forget_later(self, key: tuple[str, ...]) -> None:
        """Keep a reply for KEEP seconds from now; those asked for longest ago come first in `forgetting`."""
        if timer := self.forgetting.pop(key, None):
            timer.cancel()
        loop = asyncio.get_running_loop()
        self.forgetting[key] = loop.call_later(KEEP, self._forget, key)

    def _forget(self, key: tuple[str, ...]) -> None:
        self.forgetting.pop(key).cancel()
        del self.under_way[key]

    async def _send(self, path: str, headers: Mapping[str, str], body: bytes) -> Said:
        """Ask the endpoint. Raises ClientError, TimeoutError."""
        where = URL(self.endpoint + path, encoded=True)
        async with self.session.post(where, data=body, headers=headers) as told:
            kept = {name: told.headers[name] for name in PASSED_BACK if name in told.headers}
            return Said(told.status, kept, await told.read())

    async def _connected(self, _: web.Application):  # type: ignore[no-untyped-def]  # aiohttp's own protocol
        timeout = ClientTimeout(total=self.deadline, connect=min(10.0, self.deadline))
        async with ClientSession(
            connector=TCPConnector(limit=0), timeout=timeout, auto_decompress=True
        ) as self.session:
            yield


def _hang_up(request: web.Request) -> None:
    """Break the line, as the endpoint did: who asked must not take it for an answer that costs nothing."""
    if request.transport is not None:
        request.transport.abort()
