"""Put transitions to people, take in what they say, and erase it."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils import timezone

from elicitation.graph import draws, open_pairs
from elicitation.graph.actions import person_keeping
from elicitation.graph.actions.stories import erase
from elicitation.graph.errors import DependsOnWhat, TransitionGone
from elicitation.graph.models import Judgement, Showing, Story, Transition, Value
from elicitation.graph.models.transitions import LONGEST
from elicitation.graph.terms import NONE, Terms
from elicitation.interview.errors import UnstorableText
from elicitation.interview.models import Respondent
from elicitation.interview.texts import fault
from elicitation.record.actions import append, recorded

Answer = Judgement.Answer
SHOWN = """
    WITH counted AS (
        UPDATE graph_transition SET shown = shown + 1 WHERE id = %(transition_id)s AND %(counted)s
    )
    INSERT INTO graph_showing (respondent_id, transition_id, forward, to_left, with_story, own, story_id, route, at)
    VALUES (%(respondent_id)s, %(transition_id)s, %(forward)s, %(to_left)s, %(with_story)s, %(own)s,
        (SELECT id FROM graph_story WHERE id = %(story_id)s), %(route)s, %(at)s)
    RETURNING id, story_id
"""


@dataclass(frozen=True, slots=True)
class Saying:
    """What a respondent says to a transition: a Judgement.Answer, with a reason or "", in a language."""

    answer: str
    reason: str = ""
    language: str = ""


@recorded
def put(
    respondent: Respondent, inquiries: open_pairs.Inquiries, language: str, terms: Terms = NONE
) -> Showing | None:
    """Draw the next transition for a respondent and keep how it is put; None where none is left.

    What was put and not judged yet comes again, so that two windows show the same. Raises what the terms refuse with.
    """
    known = person_keeping.held(respondent, terms, **open_pairs.known_of(respondent, inquiries))
    there = open_pairs.open_to(respondent, inquiries, known)
    may_wait = known.waits or not there or any(one.waits for one in there)
    if may_wait and (waiting := open_pairs.pending(respondent, inquiries)):
        append("transition.put_again", showing=waiting.pk)
        return waiting
    before = known.like, known.unlike
    drawn = draws.draw(open_pairs.options(there), before, f"{respondent.pk}|{sum(before)}")
    if drawn is None:
        append("transition.none_left", respondent=str(respondent.pk))
        return None
    showing = _show(known, drawn[0].id, language, drawn[1])
    append("transition.put", showing=showing.pk, transition=showing.transition_id)
    return showing


@recorded
def judge(showing: Showing, saying: Saying) -> Judgement:
    """Say something to a transition as it was put. A change of mind replaces what stood, which stays as history.

    Whoever clears a reason takes it back: the one given before is erased, too. Raises TransitionGone, DependsOnWhat, UnstorableText. The same said twice is said once.
    """
    reason = _clean(saying.reason)
    if saying.answer not in Answer.values:
        raise ValueError(f"no answer is called {saying.answer!r}")
    if saying.answer == Answer.DEPENDS and not reason:
        raise DependsOnWhat
    shown = _hold(showing)
    _ensure_asked(shown.transition)
    standing = Judgement.objects.standing().filter(showing=shown)
    last = standing.first()
    if last and (last.answer, last.reason) == (saying.answer, reason):
        append("judgement.unchanged", judgement=last.pk)
        return last
    standing.update(replaced_at=timezone.now())
    if not reason:
        shown.judgements.exclude(reason="").update(reason="", language="")
    said = Judgement.objects.create(
        showing=shown,
        answer=saying.answer,
        reason=reason,
        language=saying.language if reason else "",
    )
    if shown.respondent.kind != Respondent.Kind.AI_AGENT:
        Transition.objects.filter(pk=shown.transition_id).update(
            judged=F("judged") + 1, changes=F("changes") + 1
        )
    append("judgement.given", judgement=said.pk, replaces=last.pk if last else None)
    return said


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
def forget(respondent: Respondent) -> int:
    """Erase all a respondent said to transitions: judgements with their history, reasons, stories, and what was put before them.

    What they proposed goes on being asked, and nothing says whose idea it was. Returns how many judgements are erased.
    """
    _hold_person(respondent)
    mine = Q(pk__in=Showing.objects.filter(respondent=respondent).values("transition"))
    told = Q(pk__in=Story.objects.filter(written_by=respondent).values("transition"))
    touched = Transition.objects.filter(mine | told | Q(proposed_by=respondent))
    list(touched.select_for_update().order_by("pk"))
    if respondent.kind != Respondent.Kind.AI_AGENT:
        own = Transition.objects.filter(showings__respondent=respondent)
        for transition in own.annotate(gone=Count("showings__judgements")):
            Transition.objects.filter(pk=transition.pk).update(
                judged=F("judged") - transition.gone, changes=F("changes") + transition.gone
            )
    Transition.objects.filter(proposed_by=respondent).update(proposed_by=None)
    stories = erase(Story.objects.filter(written_by=respondent))
    said = Judgement.objects.filter(showing__respondent=respondent).delete()[0]
    Showing.objects.filter(respondent=respondent).delete()
    append("judgements.erased", respondent=str(respondent.pk), judgements=said, stories=stories)
    return said


def _hold_person(respondent: Respondent) -> None:
    """Let this respondent do nothing else meanwhile: one's own acts come one after the other."""
    list(Respondent.objects.select_for_update(no_key=True).filter(pk=respondent.pk))


