"""Clauses are proposed from values by a plain template, stay labelled until a person took them, and two who write at once lose nothing."""

import pytest

from deliberation.artifacts import converging, grounds, plain, queries
from deliberation.artifacts.actions import drafting, publishing
from deliberation.artifacts.actions.keeping import About
from deliberation.artifacts.errors import ClauseChanged, ClauseUnread, NothingChosen
from deliberation.artifacts.models import Clause
from deliberation.artifacts.sections import SECTIONS, sections_of
from deliberation.assemblies.actions import ruling, taking_part
from deliberation.moderation.actions import cards as moderation
from deliberation.moderation.actions import undoing
from deliberation.moderation.actions.rules import accept_rule
from deliberation.moderation.bench import Bench
from deliberation.moderation.models import Decision
from deliberation.moderation.why import BY_MISTAKE
from elicitation.graph.errors import NormInUse
from elicitation.graph.models import Norm
from tests import rules
from tests._publishing import sign_off, signed_and_published


@pytest.fixture
def norm(bench, value, member, prompt):
    """A shared rule, with the card of its author in the value it serves."""
    rule = rules.owned(member, prompt.inquiry.prompts.exclude(pk=prompt.pk).first())
    card = taking_part.own_card(rule.serves.get(), public=False)
    moderation.merge(bench, card, card.version, value)
    return accept_rule(bench, rule, rule.version).norm


@pytest.fixture
def bench(assembly, account):
    return Bench(assembly, account)


def test_a_clause_is_proposed_from_a_value_and_from_the_rule_that_serves_it(draft, value, norm):
    drafting.propose(draft, [value], [norm])
    _, first, second = draft.clauses.all()
    assert first.section == "values"
    assert all(policy.rstrip(".") in first.text for policy in value.policies[:3])
    assert second.section == "conduct"
    assert second.text == "The warden must open the door, when somebody knocks."
    assert list(second.norms.all()) == [norm]
    assert list(second.values.all()) == [value]


def test_what_is_proposed_is_labelled_and_not_published_before_a_person_took_it(draft, value):
    (proposed,) = drafting.propose(draft, [value])
    assert proposed.is_unread
    with pytest.raises(ClauseUnread):
        sign_off(draft)
    drafting.accept_clause(proposed, proposed.edits)
    assert not Clause.objects.get(pk=proposed.pk).is_unread
    assert signed_and_published(draft).published_at


def test_a_proposed_clause_somebody_edits_is_a_persons(draft, value, account):
    (proposed,) = drafting.propose(draft, [value])
    drafting.rewrite_clause(proposed, 1, "Doors are open.", [value], About("values", by=account))
    rewritten = Clause.objects.get(pk=proposed.pk)
    assert rewritten.origin == Clause.Origin.PERSON
    assert [w.text for w in rewritten.wordings.all()] == [proposed.text, "Doors are open."]
    assert rewritten.wordings.last().by == account


def test_nothing_is_proposed_from_nothing_or_from_elsewhere(draft, value, other_assembly):
    with pytest.raises(NothingChosen):
        drafting.propose(draft, [])
    elsewhere = drafting.draft(other_assembly, "charter", "Elsewhere", "en")
    with pytest.raises(NothingChosen):
        drafting.propose(elsewhere, [value])


def test_the_second_of_two_who_save_at_once_is_told_and_overwrites_nothing(draft, value):
    clause = draft.clauses.get()
    drafting.rewrite_clause(clause, 1, "Theirs.", [value])
    for late in (
        lambda: drafting.rewrite_clause(clause, 1, "Mine.", [value]),
        lambda: drafting.accept_clause(clause, 1),
    ):
        with pytest.raises(ClauseChanged):
            late()
    assert Clause.objects.get().text == "Theirs."
    drafting.rewrite_clause(clause, 2, "Both.", [value])
    texts = [w.text for w in Clause.objects.get().wordings.all()]
    assert texts == ["Nobody is left without a door.", "Theirs.", "Both."]


