"""The result of grouping a conversation, told at a terminal. Free of Django."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from deliberation.opinion.conversation import Conversation
from deliberation.opinion.votes import Votes

WIDTH = 78  # characters of a statement


def about(conversation: Conversation, votes: Votes) -> dict[str, Any]:
    """What was read: how much, from which file, and what in it does not add up."""
    voted = set(votes.statements.tolist())
    return {
        "source": conversation.source,
        "people": len(votes.people),
        "votes": len(votes.signs),
        "log_rows": len(conversation.log),
        "moderated_out": conversation.moderated_out,
        "never_voted_on": sorted(set(conversation.statements) - voted),
        "mismatches": [asdict(one) for one in conversation.mismatches],
    }


def lines(found: Mapping[str, Any], conversation: Conversation) -> Iterator[str]:
    """A short account for people, of the same numbers as the JSON."""
    topic = _plain(conversation.summary.get("topic", "")) or found["source"]
    yield f"{topic}: {found['people']:,} people, {len(found['statements']):,} statements, {found['votes']:,} votes"
    yield from _fit(found)
    sizes = Counter(found["groups"].values())
    for group in range(found["k"]):
        yield ""
        yield f"Group {group}: {sizes[group]:,} people"
        yield from _statements(found["repness"][str(group)], conversation)
    for side, title in (("agree", "Most agree"), ("disagree", "Most disagree")):
        yield from _titled(title, found["consensus"][side], conversation, side)
    if found["divisive"]:
        yield from ("", "What parts the groups")
        yield from (f"  {_shown(conversation, one)}" for one in found["divisive"])
    if found["mismatches"]:
        yield ""
        yield f"{len(found['mismatches'])} numbers in the files are not borne out by the votes; the first:"
        first = found["mismatches"][0]
        yield f"  {first['file']}: {first['about']}: {first['stated']} stated, {first['counted']} counted"


def _fit(found: Mapping[str, Any]) -> Iterator[str]:
    tried = ", ".join(f"{k}: {value:.3f}" for k, value in found["silhouette"].items())
    yield f"{found['k']} groups, mode {found['rule']}; fit by number of groups (1 is best): {tried or 'none tried'}"
    placed, unsure = len(found["groups"]), len(found["unsure"])
    yield f"{placed:,} people in groups, {unsure:,} of them unsure; {found['people'] - placed:,} not, for want of votes"


def _titled(
    title: str, chosen: list[Mapping[str, Any]], conversation: Conversation, side: str
) -> Iterator[str]:
    if chosen:
        yield from ("", title)
        yield from _statements([{**one, "repful-for": side} for one in chosen], conversation)


def _statements(chosen: list[Mapping[str, Any]], conversation: Conversation) -> Iterator[str]:
    for one in chosen:
        count = f"{one['n-success']} of {one['n-trials']}"
        yield f"  {one['repful-for']:<8} {count:>14}  {_shown(conversation, one['tid'])}"


def _shown(conversation: Conversation, statement: int) -> str:
    known = conversation.statements.get(statement)
    return f"{statement}: {_plain(known.text) if known else ''}"


def _plain(text: str) -> str:
    """The start of a text on one line, without the marks that steer a terminal."""
    shown = "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
    return shown if len(shown) <= WIDTH else f"{shown[:WIDTH]}…"