def _hold(showing: Showing) -> Showing:
    """A showing, while its respondent does nothing else. Raises TransitionGone where it was erased."""
    list(Respondent.objects.select_for_update(no_key=True).filter(showings=showing.pk))
    shown = Showing.objects.select_related("respondent", "transition").filter(pk=showing.pk).first()
    if shown is None:
        raise TransitionGone
    return shown


def _show(respondent: Any, transition_id: int, language: str, route: draws.Route) -> Showing:
    """Keep how a transition is put, to somebody held with what is known of them. Its row is locked."""
    transition = _locked(transition_id, language)
    seed = str(transition.inquiry_id)
    counted = respondent.kind != Respondent.Kind.AI_AGENT
    nth = transition.shown if counted else respondent.pk.int
    placing = draws.place(transition.pk, nth, seed)
    ready = _ready(transition, placing.forward)
    told = False
    if ready:
        way = (placing.forward, ready.language)
        told = draws.with_story(transition.pk, way, ready.had, seed)
    ends = {transition.from_value_id, transition.to_value_id}
    showing = Showing(
        respondent=respondent,
        transition=transition,
        forward=placing.forward,
        to_left=placing.to_left,
        with_story=told,
        story=ready,
        own=not ends.isdisjoint(respondent.own),
        route=route,
    )
    return _kept(showing, counted=counted)


def _locked(transition_id: int, language: str) -> Any:
    """A transition with `ready`, the stories ready for it. Its row is locked, so that each who comes takes the next place in its blocks.

    The row is as it stands now, what is counted beside it as it stood when the wait for the lock began. Where somebody was counted
    in meanwhile the two differ by what `stood` says, and it is asked again.
    """
    locked: Any = Transition.objects.select_for_update(of=("self",)).select_related(
        "inquiry", "from_value", "to_value", "context"
    )
    before = Transition.objects.filter(pk=OuterRef("pk")).values("shown")
    ready = ArraySubquery(open_pairs.ready_stories(language))
    asked = locked.annotate(stood=Subquery(before), ready=ready)
    found = asked.get(pk=transition_id)
    return found if found.stood == found.shown else asked.get(pk=transition_id)


def _kept(showing: Showing, *, counted: bool) -> Showing:
    """Write it and count it, at once; without its story where that was erased while the wait for the transition lasted."""
    showing.at = timezone.now()
    names = ("respondent_id", "transition_id", "forward", "to_left", "with_story", "own", "story_id", "route", "at")  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(SHOWN, {"counted": counted, **{n: getattr(showing, n) for n in names}})
        showing.pk, story_id = cursor.fetchone()
    if story_id is None:
        showing.story = None
    return showing


def _ready(transition: Any, forward: bool) -> Any:
    """The story that stands ready for this direction, with `had`; None where none does."""
    towards = str(transition.to_value_id if forward else transition.from_value_id)
    for told in transition.ready:
        if told["towards_id"] == towards:
            story: Any = Story(**{name: told[name] for name in open_pairs.TOLD_OF_STORY})
            story.had = told["had"]
            return story
    return None


def _ensure_asked(transition: Transition) -> None:
    values = Value.objects.standing().filter(
        pk__in=[transition.from_value_id, transition.to_value_id]
    )
    if transition.closed_at or values.count() < 2:
        raise TransitionGone


def _clean(text: str) -> str:
    """What a person wrote, or "" where it is only blanks. Raises UnstorableText."""
    written = text.strip()
    if written and (found := fault(written)):
        raise UnstorableText(fault=found)
    if len(written) > LONGEST:
        raise UnstorableText(fault="too_long")
    return written
