"""What is to be said on the next page is kept in a cookie, bound to the host as the others are: saying it writes no row that tells who did what when."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class Cookie(CookieStorage):
    """Signed, and gone once it is said."""

    cookie_name = f"{settings.COOKIES_BEGIN}messages"


class Notices(FallbackStorage):
    """In the cookie; what is too long for one, in the session."""

    storage_classes = (Cookie, SessionStorage)
