"""Try again what gave up, or leave it to a person. Pressing twice is harmless: what waits again has not given up."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from deliberation.artifacts.actions import phrasings, printing
from deliberation.artifacts.dead_letters import Work, waiting
from deliberation.artifacts.models import LeftToPerson, Version
from deliberation.assemblies.actions import hooks
from deliberation.assemblies.actions.taking_in import start_import
from deliberation.assemblies.models import Assembly, Import
from elicitation.extraction.actions.waiting import read_again
from elicitation.extraction.models import ReadingRequest
from elicitation.graph.actions import tellings
from elicitation.record.actions import append, recorded


@recorded
def try_again(assembly: Assembly, work: Work, keys: Sequence[str]) -> int:
    """Put work that gave up in this assembly on its list anew, as if it had never been tried. Other keys are passed over. Returns how many."""
    found = _mine(assembly, work, keys)
    if found:
        AGAIN[work](found)
    append("work.tried_again", assembly=assembly.slug, work=work.value, count=len(found))
    return len(found)


@recorded
def leave_to_person(assembly: Assembly, work: Work, keys: Sequence[str]) -> int:
    """Take work that gave up off the list: a person sees to it, or nobody has to. Returns how many."""
    found = _mine(assembly, work, keys)
    left = [LeftToPerson(assembly=assembly, work=work, key=key) for key in found]
    LeftToPerson.objects.bulk_create(left, ignore_conflicts=True)
    append("work.left_to_a_person", assembly=assembly.slug, work=work.value, count=len(found))
    return len(found)


def _mine(assembly: Assembly, work: Work, keys: Sequence[str]) -> list[str]:
    rows = waiting(work).filter(held_by=assembly.pk, key__in=keys)
    return list(rows.values_list("key", flat=True))


def _files(keys: Sequence[str]) -> None:
    for version in Version.objects.filter(renditions__in=[int(key) for key in keys]).distinct():
        printing.try_again(version)


def _imports(keys: Sequence[str]) -> None:
    for taken in Import.objects.filter(pk__in=keys):
        start_import(taken)


AGAIN: Mapping[Work, Callable[[Sequence[str]], object]] = {
    Work.READING: lambda keys: read_again(
        list(ReadingRequest.objects.filter(pk__in=[UUID(key) for key in keys]))
    ),
    Work.STORY: lambda keys: tellings.tell_again([UUID(key) for key in keys]),
    Work.WORDING: lambda keys: phrasings.word_again([UUID(key) for key in keys]),
    Work.FILE: _files,
    Work.IMPORT: _imports,
    Work.WEBHOOK: hooks.try_again,
}
