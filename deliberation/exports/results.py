"""The results of a package, computed from its raw tables alone. NumPy and SciPy, free of Django: it goes into the package with the rules.

They are of the people in the package: where some keep out of research, they differ from what the site shows, and nothing of who keeps out can
be worked out from them. Names of groups are given anew; the site keeps those of the result before.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from deliberation.exports import doubled, raw
from deliberation.exports.raw import Said, Trees
from deliberation.opinion import ground, logs, weighed
from deliberation.opinion.contexts import Move, Naming, placed
from deliberation.opinion.ground import Ground
from deliberation.opinion.places import Places
from deliberation.opinion.voices import Read, numbered
from deliberation.opinion.weighed import Told
from elicitation.graph.formats.shape import bare
from elicitation.graph.ranked import Ranked, Rule
from elicitation.graph.ranking import rank

Plain = dict[str, Any]
TOWARDS = {"to": 1, "from": -1}
NOTHING = dict.fromkeys(("agree", "pass", "disagree"), 0)
Counts = Mapping[str, Mapping[str, int]]


def results(folder: Path) -> Plain:
    """All results of the package in `folder`, ready for JSON."""
    settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
    trees = raw.trees(folder)
    to_values = raw.said(folder, "endorsements", "value")
    to_norms = raw.said(folder, "norm_endorsements", "norm")
    told = list(_judged(folder, trees))
    strata = _strata(folder, settings["strata"])
    withheld, without = not (folder / "endorsements.jsonl").exists(), raw.left_out(folder)
    every = _Inquiry(trees, to_values, to_norms, strata, told)
    found = {
        one["inquiry"]: _of_inquiry(one, every.less(without.get(one["inquiry"], ())))
        for one in settings["inquiries"]
        if not withheld
    }
    says = None if withheld else (_counted(to_values, trees.root), _counted(to_norms, {n: n for n in trees.norms}))  # fmt: skip
    tables = _tables(folder, trees, says)
    return {"withheld": withheld, "inquiries": found, "tables": tables, "agreement": doubled.agreed(folder)}  # fmt: skip


class _Inquiry:
    """What all inquiries share, and the part of it that is one's own."""

    def __init__(
        self,
        trees: Trees,
        to_values: Said,
        to_norms: Said,
        strata: Mapping[str, ground.Said],
        told: list[tuple[str, Told]],
    ) -> None:
        self.trees, self.to_values, self.to_norms = trees, to_values, to_norms
        self.strata, self.told, self.left_out = strata, told, 0

    def less(self, people: Collection[str]) -> "_Inquiry":
        """The same without the seats of some people, which are counted."""
        to_values, to_norms = self.to_values.without(people), self.to_norms.without(people)
        told = [(of, one) for of, one in self.told if one.respondent not in people]
        found = _Inquiry(self.trees, to_values, to_norms, self.strata, told)
        found.left_out = len(people)
        return found

    def roots(self, inquiry: str) -> Mapping[str, str]:
        """Value -> the one it counts for, of those of an inquiry that stand."""
        stand = self.trees.values
        return {v: root for v, root in self.trees.root.items() if stand.get(root) == inquiry}

    def ground(self, setting: Plain) -> Ground:
        """What groups are found in."""
        inquiry = setting["inquiry"]
        roots = self.roots(inquiry)
        read = _standing(self.to_values, roots)
        norms = {norm: norm for norm, of in self.trees.norms.items() if of == inquiry}
        moves = self._moves(inquiry)
        named = [Naming(*one) for one in setting["named_in"]]
        starts = [datetime.fromisoformat(start) for start in setting["rounds"]]
        rounds = None
        if starts[1:]:
            lines = self.to_values.of(roots)
            folded = any(value != root for value, root in roots.items())
            rounds = logs.by_round(logs.log(lines, folded=folded), starts, read.statements)
        return Ground(
            read,
            contexts=placed(setting["contexts"], read.statements, moves, named),
            rounds=rounds,
            strata=self.strata,
            norms=_standing(self.to_norms, norms),
            left_out=self.left_out,
        )

    def judged(self, inquiry: str) -> list[Told]:
        """Standing judgements between two values of an inquiry that stand."""
        stand = self.trees.values
        here = (one for of, one in self.told if of == inquiry)
        return [one for one in here if one.from_value in stand and one.to_value in stand]

    def _moves(self, inquiry: str) -> Iterator[Move]:
        for of, one in self.told:
            towards = TOWARDS.get(one.answer)
            if of == inquiry and towards and one.context:
                better, worse = (one.to_value, one.from_value)[::towards]
                yield Move(one.respondent, one.context, better, worse)


