"""The agreement researchers accept before they take data along: set by who runs the assembly, accepted by each for a purpose they name."""

from collections.abc import Mapping

from django.contrib.auth.models import AbstractBaseUser

from deliberation.assemblies.errors import PurposeUnfit, TermsMoved, WordsUnfit
from deliberation.assemblies.models import LONGEST_PURPOSE, Assembly, Undertaking
from deliberation.assemblies.terms import terms_in
from elicitation.interview.texts import fault
from elicitation.record.actions import append, recorded


@recorded
def set_terms(assembly: Assembly, texts: Mapping[str, str]) -> Assembly:
    """Put the agreement in these words, by language; in none, it is ours. Other words are to be accepted anew; the same change nothing. Raises WordsUnfit."""
    held = Assembly.objects.select_for_update(no_key=True).get(pk=assembly.pk)
    said = {tag: text.replace("\r\n", "\n").strip() for tag, text in texts.items()}
    said = {tag: text for tag, text in said.items() if text}
    if not set(said) <= set(held.languages) or any(fault(text) for text in said.values()):
        raise WordsUnfit
    if said != held.terms:
        held.terms, held.terms_version = said, held.terms_version + 1
        held.save(update_fields=["terms", "terms_version"])
    append("research.terms_set", assembly=held.slug, version=held.terms_version)
    return held


@recorded
def undertake(
    assembly: Assembly, account: AbstractBaseUser, purpose: str, seen: int, language: str
) -> Undertaking:
    """Accept the agreement as it stands, for a purpose. `seen`: the version that was read; `language`: in which.

    Raises TermsMoved where it has changed since, PurposeUnfit.
    """
    held = Assembly.objects.select_for_update(no_key=True).get(pk=assembly.pk)
    if seen != held.terms_version:
        raise TermsMoved
    said = purpose.strip()
    if fault(said) or len(said) > LONGEST_PURPOSE:
        raise PurposeUnfit
    made = Undertaking.objects.create(
        assembly=held,
        account_id=account.pk,
        name=account.get_username(),
        purpose=said,
        version=held.terms_version,
        text=terms_in(held, language),
        language=language,
    )
    append("research.undertaken", assembly=held.slug, undertaking=str(made.pk), version=made.version)  # fmt: skip
    return made
