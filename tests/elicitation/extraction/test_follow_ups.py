"""What is asked beneath an answer, and how what is said to it is read together with it."""

import pytest

from deliberation.assemblies import gates
from deliberation.assemblies.actions import taking_part
from deliberation.assemblies.errors import NotHere
from elicitation.extraction.actions import cards, waiting
from elicitation.extraction.engines.base import Beneath, NormProposal, PolicyProposal, ValueProposal
from elicitation.extraction.models import Candidate, Reading, ReadingRequest
from elicitation.extraction.reading import ask_about, read
from elicitation.interview import actions as interview
from elicitation.interview.drafts import Words
from elicitation.interview.models import FollowUp, Response
from tests.conftest import TEXT, Says, Told, card
from tests.elicitation.extraction.conftest import DOOR, request_of


def test_a_reply_is_read_together_with_the_answer_and_its_quotes_know_whose_words_they_are(
    revision,
):
    read(revision.pk, Says(beneath=Beneath("goal", "I want quiet nights")))
    follow_up = FollowUp.objects.get()
    reply = interview.reply(
        follow_up,
        Words("Whether my mother hears the water rise.", "en", "r1"),
        "What would you notice?",
    )
    waiting.request_readings([reply.latest])
    told = ask_about(reply.latest)
    assert [(t.question, t.text) for t in told.earlier] == [
        (revision.response.prompt.asked_in("en"), TEXT)
    ]
    assert told.question == "What would you notice?"
    both = ValueProposal(
        "Quiet nights",
        (
            PolicyProposal(
                "NIGHTS in which rising water is heard",
                ("Whether my mother hears the water rise", "I want quiet nights"),
            ),
        ),
    )
    (kept,) = read(reply.latest.pk, Says(values=(both,)))
    quoted = {q.text: q.revision for q in kept.policies.get().quotes.all()}
    assert quoted["I want quiet nights"] == revision
    assert quoted["Whether my mother hears the water rise"] == reply.latest
    assert request_of(revision).state == "read"


def test_three_questions_at_most_are_asked_and_then_what_is_there_stands(revision):
    newest = revision
    for n in range(1, 4):
        read(newest.pk, Says(beneath=Beneath("goal", " ".join(newest.text.split()[:4]))))
        follow_up = FollowUp.objects.get(number=n)
        reply = interview.reply(
            follow_up, Words(f"Number {n} is still a goal.", "en", f"r{n}"), "?"
        )
        newest = reply.latest
        waiting.request_readings([newest])
    read(newest.pk, Says(beneath=Beneath("goal", " ".join(newest.text.split()[:4]))))
    assert FollowUp.objects.count() == 3
    assert request_of(newest).state == "not_yet"


def test_skipping_is_final_until_the_words_change(revision, member):
    read(revision.pk, Says(beneath=Beneath("goal", "I want quiet nights")))
    taking_part.skip_follow_up(FollowUp.objects.get())
    assert request_of(revision).state == "nothing_found"
    ReadingRequest.objects.update(state="waiting")
    read_again = Says(beneath=Beneath("goal", "I want quiet nights"))
    Reading.objects.update(state="lost")
    read(revision.pk, read_again)
    assert FollowUp.objects.count() == 1


def test_people_who_are_not_here_are_not_asked_and_the_answer_is_counted_as_not_yet(revision):
    Response.objects.update(channel="imported")
    revision.refresh_from_db()
    read(revision.pk, Says(beneath=Beneath("goal", "I want quiet nights")))
    assert not FollowUp.objects.exists()
    assert request_of(revision).state == "not_yet"


def test_a_card_beside_the_question_stands_when_the_question_is_skipped(revision):
    read(revision.pk, Says(values=(card(),), beneath=Beneath("goal", "I want quiet nights")))
    assert request_of(revision).state == "not_yet"
    taking_part.skip_follow_up(FollowUp.objects.get())
    assert request_of(revision).state == "read"


def test_an_answer_withdrawn_takes_its_replies_and_their_cards_along(revision, answered):
    read(revision.pk, Says(beneath=Beneath("goal", "I want quiet nights")))
    reply = interview.reply(FollowUp.objects.get(), Words("Whether it is calm.", "en", "r"), "?")
    waiting.request_readings([reply.latest])
    read(
        reply.latest.pk,
        Told(
            ValueProposal(
                "Calm", (PolicyProposal("NIGHTS that are calm", ("I want quiet nights",)),)
            )
        ),
    )
    taking_part.withdraw(answered)
    assert not Candidate.objects.exists()
    assert not Response.objects.standing().exists()
    assert FollowUp.objects.get().asked == ""


def test_a_rule_beside_the_question_stands_when_the_question_is_skipped(revision):
    rule = NormProposal("should", "open the doors", (DOOR,))
    read(revision.pk, Says(norms=(rule,), beneath=Beneath("rule", DOOR)))
    taking_part.skip_follow_up(FollowUp.objects.get())
    assert request_of(revision).state == "read"


def test_new_words_are_read_together_with_what_was_said_more_about_the_old(
    revision, member, answered
):
    read(revision.pk, Says(beneath=Beneath("goal", "I want quiet nights")))
    reply = interview.reply(
        FollowUp.objects.get(), Words("Hearing the river rise.", "en", "r"), "?"
    )
    waiting.request_readings([reply.latest])
    read(reply.latest.pk, Says(beneath=Beneath("goal", "Hearing the river rise")))
    assert request_of(reply.latest).state == "not_yet"
    taking_part.change(member, answered, "I want calm nights, all of them.", "en")
    assert request_of(reply.latest).state == "waiting"
    assert ask_about(reply.latest).earlier[0].text == "I want calm nights, all of them."
    policy = PolicyProposal("NIGHTS in which the river is heard", ("Hearing the river rise",))
    assert len(read(reply.latest.pk, Told(ValueProposal("Nights", (policy,))))) == 1


def test_a_reply_alone_is_not_withdrawn_or_changed_it_goes_with_its_answer(revision, member):
    read(revision.pk, Says(beneath=Beneath("goal", "I want quiet nights")))
    reply = interview.reply(FollowUp.objects.get(), Words("Hearing the river.", "en", "r"), "?")
    with pytest.raises(NotHere):
        gates.own_response(member, reply.pk)


def test_what_was_said_more_and_needs_a_person_is_seen_to_by_one(revision, answered):
    read(revision.pk, Says(beneath=Beneath("goal", "I want quiet nights")))
    reply = interview.reply(
        FollowUp.objects.get(), Words("Hearing the river rise.", "en", "r"), "?"
    )
    waiting.request_readings([reply.latest])
    read(reply.latest.pk, Told(card(quote="words nobody has written here")))
    asked = gates.request(answered)
    assert asked.revision == reply.latest
    policy = PolicyProposal(
        "NIGHTS with the river", ("Hearing the river rise", "I want quiet nights")
    )
    written = cards.write_by_hand(asked, ValueProposal("Nights", (policy,)))
    assert {q.revision for q in written.policies.get().quotes.all()} == {revision, reply.latest}
