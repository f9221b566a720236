"""Take in what people propose to be compared, with their stories."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from elicitation.graph.actions.stories import erase
from elicitation.graph.errors import ComparisonEnded, PairUnfit, ProposalsFull, StoryUnfit
from elicitation.graph.models import Story, Transition, Value
from elicitation.graph.models.transitions import LONGEST
from elicitation.interview.errors import UnstorableText
from elicitation.interview.models import Context, Respondent
from elicitation.interview.texts import fault
from elicitation.record.actions import append, recorded

MOST_PROPOSED = 10  # comparisons and stories one respondent may propose in an inquiry


@dataclass(frozen=True, slots=True)
class Proposal:
    """In a context (None: in general), `wiser` may be wiser than `less`. `story`: how somebody comes to it, or ""."""

    less: Value
    wiser: Value
    context: Context | None = None
    story: str = ""
    language: str = ""


@recorded
def propose(respondent: Respondent, proposal: Proposal) -> Transition:
    """Ask everybody whether, in a context, one value is wiser than another. Where they are compared there already, the story goes with that.

    Raises PairUnfit, ProposalsFull, StoryUnfit, UnstorableText; ComparisonEnded where a facilitator asks it of nobody any more. The story is
    shown to nobody before a facilitator has released it. The same sent again changes nothing; another story of the same move takes the place
    of the first.
    """
    list(Respondent.objects.select_for_update(no_key=True).filter(pk=respondent.pk))
    text = _worded(proposal.story)
    _ensure_fit(proposal)
    found = _compared(proposal).first()
    told = found and found.stories.filter(written_by=respondent, towards=proposal.wiser).first()
    if found and (told.text == text if told else not text):
        append("transition.proposed_again", transition=found.pk)
        return found
    if told is None:
        _ensure_room(respondent, proposal)
    new = found is None
    if found is None:
        found, new = _pair(proposal, respondent)
    append("transition.proposed", transition=found.pk, new=new)
    if text:
        _tell(respondent, proposal, found, text)
    return found


def _ensure_room(respondent: Respondent, proposal: Proposal) -> None:
    """Raises ProposalsFull. A comparison counts, and so does each story."""
    stories = Story.objects.filter(
        written_by=respondent, transition__inquiry=proposal.less.inquiry_id
    )
    proposed = Transition.objects.filter(
        inquiry=proposal.less.inquiry_id, proposed_by=respondent
    ).exclude(pk__in=stories.values("transition"))
    if stories.count() + proposed.count() >= MOST_PROPOSED:
        raise ProposalsFull(most=MOST_PROPOSED)


def _tell(respondent: Respondent, proposal: Proposal, found: Transition, text: str) -> None:
    """Keep a respondent's story of a move, in place of the one they told before."""
    before = found.stories.filter(written_by=respondent, towards=proposal.wiser)
    if before.exists():
        erase(before)
    story = Story.objects.create(
        transition=found,
        towards=proposal.wiser,
        text=text,
        language=proposal.language,
        written_by=respondent,
    )
    append("story.told", story=story.pk, transition=found.pk)


def _ensure_fit(proposal: Proposal) -> None:
    """Lock the two values, in one order for everybody. Raises PairUnfit, ComparisonEnded."""
    values = Value.objects.standing().filter(
        pk__in=[proposal.less.pk, proposal.wiser.pk], inquiry=proposal.less.inquiry_id
    )
    if len(values.select_for_update(no_key=True).order_by("pk")) < 2:
        raise PairUnfit
    if proposal.context and proposal.context.inquiry_id != proposal.less.inquiry_id:
        raise PairUnfit
    if _compared(proposal).exclude(closed_at=None).exists():
        raise ComparisonEnded


def _compared(proposal: Proposal) -> QuerySet[Transition]:
    """The transition of a pair and context, whichever way it was first thought."""
    ends = [proposal.less, proposal.wiser]
    return Transition.objects.filter(
        from_value__in=ends, to_value__in=ends, context=proposal.context
    )


def _pair(proposal: Proposal, respondent: Respondent) -> tuple[Transition, bool]:
    """The transition proposed, and whether it is new."""
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
        return _compared(proposal).get(), False
    return new, True


def _worded(text: str) -> str:
    """A story as it is kept, or "" where it is only blanks. Raises StoryUnfit, UnstorableText."""
    written = text.strip()
    if len(written) > LONGEST:
        raise StoryUnfit(most=LONGEST)
    if written and (found := fault(written)):
        raise UnstorableText(fault=found)
    return written
