"""Words taken back after publication make a new version with a note, and never a silent change."""

from uuid import uuid4

import pytest
from django.utils import timezone

from deliberation.artifacts import grounds, printing, queries
from deliberation.artifacts.actions import (
    correcting,
    drafting,
    minority,
    objecting,
    publishing,
    ratifying,
)
from deliberation.artifacts.actions.keeping import About
from deliberation.artifacts.models import ClauseValue, Version
from deliberation.artifacts.tasks import sweep_corrections
from deliberation.artifacts.told import told
from deliberation.assemblies.actions import ruling, taking_part
from deliberation.moderation.actions import cards as moderation
from deliberation.moderation.actions import values
from deliberation.moderation.actions.rules import accept_rule, join_rule
from deliberation.moderation.bench import Bench
from deliberation.moderation.why import Why
from elicitation.extraction.actions.norms import Rule
from elicitation.graph.models import Value
from elicitation.interview.drafts import Words
from elicitation.record.models import Entry
from elicitation.record.sealing import seal
from tests import rules
from tests._publishing import signed_and_published
from tests.conftest import Told, card, newcomer, read
from tests.deliberation.artifacts.conftest import counted, set_ratifying, set_reviewing, vote

QUOTE = "who is left without a door to knock on"


@pytest.fixture
def published(draft):
    version = signed_and_published(draft)
    seal()
    printing.make_files(version.pk)
    return version


@pytest.fixture
def bench(assembly, account):
    return Bench(assembly, account)


def newest(version):
    return Version.objects.filter(artifact=version.artifact_id).order_by("-number").first()


def test_words_taken_back_make_a_version_without_them_and_erase_the_files(published, answered):
    taking_part.withdraw(answered)
    sweep_corrections()
    corrected = newest(published)
    assert corrected.number == 2
    assert corrected.published_at
    assert corrected.corrected["quotes"] == 1
    assert QUOTE not in str(told(corrected))
    assert Entry.objects.filter(kind="artifact.corrected").count() == 1
    assert not published.renditions.filter(erased_at=None).exists()
    assert not published.renditions.exclude(content=None).exists()


def test_sweeping_again_corrects_nothing_again(published, answered):
    taking_part.withdraw(answered)
    sweep_corrections()
    sweep_corrections()
    assert Version.objects.count() == 2


def test_a_version_nothing_was_taken_back_of_is_left_alone(published):
    sweep_corrections()
    assert correcting.correct(published) is None
    assert Version.objects.count() == 1
    assert published.renditions.filter(erased_at=None).count() == published.renditions.count()


def test_a_draft_there_is_moves_on_by_one_number_and_keeps_its_clauses(published, answered):
    draft = publishing.next_version(published)
    taking_part.withdraw(answered)
    sweep_corrections()
    draft.refresh_from_db()
    assert draft.number == 3
    assert draft.published_at is None
    assert draft.clauses.count() == 1
    assert [
        v.number for v in queries.published(published.artifact.assembly).order_by("number")
    ] == [1, 2]


def test_the_correction_of_what_was_ratified_tells_the_vote_of_the_version_it_corrects(
    opened, voters, answered
):
    for member in voters:
        vote(member, opened)
    over = counted(opened)
    published = signed_and_published(over)
    taking_part.withdraw(answered)
    sweep_corrections()
    corrected = newest(published)
    assert queries.decided_on(corrected) == published
    document = told(corrected)
    assert document["vote"]["ballots"] == len(voters)
    clauses = [clause for section in document["sections"] for clause in section["clauses"]]
    assert all(clause["vote"]["passed"] for clause in clauses)
    with_vote = grounds.justified(corrected)
    assert len(with_vote) == 2


def test_a_correction_can_be_followed_by_a_version_of_people(published, answered, value):
    taking_part.withdraw(answered)
    sweep_corrections()
    following = publishing.next_version(newest(published))
    assert following.number == 3
    assert following.corrected is None
    assert following.clauses.get().follows.version == newest_published(published)


def newest_published(version):
    return queries.latest_published(version.artifact.assembly)


