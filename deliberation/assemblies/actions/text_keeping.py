"""Keep every version of what people agree to, in the transaction of the act that needs it; the act records itself."""

from django.utils import timezone

from deliberation.assemblies.models import Assembly, ConsentText


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
