"""How well the grammar takes rules apart: coded statutes, a Polish statute, and proposals in German contributions.

The corpus codes the deontic as it is written and adds in [brackets] what the coder inferred. "Meant" compares our mood with the
coder's, an inferred "not" included; "written" compares the words alone, as the floor (the first modal verb, 0.952) does.
The rules were chosen on two thirds of the statements; the last third, drawn by SEED, only measures.
"""

import csv
import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from elicitation.extraction.grammar import Statement, statements
from elicitation.extraction.marks import marks
from elicitation.extraction.quotes import Span
from tests.benchmarks.figures import CORPORA, SEED, Figure

INFERRED = re.compile(r"\[[^\]]*\]")
EDGES = " ,.;:"


@dataclass(frozen=True)
class Coded:
    """A coded statement, what we made of it, and whether it belongs to the third that only measures."""

    row: dict[str, str]
    found: Statement | None
    measures: bool

    def coded(self, part: str) -> str:
        """A coded part as it is written in the statement, or "" where it is not."""
        said = self.row[part].strip(EDGES)
        return said if said and said.lower() in self.row["statement"].lower() else ""

    def ours(self, *parts: str) -> str:
        """Our parts, joined."""
        spans = [getattr(self.found, part) for part in parts] if self.found else []
        return " ".join(self.row["statement"][s.start : s.end] for s in spans if s).lower()


def figures() -> Iterator[Figure]:
    """Deontics, parts, silence and marks; nothing where the corpora are not there."""
    if not (CORPORA / "norms" / "english.csv").exists():
        return
    every = list(coded_statements())
    ruled = [c for c in every if mood(c.row["deontic"], meant=True)]
    yield from deontics(ruled)
    yield from parts(ruled)
    silent = [c for c in every if not c.row["deontic"].strip()]
    yield Figure(
        "norms: no rule found where none is coded", mean(not c.found for c in silent), 0.85
    )
    invented = sum(not inside(c) for c in every)
    yield Figure("norms: parts stored that the text does not say", invented, 0, "parts", most=True)
    yield Figure("norms: Polish deontics found at their place", polish(), 0.9)
    yield from proposals()


def coded_statements() -> Iterator[Coded]:
    """All of the corpus, each with the first rule we find in it."""
    with (CORPORA / "norms" / "english.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    order = list(range(len(rows)))
    random.Random(SEED).shuffle(order)
    last = set(order[: len(rows) // 3])
    for at, row in enumerate(rows):
        found = statements(row["statement"], "en", rulebook=True)
        yield Coded(row, found[0] if found else None, at in last)


def mood(coded: str, *, meant: bool) -> str:
    """The mood of a coded deontic, "" where none is written; `meant` takes an inferred "not" along."""
    written = INFERRED.sub("", coded).strip().lower()
    if not written or written == "n/a":
        return ""
    no = re.search(r"\b(?:not|no)\b|cannot|prohibit", written.replace("may or may not", "may"))
    if no or (meant and re.search(r"\[(?:must )?not", coded)):
        return "must not"
    if "may" in written or "authorized" in written:
        return "may"
    return "should" if re.search("should|requested", written) else "must"


def deontics(ruled: list[Coded]) -> Iterator[Figure]:
    """The share whose deontic is right, on the measuring third and on all."""
    for name, some in (("last third", [c for c in ruled if c.measures]), ("all", ruled)):
        written = [same_words(c) for c in some]
        yield Figure(f"norms: deontic right as written, {name} of {len(some)}", mean(written), 0.97)
        right = [
            bool(c.found) and c.found.deontic == mood(c.row["deontic"], meant=True) for c in some
        ]
        yield Figure(f"norms: deontic right as meant, {name}", mean(right), 0.952)
        said = [w for w, c in zip(written, some, strict=True) if is_said(c)]
        yield Figure(
            f"norms: ... where the statement holds the word, {len(said)}", mean(said), 0.98
        )


def same_words(one: Coded) -> bool:
    """Whether the words we found say the mood the coded words say, whatever the subject adds."""
    return bool(one.found) and mood(one.ours("deontic_at"), meant=False) == mood(
        one.row["deontic"], meant=False
    )


def is_said(one: Coded) -> bool:
    """Whether the coded deontic's first word stands in the statement at all."""
    first = INFERRED.sub("", one.row["deontic"]).strip(" :").split()[0]
    return re.search(rf"\b{re.escape(first)}\b", one.row["statement"], re.IGNORECASE) is not None


def parts(ruled: list[Coded]) -> Iterator[Figure]:
    """How much of each coded part, where it is verbatim, lies in ours."""
    for part, ours, wanted in (
        ("attribute", ("attribute", "acted_on"), 0.6),
        ("aim", ("aim",), 0.9),
        ("object", ("acted_on", "aim", "attribute"), 0.7),
        ("condition", ("conditions", "aim"), 0.7),
    ):
        some = [c for c in ruled if c.found and c.coded(part)]
        covered = mean(share(c.coded(part), c.ours(*ours)) for c in some)
        yield Figure(f"norms: words of the coded {part} in ours, {len(some)}", covered, wanted)
    spoken = [c for c in ruled if c.found and c.coded("attribute")]
    named = [c for c in spoken if c.found and c.found.attribute]
    yield Figure("norms: attribute named where it is said", len(named) / len(spoken), 0.6)
    same = mean(share(c.ours("attribute"), c.coded("attribute").lower()) for c in named)
    yield Figure("norms: words of our attribute in the coded one", same, 0.7)


def polish() -> float:
    """The share of coded Polish deontics that one of ours overlaps."""
    hits: list[bool] = []
    with (CORPORA / "norms" / "polish_statute.jsonl").open(encoding="utf-8") as file:
        for row in map(json.loads, file):
            ours = [s.deontic_at for s in statements(row["text"], "pl", rulebook=True)]
            coded = [span for span in row["spans"] if span["label"] == "deontic"]
            hits += [any(o.start < c["end"] and c["start"] < o.end for o in ours) for c in coded]
    return mean(hits)


def proposals() -> Iterator[Figure]:
    """How often a German sentence marked a proposal is one to its annotators."""
    path = CORPORA / "cimt" / "sentences.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    marked = [
        row["code"]
        for row in rows
        if any(mark.kind == "proposal" for mark in marks(row["text"], "de"))
    ]
    right = mean("mpos" in code for code in marked)
    yield Figure(f"norms: German proposals marked that are ones, {len(marked)}", right, 0.85)


def inside(one: Coded) -> bool:
    """Whether every part is a stretch of the statement with something in it."""
    text, found = one.row["statement"], one.found
    spans = [getattr(found, name) for name in Statement.__slots__] if found else []
    return all(text[s.start : s.end].strip() for s in spans if isinstance(s, Span))


def share(wanted: str, within: str) -> float:
    """The share of the words of `wanted` that stand in `within`."""
    words = re.findall(r"\w+", wanted.lower())
    held = set(re.findall(r"\w+", within.lower()))
    return mean(word in held for word in words)


def mean(values: Iterable[float]) -> float:
    """The mean, NaN of nothing."""
    some = list(values)
    return sum(some) / len(some) if some else float("nan")
