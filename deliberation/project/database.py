"""Where the database is and how it is spoken to, as an address says it."""

from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# What an address may ask of the connection: libpq's own names. Whatever else it asks is refused, never passed over.
ASKED = frozenset(
    {
        "application_name",
        "channel_binding",
        "connect_timeout",
        "gssencmode",
        "keepalives",
        "keepalives_count",
        "keepalives_idle",
        "keepalives_interval",
        "options",
        "passfile",
        "require_auth",
        "service",
        "ssl_max_protocol_version",
        "ssl_min_protocol_version",
        "sslcert",
        "sslcrl",
        "sslcrldir",
        "sslkey",
        "sslmode",
        "sslnegotiation",
        "sslpassword",
        "sslrootcert",
        "sslsni",
        "target_session_attrs",
        "tcp_user_timeout",
    }
)


def database(address: str) -> dict[str, object]:
    """What Django asks for, from `postgres://user:password@host:port/name?sslmode=verify-full`.

    Raises ImproperlyConfigured where the address asks for something of the connection that would not be heeded.
    """
    parts = urlsplit(address)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    if unknown := sorted(set(asked) - ASKED):
        raise ImproperlyConfigured(
            f"DATABASE_URL asks for {', '.join(unknown)}, which is none of: {', '.join(sorted(ASKED))}."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": asked,
    }
