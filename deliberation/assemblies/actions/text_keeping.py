"""Keep every version of what people agree to, in the transaction of the act that needs it, and texts in several languages; the act records itself."""

from django.utils import timezone

from deliberation.assemblies.errors import WordsUnfit
from deliberation.assemblies.models import Assembly, ConsentText
from elicitation.interview.texts import fault

Texts = dict[str, str]


def begin_text(assembly: Assembly) -> None:
    """Keep the text as it stands as that of its version, in force from now on; of a version that is kept, the languages it says now."""
    kept, made = ConsentText.objects.get_or_create(
        assembly=assembly,
        version=assembly.consent_version,
        defaults={"text": assembly.consent, "since": timezone.now()},
    )
    if not made and kept.text != assembly.consent:
        kept.text = assembly.consent
        kept.save(update_fields=["text"])


def hold_text(assembly: Assembly) -> None:
    """Make sure the version somebody agrees to is kept; since when it was in force is not known where it was not."""
    ConsentText.objects.get_or_create(
        assembly=assembly,
        version=assembly.consent_version,
        defaults={"text": assembly.consent},
    )


def ensure_fit(assembly: Assembly, language: str, needed: list[str], more: list[str]) -> None:
    """Raises WordsUnfit unless the assembly is held in this language, and the texts can be kept."""
    texts = [*needed, *(text for text in more if text.strip())]
    if language not in assembly.languages or any(fault(text) for text in texts):
        raise WordsUnfit


def with_text(texts: Texts, language: str, text: str) -> Texts:
    """These texts with one put in the place of a language, or taken out where it is empty."""
    rest = {tag: said for tag, said in texts.items() if tag != language}
    said = text.replace("\r\n", "\n").strip()
    if not said:
        return rest
    return {
        tag: said if tag == language else texts[tag] for tag in dict.fromkeys([*texts, language])
    }
