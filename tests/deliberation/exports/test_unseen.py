"""One rule for every file: what is hidden, rejected, left out or withdrawn, and all of who keeps out of research, is in none of them."""

import json

import pytest

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


def adding_up(funnel):
    """The steps of a funnel by name; each and what was lost before it are what the step before had."""
    steps = {step["step"]: step for step in funnel["steps"]}
    for step in funnel["steps"]:
        if step["of"]:
            assert step["count"] + sum(step["lost"].values()) == steps[step["of"]]["count"], step
    return steps


def card_of(answer):
    return Candidate.objects.get(reading__revision__response=answer)


@pytest.fixture
def answers(assembly, account, invitation, prompt):
    """One that is shown, and one kept from others in each way there is."""
    given = {one: said(newcomer(invitation), prompt, one) for one in (SHOWN, *KEPT)}
    bench = Bench(assembly, account)
    for marker in (SHOWN, "qqhidden", "qqleftout", "qqprivate"):
        taking_part.own_card(card_of(given[marker]), public=True)
    taking_part.disown_card(card_of(given["qqrejected"]))
    for marker in ("qqhidden", "qqprivate"):
        showing.hide(bench, given[marker], Why(f"Tells who {marker} is."))
    for marker in ("qqleftout", "qqprivate"):
        left = card_of(given[marker])
        cards.reject(bench, left, left.version, Why("A slogan."))
    taking_part.withdraw(given["qqwithdrawn"])
    private = given["qqprivate"].respondent.membership
    consenting.decide(private, Agreement.Purpose.RESEARCH, given=False)
    return given


def test_no_file_of_a_package_holds_what_is_kept_from_others(assembly, answers, tmp_path):
    writing.write(assembly, tmp_path)
    found = everything_in(tmp_path).decode(errors="replace")
    assert SHOWN in found
    assert f"Waiting {SHOWN}" in found
    private = answers["qqprivate"]
    for marker in ("qqwithdrawn", "qqprivate", str(private.pk), str(card_of(private).pk)):
        assert marker not in found
    assert found.count("qqhidden") == found.count(
        "Tells who qqhidden is."
    )  # what a moderator said of it
    for marker in ("qqrejected", "qqleftout"):
        assert f"Waiting {marker}" not in found


def test_what_is_kept_from_others_keeps_its_row_and_its_place_in_the_funnel(
    assembly, answers, tmp_path
):
    writing.write(assembly, tmp_path)
    told = {row["candidate"]: row["title"] for row in rows_in(tmp_path, "candidates")}
    assert len(told) == 4
    assert [title for title in told.values() if title] == [f"Waiting {SHOWN}"]
    status = [row["status"] for row in rows_in(tmp_path, "responses")]
    assert status.count("hidden") == 1
    quotes = [row["candidate"] for row in rows_in(tmp_path, "quotes")]
    assert quotes == [str(card_of(answers[SHOWN]).pk)]
    funnel = json.loads((tmp_path / "processing.json").read_text())
    steps = adding_up(funnel)
    assert steps["answers_received"]["count"] == 5  # and one of who keeps out of research
    assert steps["answers_in_package"]["lost"] == {"withdrawn by its author": 1}
    assert steps["cards_confirmed"]["lost"]["set aside by its author"] == 1
    assert steps["cards_in_values"]["lost"]["left out by a moderator"] == 1
    assert [n for what, n in funnel["excluded"].items() if "answers whose words" in what] == [1]


def test_each_step_of_a_packages_funnel_and_its_losses_are_what_the_step_before_had(
    whole, tmp_path
):
    writing.write(whole, tmp_path)
    steps = adding_up(json.loads((tmp_path / "processing.json").read_text()))
    assert steps["answers_in_package"]["count"] == 2
    assert steps["values_in_published_clauses"]["count"] == 1


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
