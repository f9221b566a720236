"""Where letters are handed in, as an address says it."""

from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
SECONDS = 20
WRONG = "EMAIL_URL is smtps://, smtp+tls:// or smtp:// with a host, and needs MAIL_FROM and SITE_URL (https://your.site)."


def mail(address: str, sender: str, site: str) -> dict[str, object]:
    """What Django asks for, from `smtp+tls://user:password@host:port`; nothing where no address is given.

    `smtps` is encrypted from the start, `smtp+tls` from its first command on (STARTTLS), `smtp` not. Raises ImproperlyConfigured.
    """
    if not address:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend", "MAIL_FROM": ""}
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(WRONG) from None
    if parts.scheme not in PORTS or not parts.hostname or not sender or not site.startswith("http"):
        raise ImproperlyConfigured(WRONG)
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": SECONDS,
        "MAIL_FROM": sender,
    }
