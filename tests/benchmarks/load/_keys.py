"""Each kind of write with a key, eight at once. Imported once the site stands."""

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from deliberation.artifacts.actions import drafting, ratifying
from deliberation.artifacts.models import Artifact, Ballot, Objection
from deliberation.assemblies import gates, ways
from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.models import Assembly, Invitation, Membership, Phase, Role
from elicitation.graph.models import Endorsement, Judgement, Showing, Transition, Value
from elicitation.interview.models import Response
from elicitation.record.models import Entry
from tests.benchmarks.crowd import TOKEN, Answer, Line, sending
from tests.benchmarks.figures import Figure
from tests.benchmarks.seats import hall, seated
from tests.benchmarks.standing import Standing

AT_ONCE = 8
TOGETHER = 3  # keys under way at the same time
TEXT = "When the river floods I look at who is left without a door to knock on."


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of write: what is sent for each key, how many rows there are of it, and which entry tells of one."""

    name: str
    requests: Sequence[bytes]
    rows: Callable[[], int]
    entry: str


def figures(site: Standing, keys: int) -> Iterator[Figure]:
    """For each kind: rows made, entries written, and keys all of whose answers led to the same place."""
    kinds = [*of_members(keys), *of_staff(keys), joining(keys)]
    site.start("site")
    for kind in kinds:
        rows, entries = kind.rows(), _entries(kind)
        began = time.monotonic()
        told = asyncio.run(all_sent(site.port, kind.requests))
        one = sum(len(set(answers)) == 1 and answers[0].status in (200, 302, 303) for answers in told)  # fmt: skip
        spent = time.monotonic() - began
        statuses = Counter(answer.status for answers in told for answer in answers)
        sys.stdout.write(f"{kind.name}: {spent:.1f} s, {dict(statuses)}\n")
        yield Figure(f"{kind.name}: rows made for {keys} keys, no more", kind.rows() - rows, keys, most=True)  # fmt: skip
        yield Figure(f"{kind.name}: rows made for {keys} keys, no fewer", kind.rows() - rows, keys)
        yield Figure(f"{kind.name}: entries of the record, no more", _entries(kind) - entries, keys, most=True)  # fmt: skip
        yield Figure(f"{kind.name}: keys whose {AT_ONCE} answers are one", one, keys)


async def all_sent(port: int, requests: Sequence[bytes]) -> list[list[Answer]]:
    """Every request eight times at once, a few keys under way together."""
    waiting = list(enumerate(requests))[::-1]
    told: list[list[Answer]] = [[] for _ in requests]

    async def serve() -> None:
        lines = [Line(port) for _ in range(AT_ONCE)]
        while waiting:
            n, request = waiting.pop()
            told[n] = [_kept(a) for a in await asyncio.gather(*(line.ask(request) for line in lines))]  # fmt: skip
        for line in lines:
            line.close()

    await asyncio.gather(*(serve() for _ in range(TOGETHER)))
    return told


def of_members(keys: int) -> Iterator[Kind]:
    """What people do: answer, weigh (by page and by API), judge, object, vote, take back."""
    assembly, (first, second) = hall(2)
    sessions = seated(assembly, keys)
    for kind in Phase.Kind.values:
        setting_up.set_phase(assembly, kind, *_span())
    made, other = (_value(assembly, title) for title in ("Doors", "Nights"))
    yield Kind(
        "an answer",
        [sending(f"/a/hall/answer/{first}/", s, text=TEXT, key=uuid4().hex) for s in sessions],
        Response.objects.count,
        "response.received",
    )
    yield Kind(
        "a vote on a value",
        [_keyed("/a/hall/weigh/", s, value=str(made.pk), says="agree") for s in sessions],
        Endorsement.objects.count,
        "value.endorsed",
    )
    yield Kind(
        "a vote by the API",
        [_by_api(s, {"value": str(other.pk), "says": "agree"}) for s in sessions],
        Endorsement.objects.count,
        "value.endorsed",
    )
    yield _judging(assembly, sessions, made, other)
    yield from _on_documents(assembly, sessions, made)
    yield _withdrawing(assembly, sessions, second)


def _judging(assembly: Assembly, sessions: list[str], less: Value, more: Value) -> Kind:
    asked = Transition.objects.create(
        inquiry=less.inquiry, from_value=less, to_value=more, source=Transition.Source.PERSON
    )
    how = {"forward": True, "to_left": False, "with_story": False, "route": "few"}
    voices = assembly.memberships.order_by("pk").values_list("respondent", flat=True)
    showings = Showing.objects.bulk_create(
        Showing(respondent_id=voice, transition=asked, **how) for voice in voices
    )
    requests = [
        _keyed(f"/a/hall/judge/{showing.pk}/", session, answer="to")
        for showing, session in zip(showings, sessions, strict=True)
    ]
    return Kind("a judgement", requests, Judgement.objects.count, "judgement.given")


def _on_documents(assembly: Assembly, sessions: list[str], value: Value) -> Iterator[Kind]:
    draft = drafting.draft(assembly, "charter", "Charter", "en")
    drafting.write_clause(draft, "Doors stay open.", [value])
    clause = drafting.put_before(draft).clauses.get()
    objecting = f"/a/hall/draft/{draft.pk}/{clause.pk}/"
    yield Kind(
        "an objection",
        [_keyed(objecting, s, reason="Windows, too.", rewording="") for s in sessions],
        Objection.objects.count,
        "objection.made",
    )
    voted = drafting.draft(assembly, "brief", "Brief", "en")
    line = drafting.write_clause(voted, "Nights are quiet.", [value])
    ratifying.open_ballot(voted)
    said = {"whole": "approve", str(line.pk): "approve", "do": "cast"}
    yield Kind(
        "a ballot",
        [_keyed(f"/a/hall/vote/{voted.pk}/", s, **said) for s in sessions],
        Ballot.objects.count,
        "ballot.cast",
    )


def _withdrawing(assembly: Assembly, sessions: list[str], prompt: object) -> Kind:
    voices = assembly.memberships.order_by("pk").values_list("respondent", flat=True)
    given = Response.objects.bulk_create(
        Response(prompt_id=prompt, respondent_id=voice, key=uuid4().hex) for voice in voices
    )
    requests = [
        _keyed(f"/a/hall/mine/{one.pk}/withdraw/", session)
        for one, session in zip(given, sessions, strict=True)
    ]
    gone = Response.objects.exclude(withdrawn_at=None)
    return Kind("a withdrawal", requests, gone.count, "response.withdrawn")


def of_staff(keys: int) -> Iterator[Kind]:
    """What facilitators do: invite, and begin documents."""
    assembly = Assembly.objects.get(slug="hall")
    ada = get_user_model().objects.create_user("ada")
    setting_up.give_role(assembly, ada, Role.Kind.FACILITATOR)
    session = SessionStore()
    session[SESSION_KEY] = str(ada.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = ada.get_session_auth_hash()
    session.save()
    who = session.session_key or ""
    yield Kind(
        "an invitation",
        [_keyed("/run/hall/invite/", who, label=str(n), seats="") for n in range(keys)],
        Invitation.objects.count,
        "invitation.made",
    )
    fields = {"kind": "charter", "title": "Charter", "language": "en"}
    yield Kind(
        "a document",
        [_keyed("/run/hall/documents/", who, **fields) for _ in range(keys)],
        Artifact.objects.count,
        "artifact.drafted",
    )


def joining(keys: int) -> Kind:
    """Each with a form and a secret of their own."""
    code = gates.invitation_code(setting_up.invite(Assembly.objects.get(slug="hall"), "door"))
    requests = [
        _keyed(f"/join/{code}/", "").replace(b"sessionid=;", b"coming=%b;" % secret.encode())
        for secret in (ways.new_secret() for _ in range(keys))
    ]
    return Kind("a seat", requests, Membership.objects.count, "membership.made")


def _keyed(path: str, session: str, **fields: str) -> bytes:
    return sending(path, session, once=str(uuid4()), **fields)


def _by_api(session: str, said: dict[str, str]) -> bytes:
    body = json.dumps(said).encode()
    head = (
        f"POST /api/v1/assemblies/hall/weighing/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: sessionid={session}; csrftoken={TOKEN}\r\n"
        f"X-CSRFToken: {TOKEN}\r\nIdempotency-Key: {uuid4()}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _kept(answer: Answer) -> Answer:
    """302 and 303 both send a browser on to look."""
    return Answer(303, answer.location) if answer.status == 302 else answer


def _entries(kind: Kind) -> int:
    return Entry.objects.filter(kind=kind.entry).count()


def _span() -> tuple[object, object]:
    now = timezone.now()
    return now - timedelta(hours=1), now + timedelta(days=1)


def _value(assembly: Assembly, title: str) -> Value:
    return Value.objects.create(
        inquiry=assembly.inquiries.get(), title=title, policies=["DOORS"], language="en"
    )
