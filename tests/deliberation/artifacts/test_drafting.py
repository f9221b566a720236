"""Clauses are proposed from values by a plain template, stay labelled until a person took them, and two who write at once lose nothing."""

import pytest

from deliberation.artifacts import converging, grounds
from deliberation.artifacts.actions import drafting, publishing
from deliberation.artifacts.actions.keeping import About
from deliberation.artifacts.errors import ClauseChanged, ClauseUnread, NothingChosen
from deliberation.artifacts.models import Clause
from deliberation.artifacts.sections import SECTIONS, sections_of
from elicitation.extraction.models import NormCandidate, NormQuote
from tests._publishing import sign_off, signed_and_published


@pytest.fixture
def norm(value, read_answer):
    """A rule of the value's author, made theirs and released."""
    card = value.evidence.get().candidate
    made = NormCandidate.objects.create(
        reading=card.reading,
        language="en",
        attribute="the warden",
        deontic="must",
        aim="open the door",
        conditions="when somebody knocks",
        state=NormCandidate.State.CONFIRMED,
    )
    made.serves.add(card)
    text = card.reading.revision.text
    NormQuote.objects.create(
        norm=made, revision=card.reading.revision, start=0, end=10, text=text[:10], public=True
    )
    return made


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


def test_a_rule_with_a_word_kept_back_is_offered_to_nobody(draft, value, norm, assembly):
    (pick,) = converging.picks(assembly)
    assert pick.norms == [norm]
    NormQuote.objects.update(public=False)
    (pick,) = converging.picks(assembly)
    assert pick.norms == []
