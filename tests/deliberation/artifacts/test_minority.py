"""Minority statements: stated and signed from the vote until publication, counted without names, erased when taken back."""

import pytest

from deliberation.artifacts import polls
from deliberation.artifacts.actions import drafting, minority
from deliberation.artifacts.errors import (
    AlreadyStated,
    StatementFaulty,
    StatementGone,
    StatementSigned,
    StatingClosed,
)
from deliberation.artifacts.models import MinorityStatement, Signature
from deliberation.assemblies.actions import taking_part
from deliberation.assemblies.errors import ConsentMissing, NotHere
from elicitation.record.models import Entry
from tests._publishing import signed_and_published
from tests.deliberation.artifacts.conftest import counted, set_ratifying, vote

WORDS = "We would rather have had a bridge."


@pytest.fixture
def statement(opened, voters):
    return minority.state(voters[0], opened.artifact, WORDS)


def test_its_author_is_the_first_to_sign_and_signing_twice_is_once(statement, voters):
    minority.sign(voters[1], statement)
    minority.sign(voters[1], statement)
    assert statement.signatures.count() == 2
    minority.unsign(voters[1], statement)
    minority.unsign(voters[1], statement)
    assert statement.signatures.count() == 1


def test_statements_are_taken_from_the_beginning_of_the_vote_until_publication(
    assembly, two_clauses, voters, opened
):
    set_ratifying(assembly, 1, 2)
    with pytest.raises(StatingClosed):
        minority.state(voters[0], opened.artifact, WORDS)
    set_ratifying(assembly)
    for member in voters:
        vote(member, opened)
    over = counted(opened)
    made = minority.state(voters[0], over.artifact, WORDS)
    signed_and_published(over)
    for act in (
        lambda: minority.state(voters[1], over.artifact, WORDS),
        lambda: minority.sign(voters[1], made),
        lambda: minority.change(voters[0], made, "Other words."),
    ):
        with pytest.raises(StatingClosed):
            act()
    minority.withdraw(voters[0], made)
    made.refresh_from_db()
    assert made.text == ""
    assert made.withdrawn_at
    assert not polls.minority_of(over).exists()


def test_no_statement_on_what_was_not_put_to_the_vote(assembly, draft, member):
    set_ratifying(assembly)
    with pytest.raises(StatingClosed):
        minority.state(member, draft.artifact, WORDS)


def test_words_are_changed_only_while_nobody_else_signed_them(statement, voters):
    assert minority.change(voters[0], statement, " A bridge. ").text == "A bridge."
    minority.sign(voters[1], statement)
    with pytest.raises(StatementSigned):
        minority.change(voters[0], statement, "A tunnel.")
    with pytest.raises(NotHere):
        minority.change(voters[1], statement, "A tunnel.")
    with pytest.raises(NotHere):
        minority.withdraw(voters[1], statement)


def test_words_have_to_be_there_and_fit(opened, voters):
    for text in (" ", "a" * 2001, "nul\x00", "\ud800"):
        with pytest.raises(StatementFaulty):
            minority.state(voters[0], opened.artifact, text)
    minority.state(voters[0], opened.artifact, "a" * 2000)


def test_one_statement_a_person_on_the_whole_and_on_each_clause(opened, voters, statement):
    with pytest.raises(AlreadyStated):
        minority.state(voters[0], opened.artifact, "Again.")
    clause = opened.clauses.first()
    minority.state(voters[0], opened.artifact, "Against the first.", clause)
    with pytest.raises(AlreadyStated):
        minority.state(voters[0], opened.artifact, "Again.", clause)
    minority.withdraw(voters[0], statement)
    minority.state(voters[0], opened.artifact, "Anew.")
    assert [s.text for s in polls.minority_of(opened)] == ["Against the first.", "Anew."]


def test_a_withdrawn_statement_is_signed_by_nobody(statement, voters):
    minority.sign(voters[1], statement)
    minority.withdraw(voters[0], statement)
    with pytest.raises(StatementGone):
        minority.sign(voters[2], statement)
    with pytest.raises(StatementGone):
        minority.withdraw(voters[0], statement)
    assert not Signature.objects.exists()


def test_who_has_not_agreed_and_who_is_from_elsewhere_states_nothing(
    opened, invitation, other_assembly
):
    silent = taking_part.join(invitation, "en")
    with pytest.raises(ConsentMissing):
        minority.state(silent, opened.artifact, WORDS)
    foreign = drafting.draft(other_assembly, "charter", "Other", "en")
    with pytest.raises(StatingClosed):
        minority.state(silent, foreign.artifact, WORDS)


def test_a_person_who_is_forgotten_leaves_no_word_and_no_signature(statement, opened, voters):
    other = minority.state(voters[1], opened.artifact, "Trees.")
    minority.sign(voters[0], other)
    minority.forget(voters[0])
    gone = MinorityStatement.objects.get(pk=statement.pk)
    assert (gone.text, gone.respondent) == ("", None)
    assert list(Signature.objects.values_list("respondent", flat=True)) == [voters[1].respondent_id]


def test_the_record_holds_no_word_of_it_and_nobody(statement, voters):
    minority.sign(voters[1], statement)
    minority.withdraw(voters[0], statement)
    told = str(list(Entry.objects.filter(kind__startswith="minority.").values_list("body")))
    assert WORDS not in told
    for member in voters[:2]:
        assert str(member.respondent_id) not in told
