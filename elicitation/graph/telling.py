"""Ask a model how people may come from one value to another: claim, ask with nothing held open, keep what holds. Nobody sees it yet."""

import logging
from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from elicitation.extraction import queries
from elicitation.extraction.actions import readings
from elicitation.extraction.actions.asking_keeping import Who
from elicitation.extraction.engines.base import EngineFailure, Stories, StoryAsk, Storyteller
from elicitation.graph.actions import tellings
from elicitation.graph.actions.tellings import Outcome, Told
from elicitation.graph.chores import beside
from elicitation.graph.errors import TellingClaimed
from elicitation.graph.flaws import flaw
from elicitation.graph.models import Story, Telling, Value
from elicitation.graph.remembering import said

log = logging.getLogger(__name__)
MOST_BESIDE = 5  # values told beside the one that is asked about


def tell(telling_id: UUID, teller: Storyteller) -> list[Story]:
    """Ask about one value and those near it, and return the stories kept.

    A failure of the model is written down, never raised. Raises TellingClaimed where another is at it or it no longer waits.
    """
    if teller.lane and (until := queries.rests_until(teller.lane)):
        tellings.put_off_telling(telling_id, until)
        return []
    for telling in Telling.objects.filter(pk=telling_id).select_related(
        "value__inquiry", "context"
    ):
        values = [telling.value, *beside(telling)[:MOST_BESIDE]]
        ask = ask_about(telling, values)
        who = Who(teller.name, teller.model, teller.prompt_version, teller.at_most(ask))
        opened = tellings.open_telling(telling_id, who)
        return [] if opened is None else _told(opened, values, ask, teller)
    raise TellingClaimed


def tell_if_free(telling_id: UUID, teller: Storyteller) -> None:
    """Ask about one value unless somebody is at it already; ringing twice is harmless."""
    try:
        tell(telling_id, teller)
    except TellingClaimed as stopped:
        log.info("%s: %s", stopped.code, telling_id)


def ask_about(telling: Telling, values: Sequence[Value]) -> StoryAsk:
    """What the model is told: the values, the question and the context; nothing of anybody."""
    language = telling.value.language
    return StoryAsk(
        values=tuple(said(value.title, value.policies) for value in values),
        language=language,
        question=telling.value.inquiry.asked_in(language),
        context=telling.context.said_in(language) if telling.context else "",
    )


def sift(
    stories: Stories, ask: StoryAsk, values: Sequence[Value]
) -> tuple[list[Told], Counter[str]]:
    """The stories that may be kept, one a move, and why the others are not."""
    kept: dict[tuple[int, int], Told] = {}
    refused: Counter[str] = Counter()
    sent = (*ask.values, ask.question, ask.context)
    for story in stories.stories:
        move, text = (story.start, story.end), story.text.strip()
        if not all(0 <= place < len(values) for place in move) or story.start == story.end:
            refused["no_such_move"] += 1
        elif move in kept:
            refused["told_twice"] += 1
        elif why := flaw(text, sent, ask.language):
            refused[why] += 1
        else:
            kept[move] = Told(values[story.start], values[story.end], text)
    return list(kept.values()), refused


def _told(
    telling: Telling, values: Sequence[Value], ask: StoryAsk, teller: Storyteller
) -> list[Story]:
    try:
        stories = teller.tell(ask)
    except EngineFailure as failure:
        if failure.code == "rate_limited":
            readings.rest(teller.lane, failure.retry_after)
        spent = teller.cost(ask, failure.usage) if teller.at_most(ask) else None
        tellings.fail_telling(telling, failure, spent)
        return []
    cost = teller.cost(ask, stories.usage) if teller.at_most(ask) else None
    kept, refused = sift(stories, ask, values)
    return tellings.close_telling(telling, Outcome(kept, refused, stories.usage, cost))
