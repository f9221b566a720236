"""People propose comparisons and tell their stories: a few each, and each once."""

import pytest

from elicitation.graph.actions.proposals import MOST_PROPOSED, Proposal, propose
from elicitation.graph.actions.stories import release_story
from elicitation.graph.actions.transitions import close, reopen
from elicitation.graph.errors import ComparisonEnded, PairUnfit, ProposalsFull, StoryUnfit
from elicitation.graph.models import Story, Transition
from elicitation.graph.models.transitions import LONGEST
from elicitation.interview.errors import UnstorableText
from tests.elicitation.graph.conftest import a_person, a_value


def test_a_proposal_is_asked_and_its_story_waits(ring, inquiry, context):
    less, wiser = ring[0].from_value, ring[2].from_value
    me = a_person()
    found = propose(me, Proposal(less, wiser, context, "Somebody came to see it.", "en"))
    assert (found.source, found.proposed_by, found.to_value) == ("person", me, wiser)
    story = found.stories.get()
    assert (story.towards, story.written_by, story.released_at) == (wiser, me, None)
    assert not Story.objects.released().exists()


def test_a_pair_is_one_comparison_whichever_way_it_is_proposed(ring, inquiry, context):
    there = ring[0]
    again = propose(a_person(), Proposal(there.to_value, there.from_value, context, "A story."))
    assert again == there
    assert there.stories.get().towards == there.from_value
    other = propose(a_person(), Proposal(there.to_value, there.from_value, None))
    assert other != there


def test_an_unfit_proposal_is_refused(ring, inquiry, context, other_assembly):
    one, other = ring[0].from_value, ring[0].to_value
    elsewhere = other_assembly.inquiries.get()
    stranger = a_value(elsewhere, "Elsewhere")
    for unfit in (
        Proposal(one, one),
        Proposal(one, stranger),
        Proposal(one, other, elsewhere.contexts.get()),
    ):
        with pytest.raises(PairUnfit):
            propose(a_person(), unfit)
    with pytest.raises(StoryUnfit):
        propose(a_person(), Proposal(one, other, context, "x" * (LONGEST + 1)))
    with pytest.raises(UnstorableText):
        propose(a_person(), Proposal(one, other, context, "a\x00b"))
    assert Transition.objects.count() == len(ring)
    assert not Story.objects.exists()


def test_one_person_proposes_a_few_and_leaves_some_to_others(inquiry):
    me, first = a_person(), a_value(inquiry, "First")
    for n in range(MOST_PROPOSED):
        propose(me, Proposal(first, a_value(inquiry, f"No. {n}")))
    with pytest.raises(ProposalsFull):
        propose(me, Proposal(first, a_value(inquiry, "One more")))
    propose(a_person(), Proposal(first, a_value(inquiry, "Another's")))


def test_the_same_story_sent_again_is_one_and_another_takes_its_place(ring, inquiry, context):
    me, ends = a_person(), (ring[0].from_value, ring[3].from_value, context)
    first = [propose(me, Proposal(*ends, " A story. ")) for _ in range(30)]
    assert len({transition.pk for transition in first}) == 1
    told = Story.objects.get()
    propose(me, Proposal(*ends))
    assert Story.objects.get() == told
    release_story(told, 1)
    propose(me, Proposal(*ends, "A better story."))
    last = Story.objects.get()
    assert (last.text, last.released_at) == ("A better story.", None)
    propose(a_person(), Proposal(*ends, "A better story."))
    assert Story.objects.count() == 2


def test_a_story_counts_among_what_one_person_may_propose(inquiry):
    me, first = a_person(), a_value(inquiry, "First")
    others = [a_value(inquiry, f"No. {n}") for n in range(MOST_PROPOSED // 2)]
    for other in others:
        for ends in ((first, other), (other, first)):
            propose(me, Proposal(*ends, None, "Somebody came to see it."))
    last = Proposal(others[-1], first, None, "Somebody came to see it.")
    assert propose(me, last).stories.count() == 2
    with pytest.raises(ProposalsFull):
        propose(me, Proposal(first, a_value(inquiry, "One more")))


def test_what_a_facilitator_has_ended_takes_no_more_proposals(ring, context):
    close(ring[0])
    ends = (ring[0].from_value, ring[0].to_value, context)
    with pytest.raises(ComparisonEnded):
        propose(a_person(), Proposal(*ends, "A story."))
    assert not Story.objects.exists()
    reopen(ring[0])
    assert propose(a_person(), Proposal(*ends, "A story.")) == ring[0]
