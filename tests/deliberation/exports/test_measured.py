"""Ratings, changes of words, doubled judgements and the six questions in the files of researchers; kappa and alpha computed from these alone."""

import json

from deliberation.exports import building
from deliberation.exports.doubled import agreed
from deliberation.moderation.agreement import alpha, around_kappa, kappa
from elicitation.extraction.models import Candidate, Rating
from elicitation.interview.models import Respondent


def rows(assembly, table):
    return [json.loads(line) for line in building.lines(assembly, table)]


def test_each_table_holds_what_was_said(whole, member):
    card = Rating.objects.get().candidate
    (rating,) = rows(whole, "ratings")
    assert (rating["candidate"], rating["says"]) == (str(card.pk), "yes")
    (edit,) = rows(whole, "edits")
    assert (edit["words"], edit["changed"]) == (12, 0)
    (look,) = rows(whole, "second_looks")
    assert (look["case"], look["first"], look["second"]) == ("card", "accept", "reject")
    assert look["first_moderator"] != look["second_moderator"]
    assert look["first_moderator"].startswith("moderator-")
    said = {row["question"]: row["answer"] for row in rows(whole, "survey")}
    assert said == {"represented": None, "learned": None, "respect": None, "clarity": 2, "trust": 4, "fairness": None}  # fmt: skip
    assert {row["respondent"] for row in rows(whole, "survey")} == {str(member.respondent_id)}


def test_nothing_of_who_keeps_out_of_research_is_in_them(whole, member):
    Respondent.objects.filter(pk=member.respondent_id).update(in_research=False)
    for table in ("ratings", "edits", "second_looks", "survey"):
        assert rows(whole, table) == []


def test_a_card_erased_takes_its_rows_along(whole):
    Candidate.objects.filter(pk=Rating.objects.get().candidate_id).delete()
    for table in ("ratings", "edits", "second_looks"):
        assert rows(whole, table) == []


def test_agreement_is_computed_from_the_table_alone(tmp_path):
    pairs = [("accept", "accept")] * 6 + [("accept", "reject")] * 2 + [("merge", "merge")] * 3
    told = [{"case": "card", "first": a, "second": b} for a, b in pairs]
    told += [{"case": "pair", "first": "fold", "second": "fold"}]
    lines = "".join(json.dumps(one) + "\n" for one in told)
    (tmp_path / "second_looks.jsonl").write_text(lines, encoding="utf-8")
    found = agreed(tmp_path)
    assert found["card"]["n"] == 11
    assert found["card"]["agreed"] == 9
    assert found["card"]["kappa"] == kappa(pairs)
    assert found["card"]["alpha"] == alpha(pairs)
    assert found["card"]["kappa_between"] == around_kappa(pairs)
    assert found["pair"] == {"n": 1, "agreed": 1, "kappa": None, "kappa_between": None, "alpha": None, "alpha_between": None}  # fmt: skip
