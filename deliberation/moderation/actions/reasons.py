"""Agree on the reasons moderators may give, before the assembly opens."""

from collections.abc import Mapping

from django.db.models import Max
from django.utils.text import slugify

from deliberation.assemblies.models import Assembly
from deliberation.moderation.errors import ReasonMissing, ReasonsFixed
from deliberation.moderation.models import Reason
from deliberation.moderation.queries import reasons_are_fixed
from deliberation.moderation.reasons import DEFAULTS
from elicitation.interview.texts import fault
from elicitation.record.actions import append, recorded


@recorded
def agree_on_reasons(assembly: Assembly) -> None:
    """Begin with the reasons of the house, where an assembly has none yet."""
    held = Assembly.objects.select_for_update(no_key=True).get(pk=assembly.pk)
    new = DEFAULTS if not held.reasons.exists() else ()
    Reason.objects.bulk_create(
        Reason(
            assembly=held,
            code=draft.code,
            wording=dict(draft.wording),
            kinds=list(draft.kinds),
            position=position,
        )
        for position, draft in enumerate(new)
    )
    append("reasons.agreed", assembly=held.slug, codes=[draft.code for draft in new])


@recorded
def word_reason(assembly: Assembly, code: str, wording: Mapping[str, str]) -> Reason:
    """Word a reason of the list anew. Raises ReasonsFixed once answering has begun, ReasonMissing for no words or no such reason."""
    _ensure_open(assembly)
    found = assembly.reasons.select_for_update().filter(code=code).first()
    if found is None:
        raise ReasonMissing
    found.wording = {**found.wording, **_worded(wording)}
    found.save(update_fields=["wording"])
    append("reason.worded", assembly=assembly.slug, code=code)
    return found


@recorded
def add_reason(assembly: Assembly, wording: Mapping[str, str], kinds: list[str]) -> Reason:
    """Add a reason for these kinds of decision. Raises ReasonsFixed, ReasonMissing."""
    _ensure_open(assembly)
    worded = _worded(wording)
    last = assembly.reasons.aggregate(last=Max("position"))["last"]
    stem = slugify(next(iter(worded.values())))[:30] or "reason"
    number = 0 if last is None else last + 1
    made = Reason.objects.create(
        assembly=assembly,
        code=f"{stem}-{number}",
        wording=worded,
        kinds=kinds,
        position=number,
    )
    append("reason.added", assembly=assembly.slug, code=made.code)
    return made


@recorded
def drop_reason(assembly: Assembly, code: str) -> None:
    """Take a reason off the list. Raises ReasonsFixed."""
    _ensure_open(assembly)
    assembly.reasons.filter(code=code).delete()
    append("reason.dropped", assembly=assembly.slug, code=code)


def _ensure_open(assembly: Assembly) -> None:
    Assembly.objects.select_for_update(no_key=True).get(pk=assembly.pk)
    if reasons_are_fixed(assembly):
        raise ReasonsFixed


def _worded(wording: Mapping[str, str]) -> dict[str, str]:
    worded = {language: text.strip() for language, text in wording.items() if text.strip()}
    if not worded or any(fault(text) for text in worded.values()):
        raise ReasonMissing
    return worded
