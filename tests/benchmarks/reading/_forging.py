"""Ten thousand false replies against keeping, in a real database: nothing nobody wrote is stored."""

import csv
import gzip
import random
import re
from collections import Counter
from collections.abc import Iterator

from django.db import transaction

from elicitation.extraction.actions.keeping import Kept, keep
from elicitation.extraction.engines.base import (
    Beneath,
    MarkProposal,
    NormProposal,
    PolicyProposal,
    Reply,
    ValueProposal,
)
from elicitation.extraction.models import Located, Mark, NormCandidate, NormQuote, Quote, Reading
from elicitation.extraction.sifting import sift
from elicitation.interview.actions import ask_beneath
from elicitation.interview.models import FollowUp, Revision
from tests.benchmarks.figures import CORPORA, SEED, Figure
from tests.benchmarks.reading._forgeries import Forgery, Victim, a_stretch, forged
from tests.benchmarks.reading._people import taken_in
from tests.benchmarks.reading._said import cuts, pieces, places, plain
from tests.benchmarks.reading._sentences import SENTENCES, answers

REPLIES = 10_000
REAL = 250  # texts of each corpus
LONGEST = 4_000
PARTS = ("attribute", "acted_on", "conditions", "or_else")


def figures() -> Iterator[Figure]:
    """Invented quotes and parts stored, and the share of true ones kept."""
    dice = random.Random(SEED)
    siege = _Siege(dice)
    siege.go_on()
    yield Figure("attacks: false replies", siege.asked, REPLIES, "replies")
    yield Figure("attacks: ways of forging", len(siege.by_way), 20, "ways")
    yield Figure(
        "attacks: invented quotes stored", siege.invented(), 0, "quotes, marks, questions", True
    )
    yield Figure("attacks: parts of rules stored that nobody said", siege.parts(), 0, "parts", True)
    true = sum(siege.true.values())
    yield Figure(f"attacks: true words in other dress kept, {true}", siege.share_kept(), 0.99)
    for way, count in sorted(siege.missed.items()):
        yield Figure(f"attacks: ... not kept, {way}", count / siege.true[way], 0.01, "", True)


