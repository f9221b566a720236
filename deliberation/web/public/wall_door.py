"""What hundreds of walls ask for each second is given out before Django is asked, while it is fresh.

A whole request through Django's layers costs two cores what ten of these cost. What is not kept, or due to be made anew, goes on to Django, which checks
everything and makes it; so nothing is given out here that was not given out there to the same address less than a second ago.
"""

from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from deliberation.web.public.freshly import Freshly

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PREFIX = "/room/"
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "private, no-cache",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
Key = tuple[str, ...]
boards = Freshly()


def key_of(environ: "WSGIEnvironment") -> Key:
    """What a part is kept by: its address, and the host and scheme it was asked for by, which stand in the links on it."""
    named = ("PATH_INFO", "HTTP_HOST", "wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO")
    return tuple(str(environ.get(name, "")) for name in named)


class WallDoor:
    """The site, with this door before it."""

    def __init__(self, site: "WSGIApplication") -> None:
        self.site = site

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        asked = environ["REQUEST_METHOD"] == "GET" and environ["PATH_INFO"].startswith(PREFIX)
        part = boards.fresh(key_of(environ)) if asked else None
        if part is None:
            return self.site(environ, start_response)
        known = environ.get("HTTP_IF_NONE_MATCH") == part.etag
        status = HTTPStatus.NOT_MODIFIED if known else HTTPStatus.OK
        body = b"" if known else part.html
        told = {**HEADERS, "ETag": part.etag, "Content-Length": str(len(body))}
        start_response(f"{status.value} {status.phrase}", list(told.items()))
        return [body]
