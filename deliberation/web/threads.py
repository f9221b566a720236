"""An answer together with what its author said when asked once more."""

from django.db.models import Q, QuerySet

from elicitation.interview.models import Response


def in_thread(response: Response) -> Q:
    """Whether a proposal was read in an answer or in a reply that follows it."""
    read = "reading__revision__response"
    return Q(**{read: response}) | Q(**{f"{read}__follows__root": response})


def thread(response: Response) -> QuerySet[Response]:
    """The answer and the replies that follow it."""
    return Response.objects.filter(Q(pk=response.pk) | Q(follows__root=response))
