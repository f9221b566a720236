"""What there is in an assembly, for who runs it and for everybody."""

from uuid import UUID

from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly, Import, Lot, Pool
from elicitation.extraction.models import Candidate, GoldenAnswer, NormCandidate, ReadingRequest
from elicitation.graph.models import Norm, Regrouping, Story, Transition, Value
from elicitation.interview.models import Inquiry, Prompt, Response
from elicitation.interview.queries import thread_ids


def prompt(assembly: Assembly, prompt_id: UUID) -> Prompt:
    """A prompt now asked in this assembly. Raises NotHere."""
    asked = Prompt.objects.current().filter(inquiry__assemblies=assembly, pk=prompt_id)
    if found := asked.select_related("inquiry").first():
        return found
    raise NotHere


def inquiry(assembly: Assembly, inquiry_id: str) -> Inquiry:
    """An inquiry of this assembly, as a page's address names it; the first for "". Raises NotHere."""
    here = assembly.inquiries.order_by("agenda_item__position")
    if found := next((i for i in here if inquiry_id in {"", str(i.pk)}), None):
        return found
    raise NotHere


def value(assembly: Assembly, value_id: UUID) -> Value:
    """A value of this assembly's questions, retired or not. Raises NotHere."""
    if found := Value.objects.filter(inquiry__assemblies=assembly, pk=value_id).first():
        return found
    raise NotHere


def norm(assembly: Assembly, norm_id: UUID) -> Norm:
    """A norm of this assembly's questions, retired or not. Raises NotHere."""
    if found := Norm.objects.filter(inquiry__assemblies=assembly, pk=norm_id).first():
        return found
    raise NotHere


def rule(assembly: Assembly, rule_id: UUID) -> NormCandidate:
    """A rule somebody stated in this assembly. Raises NotHere."""
    here = NormCandidate.objects.filter(
        reading__revision__response__prompt__inquiry__assemblies=assembly, pk=rule_id
    )
    if found := here.select_related("reading__revision__response__prompt").first():
        return found
    raise NotHere


def transition(assembly: Assembly, transition_id: int) -> Transition:
    """A transition between values of this assembly. Raises NotHere."""
    here = Transition.objects.filter(inquiry__assemblies=assembly, pk=transition_id)
    if found := here.first():
        return found
    raise NotHere


def story(assembly: Assembly, story_id: int) -> Story:
    """A story of this assembly, released or not. Raises NotHere."""
    here = Story.objects.filter(transition__inquiry__assemblies=assembly, pk=story_id)
    if found := here.first():
        return found
    raise NotHere


def golden(assembly: Assembly, golden_id: str) -> GoldenAnswer:
    """A golden answer of this assembly, as a form or address names it. Raises NotHere."""
    here = GoldenAnswer.objects.filter(inquiry__assemblies=assembly).select_related("inquiry")
    if found := next((g for g in here if str(g.pk) == golden_id), None):
        return found
    raise NotHere


def card(assembly: Assembly, candidate_id: UUID) -> Candidate:
    """A card of this assembly. Raises NotHere."""
    here = Candidate.objects.filter(
        reading__revision__response__prompt__inquiry__assemblies=assembly, pk=candidate_id
    )
    if found := here.select_related("reading__revision__response__prompt").first():
        return found
    raise NotHere


def answer(assembly: Assembly, response_id: UUID) -> Response:
    """An answer given in this assembly. Raises NotHere."""
    here = Response.objects.filter(prompt__inquiry__assemblies=assembly, pk=response_id)
    if found := here.select_related("prompt").first():
        return found
    raise NotHere


def request(response: Response) -> ReadingRequest:
    """The reading request of an answer that counts: one that needs a person, in what was said more too, else the newest.

    Raises NotHere where its words are gone.
    """
    asked = ReadingRequest.objects.filter(revision__response__in=thread_ids(response.pk))
    related = asked.select_related("revision__response")
    needing = related.filter(state=ReadingRequest.State.NEEDS_PERSON).first()
    own = related.filter(revision__response=response).order_by("-revision__number").first()
    if found := needing or own:
        return found
    raise NotHere


def regrouping(assembly: Assembly, regrouping_id: UUID) -> Regrouping:
    """Values of this assembly that seem one, or one that seems two. Raises NotHere."""
    here = Regrouping.objects.filter(inquiry__assemblies=assembly, pk=regrouping_id)
    if found := here.first():
        return found
    raise NotHere


def imported(assembly: Assembly, import_id: UUID) -> Import:
    """An import of this assembly. Raises NotHere."""
    if found := assembly.imports.filter(pk=import_id).first():
        return found
    raise NotHere


def pool(assembly: Assembly, pool_id: UUID) -> Pool:
    """A list of people brought to this assembly, erased or not. Raises NotHere."""
    if found := assembly.pools.filter(pk=pool_id).first():
        return found
    raise NotHere


def lot(assembly: Assembly, lot_id: UUID) -> Lot:
    """A draw of this assembly. Raises NotHere."""
    here = Lot.objects.filter(pool__assembly=assembly, pk=lot_id)
    if found := here.select_related("pool", "replaces").first():
        return found
    raise NotHere