class _Siege:
    """Forges replies about every answer in turn, has them kept, and looks at what then is stored."""

    def __init__(self, dice: random.Random) -> None:
        texts = [*answers(), *real_texts(dice)]
        self.dice, self.texts, self.asked = dice, texts, 0
        self.revisions = taken_in("forged", texts)
        self.readings = Reading.objects.bulk_create(
            Reading(revision=r, engine="openai", model="forger") for r in self.revisions
        )
        self.by_way: Counter[str] = Counter()
        self.true: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        self.proposed: dict[object, set[str]] = {}
        self.honest: dict[object, set[str]] = {}

    def go_on(self) -> None:
        """Round after round until there are enough replies."""
        while self.asked < REPLIES:
            for at, reading in enumerate(self.readings):
                with transaction.atomic():
                    for forgery in forged(self.victim(at), self.dice):
                        self.attack(reading, self.revisions[at], forgery)

    def victim(self, at: int) -> Victim:
        """The answer in place `at`, with what a forger has at hand."""
        text, language = self.texts[at]
        others = [
            t
            for t, said in self.dice.sample(self.texts, 12)
            if (said, t != text) == (language, True)
        ]
        other = others[0] if others else self.texts[at - 1][0]
        told = self.dice.choice([known for known in SENTENCES if known != language])
        own = at < len(SENTENCES) * 8
        place = at % 8 if own else self.dice.randrange(8)
        return Victim(text, language, other, SENTENCES[told][place])

    def attack(self, reading: Reading, revision: Revision, forgery: Forgery) -> None:
        """One reply with `forgery` in every place a reply has, and true words beside it so that its parts are looked at."""
        quote, honest = forgery.quote, a_stretch(revision.text, self.dice) or revision.text
        number = f"no. {sum(self.by_way.values())}"
        told = ValueProposal(number, (PolicyProposal("WORDS of this kind", (quote,)),))
        rules = (
            NormProposal("must", number, (honest,), quote, quote[:30], quote[-20:], quote),
            NormProposal("must not", f"{number} again", (quote,), honest),
        )
        reply = Reply((told,), rules, (MarkProposal("claim", quote),), Beneath("goal", quote))
        kept = Kept(reading, sift(reply, [revision.text]), [revision])
        keep([kept])
        said = {plain(piece) for piece in (quote, *pieces(quote))}
        self.proposed |= {number: said, f"{number} again": said}
        self.honest[number] = {plain(piece) for piece in (honest, *pieces(honest))}
        self.proposed |= {mark.pk: said for mark in kept.marks}
        self.ask(kept, said)
        self.by_way[forgery.way] += 1
        self.asked += not forgery.true
        if forgery.true:
            self.true[forgery.way] += 1
            self.missed[forgery.way] += not (kept.cards and kept.marks)

    def ask(self, kept: Kept, said: set[str]) -> None:
        """Ask beneath, as reading would."""
        if kept.sifted.beneath:
            kind, place = kept.sifted.beneath
            span = place.span
            if asked := ask_beneath(kept.sources[place.text], kind, span.start, span.end):
                self.proposed[asked.pk] = said

    def invented(self) -> int:
        """Stored stretches that are not what the answer holds there, or not what was proposed, or cut a word."""
        return sum(not holds(*one) for one in self.stored())

    def stored(self) -> Iterator[tuple[Revision, int, int, str, set[str]]]:
        """Every stretch in the database: where, its text, and what was proposed, in one form."""
        for quote in Quote.objects.select_related("revision", "policy__candidate").iterator():
            yield (*where(quote), self.proposed[quote.policy.candidate.title])
        for one in NormQuote.objects.select_related("revision", "norm").iterator():
            yield (*where(one), self.honest.get(one.norm.aim) or self.proposed[one.norm.aim])
        for mark in Mark.objects.select_related("revision").iterator():
            yield (*where(mark), self.proposed[mark.pk])
        for asked in FollowUp.objects.select_related("revision"):
            words = asked.revision
            text = words.text[asked.start : asked.end]
            yield words, asked.start, asked.end, text, self.proposed[asked.pk]

    def parts(self) -> int:
        """Parts of rules that do not stand in the answer, letter for letter or not at all."""
        bad = 0
        for norm in NormCandidate.objects.select_related("reading__revision").iterator():
            text = norm.reading.revision.text
            said = [part for name in PARTS if (part := getattr(norm, name))]
            bad += sum(part not in text or not places(part, text) for part in said)
        return bad

    def share_kept(self) -> float:
        """The share of true words in other dress that were kept."""
        self.missed = +self.missed
        return 1 - sum(self.missed.values()) / sum(self.true.values())


def where(stretch: Located) -> tuple[Revision, int, int, str]:
    """A stored stretch as it is."""
    return stretch.revision, stretch.start, stretch.end, stretch.text


def holds(revision: Revision, start: int, end: int, text: str, wanted: set[str]) -> bool:
    """Whether a stored stretch is the answer's own, was proposed in these words, cuts none, and could not be another."""
    own = revision.text[start:end] == text and plain(text) in wanted
    return own and not cuts(revision.text, start, end) and once(text, revision.text)


def once(stretch: str, text: str) -> bool:
    """Whether `stretch` stands in one place only, letter for letter."""
    found = (m.start() for m in re.finditer(f"(?={re.escape(stretch)})", text))
    return sum(not cuts(text, at, at + len(stretch)) for at in found) == 1


def real_texts(dice: random.Random) -> list[tuple[str, str]]:
    """Texts of the corpora, where they are here."""
    if not CORPORA.is_dir():
        return []
    every = [
        _column("robustness/texts.csv", "text", "language"),
        _column("global-dialogues/originals.csv", "original", "language"),
        _column("cimt/sentences.csv.gz", "text", ""),
    ]
    return [one for texts in every for one in dice.sample(texts, min(REAL, len(texts)))]


def _column(name: str, column: str, language: str) -> list[tuple[str, str]]:
    path = CORPORA / name
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = ((row[column][:LONGEST], row.get(language) or "de") for row in rows)
    return [(text, spoken) for text, spoken in told if text.strip()]
