"""A published version as a row of blocks, which the files for reading (PDF, DOCX, Markdown) set each in its own way."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from deliberation.artifacts.formats import wording

Told = Mapping[str, Any]


class Kind(StrEnum):
    """What a block is. Words of people are CLAUSE, QUOTE, SAID and RULE; the rest is the site's own."""

    TITLE = "title"
    META = "meta"
    SEAL = "seal"
    HEADING = "heading"
    CLAUSE = "clause"
    VERDICT = "verdict"
    NOTE = "note"
    VALUE = "value"
    FIGURE = "figure"
    QUOTE = "quote"
    LABEL = "label"
    RULE = "rule"
    SAID = "said"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its words, their language, and a `mark` before or behind them (a clause's number, a note to a quote)."""

    kind: Kind
    words: str
    language: str
    mark: str = ""

    @property
    def is_rtl(self) -> bool:
        """Whether its words run from right to left: as their first strong letter does."""
        for letter in self.words:
            way = unicodedata.bidirectional(letter)
            if way in ("L", "R", "AL"):
                return way != "L"
        return False


def blocks(told: Told) -> Iterator[Block]:
    """All blocks in order, the site's words in the language in force."""
    yield from _head(told)
    for section in told["sections"]:
        if section["title"]:
            yield Block(Kind.HEADING, section["title"], told["language"])
        for clause in section["clauses"]:
            yield from _clause(clause, told)
    yield from _decided(told)
    yield Block(Kind.HEADING, wording.headings()["made"], told["language"])
    for step in told["made"]:
        yield Block(Kind.STEP, step, told["language"])


def _head(told: Told) -> Iterator[Block]:
    own = told["language"]
    yield Block(Kind.TITLE, told["title"], own)
    for line in wording.of_version(told):
        yield Block(Kind.META, line, own)
    if head := told["record"]["head"]:
        yield Block(Kind.SEAL, head["note"].rstrip(), "en")


def _decided(told: Told) -> Iterator[Block]:
    """How the assembly voted, and what some hold against it."""
    named, own = wording.headings(), told["language"]
    if vote := told["vote"]:
        turnout = named["turnout"] % {"ballots": vote["ballots"], "roll": vote["roll"]}
        yield Block(Kind.HEADING, named["vote"], own)
        yield Block(Kind.NOTE, turnout, own)
        yield Block(Kind.VERDICT, " ".join(vote["verdict"]), own)
    if told["minority"]:
        yield Block(Kind.HEADING, named["minority"], own)
    for one in told["minority"]:
        against, signed = wording.statement(one)
        yield Block(Kind.LABEL, f"{against}, {signed}", own)
        yield Block(Kind.SAID, one["text"], one["language"])


def _clause(clause: Told, told: Told) -> Iterator[Block]:
    named, own = wording.headings(), told["language"]
    yield Block(Kind.CLAUSE, clause["text"], own, str(clause["number"]))
    if clause["vote"]:
        yield Block(Kind.VERDICT, " ".join(clause["vote"]["verdict"]), own)
    least = wording.weakest(clause)
    yield Block(Kind.NOTE, " ".join(filter(None, [wording.support(clause, told["voices"]), least])), own)  # fmt: skip
    for value in clause["values"]:
        yield from _value(value, own)
    if clause["norms"]:
        yield Block(Kind.LABEL, named["rules"], own)
    for norm in clause["norms"]:
        yield from _rule(norm, own)
    for one in clause["objections"]:
        for label, words in wording.objection(one):
            yield Block(Kind.LABEL, label, own)
            if words:
                yield Block(Kind.SAID, words, one["language"])


def _rule(norm: Told, own: str) -> Iterator[Block]:
    yield Block(Kind.RULE, norm["text"], norm["language"])
    yield Block(Kind.FIGURE, wording.rule(norm), own)
    for quote, helped in zip(norm["quotes"], norm["by_helper"], strict=True):
        note = wording.by_helper() if helped else ""
        yield Block(Kind.QUOTE, quote, norm["language"], note)


def _value(value: Told, own: str) -> Iterator[Block]:
    title = value["title"] or wording.gone()
    yield Block(Kind.VALUE, title, value["language"] if value["title"] else own, wording.value(value))  # fmt: skip
    for line in wording.shares(value):
        yield Block(Kind.FIGURE, line, own)
    for quote in value["quotes"]:
        note = wording.beside(quote)
        yield Block(Kind.QUOTE, quote["text"], quote["language"], note)
