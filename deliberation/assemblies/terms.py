"""What researchers agree to before they take data along: the assembly's own words, or ours."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from deliberation.assemblies.models import Assembly, Undertaking
from elicitation.interview.models import wording

OURS = _(
    "I study these data for the purpose I name here, and for nothing else.\n\nI do not try to find out who anybody is, and I do not put these data together with others for that.\n\nI give them to nobody who has not accepted this agreement, and publish no words their authors did not release.\n\nWhen I am told that words were taken back, or that my study may not go on, I delete what I have."
)


def terms_in(assembly: Assembly, language: str) -> str:
    """The agreement in a language; another of the assembly's where it is not put in that one."""
    if assembly.terms:
        return wording(assembly.terms, language)
    with override(language):
        return str(OURS)


def standing(assembly: Assembly, account_id: int | None) -> Undertaking | None:
    """What an account accepted of the agreement as it is now, the newest; nobody (None) has accepted anything."""
    if account_id is None:  # those of accounts that are gone are nobody's
        return None
    mine = assembly.undertakings.filter(account=account_id, version=assembly.terms_version)
    return mine.order_by("-at").first()
