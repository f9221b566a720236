"""The published moral graph of one question as an assembly: its cards as answers brought along, its draws as votes, its edges as judgements."""

import csv
import json
from collections import Counter, defaultdict
from datetime import timedelta
from functools import cache
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.drafts import AssemblyDraft
from deliberation.assemblies.models import Phase
from deliberation.moderation import queries
from deliberation.moderation.actions import cards as deciding
from deliberation.moderation.why import FITS, Why
from elicitation.extraction.engines.base import PolicyProposal, Reply, ValueProposal
from elicitation.extraction.models import ReadingRequest
from elicitation.extraction.reading import read
from elicitation.graph import suggesting
from elicitation.graph.actions.endorsing import endorse
from elicitation.graph.models import Evidence, Suggestion, Value
from elicitation.interview.drafts import InquiryDraft, PromptDraft
from elicitation.interview.models import Respondent, Response
from tests.conftest import Told
from tests.houses import house

DATA = Path(__file__).parents[3] / "shared" / "data" / "moral-graph"
QUESTION = "abortion"
SAME = Why(code="same_value")
MOST = 3  # cards of one canonical value


@cache
def rows(name):
    if not (DATA / name).exists():
        pytest.skip("the moral graph is not beside the project")
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def listed(name):
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def contexts():
    return [row["context"] for row in rows("contexts.csv") if row["question"] == QUESTION]


@cache
def edges():
    """What people said of transitions of this question."""
    return [row for row in rows("edge_votes.csv") if row["context"] in contexts()]


@cache
def asked_about():
    """The canonical values that were judged."""
    return {row[end] for row in edges() for end in ("from_value", "to_value")}


@cache
def cards():
    """Of each such value at most MOST cards that differ in their words, as {answer text: (canonical, card)}."""
    taken, found = Counter(), {}
    for card in listed("cards.json"):
        canonical, text = str(card["canonical"]), ". ".join(card["policies"])
        if canonical in asked_about() and taken[canonical] < MOST and text not in found:
            taken[canonical] += 1
            found[text] = canonical, card
    return found


class AsWritten(Told):
    """An engine that proposes of each answer the card it was."""

    def propose(self, ask):
        _, card = cards()[ask.text]
        policies = tuple(PolicyProposal(text, (text,)) for text in card["policies"][:7])
        return Reply((ValueProposal(" ".join(card["title"].split()[:6]), policies),))


def found(facilitator):
    """The assembly, open for answers, with its question and contexts."""
    rows("contexts.csv")
    now = timezone.now()
    asked = next(q for q in listed("questions.json") if q["id"] == QUESTION)
    inquiry = InquiryDraft(
        question={"en": asked["question"]},
        languages=("en",),
        prompts=(PromptDraft({"en": "What should the answer attend to?"}),),
        contexts=tuple({"en": phrase.removeprefix("When ")} for phrase in contexts()),
    )
    draft = AssemblyDraft(
        slug="moral",
        title={"en": "What should it attend to?"},
        welcome={"en": "Ten minutes."},
        consent={"en": "We keep your words."},
        languages=("en",),
        zone="UTC",
        inquiries=(inquiry,),
        phases={Phase.Kind.ANSWERING: (now - timedelta(hours=2), now + timedelta(days=1))},
    )
    return setting_up.found(draft, facilitator, house())


def bring(assembly, folder):
    """Take the cards in as answers, whose authors said their words may be shown, and read each as it was."""
    path = folder / "cards.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["respondent", "text"])
        for text, (_, card) in cards().items():
            out.writerow([f"author-{card['id']}", text])
    call_command(
        "import_answers", str(path), "--assembly", assembly.slug, "--quotes-public", stdout=StringIO(), stderr=StringIO(),
    )  # fmt: skip
    for request in ReadingRequest.objects.filter(state="waiting"):
        read(request.revision_id, AsWritten())
    return canonical_of(assembly)


def canonical_of(assembly):
    """The canonical value of each answer, by its id."""
    said = Response.objects.filter(prompt__inquiry__assemblies=assembly)
    return {r.pk: cards()[r.latest.text][0] for r in said}


def draws():
    """Of each participant the values that were shown, and which of them were called wise."""
    shown, wise = defaultdict(set), defaultdict(set)
    for name, into in (("value_impressions.csv", shown), ("value_votes.csv", wise)):
        for row in rows(name):
            if row["question"] == QUESTION:
                into[row["participant"]].add(row["value"])
    return {who: (seen | wise[who], wise[who]) for who, seen in shown.items()}


def decide_all(bench):
    """The whole queue, as the machine suggests: joined where it seems the same, else a new value. One is left out."""
    left = queries.queue(bench.assembly).last()
    deciding.reject(bench, left, left.version, Why(code="not_a_value"))
    while card := queries.queue(bench.assembly).first():
        suggesting.suggest([card.pk])
        told = Suggestion.objects.living().filter(candidate=card).first()
        if told and told.kind == "same":
            deciding.merge(bench, card, card.version, told.value, SAME)
        else:
            deciding.accept(bench, card, card.version, FITS)
    return left


def weigh(inquiry):
    """What participants of the study called wise of the values they were shown; the rest they passed. Returns the voters."""
    by_canonical = {}
    for evidence in Evidence.objects.filter(value__inquiry=inquiry).select_related("candidate"):
        text = evidence.candidate.revision.text
        by_canonical.setdefault(cards()[text][0], evidence.value)
    voters = 0
    for shown, wise in list(draws().values())[:60]:
        person = Respondent.objects.create()
        said = {by_canonical[v].pk: v for v in shown if v in by_canonical}
        for pk, canonical in said.items():
            endorse(person, Value.objects.get(pk=pk), 1 if canonical in wise else 0)
        voters += bool(said)
    return voters
