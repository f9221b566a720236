"""Who comes in. A gate returns what it lets through, or refuses; pages and API share it.

A refusal is always NotHere, so it does not tell whether the thing exists.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import QuerySet

from deliberation.assemblies import codes
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import (
    Assembly,
    Import,
    Invitation,
    Membership,
    Organisation,
    Role,
    StaffInvitation,
)
from deliberation.assemblies.places import stewarded
from elicitation.extraction.models import Candidate, GoldenAnswer, NormCandidate, ReadingRequest
from elicitation.graph.models import Norm, Regrouping, Showing, Story, Transition, Value
from elicitation.graph.open_pairs import related
from elicitation.interview.models import FollowUp, Inquiry, Prompt, Response
from elicitation.interview.queries import thread_ids

Account = AbstractBaseUser | AnonymousUser
MEMBERS = "members"  # where a session keeps its memberships: slug -> id


def invitation(code: str) -> Invitation:
    """The invitation of a typed or scanned code. Raises NotHere."""
    open_ones = Invitation.objects.filter(closed_at=None).select_related("assembly")
    if found := open_ones.filter(code_digest=codes.digest(code)).first():
        return found
    raise NotHere


def staff_invitation(code: str) -> StaffInvitation:
    """The open invitation of a colleague's link. Raises NotHere."""
    found = (
        StaffInvitation.objects.filter(code_digest=codes.digest(code))
        .select_related("assembly", "organisation")
        .first()
    )
    if found and found.is_open:
        return found
    raise NotHere


def returning(code: str) -> Membership:
    """The membership of a receipt code. Raises NotHere."""
    if found := _memberships().filter(code_digest=codes.digest(code)).first():
        return found
    raise NotHere


def member(slug: str, membership_id: int | None) -> Membership:
    """The membership a session carries, in this assembly. Raises NotHere."""
    if membership_id and (
        found := _memberships().filter(assembly__slug=slug, pk=membership_id).first()
    ):
        return found
    raise NotHere


def seat(slug: str, session: Mapping[str, Any]) -> Membership:
    """The membership a browser's session carries in this assembly. Raises NotHere."""
    return member(slug, session.get(MEMBERS, {}).get(slug))


def staff(slug: str, account: Account, kind: str) -> Assembly:
    """The assembly in which `account` holds the role `kind`. Raises NotHere."""
    if account.is_authenticated:
        held = Role.objects.filter(assembly__slug=slug, user_id=account.pk, kind=kind)
        if role := held.select_related("assembly").first():
            return role.assembly
    raise NotHere


def facilitator(slug: str, account: Account) -> Assembly:
    """The assembly `account` runs. Raises NotHere."""
    return staff(slug, account, Role.Kind.FACILITATOR)


def researcher(slug: str, account: Account) -> Assembly:
    """The assembly `account` may export. Raises NotHere."""
    return staff(slug, account, Role.Kind.RESEARCHER)


def steward(slug: str, account: Account) -> Organisation:
    """The organisation `account` is a steward of. Raises NotHere."""
    if found := stewarded(account).filter(slug=slug).first():
        return found
    raise NotHere


def founder(account: Account) -> list[Organisation]:
    """The organisations in which `account` may found an assembly, one at least. Raises NotHere."""
    if found := list(stewarded(account)):
        return found
    raise NotHere


def public(slug: str) -> Assembly:
    """An assembly whose results everybody may read. Raises NotHere."""
    if found := Assembly.objects.filter(slug=slug, is_public=True).first():
        return found
    raise NotHere


def own_response(membership: Membership, response_id: UUID) -> Response:
    """An answer of this member's own; what was said more goes with it. Raises NotHere."""
    mine = Response.objects.to_prompts().filter(respondent=membership.respondent_id, pk=response_id)
    if found := mine.select_related("prompt").first():
        return found
    raise NotHere


def own_card(membership: Membership, candidate_id: UUID) -> Candidate:
    """A card read from this member's own words. Raises NotHere."""
    mine = Candidate.objects.filter(
        reading__revision__response__respondent=membership.respondent_id, pk=candidate_id
    )
    if found := mine.select_related("reading__revision__response").first():
        return found
    raise NotHere


def own_follow_up(membership: Membership, follow_up_id: UUID) -> FollowUp:
    """A question beneath this member's own answer, whose words are still there. Raises NotHere."""
    mine = FollowUp.objects.filter(root__respondent=membership.respondent_id, pk=follow_up_id)
    mine = mine.exclude(revision=None)
    if found := mine.select_related("root__prompt__inquiry", "revision").first():
        return found
    raise NotHere


def own_norm(membership: Membership, norm_id: UUID) -> NormCandidate:
    """A rule read from this member's own words. Raises NotHere."""
    mine = NormCandidate.objects.filter(
        reading__revision__response__respondent=membership.respondent_id, pk=norm_id
    )
    if found := mine.select_related("reading__revision__response").first():
        return found
    raise NotHere


def own_showing(membership: Membership, showing_id: int) -> Showing:
    """A transition as it was put to this member. Raises NotHere."""
    mine = Showing.objects.filter(
        respondent=membership.respondent_id,
        transition__inquiry__assemblies=membership.assembly_id,
        pk=showing_id,
    )
    if found := related(mine).first():
        return found
    raise NotHere


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


def receipt_code(membership: Membership) -> str | None:
    """The member's receipt code, or None where the site's key has changed since (the old code still works)."""
    code = codes.derive(settings.SECRET_KEY, "receipt", membership.salt)
    return code if codes.digest(code) == membership.code_digest else None


def staff_code(invited: StaffInvitation) -> str | None:
    """The code of a colleague's link, or None where the site's key has changed since."""
    code = codes.derive(settings.SECRET_KEY, "colleague", invited.salt)
    return code if codes.digest(code) == invited.code_digest else None


def invitation_code(invited: Invitation) -> str | None:
    """The invitation's code, or None where the site's key has changed since (the old code still works)."""
    code = codes.derive(settings.SECRET_KEY, "invitation", invited.salt)
    return code if codes.digest(code) == invited.code_digest else None


def _memberships() -> QuerySet[Membership]:
    return Membership.objects.select_related("assembly", "respondent")
