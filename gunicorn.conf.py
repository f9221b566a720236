"""How gunicorn logs: as the site does, and no addresses of pages, for some hold codes."""

import os

_JSON = os.environ.get("LOG_FORMAT", "json" if os.environ.get("GROUNDWORK_ENV", "production") == "production" else "line") == "json"  # fmt: skip
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "deliberation.project.logs.JsonLines"},
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json" if _JSON else "line"}
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
