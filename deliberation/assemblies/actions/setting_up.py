"""Found an assembly, time its phases, give out roles and invitations."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from deliberation.assemblies import codes
from deliberation.assemblies.actions.organising import give_place
from deliberation.assemblies.actions.strata import add_stratum, aim
from deliberation.assemblies.actions.text_keeping import begin_text
from deliberation.assemblies.drafts import AssemblyDraft, DocumentDraft
from deliberation.assemblies.errors import PhaseBackwards, SlugTaken
from deliberation.assemblies.models import (
    AgendaItem,
    Assembly,
    Colleague,
    Invitation,
    Organisation,
    Phase,
    Role,
)
from elicitation.interview.actions import put_inquiry
from elicitation.interview.drafts import InquiryDraft
from elicitation.interview.models import Inquiry
from elicitation.record.actions import append, recorded


@recorded
def found(
    draft: AssemblyDraft, facilitator: AbstractBaseUser | None, organisation: Organisation
) -> Assembly:
    """Create an assembly of an organisation with its inquiries, phases and strata. Raises SlugTaken, PhaseBackwards, InquiryIncomplete, StratumUnfit, TargetsUnfit."""
    try:
        with transaction.atomic():
            assembly = Assembly.objects.create(
                organisation=organisation,
                slug=draft.slug,
                title=dict(draft.title),
                welcome=dict(draft.welcome),
                consent=dict(draft.consent),
                languages=list(draft.languages),
                zone=draft.zone,
                document=_told(draft.document),
                is_sample=draft.is_sample,
            )
    except IntegrityError as taken:
        raise SlugTaken from taken
    begin_text(assembly)
    append("assembly.founded", assembly=assembly.slug, organisation=organisation.slug)
    for inquiry in draft.inquiries:
        add_inquiry(assembly, inquiry)
    for kind, (starts_at, ends_at) in draft.phases.items():
        set_phase(assembly, kind, starts_at, ends_at)
    for stratum in draft.strata:
        made = add_stratum(assembly, stratum.wording, stratum.options)
        if stratum.targets:
            aim(made, stratum.targets)
    if facilitator:
        for role in Role.Kind.values:
            give_role(assembly, facilitator, role)
    return assembly


@recorded
def add_inquiry(assembly: Assembly, draft: InquiryDraft) -> Inquiry:
    """Put one more question on the agenda. Raises InquiryIncomplete."""
    Assembly.objects.select_for_update().get(pk=assembly.pk)
    inquiry = put_inquiry(draft)
    AgendaItem.objects.create(assembly=assembly, inquiry=inquiry, position=assembly.agenda.count())
    append("agenda.extended", assembly=assembly.slug, inquiry=str(inquiry.id))
    return inquiry


@recorded
def set_phase(assembly: Assembly, kind: str, starts_at: datetime, ends_at: datetime) -> Phase:
    """Set when something is open. Both times are aware. Raises PhaseBackwards."""
    if starts_at >= ends_at:
        raise PhaseBackwards
    phase, _ = Phase.objects.update_or_create(
        assembly=assembly, kind=kind, defaults={"starts_at": starts_at, "ends_at": ends_at}
    )
    append(
        "phase.set",
        assembly=assembly.slug,
        phase=kind,
        starts_at=starts_at.isoformat(),
        ends_at=ends_at.isoformat(),
    )
    return phase


@recorded
def give_role(assembly: Assembly, account: AbstractBaseUser, kind: str) -> Role:
    """Let an account run or study an assembly, as a member of its organisation; giving it twice is giving it once."""
    if not assembly.organisation.colleagues.filter(user_id=account.pk).exists():
        give_place(assembly.organisation, account, Colleague.Kind.MEMBER)
    role, _ = Role.objects.get_or_create(
        assembly=assembly,
        user_id=account.pk,
        kind=kind,
        defaults={"organisation_id": assembly.organisation_id},
    )
    append("role.given", assembly=assembly.slug, role=kind)
    return role


@recorded
def invite(assembly: Assembly, label: str = "", seats: int | None = None) -> Invitation:
    """Make a way in, for as many as `seats` says, or for all who hold it."""
    salt = codes.new_salt()
    code = codes.derive(settings.SECRET_KEY, "invitation", salt)
    invitation = Invitation.objects.create(
        assembly=assembly, label=label, salt=salt, code_digest=codes.digest(code), seats=seats
    )
    append("invitation.made", assembly=assembly.slug, invitation=invitation.pk, seats=seats)
    return invitation


@recorded
def close_invitation(invitation: Invitation) -> None:
    """Let nobody else in this way; who came in before stays."""
    Invitation.objects.filter(pk=invitation.pk).update(closed_at=timezone.now())
    append("invitation.closed", invitation=invitation.pk)


def _told(document: DocumentDraft | None) -> dict[str, object]:
    return {"kind": document.kind, "title": dict(document.title)} if document else {}
