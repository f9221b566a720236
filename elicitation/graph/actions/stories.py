"""What becomes of stories: facilitators release them, with changes or without, or leave them out; some are erased."""

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from elicitation.graph.errors import StoryChanged, StoryStands, StoryUnfit
from elicitation.graph.models import Story, Transition
from elicitation.graph.models.transitions import LONGEST
from elicitation.interview.errors import UnstorableText
from elicitation.interview.texts import fault
from elicitation.record.actions import append, recorded


@recorded
def release_story(story: Story, seen: int, text: str | None = None) -> Story:
    """Let a story be shown, as it stood at version `seen`, or in the words of `text`.

    Raises StoryChanged, StoryUnfit, UnstorableText; StoryStands where one of the same move and language is released.
    """
    held = _held(story, seen)
    now, words = timezone.now(), held.text if text is None else _worded(text)
    edited = now if words != held.text else held.edited_at
    try:
        with transaction.atomic():
            _move(held, text=words, edited_at=edited, released_at=now, left_out_at=None)
    except IntegrityError as stands:
        raise StoryStands from stands
    append("story.released", story=held.pk, edited=words != held.text)
    held.refresh_from_db()
    return held


@recorded
def leave_out_story(story: Story, seen: int) -> Story:
    """Show a story to nobody (any more), as it stood at version `seen`. Raises StoryChanged."""
    held = _held(story, seen)
    _move(held, released_at=None, left_out_at=timezone.now())
    append("story.left_out", story=held.pk, was_released=held.released_at is not None)
    held.refresh_from_db()
    return held


@recorded
def erase(stories: QuerySet[Story]) -> int:
    """Erase stories for good. That some story stood ready stays known of those it was shown to. Returns how many went.

    Their comparisons are locked first: what was shown of a story is written too, and whoever shows or erases holds those.
    """
    of_stories = Transition.objects.filter(pk__in=stories.values("transition"))
    list(of_stories.select_for_update().order_by("pk"))
    held = Story.objects.select_for_update(of=("self",)).filter(pk__in=stories.values("pk"))
    ids = list(held.order_by("pk").values_list("pk", flat=True))
    Story.objects.filter(pk__in=ids).delete()
    append("stories.erased", stories=ids)
    return len(ids)


def _held(story: Story, seen: int) -> Story:
    held = Story.objects.select_for_update(of=("self",)).filter(pk=story.pk, version=seen).first()
    if held is None:
        raise StoryChanged
    return held


def _move(story: Story, **fields: object) -> None:
    Story.objects.filter(pk=story.pk).update(version=F("version") + 1, **fields)


def _worded(text: str) -> str:
    written = text.strip()
    if not written or len(written) > LONGEST:
        raise StoryUnfit(most=LONGEST)
    if found := fault(written):
        raise UnstorableText(fault=found)
    return written
