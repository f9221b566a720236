"""What became of everything between receiving and using it, as a funnel: each step with its count, and each loss with its reason. Free of Django."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

Plain = dict[str, Any]
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


def processing(folder: Path, about: Mapping[str, Any]) -> Plain:
    """The funnel of a package: `steps`, of which each has `count` and `lost` (reason -> count), and `excluded`."""
    responses = list(_rows(folder, "responses", ("response", "respondent", "respondent_kind", "is_latest", "status")))  # fmt: skip
    ai = {row["respondent"] for row in responses if row["respondent_kind"] == "ai_agent"}
    return {
        "steps": [
            _answers(about["funnel"]),
            {"step": "answers_in_package", "count": len({row["response"] for row in responses}), "lost": {}},
            *_readings(folder),
            *_cards(folder),
            *_rules(folder),
            _clauses(folder),
        ],
        "excluded": {
            "people who keep out of research (null: fewer than five)": about["not_in_research"],
            "answers whose words a moderator keeps from others": len({r["response"] for r in responses if r["status"] == "hidden"}),
            "voices of AI agents, in the tables and never counted as support": len(ai),
        },
    }  # fmt: skip


def _answers(funnel: Mapping[str, int]) -> Plain:
    lost = {WHY[key]: funnel[key] for key in WHY if key in funnel}
    return {"step": "answers_received", "count": funnel["received"], "lost": lost}


def _readings(folder: Path) -> Iterator[Plain]:
    state, refused = Counter[str](), Counter[str]()
    for row in _rows(folder, "readings", ("state", "failure", "refusals")):
        state[f"failed: {row['failure'] or 'no reason kept'}" if row["state"] == "failed" else row["state"]] += 1  # fmt: skip
        refused.update({str(why): n for why, n in row["refusals"].items() if isinstance(n, int)})
    done = state.pop("done", 0)
    yield {"step": "readings", "count": done + state.total(), "lost": dict(sorted(state.items()))}
    yield {"step": "readings_done", "count": done, "lost": {f"proposal refused: {why}": n for why, n in sorted(refused.items())}}  # fmt: skip


def _cards(folder: Path) -> Iterator[Plain]:
    cards = list(_rows(folder, "candidates", ("candidate", "state", "value")))
    left_out = {r["candidate"] for r in _rows(folder, "decisions", ("kind", "candidate", "undone_at")) if r["kind"] == "reject" and not r["undone_at"]}  # fmt: skip
    yield from _owned("cards", Counter(row["state"] for row in cards))
    owned = [row for row in cards if row["state"] in OWNED]
    there = [row for row in owned if row["value"]]
    out = sum(row["candidate"] in left_out for row in owned if not row["value"])
    rest = len(owned) - len(there) - out
    yield {"step": "cards_in_values", "count": len(there), "lost": {"left out by a moderator": out, "waiting for a moderator": rest}}  # fmt: skip
    values = list(_rows(folder, "values", ("value", "root", "retired_at")))
    standing = sum(row["retired_at"] is None for row in values)
    folded = sum(row["root"] != row["value"] for row in values)
    yield {"step": "values_ever", "count": len(values), "lost": {"folded into another": folded, "retired: its last card left": len(values) - standing - folded}}  # fmt: skip


def _rules(folder: Path) -> Iterator[Plain]:
    rules = list(_rows(folder, "rules", ("state", "norm")))
    yield from _owned("rules", Counter(row["state"] for row in rules))
    owned = [row for row in rules if row["state"] in OWNED]
    there = sum(row["norm"] is not None for row in owned)
    yield {"step": "rules_in_norms", "count": there, "lost": {"in no shared rule": len(owned) - there}}  # fmt: skip


def _owned(what: str, states: Counter[str]) -> Iterator[Plain]:
    lost = {WHY[key]: states[key] for key in ("proposed", "rejected", "superseded")}
    yield {"step": f"{what}_proposed", "count": states.total(), "lost": lost}
    yield {"step": f"{what}_confirmed", "count": sum(states[key] for key in OWNED), "lost": {}}


def _clauses(folder: Path) -> Plain:
    root = {row["value"]: row["root"] for row in _rows(folder, "values", ("value", "root"))}
    alive = {r["value"] for r in _rows(folder, "values", ("value", "retired_at")) if r["retired_at"] is None}  # fmt: skip
    used = {root.get(value) for row in _rows(folder, "clauses", ("values", "published_at")) if row["published_at"] for value in row["values"]}  # fmt: skip
    return {"step": "values_in_published_clauses", "count": len(used & alive), "lost": {"in no published clause": len(alive - used)}}  # fmt: skip


def _rows(folder: Path, table: str, columns: tuple[str, ...]) -> Iterator[Plain]:
    with (folder / f"{table}.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield {name: row[name] for name in columns}
