"""One rule for every file: what is hidden, rejected, left out or withdrawn, and all of who keeps out of research, is in none of them."""

import json

from deliberation.artifacts import statuses
from deliberation.assemblies.actions import consenting, taking_part
from deliberation.assemblies.models import Agreement
from deliberation.exports import writing
from deliberation.moderation.actions import cards, showing
from deliberation.moderation.bench import Bench
from deliberation.moderation.why import Why
from elicitation.extraction.models import Candidate
from elicitation.extraction.reading import read
from elicitation.interview.drafts import Words
from tests.conftest import Told, card, newcomer
from tests.deliberation.exports.conftest import everything_in, rows_in

SHOWN = "qqshown"
KEPT = ("qqhidden", "qqrejected", "qqleftout", "qqwithdrawn", "qqprivate")


def said(member, prompt, marker):
    """An answer with a card, both with a word nobody else writes."""
    words = f"At the {marker} bridge I look at who waits there."
    given = taking_part.answer(member, prompt, Words(words, "en", marker))
    read(given.latest.pk, Told(card(f"Waiting {marker}", words[: len(words) - 1])))
    return given


def card_of(answer):
    return Candidate.objects.get(reading__revision__response=answer)


def test_no_file_of_a_package_holds_what_is_kept_from_others(
    assembly, account, invitation, prompt, tmp_path
):
    answers = {one: said(newcomer(invitation), prompt, one) for one in (SHOWN, *KEPT)}
    bench = Bench(assembly, account)
    for marker in (SHOWN, "qqhidden", "qqleftout"):
        taking_part.own_card(card_of(answers[marker]), public=True)
    showing.hide(bench, answers["qqhidden"], Why("Tells who somebody is."))
    taking_part.disown_card(card_of(answers["qqrejected"]))
    left = card_of(answers["qqleftout"])
    cards.reject(bench, left, left.version, Why("A slogan."))
    taking_part.withdraw(answers["qqwithdrawn"])
    undecided = card_of(answers["qqprivate"])
    taking_part.own_card(undecided, public=True)
    cards.reject(bench, undecided, undecided.version, Why("Says qqprivate, a slogan."))
    showing.hide(bench, answers["qqprivate"], Why("Names qqprivate."))
    private = answers["qqprivate"].respondent.membership
    consenting.decide(private, Agreement.Purpose.RESEARCH, given=False)
    writing.write(assembly, tmp_path)
    found = everything_in(tmp_path).decode(errors="replace")
    assert SHOWN in found
    assert f"Waiting {SHOWN}" in found
    for marker in ("qqhidden", "qqwithdrawn", "qqprivate", str(undecided.pk)):
        assert marker not in found
    for marker in ("qqrejected", "qqleftout"):
        assert f"Waiting {marker}" not in found
    states = rows_in(tmp_path, "candidates")
    told = {row["candidate"]: row["title"] for row in states}
    assert len(told) == 4
    assert [title for title in told.values() if title] == [f"Waiting {SHOWN}"]
    status = [row["status"] for row in rows_in(tmp_path, "responses")]
    assert status.count("hidden") == 1
    quotes = [row["candidate"] for row in rows_in(tmp_path, "quotes")]
    assert quotes == [str(card_of(answers[SHOWN]).pk)]
    funnel = json.loads((tmp_path / "processing.json").read_text())
    steps = {step["step"]: step for step in funnel["steps"]}
    assert steps["answers_received"]["lost"]["withdrawn by its author"] == 1
    assert steps["cards_proposed"]["lost"]["set aside by its author"] == 1
    assert steps["cards_in_values"]["lost"]["left out by a moderator"] == 1
    assert (
        sum("answers whose words" in what and n == 1 for what, n in funnel["excluded"].items()) == 1
    )


def test_the_funnel_counts_what_stands_behind_each_step(whole, prompt, invitation):
    said(newcomer(invitation), prompt, "stays")
    taking_part.withdraw(said(newcomer(invitation), prompt, "goes"))
    for step in statuses.funnel(whole):
        assert step.count == statuses.with_status(whole, step.key).count(), step.key


def test_who_keeps_out_of_research_is_in_no_table_by_an_id_either(
    assembly, account, invitation, prompt, tmp_path
):
    given = said(newcomer(invitation), prompt, "qqaccepted")
    own = card_of(given)
    taking_part.own_card(own, public=True)
    own.refresh_from_db()
    accepted = cards.accept(Bench(assembly, account), own, own.version)
    consenting.decide(given.respondent.membership, Agreement.Purpose.RESEARCH, given=False)
    writing.write(assembly, tmp_path)
    found = everything_in(tmp_path).decode(errors="replace")
    assert str(accepted.value_id) in found
    for one in (own.pk, given.pk, given.latest.pk, given.respondent_id, accepted.pk):
        assert str(one) not in found