def test_files_of_an_older_version_are_erased_where_the_newest_lost_nothing(
    published, answered, assembly
):
    """The next version cites nothing of the answer, so only the older one has something to lose."""
    following = publishing.next_version(published)
    answered_quotes = following.clauses.get().values.get()
    assert answered_quotes
    signed = signed_and_published(following)
    signed.clauses.get().citations.all().delete()
    taking_part.withdraw(answered)
    sweep_corrections()
    assert not published.renditions.filter(erased_at=None).exists()


def test_what_was_said_of_the_change_is_printed(published):
    following = publishing.next_version(published)
    following = publishing.say_what_changed(following, "  The second clause was struck. ")
    assert told(following)["changed"] == "The second clause was struck."


@pytest.mark.usefixtures("assembly")
def test_a_vote_under_way_is_corrected_in_nothing(opened, answered):
    taking_part.withdraw(answered)
    sweep_corrections()
    assert Version.objects.count() == 1
    set_ratifying(opened.artifact.assembly, -2, -1)
    assert ratifying.count(opened)


def test_a_value_that_takes_other_words_since_its_first_author_left_is_a_correction(
    draft, value, bench, prompt, invitation
):
    """Nobody released a quote, but the file holds the first author's words as those of the value."""
    taking_part.own_card(value.worded_from, public=False)
    words = Words("Doors are on the latch where I live.", "en", uuid4().hex)
    second = taking_part.answer(newcomer(invitation), prompt, words)
    (later,) = read(second.latest.pk, Told(card("The latch", "Doors are on the latch")))
    owned = taking_part.own_card(later, public=False)
    moderation.merge(bench, owned, owned.version, value)
    published = signed_and_published(draft)
    taking_part.withdraw(value.worded_from.revision.response)
    sweep_corrections()
    corrected = newest(published)
    assert corrected.corrected == {"values": 1}
    assert QUOTE not in str(told(corrected))
    assert QUOTE not in str(list(ClauseValue.objects.values()))


def test_a_value_worded_anew_later_reads_in_the_document_as_it_did(published, value, bench):
    """A moderator's wording takes nothing back: the published words stay, and nothing is corrected."""
    before = told(published)["sections"]
    words = ("Other words", ["OTHER WORDS of a moderator"])
    values.reword(bench, value, words, value.version, Why("Clearer."))
    sweep_corrections()
    assert Version.objects.count() == 1
    assert "Other words" not in str(told(published))
    assert told(published)["sections"] == before


def test_between_withdrawal_and_correction_no_kept_word_is_shown(published, answered):
    taking_part.withdraw(answered)
    assert QUOTE not in str(told(published))


def test_a_draft_that_moves_on_has_an_entry_in_the_record(published, answered, value):
    following = publishing.next_version(published)
    taking_part.withdraw(answered)
    sweep_corrections()
    entry = Entry.objects.get(kind="version.renumbered")
    assert entry.body == {"version": str(following.pk), "number": 3}


def test_a_statement_and_an_objection_withdrawn_later_leave_the_files_and_a_note(
    opened, voters, account, assembly
):
    set_reviewing(assembly)
    Version.objects.update(frozen_at=None)
    drafting.put_before(opened)
    objection = objecting.object_to(voters[0], opened.clauses.first(), "WORDS against a clause.")
    objecting.answer(objection, account, "So.", sustain=False)
    Version.objects.update(frozen_at=timezone.now())
    statement = minority.state(voters[1], opened.artifact, "WORDS of a minority.")
    for member in voters:
        vote(member, opened)
    published = signed_and_published(counted(opened))
    seal()
    printing.make_files(published.pk)
    assert str(told(published)).count("WORDS") == 2
    minority.withdraw(voters[1], statement)
    sweep_corrections()
    first = newest(published)
    assert first.corrected == {"statements": 1}
    objecting.take_back(voters[0], objection)
    sweep_corrections()
    sweep_corrections()
    second = newest(published)
    assert (second.number, second.corrected) == (3, {"objections": 1})
    assert second.corrects == published
    assert "WORDS" not in str(told(second))
    assert not published.renditions.filter(erased_at=None).exists()
    assert not first.renditions.filter(erased_at=None).exists()


def test_what_is_said_to_a_later_draft_and_taken_back_corrects_nothing(
    published, voters, assembly, account
):
    set_reviewing(assembly)
    following = drafting.put_before(publishing.next_version(published))
    objection = objecting.object_to(voters[0], following.clauses.get(), "Not like this.")
    objecting.take_back(voters[0], objection)
    sweep_corrections()
    assert Version.objects.count() == 2


