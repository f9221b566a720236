"""Take in answers somebody already has: a file is shown first, then taken in batch by batch."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from deliberation.assemblies.actions.setting_up import add_inquiry
from deliberation.assemblies.errors import ImportUnderWay
from deliberation.assemblies.models import Assembly, Import
from elicitation.extraction.actions.waiting import request_readings
from elicitation.interview.actions import submit_many
from elicitation.interview.drafts import InquiryDraft, PromptDraft, Words
from elicitation.interview.incoming import Incoming
from elicitation.interview.models import Prompt
from elicitation.record.actions import append, recorded

MOST_PROBLEMS = 10_000
LEASE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Brought:
    """A file of answers by who knows it: `mapping` says which column holds what."""

    name: str
    path: str
    language: str
    mapping: Mapping[str, str]
    quotes_public: bool


@recorded
def forget_import(shown: Import) -> Import:
    """Say that the file of an import is kept no longer; it would have to be brought again."""
    held = Import.objects.select_for_update().get(pk=shown.pk)
    if held.state in (Import.State.SHOWN, Import.State.FAILED):
        held.state, held.path = Import.State.FORGOTTEN, ""
        held.save(update_fields=["state", "path"])
    append("import.forgotten", id=str(held.pk))
    return held


@recorded
def show_import(assembly: Assembly, file_name: str, path: str, language: str) -> Import:
    """Put a file on the table, to be looked at; nothing of it is taken in yet."""
    shown = Import.objects.create(
        assembly=assembly, file_name=file_name[-200:], path=path, language=language
    )
    append("import.shown", assembly=assembly.slug, file=str(shown.id))
    return shown


@recorded
def map_import(shown: Import, mapping: Mapping[str, str], quotes_public: bool) -> Import:
    """Say which column holds what. Raises ImportUnderWay once taking in has begun."""
    changed = Import.objects.filter(pk=shown.pk, state=Import.State.SHOWN).update(
        mapping=dict(mapping), quotes_public=quotes_public
    )
    if not changed:
        raise ImportUnderWay
    append("import.mapped", file=str(shown.id), fields=sorted(mapping))
    shown.refresh_from_db()
    return shown


@recorded
def bring(assembly: Assembly, file: Brought) -> Import:
    """Put a file on the table, say what its columns hold, and let it be taken in, all at once."""
    shown = show_import(assembly, file.name, file.path, file.language)
    return start_import(map_import(shown, file.mapping, file.quotes_public))


@recorded
def start_import(shown: Import) -> Import:
    """Let the file be taken in. Raises ImportUnderWay where somebody pressed the button before."""
    startable = [Import.State.SHOWN, Import.State.FAILED]
    if not Import.objects.filter(pk=shown.pk, state__in=startable).update(
        state=Import.State.RUNNING, failure=""
    ):
        raise ImportUnderWay
    append("import.started", file=str(shown.id))
    shown.refresh_from_db()
    return shown


@recorded
def take_in(taken: Import, batch: Sequence[Incoming], problems: Sequence[Sequence[object]]) -> int:
    """Keep one batch of a file, all or nothing, with the rows that were not taken. Returns how many are new."""
    held = Import.objects.select_for_update().select_related("assembly").get(pk=taken.pk)
    revisions = []
    for prompt, rows in _by_prompt(held.assembly, batch).items():
        revisions += submit_many(prompt, [(row.who, row.words) for row in rows])
    request_readings(revisions)
    counts = Counter(held.counts)
    counts["rows"] += len(batch) + len(problems)
    counts["stored"] += len(revisions)
    counts["already_there"] += len(batch) - len(revisions)
    counts.update(Counter(str(code) for _, code, _ in problems))
    room = MOST_PROBLEMS - len(held.problems)
    held.problems = [*held.problems, *map(list, problems[:room])]
    held.counts = dict(counts)
    held.leased_until = timezone.now() + LEASE
    held.save(update_fields=["counts", "problems", "leased_until"])
    append("import.batch", file=str(held.id), stored=len(revisions), not_taken=len(problems))
    return len(revisions)


@recorded
def begin_import(taken: Import) -> None:
    """Claim a started import and count from nothing: whatever an earlier, broken attempt kept is passed over.

    Raises ImportUnderWay where another worker is at it.
    """
    now = timezone.now()
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    if not Import.objects.filter(free, pk=taken.pk, state=Import.State.RUNNING).update(
        counts={}, problems=[], leased_until=now + LEASE
    ):
        raise ImportUnderWay
    append("import.counted_anew", file=str(taken.id))


@recorded
def end_import(taken: Import, failure: str = "") -> None:
    """All rows are in, or the file could not be read to its end; what was kept stays kept."""
    Import.objects.filter(pk=taken.pk).update(
        state=Import.State.FAILED if failure else Import.State.DONE,
        failure=failure,
        leased_until=None,
    )
    append("import.ended", file=str(taken.id), failed=bool(failure))


@recorded
def take_in_sample(prompt: Prompt, rows: Sequence[tuple[UUID, Words]]) -> int:
    """Keep answers written as a sample; those that are there already are passed over. Returns how many are new."""
    revisions = submit_many(prompt, rows)
    request_readings(revisions)
    append("sample.taken_in", prompt=str(prompt.id), stored=len(revisions))
    return len(revisions)


def _by_prompt(assembly: Assembly, batch: Sequence[Incoming]) -> dict[Prompt, list[Incoming]]:
    """The rows of each prompt; a question nobody has put yet becomes an inquiry of its own."""
    prompts = asked(assembly)
    rows: dict[Prompt, list[Incoming]] = defaultdict(list)
    for row in batch:
        if row.question not in prompts:
            prompts[row.question] = _put(assembly, row)
        rows[prompts[row.question]].append(row)
    return rows


def asked(assembly: Assembly) -> dict[str, Prompt]:
    """Each question put in the assembly, in every wording, to its prompt; "" is the first of all."""
    found: dict[str, Prompt] = {}
    here = Prompt.objects.current().filter(inquiry__assemblies=assembly)
    for prompt in here.select_related("inquiry").order_by(
        "inquiry__agenda_item__position", "position"
    ):
        found.setdefault("", prompt)
        for wording in [*prompt.inquiry.question.values(), *prompt.wording.values()]:
            found.setdefault(wording.strip(), prompt)
    return found


def _put(assembly: Assembly, row: Incoming) -> Prompt:
    question = {row.words.language: row.question or str(assembly)}
    draft = InquiryDraft(question, (row.words.language,), (PromptDraft(question),))
    with transaction.atomic():
        return add_inquiry(assembly, draft).prompts.get()
