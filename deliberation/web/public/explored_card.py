"""The value somebody chose while exploring: its card with quotes, who holds it, what it was weighed against, what was decided on it."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from deliberation.assemblies.models import Assembly
from deliberation.moderation import history
from deliberation.moderation.queries import decisions_on
from deliberation.opinion.explored import Explored
from deliberation.web.forms import looked_for
from deliberation.web.public.telling import Group, drawn, shares
from deliberation.web.seats import tongue
from deliberation.web.value_card import card_of
from elicitation.graph.models import Value


def chosen(
    request: HttpRequest, assembly: Assembly, whole: Explored, phrases: Mapping[str, str]
) -> dict[str, Any]:
    """The chosen value as its card shows it; nothing where none was chosen, or where it is not among those to explore."""
    asked = looked_for(request, "value")
    place = next((n for n, node in enumerate(whole.nodes) if node.id == asked), None)
    value = _value(asked) if place is not None else None
    if place is None or value is None:
        return {}
    node = whole.nodes[place]
    return {
        "value_id": node.id,
        "node": node,
        "card": card_of(value),
        "shares": _shares(whole, place),
        "where": [phrase for one, phrase in phrases.items() if one in node.contexts],
        "wiser_than": [(whole.nodes[o.start], o) for o in whole.lines if o.end == place],
        "less_wise_than": [(whole.nodes[o.end], o) for o in whole.lines if o.start == place],
        "acts": _acts(assembly, value),
    }


def _value(asked: str) -> Value | None:
    with suppress(ValueError):
        return Value.objects.standing().filter(pk=UUID(asked)).first()
    return None


def _shares(whole: Explored, place: int) -> list[Any]:
    """What each group large enough to tell of says."""
    node = whole.nodes[place]
    told = {
        name: {"agree": c.agree, "n": c.n, "low": c.low, "high": c.high, "support": c.agree / c.n}
        for name, c in node.groups.items()
    }
    return shares(told, [Group(name, *drawn(at), 0, 0) for name, at in whole.groups.items()])


def _acts(assembly: Assembly, value: Value) -> list[history.Act]:
    """What moderators decided on it, where enough people stand behind it that its history points at nobody."""
    acts = history.shown(
        assembly, list(decisions_on(value).select_related("value__root")), tongue()
    )
    return [act for act in acts if act.value and act.value[0] == value.pk]
