"""A document is drafted from values, published, read back to the words behind it, and corrected."""

import pytest

from deliberation.artifacts import queries, statuses
from deliberation.artifacts.actions import drafting, publishing
from deliberation.artifacts.errors import (
    ClauseEmpty,
    ClauseWithoutValue,
    Fixed,
    NothingToPublish,
    TitleMissing,
)
from deliberation.assemblies.actions import taking_part
from deliberation.moderation.actions import undoing
from deliberation.moderation.bench import Bench
from elicitation.extraction.actions import readings
from elicitation.extraction.engines.base import EngineFailure
from elicitation.graph.errors import ValueInUse
from elicitation.interview.drafts import Words
from tests._publishing import signed_and_published
from tests.conftest import Told, newcomer


def quotes_of(version):
    return [q.text for c in queries.reading_of(version) for g in c.grounds for q in g.quotes]


def test_a_published_clause_leads_back_to_the_words_somebody_wrote(draft):
    published = signed_and_published(draft)
    (clause,) = queries.reading_of(published)
    (ground,) = clause.grounds
    (quote,) = ground.quotes
    assert clause.support.voices == 1
    assert quote.revision.text[quote.start : quote.end] == quote.text
    assert published.entry_id


def test_quotes_their_author_did_not_release_are_not_shown(draft, read_answer):
    taking_part.own_card(read_answer, public=False)
    published = signed_and_published(draft)
    assert quotes_of(published) == []
    assert queries.reading_of(published)[0].support.voices == 1


def test_a_published_version_is_fixed(draft, value):
    signed_and_published(draft)
    draft.refresh_from_db()
    for act in (
        lambda: drafting.write_clause(draft, "More.", [value]),
        lambda: drafting.rewrite_clause(draft.clauses.get(), 1, "Other.", [value]),
        lambda: drafting.strike_clause(draft.clauses.get()),
        lambda: signed_and_published(draft),
    ):
        with pytest.raises(Fixed):
            act()


def test_words_taken_back_after_publication_leave_a_correction_and_no_word(draft, answered):
    published = signed_and_published(draft)
    taking_part.withdraw(answered)
    (clause,) = queries.reading_of(published)
    assert quotes_of(published) == []
    assert clause.grounds[0].taken_back == 1
    assert clause.support.voices == 0
    assert clause.grounds[0].value.title == ""


def test_a_quote_made_private_after_publication_is_no_longer_shown(draft, read_answer):
    published = signed_and_published(draft)
    taking_part.own_card(read_answer, public=False)
    assert quotes_of(published) == []


def test_nothing_is_published_without_a_clause_or_a_value_somebody_stands_behind(
    assembly, draft, read_answer
):
    empty = drafting.draft(assembly, "charter", "Empty", "en")
    with pytest.raises(NothingToPublish):
        signed_and_published(empty)
    taking_part.disown_card(read_answer)
    with pytest.raises(ClauseWithoutValue):
        signed_and_published(draft)


def test_a_clause_needs_words_and_a_value_of_its_own_assembly(draft, value, other_assembly):
    with pytest.raises(ClauseEmpty):
        drafting.write_clause(draft, " ", [value])
    with pytest.raises(ClauseEmpty):
        drafting.write_clause(draft, "Words.", [])
    foreign = drafting.draft(other_assembly, "charter", "Other", "en")
    with pytest.raises(ClauseEmpty):
        drafting.write_clause(foreign, "Words.", [value])
    with pytest.raises(TitleMissing):
        drafting.draft(other_assembly, "charter", " ", "en")


def test_the_next_version_begins_as_a_copy_and_there_is_one_draft_at_a_time(draft):
    first = signed_and_published(draft)
    second = publishing.next_version(first)
    assert publishing.next_version(first) == second
    assert second.clauses.get().text == "Nobody is left without a door."
    clause = second.clauses.get()
    drafting.rewrite_clause(clause, 1, "Doors stay open.", clause.values.all())
    signed_and_published(second)
    assert first.clauses.get().text == "Nobody is left without a door."
    assert queries.latest_published(first.artifact.assembly) == second


def test_a_decision_under_a_clause_cannot_be_undone_before_the_clause_lets_go(
    draft, assembly, account
):
    with pytest.raises(ValueInUse):
        undoing.undo_last(Bench(assembly, account))
    drafting.strike_clause(draft.clauses.get())
    undoing.undo_last(Bench(assembly, account))


def counts(assembly):
    return {step.key: step.count for step in statuses.funnel(assembly)}


def test_every_answer_is_in_the_count_and_a_failed_reading_is_not_nothing_found(
    draft, assembly, invitation, prompt
):
    signed_and_published(draft)
    kinds = {"waiting": None, "nothing": Told(), "failed": "refused", "gone": None}
    for key, engine in kinds.items():
        words = Words("I look at doors.", "en", key)
        response = taking_part.answer(newcomer(invitation), prompt, words)
        if isinstance(engine, Told):
            opened = readings.open_reading(response.latest, engine, None)
            readings.close_reading(opened, engine.propose(None))
        elif engine:
            opened = readings.open_reading(response.latest, Told(), None)
            readings.fail_reading(opened, EngineFailure(engine))
        if key == "gone":
            taking_part.withdraw(response)
    found = counts(assembly)
    assert found == {
        "received": 5, "withdrawn": 1, "waiting": 1, "person_will_look": 1, "nothing_found": 1,
        "not_yet": 0, "read": 1, "confirmed": 1, "in_value": 1, "in_clause": 1,
    }  # fmt: skip
    parts = ("withdrawn", "waiting", "person_will_look", "nothing_found", "not_yet", "read")
    assert found["received"] == sum(found[part] for part in parts)
    for key, count in found.items():
        assert statuses.with_status(assembly, key).count() == count
