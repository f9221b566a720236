"""How often a program may ask: by its token, seat or account where it has one, else by network and site. Counted as pages count (decision 0037)."""

import time
from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from deliberation.assemblies.counting import count
from deliberation.assemblies.gates import MEMBERS
from deliberation.assemblies.models import Token
from deliberation.assemblies.networks import network
from deliberation.assemblies.pacing import ASKING, EXPORTING, PROPOSING, WINDOW, Limit


class Pace(BaseThrottle):
    limit: Limit = ASKING

    def allow_request(self, request: Request, view: Any) -> bool:
        counts = count(self.limit, by(request))
        return not self.limit.is_shut(counts, settings.LIMITS_TIMES)

    def wait(self) -> float:
        """Seconds after which it is worth asking again."""
        return WINDOW - time.time() % WINDOW


class ExportPace(Pace):
    limit = EXPORTING

    def allow_request(self, request: Request, view: Any) -> bool:
        return not request.user.is_authenticated or super().allow_request(request, view)


class ProposingPace(Pace):
    """Of programs that propose, beside what is counted of everybody."""

    limit = PROPOSING

    def allow_request(self, request: Request, view: Any) -> bool:
        is_program = isinstance(request.auth, Token) and request.method == "POST"
        return not is_program or super().allow_request(request, view)


def by(request: Request) -> dict[str, str]:
    """What a program is counted by. Many people's browsers are behind one network, so who sits in an assembly counts alone."""
    if isinstance(request.auth, Token):
        return {"program": str(request.auth.pk)}
    if request.user.is_authenticated:
        return {"account": str(request.user.pk)}
    if seats := request.session.get(MEMBERS):
        return {"seat": str(sorted(seats.items()))}
    forwarded, peer = (
        request.headers.get("X-Forwarded-For", ""),
        request.META.get("REMOTE_ADDR", ""),
    )
    return {"network": network(forwarded, peer, settings.PROXIES), "site": ""}