def test_a_correction_brings_no_quote_and_no_wording_that_was_not_there(
    draft, value, bench, prompt, invitation, answered
):
    """Meanwhile somebody's words joined the value, and a moderator worded another one anew: neither is a matter of the correction."""
    words = Words("Doors are on the latch. Nights are quiet here.", "en", uuid4().hex)
    second = taking_part.answer(newcomer(invitation), prompt, words)
    (latch, quiet) = read(
        second.latest.pk,
        Told(card("The latch", "Doors are on the latch"), card("Quiet", "Nights are quiet here")),
    )
    owned = taking_part.own_card(quiet, public=True)
    other = moderation.accept(bench, owned, owned.version).value
    drafting.write_clause(draft, "Nights stay quiet.", [other])
    published = signed_and_published(draft)
    joined = taking_part.own_card(latch, public=True)
    moderation.merge(bench, joined, joined.version, value)
    values.reword(bench, other, ("Silence", ["SILENCE"]), other.version, Why("Shorter."))
    taking_part.withdraw(answered)
    sweep_corrections()
    corrected = newest(published)
    said = str(told(corrected)["sections"])
    assert "Nights are quiet here" in said
    assert "Quiet" in said
    assert "Silence" not in said
    assert "“" not in said
    quotes = [q["text"] for s in told(corrected)["sections"] for c in s["clauses"] for v in c["values"] for q in v["quotes"]]  # fmt: skip
    assert quotes == ["Nights are quiet here"]


def test_a_value_folded_after_publication_reads_as_it_did_in_a_correction(
    draft, value, bench, prompt, invitation, answered
):
    words = Words("Nights are quiet here.", "en", uuid4().hex)
    second = taking_part.answer(newcomer(invitation), prompt, words)
    (quiet,) = read(second.latest.pk, Told(card("Quiet", "Nights are quiet here")))
    owned = taking_part.own_card(quiet, public=True)
    other = moderation.accept(bench, owned, owned.version).value
    drafting.write_clause(draft, "Nights stay quiet.", [other])
    published = signed_and_published(draft)
    root = Value.objects.create(inquiry=other.inquiry, title="Stillness", language="en")
    values.fold(bench, other, root, {v.pk: v.version for v in (other, root)}, Why("The same."))
    taking_part.withdraw(answered)
    sweep_corrections()
    said = str(told(newest(published))["sections"])
    assert "Quiet" in said
    assert "Stillness" not in said


@pytest.fixture
def upheld(draft, value, member, prompt, invitation, bench):
    """A published version whose clause upholds a rule of one person, which a second one's has joined."""
    first = rules.owned(member, prompt.inquiry.prompts.exclude(pk=prompt.pk).first())
    second = rules.owned(newcomer(invitation), prompt, aim="open every door")
    norm = accept_rule(bench, first, first.version).norm
    join_rule(bench, second, second.version, norm)
    clause = draft.clauses.get()
    about = About(clause.section, [norm])
    drafting.rewrite_clause(clause, clause.edits, clause.text, [value], about)
    return signed_and_published(draft), first, second


def rules_in(version):
    return [
        norm["text"] for s in told(version)["sections"] for c in s["clauses"] for norm in c["norms"]
    ]


def test_a_rule_its_author_takes_back_reads_in_the_words_of_the_next_in_a_correction(upheld):
    published, first, _ = upheld
    assert rules_in(published) == ["The warden must open the door, when somebody knocks."]
    taking_part.withdraw(first.reading.revision.response)
    assert rules_in(published) == []  # the words it showed are gone, and it never reads otherwise
    sweep_corrections()
    corrected = newest(published)
    assert corrected.corrected == {"rules": 1}
    assert rules_in(corrected) == ["The warden must open every door, when somebody knocks."]
    sweep_corrections()
    assert newest(published) == corrected


def test_a_rule_nobody_stands_behind_is_in_no_correction(upheld):
    published, first, second = upheld
    ruling.disown_rule(second)
    assert queries.taken_back(published) == {}
    ruling.reword_rule(first, Rule("The warden", "may", "sleep", "", "", ""), public=True)
    sweep_corrections()
    corrected = newest(published)
    assert corrected.corrected == {"rules": 1}
    assert rules_in(corrected) == []
