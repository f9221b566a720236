"""Put questions, take answers in, change them, take them back."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from elicitation.interview.drafts import InquiryDraft, PromptDraft, Words
from elicitation.interview.errors import (
    AlreadyAnswered,
    AlreadyWithdrawn,
    FollowUpGone,
    InquiryIncomplete,
    OtherWordsSameKey,
    UnstorableText,
)
from elicitation.interview.models import (
    Context,
    FollowUp,
    Inquiry,
    Prompt,
    Respondent,
    Response,
    Revision,
)
from elicitation.interview.queries import may_ask, thread_ids
from elicitation.interview.texts import fault
from elicitation.record.actions import append, append_many, erase, recorded
from elicitation.record.leaves import digest
from elicitation.record.queries import binding


@recorded
def put_inquiry(draft: InquiryDraft) -> Inquiry:
    """Create an inquiry with its contexts and prompts. Raises InquiryIncomplete."""
    if not (draft.languages and draft.prompts and any(draft.question.values())):
        raise InquiryIncomplete
    inquiry = Inquiry.objects.create(question=dict(draft.question), languages=list(draft.languages))
    Context.objects.bulk_create(
        Context(inquiry=inquiry, position=n, phrase=dict(phrase))
        for n, phrase in enumerate(draft.contexts)
    )
    Prompt.objects.bulk_create(
        Prompt(inquiry=inquiry, position=n, **_texts(prompt))
        for n, prompt in enumerate(draft.prompts)
    )
    append("inquiry.put", inquiry=str(inquiry.id), prompts=len(draft.prompts))
    return inquiry


@recorded
def reword_prompt(prompt: Prompt, draft: PromptDraft) -> Prompt:
    """Put a new wording in place of `prompt`. Answers already given keep the wording they answered."""
    newer = Prompt.objects.create(
        inquiry=prompt.inquiry,
        position=prompt.position,
        version=prompt.version + 1,
        **_texts(draft),
    )
    Prompt.objects.filter(pk=prompt.pk).update(replaced_by=newer)
    append("prompt.reworded", old=str(prompt.id), new=str(newer.id))
    return newer


@recorded
def welcome(kind: str = Respondent.Kind.PERSON, *, asks_first: bool = False) -> Respondent:
    """A new voice, known by its pseudonym only. `asks_first`: its words go to no model elsewhere, and its rows into no
    file for researchers, before its author agreed to that."""
    respondent = Respondent.objects.create(
        kind=kind, asks_first=asks_first, in_research=not asks_first
    )
    append("respondent.welcomed", respondent=str(respondent.id), respondent_kind=kind)
    return respondent


@recorded
def permit_reading(respondent: Respondent, host: str) -> None:
    """Let its words be read by a model at `host` from now on; "" for none elsewhere."""
    Respondent.objects.filter(pk=respondent.pk).update(read_at=host, asks_first=True)
    append("respondent.reading_permitted", respondent=str(respondent.pk), elsewhere=bool(host))


@recorded
def permit_research(respondent: Respondent, permitted: bool) -> None:
    """Let its rows be in the files researchers get from now on, or not."""
    Respondent.objects.filter(pk=respondent.pk).update(in_research=permitted)
    append("respondent.research_permitted", respondent=str(respondent.pk), permitted=permitted)


@recorded
def submit(respondent: Respondent, prompt: Prompt, words: Words) -> Response:
    """Keep `words` exactly. A repeat of the same key and words returns the first response.

    Raises UnstorableText; OtherWordsSameKey where the key was used for something else; AlreadyAnswered where this voice has
    a standing answer to the prompt, which it can change instead.
    """
    _ensure_storable(words.text)
    response, new = _get_or_create(respondent, prompt, words)
    if not new:
        _ensure_same(response, respondent, words)
        append("response.repeated", response=str(response.id))
        return response
    first = Revision.objects.create(
        response=response, text=words.text, language=words.language, by_helper=words.by_helper
    )
    helped = {"by_helper": True} if words.by_helper else {}
    append("response.received", **_bound(response, first), **helped, prompt=str(prompt.id))
    return response


@recorded
def submit_many(prompt: Prompt, rows: Sequence[tuple[UUID, Words]]) -> list[Revision]:
    """Keep many answers at once; each row is (respondent id, words). Keys already there are passed over.

    Texts must be storable (see texts.fault). Returns the revisions that are new.
    """
    known = set(
        Response.objects.filter(prompt=prompt, key__in=[w.key for _, w in rows]).values_list(
            "key", flat=True
        )
    )
    fresh = {words.key: (who, words) for who, words in reversed(rows) if words.key not in known}
    people = {who for who, _ in fresh.values()}
    Respondent.objects.bulk_create([Respondent(id=who) for who in people], ignore_conflicts=True)
    responses = Response.objects.bulk_create(
        Response(
            prompt=prompt,
            respondent_id=who,
            key=words.key,
            channel=words.channel,
            quotes_public=words.quotes_public,
        )
        for who, words in reversed(fresh.values())
    )
    revisions = Revision.objects.bulk_create(
        Revision(response=r, text=fresh[r.key][1].text, language=fresh[r.key][1].language)
        for r in responses
    )
    told = {"prompt": str(prompt.id)}
    append_many("response.received", ({**_bound(r.response, r), **told} for r in revisions))
    append(
        "responses.received",
        prompt=str(prompt.id),
        responses=len(responses),
        passed_over=len(rows) - len(responses),
    )
    return revisions


@recorded
def revise(response: Response, text: str, language: str) -> Revision:
    """Put new words in place of the old, which are kept as an earlier revision.

    The same words again change nothing. Raises UnstorableText, AlreadyWithdrawn.
    """
    _ensure_storable(text)
    latest = _locked(response).latest
    if latest is None:
        raise AlreadyWithdrawn
    if latest.text == text:
        append("response.unchanged", response=str(response.id))
        return latest
    revision = Revision.objects.create(
        response=response, number=latest.number + 1, text=text, language=language
    )
    FollowUp.objects.filter(root=response.pk, state=FollowUp.State.ASKED).update(
        state=FollowUp.State.SKIPPED, answered_at=timezone.now()
    )
    append("response.revised", **_bound(response, revision), number=revision.number)
    return revision


@recorded
def withdraw(response: Response) -> None:
    """Erase the words, all that was read from them, and what the record says of them; that there was an answer stays counted.

    Raises AlreadyWithdrawn.
    """
    if _locked(response).withdrawn_at:
        raise AlreadyWithdrawn
    thread = Response.objects.filter(pk__in=thread_ids(response.pk))
    Revision.objects.filter(response__in=thread).delete()
    thread.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())
    FollowUp.objects.filter(root=response.pk).update(asked="")
    erase(binding(thread.values_list("pk", flat=True)).values_list("pk", flat=True))
    append("response.withdrawn", response=str(response.id))


@recorded
def ask_beneath(revision: Revision, kind: str, start: int, end: int) -> FollowUp | None:
    """Put the next question of the ladder about revision.text[start:end]; None where no more may be asked."""
    root = revision.response.follows.root if revision.response.follows else revision.response
    if not may_ask(root):
        append("follow_up.not_asked", response=str(root.pk))
        return None
    number = FollowUp.objects.filter(root=root).count() + 1
    asked = FollowUp.objects.create(
        root=root, revision=revision, number=number, kind=kind, start=start, end=end
    )
    append("follow_up.asked", response=str(root.pk), number=number)
    return asked


@recorded
def reply(follow_up: FollowUp, words: Words, asked: str) -> Response:
    """Keep what its author says when `asked` once more. A repeat of the same key returns the first reply.

    Raises UnstorableText; OtherWordsSameKey; FollowUpGone where it was answered, skipped or its answer changed.
    """
    _ensure_storable(words.text)
    root = _locked(follow_up.root)
    if known := Response.objects.filter(prompt=root.prompt_id, key=words.key).first():
        _ensure_same(known, root.respondent, words)
        append("response.repeated", response=str(known.id))
        return known
    answered = FollowUp.objects.filter(pk=follow_up.pk, state=FollowUp.State.ASKED).update(
        state=FollowUp.State.ANSWERED, asked=asked, answered_at=timezone.now()
    )
    if not answered or root.withdrawn_at:
        raise FollowUpGone
    follow_up.refresh_from_db()
    response = Response.objects.create(
        prompt=root.prompt,
        respondent=root.respondent,
        key=words.key,
        channel=root.channel,
        quotes_public=root.quotes_public,
        follows=follow_up,
    )
    said = Revision.objects.create(response=response, text=words.text, language=words.language)
    append("follow_up.answered", **_bound(response, said), follows=str(root.pk))
    return response


@recorded
def skip(follow_up: FollowUp) -> bool:
    """Its author would rather not say more. Skipping what is answered or skipped already changes nothing."""
    _locked(follow_up.root)
    skipped = FollowUp.objects.filter(pk=follow_up.pk, state=FollowUp.State.ASKED).update(
        state=FollowUp.State.SKIPPED, answered_at=timezone.now()
    )
    append("follow_up.skipped", response=str(follow_up.root_id), changed=skipped)
    return bool(skipped)


def _bound(response: Response, revision: Revision) -> dict[str, str]:
    """What an entry says of words: whose they are, and a digest that is erased with them."""
    return {
        "response": str(response.pk),
        "revision": str(revision.pk),
        "words": digest(revision.text),
    }


def _get_or_create(respondent: Respondent, prompt: Prompt, words: Words) -> tuple[Response, bool]:
    new = Response(
        respondent=respondent,
        prompt=prompt,
        key=words.key,
        channel=words.channel,
        quotes_public=words.quotes_public,
    )
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError as taken:
        if there := Response.objects.filter(prompt=prompt, key=words.key).first():
            return there, False
        raise AlreadyAnswered from taken
    return new, True


def _texts(draft: PromptDraft) -> dict[str, Any]:
    return {k: dict(v) if k != "kind" else v for k, v in asdict(draft).items()}


def _locked(response: Response) -> Response:
    return Response.objects.select_for_update().get(pk=response.pk)


def _ensure_storable(text: str) -> None:
    if found := fault(text):
        raise UnstorableText(fault=found)


def _ensure_same(response: Response, respondent: Respondent, words: Words) -> None:
    """The same key from the same voice with words it has sent before is a repeat; all else is not."""
    mine = response.respondent_id == respondent.pk
    if not (mine and response.revisions.filter(text=words.text).exists()):
        raise OtherWordsSameKey
