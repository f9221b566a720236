"""Acts of programs that are sent with a key (`Idempotency-Key`): done once, however often they are sent."""

from collections.abc import Callable
from typing import TypeVar

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from deliberation.assemblies.actions.done_keeping import Before, once
from deliberation.assemblies.sent import LONGEST, as_staff, sent

R = TypeVar("R")
KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="Sent again with the same key, the same is done once; something else is refused. Kept for 30 days.",
)


def keyed(
    request: Request, content: bytes, act: Callable[[], R], answer: Callable[[R], str]
) -> R | Before:
    """Do `act`, or tell where the answer of the first time lies. Without a key it is done each time. Raises OtherContentSameKey, and what `act` raises."""
    key = request.headers.get("Idempotency-Key", "")[:LONGEST]
    match = request.resolver_match
    if not (key and match):
        return act()
    whose = as_staff(request.user.pk or 0)
    asked = sent(key, match.view_name, whose, f"{request.path}\0".encode() + content)
    return once(asked, act, answer)
