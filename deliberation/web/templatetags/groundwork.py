"""What templates need beyond Django: answers with their quotes marked, times with their zone."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from deliberation.artifacts import before_all as documents
from deliberation.artifacts import plain
from deliberation.assemblies.models import Assembly
from deliberation.moderation.models import Reason
from deliberation.web.highlighting import segments
from deliberation.web.seats import tongue
from elicitation.extraction.models import Candidate, NormCandidate, Policy, Quote
from elicitation.graph.models import Norm
from elicitation.interview.models import Revision, wording

register = template.Library()


@register.inclusion_tag("parts/answer.html")
def answer(revision: Revision, quotes: Iterable[Quote] = ()) -> dict[str, Any]:
    """A revision's words, with the quotes of it marked."""
    spans = [(q.start, q.end) for q in quotes if q.revision_id == revision.pk]
    return {
        "segments": segments(revision.text, spans),
        "language": revision.language,
        "by_helper": revision.by_helper,
    }


@register.simple_tag
def open_now(assembly: Assembly) -> frozenset[str]:
    """The kinds of what is open in the assembly now, in one query at most."""
    return frozenset(phase.kind for phase in assembly.all_phases() if phase.is_open)


@register.simple_tag
def knots(card: Candidate) -> list[tuple[Policy, Iterable[Quote]]]:
    """What a card says matters, each with the words it rests on: as the page has them at hand, else as they are kept."""
    told: list[tuple[Policy, Iterable[Quote]]] | None = getattr(card, "knots", None)
    return [(one, one.quotes.all()) for one in card.policies.all()] if told is None else told


@register.simple_tag
def before_all(assembly: Assembly) -> frozenset[str]:
    """Which documents are before everybody now (artifacts.before_all)."""
    return documents.before_all(assembly)


@register.simple_tag
def stratum_name(assembly: Assembly, code: str, option: str) -> str:
    """An answer to a question about people, as it was offered."""
    for stratum in assembly.strata.all():
        if stratum.code == code:
            named = {one["code"]: wording(one["wording"], tongue()) for one in stratum.options}
            return named.get(option, option)
    return option


@register.filter
def as_rule(norm: Norm | NormCandidate) -> str:
    """A rule as a sentence in its own language."""
    return plain.of_norm(norm, norm.language)


@register.filter
def percent(share: float) -> int:
    """A share from 0 to 1 in whole percent."""
    return round(100 * share)


@register.filter
def in_zone(moment: datetime, zone: str) -> str:
    """A moment as people of `zone` read it, with the zone's short name; in its own zone where clocks there cannot tell it."""
    try:
        local = moment.astimezone(ZoneInfo(zone))
    except OverflowError:
        local = moment
    said = date_format(local, _("j F Y, H:i"))
    return f"{said} {local:%Z}"


@register.filter
def day(moment: date) -> str:
    """A day as people write it in the language of the page."""
    return date_format(moment, _("j F Y"))


@register.filter
def reason(grounds: Reason) -> str:
    """A reason of the list in the language of the page."""
    return grounds.said_in(tongue())


@register.filter
def at(found: Mapping[str, Any], key: str) -> Any:
    """What stands under `key`; None for nothing."""
    return found.get(key)


@register.filter
def share(part: int, whole: int) -> int:
    """`part` of `whole` in percent, rounded; 0 where there is no whole."""
    return round(100 * part / whole) if whole else 0
