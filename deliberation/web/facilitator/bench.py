"""Who moderates behind a request, and where."""

from typing import Any

from django.http import HttpRequest

from deliberation.assemblies import gates
from deliberation.moderation.bench import Bench


def bench_of(request: HttpRequest, slug: str) -> Bench:
    """The facilitator of this assembly at work. Raises NotHere."""
    account: Any = request.user
    return Bench(gates.facilitator(slug, account), account)
