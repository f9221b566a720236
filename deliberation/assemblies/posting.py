"""Send letters: take them, hand them to the mail server with nothing open, keep what became of them. Taken before they go out, so that none goes out twice."""

from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from socket import gaierror

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q, QuerySet
from django.utils import timezone

from deliberation.assemblies.actions import letters
from deliberation.assemblies.actions.letters import Outcome
from deliberation.assemblies.letters import opened_as, written
from deliberation.assemblies.models import Address, Letter

REFUSALS = (SMTPResponseException, SMTPRecipientsRefused, ConnectionRefusedError, gaierror)


def due() -> QuerySet[Address]:
    """Addresses something waits for now."""
    now = timezone.now()
    waiting = Letter.objects.filter(state=Letter.State.WAITING, next_at__lte=now)
    rested = Q(written_at=None) | Q(written_at__lte=now - letters.A_WEEK)
    mine = Address.objects.filter(pk__in=waiting.values("address"))
    return mine.filter(rested | Q(confirmed_at=None)).order_by("pk")


def post_if_due(address_id: int) -> None:
    """The worker's way in. What is over, or at another worker, is passed over."""
    taken = letters.take(address_id)
    if taken is None:
        return
    address, mine = taken
    told, to = written(address, mine), opened_as(address)
    headers = {
        "List-Unsubscribe": f"<{told.end}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    message = EmailMessage(told.subject, told.body, settings.MAIL_FROM, [to], headers=headers)
    letters.keep(mine, _handed_in(message))


def _handed_in(message: EmailMessage) -> Outcome:
    """Whether the server took it. A line that broke on the way says nothing: then it may have."""
    try:
        message.send()
    except REFUSALS:
        return Outcome.REFUSED
    except (SMTPException, OSError):
        return Outcome.UNSURE
    return Outcome.SENT
