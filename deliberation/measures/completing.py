"""How far people came: who joined, sent, owned cards, weighed and compared. From what is kept anyway; who looked at a page is noted nowhere, so it is not told.

People are members who agreed to take part; AI agents are left out. What somebody erased since is not counted where nothing of it is left.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.expressions import CombinedExpression

from deliberation.assemblies.models import Assembly, Consent, Unsent
from deliberation.assemblies.queries import prompts_of
from deliberation.measures.figure import Figure, Measure, Of
from elicitation.extraction.models import Candidate
from elicitation.graph.models import Endorsement, Judgement
from elicitation.interview.models import Prompt, Respondent, Response

PLACES = (
    10_000  # more than an inquiry has prompts: a place on the way is inquiry times this, and prompt
)


def people_of(assembly: Assembly) -> QuerySet[Respondent]:
    """Whoever took a seat and agreed to take part, but AI agents."""
    agreed = Consent.objects.filter(membership=OuterRef("membership"))
    seated = Respondent.objects.filter(Exists(agreed), membership__assembly=assembly)
    return seated.exclude(kind=Respondent.Kind.AI_AGENT)


def sent_by(people: QuerySet[Respondent], assembly: Assembly) -> QuerySet[Any]:
    """What they sent to prompts of the assembly themselves, also what they withdrew since; in no order, each with its `place` on the way."""
    here = Response.objects.to_prompts().filter(
        prompt__inquiry__assemblies=assembly, respondent__in=people, channel="typed"
    )
    return here.order_by().annotate(place=place("prompt__"))


def completion(assembly: Assembly, language: str) -> Iterator[Figure]:
    """Of everybody who joined, by step; then by prompt, in the order people meet them."""
    people = people_of(assembly)
    joined, sent = people.count(), sent_by(people, assembly)
    way = Of(Measure.COMPLETION, "way")
    yield way.share("sent_something", sent.values("respondent").distinct().count(), joined)
    yield from _on_cards(way, people, assembly)
    weighed = Endorsement.objects.filter(
        respondent=OuterRef("pk"), value__inquiry__assemblies=assembly
    )
    compared = Judgement.objects.filter(
        showing__respondent=OuterRef("pk"), showing__transition__inquiry__assemblies=assembly
    )
    yield way.share("weighed", people.filter(Exists(weighed)).count(), joined)
    yield way.share("compared", people.filter(Exists(compared)).count(), joined)
    yield from _by_prompt(assembly, language, joined, sent)


def _on_cards(way: Of, people: QuerySet[Respondent], assembly: Assembly) -> Iterator[Figure]:
    """Of those whose words became cards, who answered one, and who owns one."""
    cards = Candidate.objects.filter(
        reading__revision__response__respondent=OuterRef("pk"),
        reading__revision__response__prompt__inquiry__assemblies=assembly,
    )
    got = people.filter(Exists(cards))
    number = got.count()
    answered = got.filter(Exists(cards.exclude(answered_at=None)))
    yield way.share("answered_a_card", answered.count(), number)
    yield way.share("owns_a_card", got.filter(Exists(cards.owned())).count(), number)


def _by_prompt(
    assembly: Assembly, language: str, joined: int, sent: QuerySet[Any]
) -> Iterator[Figure]:
    """Of each prompt, in all its wordings: who sent, who has begun and not sent, who withdrew; of those who sent, who sent nothing further on the way."""
    standing = Count("respondent", distinct=True, filter=Q(withdrawn_at=None))
    rows = sent.values("place").annotate(all=Count("respondent", distinct=True), now=standing)
    numbers = {row["place"]: (row["all"], row["now"]) for row in rows}
    furthest = sent.values("respondent").annotate(last=Max("place")).values_list("last", flat=True)
    stopped, begun = Counter(furthest), _begun(assembly)
    prompts = list(prompts_of(assembly).annotate(place=place()))
    for number, prompt in enumerate(prompts, 1):
        people, now = numbers.get(prompt.place, (0, 0))
        of = Of(Measure.COMPLETION, str(prompt.pk), f"{number}. {prompt.asked_in(language)}")
        yield of.share("sent", people, joined)
        yield of.share("begun_not_sent", begun[prompt.place], joined)
        yield of.share("withdrawn", people - now, people)
        if number < len(prompts):
            yield of.share("stopped_here", stopped[prompt.place], people)


def _begun(assembly: Assembly) -> Counter[int]:
    """How many have words kept that they did not send, by the place of the prompt."""
    asked = Prompt.objects.filter(inquiry__assemblies=assembly).annotate(place=place())
    places = dict(asked.values_list("pk", "place"))
    members = people_of(assembly).values("membership")
    about = Unsent.objects.filter(membership__in=members, about__in=list(places))
    return Counter(places[pk] for pk in about.values_list("about", flat=True))


def place(prompt: str = "") -> CombinedExpression:
    """Where a prompt stands on the way, whatever its wording; `prompt`: the way to it."""
    return F(f"{prompt}inquiry__agenda_item__position") * PLACES + F(f"{prompt}position")
