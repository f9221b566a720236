"""Around every request: its number, its line in the log, and that it is counted."""

import time
from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from deliberation.project import metrics
from deliberation.project.logs import access, request_number


class Requests:
    """Give each request a number, and log and count it by the name of its route, its status and how long it took."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number, began = uuid4().hex, time.perf_counter()
        token = request_number.set(number)
        try:
            response = self.get_response(request)
            seconds = time.perf_counter() - began
            named, status = route(request), response.status_code
            metrics.count(named, status, seconds)
            said = {
                "route": named,
                "method": method(request),
                "status": status,
                "ms": round(1000 * seconds, 1),
            }
            access.info("answered", extra=said)
        finally:
            request_number.reset(token)
        response["X-Request-ID"] = number
        return response


def route(request: HttpRequest) -> str:
    """The name of the address somebody asked for, never the address itself."""
    match = request.resolver_match
    return (match.view_name or match.route) if match else "unknown"


def method(request: HttpRequest) -> str:
    """How it was asked for: what anybody can make up is "other"."""
    known = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
    return request.method if request.method in known else "other"