def _of_inquiry(setting: Plain, all_of: _Inquiry) -> Plain:
    found = all_of.ground(setting)
    grouping = ground.grouped(found, setting["groups"]["rule"], setting["groups"]["number"])
    places = ground.places(found.read, grouping)
    said = all_of.judged(setting["inquiry"])
    ranked = _ranked(setting, said, places, next(iter(all_of.strata.values()), None))
    return {
        "groups": {"input": ground.input_hash(found), **ground.result(found, grouping)},
        "in_group": _in_group(places),
        "graph": {"input": weighed.input_hash(said), **_plain(ranked)} if ranked else None,
    }


def _in_group(places: Places) -> Mapping[str, str]:
    """Who is in which group of five or more, by the group's letter."""
    return dict(sorted(weighed.groups(places).items()))


def _ranked(
    setting: Plain, said: list[Told], places: Places, first: ground.Said | None
) -> Ranked | None:
    if not said:
        return None
    judgements = weighed.judgements(said, weighed.groups(places), first.of if first else {})
    resamples = setting["graph"]["resamples"]
    return rank(judgements, Rule(setting["graph"]["rule"]), setting["seed"], resamples)


def _plain(ranked: Ranked) -> Plain:
    """As the site's own JSON of graphs has it."""
    graph = bare(weighed.without_nobody(ranked))
    told = asdict(graph.ranked)
    head = {"format": "groundwork-graph", "format_version": 1}
    found: Plain = json.loads(json.dumps({**head, "values": [asdict(v) for v in graph.values], **told}))  # fmt: skip
    return found


def _standing(said: Said, things: Mapping[str, str]) -> Read:
    now = said.now(things)
    here, place = np.unique(now.place, return_inverse=True)
    ids = [now.ids[n] for n in here]
    return numbered(ids, place, said.voters(), now.person, now.says)


def _judged(folder: Path, trees: Trees) -> Iterator[tuple[str, Told]]:
    """(inquiry, judgement): what people and institutions say now, values by their roots; of two that folds made one, the later."""
    transitions = {row["transition"]: row for row in raw.rows(folder, "transitions")}
    showings = {
        row["showing"]: (row["forward"], row["respondent_kind"])
        for row in raw.rows(folder, "showings")
    }
    last: dict[tuple[str, frozenset[str], str], tuple[str, Told]] = {}
    for row in raw.rows(folder, "judgements"):
        forward, kind = showings[row["showing"]]
        of = transitions[row["transition"]]
        start, end = trees.root[of["from_value"]], trees.root[of["to_value"]]
        if row["replaced_at"] is None and kind != raw.AI and start != end:
            context = "" if of["context"] is None else str(of["context"])
            key = row["respondent"], frozenset((start, end)), context
            told = Told(row["respondent"], start, end, context, row["answer"], forward)
            last.pop(key, None)
            last[key] = of["inquiry"], told
    yield from last.values()


def _strata(folder: Path, codes: list[str]) -> Mapping[str, ground.Said]:
    options: dict[str, list[str]] = {code: [] for code in codes}
    for row in raw.rows(folder, "strata"):
        options[row["stratum"]].append(row["option"])
    of: dict[str, dict[str, str]] = defaultdict(dict)
    for row in raw.rows(folder, "belongings"):
        if row["option"] in options[row["stratum"]]:
            of[row["stratum"]][row["respondent"]] = row["option"]
    return {code: ground.Said(options[code], of[code]) for code in codes}


def _tables(folder: Path, trees: Trees, says: tuple[Counts, Counts] | None) -> Plain:
    """Counts by value and norm, of the people in the package; folded values counted with what they went into. `says`: None while withheld."""
    cards, voices = Counter[str](), defaultdict(set)
    kinds = {row["respondent"]: row["respondent_kind"] for row in raw.rows(folder, "responses")}
    for row in raw.rows(folder, "candidates"):
        if row["value"] is not None:
            root = trees.root[row["value"]]
            cards[root] += 1
            if kinds[row["respondent"]] != raw.AI:
                voices[root].add(row["respondent"])
    of_values, of_norms = says or ({}, {})
    nothing = NOTHING if says else {}
    return {
        "values": {
            v: {"cards": cards[v], "voices": len(voices[v]), **of_values.get(v, nothing)}
            for v in sorted(trees.values)
        },
        "norms": {norm: of_norms.get(norm, nothing) for norm in sorted(trees.norms)},
    }


def _counted(said: Said, things: Mapping[str, str]) -> Counts:
    now = said.now(things)
    cells = np.bincount(now.place * 3 + now.says + 1, minlength=3 * len(now.ids))
    return {
        name: {"agree": agree, "pass": passed, "disagree": disagree}
        for name, (disagree, passed, agree) in zip(
            now.ids, cells.reshape(-1, 3).tolist(), strict=True
        )
    }