def test_what_was_struck_meanwhile_is_changed_moved_and_accepted_by_nobody(draft, value):
    clause = draft.clauses.get()
    drafting.strike_clause(Clause.objects.get())
    for late in (
        lambda: drafting.rewrite_clause(clause, 1, "Mine.", [value]),
        lambda: drafting.accept_clause(clause, 1),
    ):
        with pytest.raises(ClauseChanged):
            late()
    drafting.move_clause(clause, down=True)
    assert not Clause.objects.exists()


def test_clauses_stand_in_the_order_of_their_sections_and_move_within_them(draft, value):
    drafting.write_clause(draft, "Renewed.", [value], About("renewal"))
    one = drafting.write_clause(draft, "One.", [value], About("values"))
    two = drafting.write_clause(draft, "Two.", [value], About("values"))
    drafting.write_clause(draft, "Nowhere.", [value], About("no such section"))
    texts = [c.text for c in draft.clauses.all()]
    assert texts == ["Nobody is left without a door.", "Nowhere.", "One.", "Two.", "Renewed."]
    drafting.move_clause(two, down=False)
    drafting.move_clause(one, down=True)  # the last of its section stays
    assert [c.text for c in draft.clauses.all()][2:4] == ["Two.", "One."]
    sections = list(grounds.in_sections(draft, grounds.justified(draft)))
    assert [section.code for section, _ in sections] == ["", "values", "renewal"]
    assert [one.number for _, items in sections for one in items] == [1, 2, 3, 4, 5]


def test_every_kind_has_sections_with_their_own_codes_and_place_for_values():
    for kind in SECTIONS:
        codes = [section.code for section in sections_of(kind)]
        assert len(set(codes)) == len(codes)
        assert "values" in codes


def test_a_change_takes_signatures_back(draft, value):
    sign_off(draft)
    drafting.rewrite_clause(draft.clauses.get(), 1, "Other.", [value])
    assert not draft.sign_offs.exists()


def test_one_person_who_signs_twice_is_one(draft, account):
    publishing.sign(draft, account)
    publishing.sign(draft, account)
    assert draft.sign_offs.count() == 1
    publishing.unsign(draft, account)
    assert not draft.sign_offs.exists()


def test_a_rule_whose_words_its_author_keeps_to_themselves_is_offered_to_nobody(
    value, norm, assembly
):
    (pick,) = converging.picks(assembly)
    assert [rule.norm for rule in pick.norms] == [norm]
    ruling.own_rule(norm.worded_from, public=False)
    (pick,) = converging.picks(assembly)
    assert pick.norms == []


def test_a_draft_upholds_no_rule_nobody_stands_behind_any_more(draft, value, norm):
    drafting.propose(draft, [value], [norm])
    ruling.disown_rule(norm.worded_from)
    assert not any(one.norms for one in grounds.justified(draft))
    for clause in draft.clauses.all():
        drafting.accept_clause(clause, clause.edits)
    published = signed_and_published(draft)
    assert not Clause.objects.filter(version=published, norms__isnull=False).exists()
    assert "rules" not in queries.taken_back(published)


def test_a_clause_that_upholds_a_rule_keeps_it_in_the_graph(draft, value, norm, bench):
    drafting.propose(draft, [value], [norm])
    decision = Decision.objects.get(norm=norm)
    with pytest.raises(NormInUse):
        undoing.undo(bench, decision, BY_MISTAKE)
    assert Norm.objects.filter(pk=norm.pk).exists()


def test_where_nobody_said_who_a_rule_names_nobody():
    told = {"deontic": "must", "aim": "open the doors", "language": "en"}
    assert plain.of_norm(Norm(**told), "en") == "Must open the doors."
    assert (
        plain.of_norm(Norm(**{**told, "acted_on": "the gate", "aim": "be shut"}), "en")
        == "The gate must be shut."
    )
