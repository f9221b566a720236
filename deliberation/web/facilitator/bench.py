"""Who moderates behind a request, and where; what they open, they hold."""

from typing import Any

from django.http import HttpRequest

from deliberation.assemblies import gates
from deliberation.moderation import waiting
from deliberation.moderation.actions import claiming
from deliberation.moderation.bench import Bench, Item


def bench_of(request: HttpRequest, slug: str) -> Bench:
    """The facilitator of this assembly at work. Raises NotHere."""
    account: Any = request.user
    return Bench(gates.facilitator(slug, account), account)


def open_to_decide(bench: Bench, item: Item) -> None:
    """Note that it was opened, and hold it, while it waits. Looked at once more, or after it was decided on, nothing is written."""
    if waiting.waits(bench, item) and not waiting.is_at_hand(bench, item):
        claiming.open_item(bench, item)
