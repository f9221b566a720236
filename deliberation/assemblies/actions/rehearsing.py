"""Rehearse an assembly that has not opened: copy it as a sample, and let made-up people come, agree and answer there (decision 0041)."""

from datetime import timedelta
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q
from django.utils import timezone

from deliberation.assemblies import made_up, queries
from deliberation.assemblies.actions import consenting, setting_up, strata, taking_part
from deliberation.assemblies.drafts import AssemblyDraft, DocumentDraft, StratumDraft
from deliberation.assemblies.errors import RehearsalThere, RehearsalTooLate
from deliberation.assemblies.models import Agreement, Assembly, Membership, Phase, Rehearsal
from elicitation.interview.drafts import InquiryDraft, PromptDraft, Words
from elicitation.interview.models import Inquiry, Prompt
from elicitation.record.actions import append, recorded

LASTS = timedelta(days=30)
LEASE = timedelta(minutes=2)
RING_AGAIN = timedelta(seconds=5)


@recorded
def rehearse(assembly: Assembly, account: AbstractBaseUser) -> Rehearsal:
    """Copy an assembly as a sample in which everything is open, for the same people to run; a worker fills it.

    Raises RehearsalTooLate once somebody has joined or answered, or for a rehearsal itself; RehearsalThere.
    """
    Assembly.objects.select_for_update(no_key=True).get(pk=assembly.pk)
    if Rehearsal.objects.filter(copy=assembly).exists() or queries.has_begun(assembly):
        raise RehearsalTooLate
    if Rehearsal.objects.filter(original=assembly).exists():
        raise RehearsalThere
    copy = setting_up.found(_draft(assembly), None, assembly.organisation)
    for role in assembly.roles.select_related("user"):
        setting_up.give_role(copy, role.user, role.kind)
    setting_up.invite(copy, "rehearsal")
    made = Rehearsal.objects.create(
        original=assembly, copy=copy, account_id=account.pk, ring_at=timezone.now()
    )
    append("rehearsal.begun", assembly=assembly.slug, rehearsal=copy.slug)
    return made


@recorded
def claim(rehearsal_id: UUID) -> Rehearsal | None:
    """Take one to be filled; None where another worker has it, or it is filled, or gone."""
    now = timezone.now()
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    taken = Rehearsal.objects.filter(free, pk=rehearsal_id, filled_at=None)
    got = taken.update(leased_until=now + LEASE, ring_at=now + LEASE)
    append("rehearsal.claimed", rehearsal=str(rehearsal_id), got=bool(got))
    return Rehearsal.objects.select_related("copy").filter(pk=rehearsal_id).first() if got else None


@recorded
def arrive(rehearsal: Rehearsal, nth: int) -> Membership:
    """Let the `nth` made-up person come: join, agree, say something of themselves, answer. All of it or nothing."""
    copy = rehearsal.copy
    language = made_up.language_of(nth, copy.languages)
    invitation = copy.invitations.filter(label="rehearsal").first() or setting_up.invite(copy, "rehearsal")  # fmt: skip
    member = taking_part.join(invitation, language)
    taking_part.agree(member)
    consenting.decide(member, Agreement.Purpose.RESEARCH, True)
    asked = {one.pk: one.options[nth % len(one.options)]["code"] for one in copy.strata.all()}
    if asked:
        strata.belong(member, asked)
    for place, prompt in enumerate(queries.prompts_of(copy)[: made_up.ENOUGH_PROMPTS]):
        text, tag = made_up.words_of(nth, place, language)
        taking_part.answer(member, prompt, Words(text, tag, f"rehearsal-{nth}"))
    append("rehearsal.arrived", assembly=copy.slug, person=nth)
    return member


@recorded
def put_off(rehearsal: Rehearsal) -> None:
    """Let a worker go on a little later: something of it is still being read."""
    soon = timezone.now() + RING_AGAIN
    Rehearsal.objects.filter(pk=rehearsal.pk).update(leased_until=None, ring_at=soon)
    append("rehearsal.put_off", rehearsal=str(rehearsal.pk))


@recorded
def finish(rehearsal: Rehearsal) -> None:
    """Say that it is filled."""
    now = timezone.now()
    Rehearsal.objects.filter(pk=rehearsal.pk).update(filled_at=now, leased_until=None, ring_at=None)
    append("rehearsal.filled", rehearsal=str(rehearsal.pk))


def _free_slug(assembly: Assembly) -> str:
    """The assembly's own, marked as a rehearsal; with a number where that is taken."""
    marked = f"{assembly.slug[:46]}-rehearsal"
    names = (marked, *(f"{marked}-{n}" for n in range(2, 100)))
    return next(name for name in names if not Assembly.objects.filter(slug=name).exists())


def _draft(assembly: Assembly) -> AssemblyDraft:
    now = timezone.now()
    told = assembly.document
    return AssemblyDraft(
        slug=_free_slug(assembly),
        title=assembly.title,
        welcome=assembly.welcome,
        consent=assembly.consent,
        languages=tuple(assembly.languages),
        zone=assembly.zone,
        inquiries=tuple(
            _inquiry(one) for one in assembly.inquiries.order_by("agenda_item__position")
        ),
        phases=dict.fromkeys(Phase.Kind.values, (now, now + LASTS)),
        strata=tuple(
            StratumDraft(s.wording, [o["wording"] for o in s.options], s.targets)
            for s in assembly.strata.all()
        ),
        document=DocumentDraft(told["kind"], told.get("title", {})) if told else None,
        is_sample=True,
    )


def _inquiry(inquiry: Inquiry) -> InquiryDraft:
    prompts: list[Prompt] = list(inquiry.prompts.current().order_by("position"))
    return InquiryDraft(
        question=inquiry.question,
        languages=tuple(inquiry.languages),
        prompts=tuple(PromptDraft(p.wording, p.kind, p.help, p.example) for p in prompts),
        contexts=tuple(context.phrase for context in inquiry.contexts.standing()),
    )
