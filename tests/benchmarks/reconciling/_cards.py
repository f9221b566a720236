"""A question with owned cards that wait, people who vote, and two moderators: written in bulk."""

from dataclasses import dataclass
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.utils import timezone

from deliberation.assemblies.models import AgendaItem, Assembly
from deliberation.moderation.actions.reasons import agree_on_reasons
from deliberation.moderation.bench import Bench
from elicitation.extraction.models import Candidate, Policy, Quote, Reading
from elicitation.interview.models import Inquiry, Prompt, Respondent, Response, Revision
from tests.houses import house


@dataclass(frozen=True, slots=True)
class Hall:
    """Everything one history happens in."""

    assembly: Assembly
    inquiry: Inquiry
    cards: list[Candidate]
    people: list[Respondent]
    benches: tuple[Bench, Bench]


def hall(cards: int = 6, people: int = 4) -> Hall:
    """A new assembly with one inquiry; each card is that of another person."""
    inquiry = Inquiry.objects.create(question={"en": "?"}, languages=["en"])
    slug = uuid4().hex[:20]
    assembly = Assembly.objects.create(
        organisation=house(), slug=slug, title={"en": slug}, languages=["en"]
    )
    AgendaItem.objects.create(assembly=assembly, inquiry=inquiry, position=0)
    agree_on_reasons(assembly)
    accounts = get_user_model().objects
    both = tuple(Bench(assembly, accounts.create(username=f"{slug}-{n}")) for n in range(2))
    voters = Respondent.objects.bulk_create(Respondent() for _ in range(people))
    return Hall(assembly, inquiry, written(inquiry, cards), voters, both)  # type: ignore[arg-type]


def written(inquiry: Inquiry, many: int, position: int = 0) -> list[Candidate]:
    """Cards their authors said yes to, each with two policies that are quotes of its answer."""
    prompt = Prompt.objects.create(inquiry=inquiry, position=position, wording={"en": "?"})
    authors = Respondent.objects.bulk_create(Respondent() for _ in range(many))
    answers = Response.objects.bulk_create(
        Response(prompt=prompt, respondent=author, key=uuid4().hex, channel="imported")
        for author in authors
    )
    texts = [f"SHADE where people wait, place {n}. WATER for whoever is thirsty, {n}." for n in range(many)]  # fmt: skip
    revisions = Revision.objects.bulk_create(
        Revision(response=answer, text=text, language="en")
        for answer, text in zip(answers, texts, strict=True)
    )
    readings = Reading.objects.bulk_create(
        Reading(revision=revision, engine="person", state="done") for revision in revisions
    )
    now = timezone.now()
    cards = Candidate.objects.bulk_create(
        Candidate(reading=r, title=f"Value {n}", language="en", state="confirmed", answered_at=now)
        for n, r in enumerate(readings)
    )
    parts = [(card, revision, text.split(". ")) for card, revision, text in zip(cards, revisions, texts, strict=True)]  # fmt: skip
    policies = Policy.objects.bulk_create(
        Policy(candidate=card, position=place, text=part)
        for card, _, two in parts
        for place, part in enumerate(two)
    )
    spans = [(revision, part) for _, revision, two in parts for part in two]
    Quote.objects.bulk_create(
        Quote(policy=policy, revision=revision, text=part, start=(at := revision.text.index(part)), end=at + len(part), public=True)
        for policy, (revision, part) in zip(policies, spans, strict=True)
    )  # fmt: skip
    return list(cards)
