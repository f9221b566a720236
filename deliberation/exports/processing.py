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
UNREAD = ("waiting", "person_will_look", "nothing_found", "not_yet")


class Funnel:
    """The funnel in the making: it is shown every row once, and counts."""

    def __init__(self) -> None:
        self._answers, self._hidden, self._ai = 0, set[str](), set[str]()
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
        """Once all rows were shown: `steps`, what the checks `refused` of proposals, and what is `excluded`.

        Each step has `count`; where it goes on from another, `of` names that, and `lost` (reason -> count) is the difference.
        """
        return {
            "steps": [
                *self._from_answers(about["funnel"]),
                *self._readings(),
                *self._owned("cards"),
                *self._cards(),
                *self._owned("rules"),
                *self._rules(),
                *self._values(),
            ],
            "refused": dict(sorted(self._refused.items())),
            "excluded": {
                "people who keep out of research (null: fewer than five)": about["not_in_research"],
                "answers whose words a moderator keeps from others": len(self._hidden),
                "voices of AI agents, in the tables and never counted as support": len(self._ai),
            },
        }

    def _response(self, row: Row) -> None:
        if row["respondent_kind"] == "ai_agent":
            self._ai.add(row["respondent"])
        elif row["follows"] is None:
            self._answers += row["is_latest"]
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
        if row["root"] != row["value"]:
            self._folded += 1
        elif row["retired_at"] is None:
            self._alive.add(row["value"])

    def _decision(self, row: Row) -> None:
        if row["kind"] == "reject" and not row["undone_at"]:
            self._left_out.add(row["candidate"])

    def _clause(self, row: Row) -> None:
        if row["published_at"]:
            self._used.update(row["values"])

    def _from_answers(self, funnel: Mapping[str, int]) -> Iterator[Plain]:
        yield _step("answers_received", funnel["received"])
        yield _step("answers_in_package", self._answers, "answers_received", {WHY["withdrawn"]: funnel["withdrawn"]})  # fmt: skip
        lost = {WHY[key]: funnel[key] for key in UNREAD}
        yield _step("answers_read", funnel["read"], "answers_in_package", lost)

    def _readings(self) -> Iterator[Plain]:
        lost = dict(sorted(self._states["readings"].items()))
        done = lost.pop("done", 0)
        yield _step("readings", done + sum(lost.values()))
        yield _step("readings_done", done, "readings", lost)

    def _owned(self, what: str) -> Iterator[Plain]:
        states = self._states[what]
        lost = {WHY[key]: states[key] for key in ("proposed", "rejected", "superseded")}
        yield _step(f"{what}_proposed", states.total())
        owned = sum(states[key] for key in OWNED)
        yield _step(f"{what}_confirmed", owned, f"{what}_proposed", lost)

    def _cards(self) -> Iterator[Plain]:
        out = len(self._homeless & self._left_out)
        lost = {"left out by a moderator": out, "waiting for a moderator": len(self._homeless) - out}  # fmt: skip
        yield _step("cards_in_values", self._in_values, "cards_confirmed", lost)

    def _rules(self) -> Iterator[Plain]:
        owned = sum(self._states["rules"][key] for key in OWNED)
        lost = {"in no shared rule": owned - self._in_norms}
        yield _step("rules_in_norms", self._in_norms, "rules_confirmed", lost)

    def _values(self) -> Iterator[Plain]:
        ever, standing = len(self._root), len(self._alive)
        retired = ever - standing - self._folded
        used = len({self._root.get(value) for value in self._used} & self._alive)
        yield _step("values_ever", ever)
        yield _step("values_standing", standing, "values_ever", {"folded into another": self._folded, "retired: its last card left": retired})  # fmt: skip
        yield _step("values_in_published_clauses", used, "values_standing", {"in no published clause": standing - used})  # fmt: skip


def _step(name: str, count: int, of: str | None = None, lost: Plain | None = None) -> Plain:
    return {"step": name, "of": of, "count": count, "lost": lost or {}}
