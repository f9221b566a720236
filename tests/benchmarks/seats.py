"""An assembly open for answers, and seats in it made in one go. Imported once Django is set up."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.drafts import AssemblyDraft
from deliberation.assemblies.models import Assembly, Consent, Membership, Phase
from elicitation.interview.drafts import InquiryDraft, PromptDraft
from elicitation.interview.models import Respondent
from tests.houses import house

BATCH = 2000
HERE = "127.0.0.1"  # where the model of a benchmark is: everybody here agreed to it


def hall(prompts: int, slug: str = "hall") -> tuple[Assembly, list[UUID]]:
    """An assembly that asks so many questions, all open. Returns it with the ids of its prompts."""
    now = timezone.now()
    asked = tuple(PromptDraft({"en": f"What do you look at, number {n}?"}) for n in range(prompts))
    draft = AssemblyDraft(
        slug=slug,
        title={"en": "A full hall"},
        welcome={"en": "Ten minutes."},
        consent={"en": "We keep your words."},
        languages=("en",),
        zone="Europe/Madrid",
        inquiries=(InquiryDraft({"en": "What matters here?"}, ("en",), asked),),
        phases={Phase.Kind.ANSWERING: (now - timedelta(hours=1), now + timedelta(days=1))},
    )
    assembly = setting_up.found(draft, None, house())
    return assembly, [p.pk for p in assembly.inquiries.get().prompts.order_by("position")]


def seated(assembly: Assembly, people: int) -> list[str]:
    """Seats for so many who have agreed to everything. Returns a session key each."""
    keys: list[str] = []
    for start in range(0, people, BATCH):
        keys += _seated(assembly, min(BATCH, people - start))
    return keys


def _seated(assembly: Assembly, people: int) -> list[str]:
    voices = Respondent.objects.bulk_create(
        Respondent(asks_first=True, read_at=HERE, in_research=True) for _ in range(people)
    )
    members = Membership.objects.bulk_create(
        Membership(
            assembly=assembly,
            respondent=voice,
            salt=secrets.token_hex(8),
            code_digest=secrets.token_hex(32),
            language="en",
        )
        for voice in voices
    )
    Consent.objects.bulk_create(
        Consent(membership=member, text_version=assembly.consent_version) for member in members
    )
    store, until = SessionStore(), timezone.now() + timedelta(days=1)
    sessions = Session.objects.bulk_create(
        Session(
            session_key=secrets.token_hex(16),
            session_data=store.encode({"members": {assembly.slug: member.pk}}),
            expire_date=until,
        )
        for member in members
    )
    return [session.session_key for session in sessions]
