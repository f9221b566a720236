"""The key heads are signed with. Only who seals reads it; the site itself needs none."""

from pathlib import Path

from django.conf import settings

from elicitation.record.checkpoint import Signer, signer_of


class NoKey(RuntimeError):
    """Nothing can be sealed: no signing key is set."""


def signer() -> Signer:
    """The signing key of the settings. Raises NoKey, BadKey."""
    if settings.RECORD_KEY:
        return signer_of(settings.RECORD_KEY)
    try:
        return signer_of(Path(settings.RECORD_KEY_FILE).read_text(encoding="ascii"))
    except OSError as missing:
        raise NoKey(
            "Set RECORD_KEY or RECORD_KEY_FILE; manage.py new_record_key makes one."
        ) from missing
