"""Who a request comes from: the account its browser was signed in with, unless it was sent out since, or came in too long ago."""

from typing import Any

from django.contrib.auth import get_user
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from deliberation.assemblies.signed_in import is_signed_in

NUMBER = "signed_in"  # where a session keeps which of its account's browsers it is


class StillIn(AuthenticationMiddleware):
    """Django's, which looks once more before it believes a session. Asked only where a page wants to know; guests never are."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        lazily: Any = SimpleLazyObject(lambda: account_of(request))
        request.user = lazily


def account_of(request: HttpRequest) -> Any:
    """The account of a request, or nobody. What a session that was sent out held is gone with that."""
    account, number = get_user(request), request.session.get(NUMBER)
    if account.is_authenticated and number is not None and not is_signed_in(account, number):
        request.session.flush()
        return AnonymousUser()
    return account
