"""Where the site asks its staff for a second factor, whoever has none sets one up before anything else (STAFF_SECOND_FACTOR)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from deliberation.assemblies.errors import SecondFactorMissing
from deliberation.assemblies.second_factors import asked_of
from deliberation.web.rights import Who, who_may

WORK = ("facilitator", "researcher", "steward", "api")  # the namespaces behind which staff works


class SecondFactorFirst:
    """Lead staff without a second factor to the page that sets one up; programs are told why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
    ) -> HttpResponse | None:
        door = request.resolver_match.view_name if request.resolver_match else ""
        if not settings.STAFF_SECOND_FACTOR or not is_work(door):
            return None
        if not request.user.is_authenticated or asked_of(request.user):
            return None
        if door.startswith("api:"):
            missing = SecondFactorMissing()
            kind = "application/problem+json"
            return JsonResponse(missing.problem, status=missing.status, content_type=kind)
        return redirect("staff:how")


def is_work(door: str) -> bool:
    """Whether behind an address, by its full name, is work of staff."""
    return door.partition(":")[0] in WORK and who_may(door) != Who.ANYBODY
