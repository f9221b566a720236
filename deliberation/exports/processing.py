"""What became of everything between receiving and using it, as a funnel: each step with its count, and each loss with its reason. Free of Django."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Plain = dict[str, Any]
Row = Mapping[str, Any]
OWNED = ("confirmed", "edited")
WHY = {
    "withdrawn": "withdrawn by its author",
    "waiting": "waiting to be read",
    "person_will_look": "a person will look",
    "nothing_found": "read, nothing found",
    "not_yet": "read, not yet a value: a goal, feeling, rule or slogan",
    "proposed": "not answered by its author yet",
    "rejected": "set aside by its author",
    "superseded": "of words its author changed since",
}


class Funnel:
    """The funnel in the making: it is shown every row once, and counts."""

    def __init__(self) -> None:
        self._answers, self._hidden, self._ai = set[str](), set[str](), set[str]()
        self._states: Mapping[str, Counter[str]] = {of: Counter() for of in ("cards", "rules", "readings")}  # fmt: skip
        self._refused = Counter[str]()
        self._in_values = self._in_norms = self._folded = 0
        self._homeless, self._left_out = set[str](), set[str]()
        self._root, self._alive, self._used = dict[str, str](), set[str](), set[str]()
        self._counts: Mapping[str, Callable[[Row], None]] = {
            "responses": self._response,
            "readings": self._reading,
            "candidates": self._card,
            "rules": self._rule,
            "values": self._value,
            "decisions": self._decision,
            "clauses": self._clause,
        }

    def watch(self, table: str) -> Callable[[Row], None] | None:
        """What is to be shown every row of a table; None where nothing of it is counted."""
        return self._counts.get(table)

    def told(self, about: Row) -> Plain:
        """Once all rows were shown: `steps`, of which each has `count` and `lost` (reason -> count), and `excluded`."""
        return {
            "steps": [
                _answers(about["funnel"]),
                {"step": "answers_in_package", "count": len(self._answers), "lost": {}},
                *self._readings(),
                *_owned("cards", self._states["cards"]),
                *self._cards(),
                *_owned("rules", self._states["rules"]),
                self._rules(),
                self._clauses(),
            ],
            "excluded": {
                "people who keep out of research (null: fewer than five)": about["not_in_research"],
                "answers whose words a moderator keeps from others": len(self._hidden),
                "voices of AI agents, in the tables and never counted as support": len(self._ai),
            },
        }

    def _response(self, row: Row) -> None:
        self._answers.add(row["response"])
        if row["respondent_kind"] == "ai_agent":
            self._ai.add(row["respondent"])
        if row["status"] == "hidden":
            self._hidden.add(row["response"])

    def _reading(self, row: Row) -> None:
        failed = row["state"] == "failed"
        state = f"failed: {row['failure'] or 'no reason kept'}" if failed else row["state"]
        self._states["readings"][state] += 1
        self._refused.update({str(why): n for why, n in row["refusals"].items() if isinstance(n, int)})  # fmt: skip

    def _card(self, row: Row) -> None:
        self._states["cards"][row["state"]] += 1
        if row["state"] in OWNED and row["value"]:
            self._in_values += 1
        elif row["state"] in OWNED:
            self._homeless.add(row["candidate"])

    def _rule(self, row: Row) -> None:
        self._states["rules"][row["state"]] += 1
        self._in_norms += row["state"] in OWNED and row["norm"] is not None

    def _value(self, row: Row) -> None:
        self._root[row["value"]] = row["root"]
        self._folded += row["root"] != row["value"]
        if row["retired_at"] is None:
            self._alive.add(row["value"])

    def _decision(self, row: Row) -> None:
        if row["kind"] == "reject" and not row["undone_at"]:
            self._left_out.add(row["candidate"])

    def _clause(self, row: Row) -> None:
        if row["published_at"]:
            self._used.update(row["values"])

    def _readings(self) -> Iterator[Plain]:
        lost = dict(self._states["readings"])
        done = lost.pop("done", 0)
        yield {"step": "readings", "count": done + sum(lost.values()), "lost": dict(sorted(lost.items()))}  # fmt: skip
        yield {"step": "readings_done", "count": done, "lost": {f"proposal refused: {why}": n for why, n in sorted(self._refused.items())}}  # fmt: skip

    def _cards(self) -> Iterator[Plain]:
        out = len(self._homeless & self._left_out)
        rest = len(self._homeless) - out
        yield {"step": "cards_in_values", "count": self._in_values, "lost": {"left out by a moderator": out, "waiting for a moderator": rest}}  # fmt: skip
        values, standing = len(self._root), len(self._alive)
        yield {"step": "values_ever", "count": values, "lost": {"folded into another": self._folded, "retired: its last card left": values - standing - self._folded}}  # fmt: skip

    def _rules(self) -> Plain:
        owned = sum(self._states["rules"][key] for key in OWNED)
        return {"step": "rules_in_norms", "count": self._in_norms, "lost": {"in no shared rule": owned - self._in_norms}}  # fmt: skip

    def _clauses(self) -> Plain:
        used = {self._root.get(value) for value in self._used} & self._alive
        return {"step": "values_in_published_clauses", "count": len(used), "lost": {"in no published clause": len(self._alive - used)}}  # fmt: skip


def _answers(funnel: Mapping[str, int]) -> Plain:
    lost = {WHY[key]: funnel[key] for key in WHY if key in funnel}
    return {"step": "answers_received", "count": funnel["received"], "lost": lost}


def _owned(what: str, states: Counter[str]) -> Iterator[Plain]:
    lost = {WHY[key]: states[key] for key in ("proposed", "rejected", "superseded")}
    yield {"step": f"{what}_proposed", "count": states.total(), "lost": lost}
    yield {"step": f"{what}_confirmed", "count": sum(states[key] for key in OWNED), "lost": {}}
