"""Pages behind a door are kept by no cache on the way, and shown again by a browser only after asking.

Not `no-store`: with it browsers give typed words up on the way back. What must not lie about, as recovery codes, says so itself; and who signs out
or leaves a shared device has the browser drop what it kept (Clear-Site-Data).
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from deliberation.web.rights import Who, who_may


class Unkept:
    """Say so on every answer at an address not everybody may come in at, unless its view has said otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        match = request.resolver_match
        if match and who_may(match.view_name) != Who.ANYBODY:
            answer.headers.setdefault("Cache-Control", "private, no-cache")
        return answer
