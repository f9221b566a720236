"""Put transitions to people, take in what they say, and let them propose their own."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from elicitation.graph import draws, open_pairs
from elicitation.graph.errors import (
    DependsOnWhat,
    PairUnfit,
    ProposalsFull,
    StoryUnfit,
    TransitionGone,
)
from elicitation.graph.models import Judgement, Showing, Story, Transition, Value
from elicitation.graph.models.transitions import LONGEST
from elicitation.interview.errors import UnstorableText
from elicitation.interview.models import Context, Respondent
from elicitation.interview.texts import fault
from elicitation.record.actions import append, recorded

MOST_PROPOSED = 10  # transitions one respondent may propose in an inquiry
Answer = Judgement.Answer


@dataclass(frozen=True, slots=True)
class Saying:
    """What a respondent says to a transition: a Judgement.Answer, with a reason or "", in a language."""

    answer: str
    reason: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """In a context (None: in general), `wiser` may be wiser than `less`. `story`: how somebody comes to it, or ""."""

    less: Value
    wiser: Value
    context: Context | None = None
    story: str = ""
    language: str = ""


@recorded
def put(respondent: Respondent, inquiries: open_pairs.Inquiries, language: str) -> Showing | None:
    """Draw the next transition for a respondent and keep how it is put; None where none is left.

    What was put and not judged yet comes again, so that two windows show the same.
    """
    list(Respondent.objects.select_for_update(no_key=True).filter(pk=respondent.pk))
    if waiting := open_pairs.pending(respondent, inquiries):
        append("transition.put_again", showing=waiting.pk)
        return waiting
    before = open_pairs.shown_before(respondent)
    there = open_pairs.open_to(respondent, inquiries)
    drawn = draws.draw(there, before, f"{respondent.pk}|{sum(before)}")
    if drawn is None:
        append("transition.none_left", respondent=str(respondent.pk))
        return None
    showing = _show(respondent, drawn[0].id, language, drawn[1])
    append("transition.put", showing=showing.pk, transition=showing.transition_id)
    return showing


@recorded
def judge(showing: Showing, saying: Saying) -> Judgement:
    """Say something to a transition as it was put. A change of mind replaces what stood, which stays as history.

    Raises TransitionGone, DependsOnWhat, UnstorableText. The same said twice is said once.
    """
    reason = _clean(saying.reason)
    if saying.answer not in Answer.values:
        raise ValueError(f"no answer is called {saying.answer!r}")
    if saying.answer == Answer.DEPENDS and not reason:
        raise DependsOnWhat
    held = Showing.objects.select_for_update(of=("self",)).select_related("respondent")
    shown = held.get(pk=showing.pk)
    _ensure_asked(shown.transition)
    standing = Judgement.objects.standing().filter(showing=shown)
    last = standing.first()
    if last and (last.answer, last.reason) == (saying.answer, reason):
        append("judgement.unchanged", judgement=last.pk)
        return last
    standing.update(replaced_at=timezone.now())
    said = Judgement.objects.create(
        showing=shown,
        answer=saying.answer,
        reason=reason,
        language=saying.language if reason else "",
    )
    if shown.respondent.kind != Respondent.Kind.AI_AGENT:
        Transition.objects.filter(pk=shown.transition_id).update(judged=F("judged") + 1)
    append("judgement.given", judgement=said.pk, replaces=last.pk if last else None)
    return said


@recorded
def propose(respondent: Respondent, proposal: Proposal) -> Transition:
    """Ask everybody whether, in a context, one value is wiser than another. Where they are compared there already, the story goes with that.

    Raises PairUnfit, ProposalsFull, StoryUnfit, UnstorableText. The story is shown to nobody before a facilitator has released it.
    """
    list(Respondent.objects.select_for_update(no_key=True).filter(pk=respondent.pk))
    _ensure_fit(proposal)
    there = Transition.objects.filter(inquiry=proposal.less.inquiry_id)
    proposed = there.filter(Q(proposed_by=respondent) | Q(stories__written_by=respondent))
    if proposed.distinct().count() >= MOST_PROPOSED:
        raise ProposalsFull(most=MOST_PROPOSED)
    found, new = _pair(proposal, respondent)
    append("transition.proposed", transition=found.pk, new=new)
    if text := _clean(proposal.story):
        story = Story.objects.create(
            transition=found,
            towards=proposal.wiser,
            text=text,
            language=proposal.language,
            written_by=respondent,
        )
        append("story.told", story=story.pk, transition=found.pk)
    return found


@recorded
def close(transition: Transition) -> None:
    """Ask a transition of nobody any more; what was said to it stays."""
    Transition.objects.filter(pk=transition.pk, closed_at=None).update(closed_at=timezone.now())
    append("transition.closed", transition=transition.pk)


@recorded
def reopen(transition: Transition) -> None:
    """Ask a closed transition again."""
    Transition.objects.filter(pk=transition.pk).update(closed_at=None)
    append("transition.reopened", transition=transition.pk)


@recorded
def forget(respondent: Respondent) -> None:
    """Erase what a respondent wrote about transitions: reasons, old ones too, and stories. What they judged stays, without a word of theirs."""
    said = Judgement.objects.filter(showing__respondent=respondent).exclude(reason="")
    reasons = said.update(reason="", language="")
    told, _ = Story.objects.filter(written_by=respondent).delete()
    Transition.objects.filter(proposed_by=respondent).update(proposed_by=None)
    append("respondent.words_erased", respondent=str(respondent.pk), reasons=reasons, stories=told)


def _show(respondent: Respondent, transition_id: int, language: str, route: draws.Route) -> Showing:
    """Keep how a transition is put. Its row is locked, so that each who comes takes the next place in its blocks."""
    transition = Transition.objects.select_for_update().get(pk=transition_id)
    seed = str(transition.inquiry_id)
    counted = respondent.kind != Respondent.Kind.AI_AGENT
    nth = transition.shown if counted else respondent.pk.int
    placing = draws.place(transition.pk, nth, seed)
    ready = open_pairs.story_ready(transition, placing.forward, language)
    told = False
    if ready:
        had = Showing.objects.filter(story=ready).exclude(respondent__kind=Respondent.Kind.AI_AGENT)
        way = (placing.forward, ready.language)
        told = draws.with_story(transition.pk, way, had.count(), seed)
    own = open_pairs.own_values(respondent).filter(
        pk__in=[transition.from_value_id, transition.to_value_id]
    )
    showing = Showing.objects.create(
        respondent=respondent,
        transition=transition,
        forward=placing.forward,
        to_left=placing.to_left,
        with_story=told,
        story=ready,
        own=own.exists(),
        route=route,
    )
    if counted:
        Transition.objects.filter(pk=transition.pk).update(shown=F("shown") + 1)
    return showing


def _ensure_asked(transition: Transition) -> None:
    values = Value.objects.standing().filter(
        pk__in=[transition.from_value_id, transition.to_value_id]
    )
    if transition.closed_at or values.count() < 2:
        raise TransitionGone


def _ensure_fit(proposal: Proposal) -> None:
    values = Value.objects.standing().filter(
        pk__in=[proposal.less.pk, proposal.wiser.pk], inquiry=proposal.less.inquiry_id
    )
    if values.count() < 2:
        raise PairUnfit
    if proposal.context and proposal.context.inquiry_id != proposal.less.inquiry_id:
        raise PairUnfit
    if len(proposal.story) > LONGEST:
        raise StoryUnfit(most=LONGEST)


def _pair(proposal: Proposal, respondent: Respondent) -> tuple[Transition, bool]:
    """The transition of a pair and context, whichever way it was first thought, and whether it is new."""
    ends = [proposal.less, proposal.wiser]
    pair = Transition.objects.filter(
        from_value__in=ends, to_value__in=ends, context=proposal.context
    )
    if found := pair.first():
        return found, False
    try:
        with transaction.atomic():
            new = Transition.objects.create(
                inquiry_id=proposal.less.inquiry_id,
                from_value=proposal.less,
                to_value=proposal.wiser,
                context=proposal.context,
                source=Transition.Source.PERSON,
                proposed_by=respondent,
            )
    except IntegrityError:  # another was faster; theirs counts
        return pair.get(), False
    return new, True


def _clean(text: str) -> str:
    """What a person wrote, or "" where it is only blanks. Raises UnstorableText."""
    written = text.strip()
    if written and (found := fault(written)):
        raise UnstorableText(fault=found)
    if len(written) > LONGEST:
        raise UnstorableText(fault="too_long")
    return written
