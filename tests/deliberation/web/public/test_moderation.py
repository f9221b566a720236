"""The public history of moderation: every act, no names, no words of cards, nothing by which an author is known."""

from html import unescape

import pytest

from deliberation.assemblies.actions import taking_part
from deliberation.assemblies.actions.agents import permit_proposals
from deliberation.assemblies.actions.tokens import make_token
from deliberation.moderation.actions import cards, showing, undoing, values
from deliberation.moderation.actions.appealing import answer_appeal, appeal
from deliberation.moderation.actions.proposing import drop_proposal, propose, show_proposal
from deliberation.moderation.actions.rules import accept_rule, drop_rule, join_rule, remove_rule
from deliberation.moderation.bench import Bench
from deliberation.moderation.machine_words import Wording
from deliberation.moderation.models import Decision
from deliberation.moderation.why import Why
from deliberation.opinion.withholding import FEWEST
from elicitation.graph.models import Value
from tests import rules
from tests.cards import accepted, joined, own
from tests.conftest import newcomer

HISTORY = "/a/water/moderation/"
SECRET = "Only I said Zanzibar"  # noqa: S105  a citizen's words
OWN_WORDS = "Because of Mrs Miller"


@pytest.fixture
def bench(assembly, account):
    return Bench(assembly, account)


@pytest.fixture
def everything(bench, assembly, account, stranger, invitation, prompt):
    """A decision of every kind, one of them appealed and one undone."""
    first, second = (
        accepted(assembly, account, own(invitation, prompt, f"{SECRET} {n}", title=f"Zanzibar {n}"))
        for n in range(2)
    )
    many = own(invitation, prompt, f"{SECRET} again", title="Zanzibar again")
    joined(assembly, account, many, first)
    why = Why(OWN_WORDS)
    values.split(bench, first, [many], 1, why)
    values.reword(bench, first, ("Zanzibar anew", first.policies), 1, why)
    values.reword(bench, Value.objects.get(pk=first.pk), ("Zanzibar", ["ZANZIBAR"]), 2, why)
    values.move(bench, first, [], 3, why)
    folded = values.fold(bench, second, first, {first.pk: 3, second.pk: 1}, why)
    card = own(invitation, prompt, f"{SECRET} last", title="Zanzibar last")
    left = cards.reject(bench, card, card.version, why)
    author = card.revision.response.respondent.membership
    made = appeal(author, card, left, f"{SECRET}, so look again")
    answer_appeal(Bench(assembly, stranger), made, OWN_WORDS, overturn=False)
    showing.restore(bench, left, why)
    cards.send_back(bench, card, card.version, OWN_WORDS)
    showing.hide(bench, card.revision.response, Why(code="about_somebody"))
    undoing.undo(bench, folded, why)
    ruled(bench, invitation, prompt, why)
    proposed_by_machines(bench, why)


def proposed_by_machines(bench, why):
    """What an AI system proposed, put before people and left out."""
    permit_proposals(bench.assembly, True)
    token, _ = make_token(bench.assembly, bench.moderator, "Advisor", ["propose"], 30)
    inquiry = bench.assembly.inquiries.get().pk
    shown, left = (
        propose(token, inquiry, Wording("en", title, ["TREES over benches"]))
        for title in ("Shade", "Shelter")
    )
    show_proposal(bench, shown)
    drop_proposal(bench, left, why)


def ruled(bench, invitation, prompt, why):
    """A decision of every kind on people's rules."""
    one, other, third = (
        rules.owned(newcomer(invitation), prompt, f"open Zanzibar {n}") for n in range(3)
    )
    norm = accept_rule(bench, one, one.version).norm
    join_rule(bench, other, other.version, norm)
    drop_rule(bench, third, third.version, why)
    remove_rule(bench, other, other.version, why)


def test_every_kind_of_act_is_told_and_nothing_that_tells_who(client, everything):
    assert set(Decision.objects.values_list("kind", flat=True)) == set(Decision.Kind.values)
    shown = unescape(client.get(HISTORY).content.decode())
    for label in Decision.Kind.labels:
        assert str(label) in shown
    for private in ("Zanzibar", "ZANZIBAR", "Miller", "ada-of-the-hall", "eve-from-outside"):
        assert private not in shown
    assert "It tells something private of somebody who can be recognised." in shown
    assert "Another moderator looked again: it stays." in shown
    assert "undone" in shown


def test_it_is_filtered_by_kind(client, everything):
    shown = client.get(f"{HISTORY}?kind=fold").content.decode()
    assert "<strong>folded into another value</strong>" in shown
    assert "<strong>split in two</strong>" not in shown
    assert client.get(f"{HISTORY}?kind=burn&page=x").status_code == 200


@pytest.mark.parametrize(("people", "named"), [(FEWEST - 1, False), (FEWEST, True)])
def test_a_value_is_named_once_enough_people_stand_behind_it(
    client, assembly, account, invitation, prompt, people, named
):
    value = accepted(assembly, account, own(invitation, prompt, "Shade at noon", title="Shade"))
    for n in range(people - 1):
        joined(assembly, account, own(invitation, prompt, f"Shade, says {n}", title="Shade"), value)
    assert (f"/a/water/values/{value.pk}/" in client.get(HISTORY).content.decode()) is named


def test_how_moderators_decide_is_public_in_plain_words(client, assembly):
    shown = client.get("/a/water/reasons/").content.decode()
    assert "A machine never decides." in shown
    assert "Its cards speak of two different things." in shown


@pytest.mark.parametrize("page", [HISTORY, "/a/water/reasons/"])
def test_an_assembly_that_is_not_public_tells_nothing(client, assembly, page):
    assembly.is_public = False
    assembly.save()
    assert client.get(page).status_code == 404


def test_an_author_agreement_is_public_from_five_people_on(
    client, assembly, account, invitation, prompt
):
    value = accepted(assembly, account, own(invitation, prompt, "Shade at noon", title="Shade"))
    page = f"/a/water/values/{value.pk}/"
    for n in range(FEWEST - 1):
        assert "authors agree" not in client.get(page).content.decode()
        joined(assembly, account, own(invitation, prompt, f"Shade, says {n}", title="Shade"), value)
    assert f"1 of its {FEWEST} authors agree" in client.get(page).content.decode()
    taking_part.withdraw(value.evidence.last().candidate.revision.response)
    assert "authors agree" not in client.get(page).content.decode()
